"""Keeps the incidents board current and gives the commands on the chosen incident."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from services.campus.whereabouts import spot_of
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.dispatch.orders import Order
from services.dispatch.sheet import IncidentSheet
from services.domain.board import Board
from services.domain.calls import Call
from services.domain.documents import Document
from services.domain.facts import (
    CallLogged,
    DispatchChanged,
    DispatchSent,
    Fact,
    GuardChanged,
    IncidentChanged,
    IncidentOpened,
    TimelineAdded,
)
from services.domain.incidents import Dispatch, DispatchState, Feedback, Incident, TargetKind, TimelineEntry
from services.domain.linkage_runs import LinkageRun
from services.domain.notices import Notice
from services.domain.people import Session
from services.domain.site import Site
from ui.board import LiveBoard
from ui.jobs import UiJobs, answering
from views.incidents.acts import Act, Filled
from views.incidents.columns import Column, columns
from views.incidents.commands import STEPS, Command, Verb
from views.incidents.facts import free_of_team
from views.incidents.ports import CallCommands, IncidentCommands, OrderCommands, SavesPaper
from views.incidents.set_off import NoticesOf, RunsOf, SetOff

_KINDS = (
    IncidentOpened,
    IncidentChanged,
    DispatchSent,
    DispatchChanged,
    TimelineAdded,
    GuardChanged,
    CallLogged,
)


class IncidentsPresenter(QObject):
    """Signals: changed(); refused(ServiceError); accepted(action) when a command went through;
    dispatch_wanted, plan_wanted, review_wanted, evidence_wanted, playback_wanted(incident_id);
    guard_wanted(incident_id, guard_no): that guard, to be confirmed; send_wanted(incident_id, guard numbers,
    text): at once; order_wanted(Order); saved(path).
    """

    changed = Signal()
    refused = Signal(object)
    accepted = Signal(str)
    dispatch_wanted = Signal(str)
    plan_wanted = Signal(str)
    review_wanted = Signal(str)
    evidence_wanted = Signal(str)
    playback_wanted = Signal(str)
    guard_wanted = Signal(str, str)
    send_wanted = Signal(str, object, str)
    order_wanted = Signal(object)
    saved = Signal(str)

    def __init__(
        self,
        *,
        live: LiveBoard,
        commands: IncidentCommands,
        orders: OrderCommands,
        calls: CallCommands,
        session: Session,
        site: Site,
        jobs: UiJobs,
        save_paper: SavesPaper,
        runs_of: RunsOf | None = None,
        notices_of: NoticesOf | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._live = live
        self._commands = commands
        self._orders = orders
        self._calls = calls
        self._save_paper = save_paper
        self.site = site
        self._session = session
        self._jobs = jobs
        self._set_off = SetOff(runs_of, notices_of, jobs, self)
        self._chosen = ""
        self._new_id = ""
        self._set_off.changed.connect(self.changed)
        self._set_off.refused.connect(self.refused)
        live.applied.connect(self._apply)
        live.replaced.connect(self.changed)

    def use_site(self, site: Site) -> None:
        """Go on with the site as it is now."""
        self.site = site
        self.changed.emit()

    @property
    def board(self) -> Board:
        """Read only."""
        return self._live.board

    @property
    def session(self) -> Session:
        return self._session

    @property
    def columns(self) -> dict[Column, list[Incident]]:
        return columns(self._live.board)

    @property
    def chosen(self) -> Incident | None:
        """The incident whose details are shown; the oldest open one until somebody chooses."""
        board = self._live.board
        if self._chosen in board.incidents:
            return board.incidents[self._chosen]
        found = self.columns
        return next((found[column][0] for column in Column if found[column]), None)

    @property
    def timeline(self) -> list[TimelineEntry]:
        """Newest first: what just happened is what a second seat looks for."""
        chosen = self.chosen
        entries = self._live.board.timeline.get(chosen.id, []) if chosen else []
        return sorted(entries, key=lambda entry: (entry.at, entry.id), reverse=True)

    @property
    def runs(self) -> list[LinkageRun]:
        """What the alarms of the chosen incident set off by themselves, as far as it is read."""
        self._set_off.follow(self.chosen)
        return self._set_off.runs

    @property
    def notices(self) -> list[Notice]:
        """Who was told of the chosen incident's alarms, as far as it is read."""
        self._set_off.follow(self.chosen)
        return self._set_off.notices

    @property
    def dispatches(self) -> list[Dispatch]:
        chosen = self.chosen
        return self._live.board.dispatches_of(chosen.id) if chosen else []

    def dispatches_of(self, incident_id: str) -> list[Dispatch]:
        return self._live.board.dispatches_of(incident_id)

    def choose(self, incident_id: str) -> None:
        self._chosen = incident_id
        self.changed.emit()

    def add_note(self, text: str) -> None:
        if text.strip():
            self._give("note", self._commands.add_note, text.strip())

    def contain(self, result: str = "") -> None:
        self._give("contain", self._commands.contain_incident, result.strip())

    def close_incident(self, result: str) -> None:
        self._give("close", self._commands.close_incident, result.strip())

    def open_incident(self, sheet: IncidentSheet) -> None:
        """Of a report that came without an alarm; it is chosen as soon as the board has it."""
        # The same id until it is surely there: asking again after a time-out enters it once.
        self._new_id = self._new_id or new_id()
        self._chosen = self._new_id
        placed = self._placed(None, sheet)
        self._run("open", partial(self._commands.open, self._session, self._new_id, placed))

    def save_sheet(self, before: IncidentSheet, after: IncidentSheet, why_lower: str = "") -> None:
        self._give("edit", self._commands.edit, before, self._placed(before, after), why_lower)

    def act(self, filled: Filled) -> None:
        """What the small form says, on the chosen incident."""
        commands, name = self._commands, filled.act.value
        match filled.act:
            case Act.BACKUP:
                self._give(name, commands.ask_backup, filled.units, filled.text)
            case Act.UNIT:
                self._send_unit(filled)
            case Act.MERGE:
                self._give(name, commands.merge, filled.other, filled.text)
            case Act.LINK:
                self._give(name, commands.link, filled.other)
            case Act.SPLIT:
                alarms = tuple(one for one in filled.parts if one in self._live.board.alarms)
                orders = tuple(one for one in filled.parts if one not in alarms)
                self._give(name, commands.split, filled.text, alarms, orders)
            case Act.DISMISS:
                self._give(name, commands.dismiss, filled.text)
            case Act.TRANSFER:
                self._give(name, commands.transfer, filled.to, filled.text, filled.police_ref)
            case Act.REOPEN:
                self._give(name, commands.reopen, filled.text)
            case Act.POLICE_REF:
                self._give(name, commands.note_police_ref, filled.police_ref)
            case _:
                pass

    def log_call(self, call: Call) -> None:
        self._run("call", partial(self._calls.log, self._session, call))

    def save_paper(
        self, path: Path, write: Callable[[Incident, list[Dispatch], list[Feedback]], Document]
    ) -> None:
        """The 110 form of the chosen incident; `write` puts it into words."""
        chosen = self.chosen
        if chosen is None:
            return
        orders = self._live.board.dispatches_of(chosen.id)

        def work() -> str:
            feedback = self._commands.feedback_of(chosen.id)
            self._save_paper(write(chosen, orders, feedback), path)
            return str(path)

        self._jobs.run(work, self._tell_saved, self._refuse)

    def advance(self, dispatch_id: str, to: DispatchState) -> None:
        self._run("advance", partial(self._orders.advance, self._session, dispatch_id, to))

    def give_feedback(self, feedback: Feedback) -> None:
        self._run("feedback", partial(self._orders.give_feedback, self._session, feedback))

    def return_order(self, dispatch_id: str, reason: str) -> None:
        self._run("return", partial(self._orders.return_order, self._session, dispatch_id, reason))

    def cancel(self, dispatch_id: str, reason: str) -> None:
        self._run("cancel", partial(self._orders.cancel, self._session, dispatch_id, reason))

    def send_again(self, dispatch_id: str) -> None:
        self._run("again", partial(self._orders.send_again, self._session, dispatch_id))

    def run(self, command: Command) -> None:
        """What the command line means; the incident it names is shown from then on."""
        incident, verb = command.incident, command.verb
        if incident is None:
            return
        self.choose(incident.id)
        commands = self._commands
        if verb is Verb.SEND:
            self.send_wanted.emit(incident.id, tuple(guard.no for guard in command.guards), command.text)
        if command.orders:
            # One job: it is done when all of it is.
            self._run(verb.value, partial(_each, [self._on_order(command, one.id) for one in command.orders]))
        if verb is Verb.BACKUP:
            self._give(verb.value, commands.ask_backup, command.units, command.text)
        elif verb in (Verb.CONTAIN, Verb.CLOSE, Verb.NOTE):
            given = {
                Verb.CONTAIN: commands.contain_incident,
                Verb.CLOSE: commands.close_incident,
                Verb.NOTE: commands.add_note,
            }
            self._give(verb.value, given[verb], command.text)

    def _on_order(self, command: Command, order_id: str) -> Callable[[], object]:
        verb, orders = command.verb, self._orders
        if verb in STEPS:
            return partial(orders.advance, self._session, order_id, STEPS[verb])
        if verb is Verb.AGAIN:
            return partial(orders.send_again, self._session, order_id)
        end = orders.return_order if verb is Verb.RETURN else orders.cancel
        return partial(end, self._session, order_id, command.text)

    def note_sent(self) -> None:
        """What `send_wanted` asked for is done."""
        self.accepted.emit(Verb.SEND.value)

    def ask_guard(self, incident_id: str, guard_no: str) -> None:
        """That guard to that incident; a person confirms it."""
        self.guard_wanted.emit(incident_id, guard_no)

    def ask_dispatch(self) -> None:
        """Send somebody (more) to the chosen incident."""
        chosen = self.chosen
        if chosen is not None:
            self.dispatch_wanted.emit(chosen.id)

    def ask_plan(self) -> None:
        """Begin a plan for the chosen incident, or go on with the one that runs."""
        chosen = self.chosen
        if chosen is not None:
            self.plan_wanted.emit(chosen.id)

    def ask_review(self) -> None:
        """What is looked back on, and written about the chosen incident."""
        chosen = self.chosen
        if chosen is not None:
            self.review_wanted.emit(chosen.id)

    def ask_evidence(self) -> None:
        """The recordings of the chosen incident are asked for."""
        chosen = self.chosen
        if chosen is not None:
            self.evidence_wanted.emit(chosen.id)

    def ask_playback(self) -> None:
        """What the cameras recorded of the chosen incident."""
        chosen = self.chosen
        if chosen is not None:
            self.playback_wanted.emit(chosen.id)

    def _apply(self, facts: list[Fact]) -> None:
        self._set_off.apply(facts, self.chosen)
        if any(isinstance(fact, _KINDS) for fact in facts):
            self.changed.emit()

    def _send_unit(self, filled: Filled) -> None:
        """A post, patrol or team with those who are free now; a department by its name."""
        chosen = self.chosen
        kind, _, no = filled.other.partition(":")
        if chosen is None:
            return
        target = TargetKind(kind)
        site = self.site
        named = {str(post.no): post.name for post in site.posts}
        named |= {str(team.no): team.name for team in site.teams}
        is_team = target is TargetKind.TEAM
        order = Order(
            guard=no,
            text=filled.text,
            incident_id=chosen.id,
            target=target,
            name=filled.to if target is TargetKind.DEPARTMENT else named.get(no, no),
            members=free_of_team(self._live.board, site, no) if is_team else (),
        )
        self.order_wanted.emit(order)
        self.accepted.emit(Act.UNIT.value)

    def _placed(self, before: IncidentSheet | None, sheet: IncidentSheet) -> IncidentSheet:
        """A place that the map knows has its point; another one that it does not know has none."""
        if before is not None and before.place == sheet.place:
            return sheet
        return replace(sheet, at=spot_of(self.site, sheet.place))

    def _give(self, name: str, command: Callable[..., object], *words: object) -> None:
        """A command on the chosen incident."""
        chosen = self.chosen
        if chosen is not None:
            self._run(name, partial(command, self._session, chosen.id, *words))

    def _run(self, name: str, command: Callable[[], object]) -> None:
        self._jobs.run(partial(answering, name, command), self._accept, self._refuse)

    def _tell_saved(self, path: str) -> None:
        self.saved.emit(path)

    def _accept(self, action: str) -> None:
        if action == "open":
            self._new_id = ""
        self.accepted.emit(action)

    def _refuse(self, error: ServiceError) -> None:
        self.refused.emit(error)


def _each(steps: Sequence[Callable[[], object]]) -> None:
    """Every one of them, whatever became of the one before; the first refusal is told."""
    refusals = []
    for step in steps:
        try:
            step()
        except ServiceError as error:
            refusals.append(error)
    if refusals:
        raise refusals[0]
