"""Keeps the incidents board current and gives the commands on the chosen incident."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from services.campus.whereabouts import spot_of
from services.core.errors import ServiceError
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
from ui.jobs import Answered, UiJobs, answered
from views.incidents.acts import Act, Filled
from views.incidents.columns import Column, columns
from views.incidents.commands import STEPS, Command, Verb
from views.incidents.facts import free_of_team
from views.incidents.ports import CallCommands, IncidentCommands, OrderCommands, SavesPaper
from views.incidents.set_off import NoticesOf, RunsOf, SetOff

_IN_COLUMNS = (IncidentOpened, IncidentChanged, DispatchSent, DispatchChanged)
_KINDS = (*_IN_COLUMNS, TimelineAdded, GuardChanged, CallLogged)


class IncidentsPresenter(QObject):
    """Every command gives back its number, 0 when there was nothing to do; `answered` names it again.

    Signals: changed(); refused(ServiceError); answered(Answered of a command);
    dispatch_wanted, plan_wanted, review_wanted, evidence_wanted, playback_wanted(incident_id);
    guard_wanted(incident_id, guard_no): that guard, to be confirmed; send_wanted(incident_id, guard numbers,
    text): at once; order_wanted(Order); saved(path).
    """

    changed = Signal()
    refused = Signal(object)
    answered = Signal(object)
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
        self._entered = ""
        self._last_command = 0
        # Commands that others carry out, who do not name them; they are answered in their order.
        self._passed_on: deque[int] = deque()
        self._columns = columns(live.board)
        self._set_off.changed.connect(self.changed)
        self._set_off.refused.connect(self.refused)
        live.keep(self._in_front)
        live.applied.connect(self._apply)
        jobs.crashed.connect(self._forget_jobs)

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
        return self._columns

    @property
    def chosen(self) -> Incident | None:
        """The incident whose details are shown; the oldest open one until it is held or another is chosen."""
        board = self._live.board
        if self._chosen in board.incidents:
            return board.incidents[self._chosen]
        return next((found[0] for found in self._columns.values() if found), None)

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

    def hold(self) -> None:
        """What is shown stays until a person chooses another: what they type is meant for it."""
        chosen = self.chosen
        if chosen is not None:
            self._chosen = chosen.id

    def choose(self, incident_id: str) -> None:
        self._chosen, self._entered = incident_id, ""
        self.changed.emit()

    def add_note(self, incident_id: str, text: str) -> int:
        return self._give(self._commands.add_note, incident_id, text.strip()) if text.strip() else 0

    def contain(self, incident_id: str, result: str = "") -> int:
        return self._give(self._commands.contain_incident, incident_id, result.strip())

    def close_incident(self, incident_id: str, result: str) -> int:
        return self._give(self._commands.close_incident, incident_id, result.strip())

    def open_incident(self, incident_id: str, sheet: IncidentSheet) -> int:
        """Of a report that came without an alarm; it is chosen as soon as the board has it.

        incident_id: a new one, and the same when it is asked again, so that it is entered once.
        """
        self._entered = incident_id
        return self._give(self._commands.open, incident_id, self._placed(None, sheet))

    def save_sheet(
        self, incident_id: str, before: IncidentSheet, after: IncidentSheet, why_lower: str = ""
    ) -> int:
        return self._give(self._commands.edit, incident_id, before, self._placed(before, after), why_lower)

    def act(self, incident_id: str, filled: Filled) -> int:
        """What the small form says."""
        commands = self._commands
        match filled.act:
            case Act.BACKUP:
                return self._give(commands.ask_backup, incident_id, filled.units, filled.text)
            case Act.UNIT:
                return self._send_unit(incident_id, filled)
            case Act.MERGE:
                return self._give(commands.merge, incident_id, filled.other, filled.text)
            case Act.LINK:
                return self._give(commands.link, incident_id, filled.other)
            case Act.SPLIT:
                alarms = tuple(one for one in filled.parts if one in self._live.board.alarms)
                orders = tuple(one for one in filled.parts if one not in alarms)
                return self._give(commands.split, incident_id, filled.text, alarms, orders)
            case Act.DISMISS:
                return self._give(commands.dismiss, incident_id, filled.text)
            case Act.TRANSFER:
                return self._give(commands.transfer, incident_id, filled.to, filled.text, filled.police_ref)
            case Act.REOPEN:
                return self._give(commands.reopen, incident_id, filled.text)
            case Act.POLICE_REF:
                return self._give(commands.note_police_ref, incident_id, filled.police_ref)
            case _:
                return 0

    def log_call(self, call: Call) -> int:
        return self._give(self._calls.log, call)

    def save_paper(
        self,
        incident_id: str,
        path: Path,
        write: Callable[[Incident, list[Dispatch], list[Feedback]], Document],
    ) -> None:
        """The 110 form of an incident; `write` puts it into words."""
        incident = self._live.board.incidents.get(incident_id)
        if incident is None:
            return
        orders = self._live.board.dispatches_of(incident_id)

        def work() -> str:
            feedback = self._commands.feedback_of(incident_id)
            self._save_paper(write(incident, orders, feedback), path)
            return str(path)

        self._jobs.run(work, self._tell_saved, self._refuse)

    def advance(self, dispatch_id: str, to: DispatchState) -> int:
        return self._give(self._orders.advance, dispatch_id, to)

    def give_feedback(self, feedback: Feedback) -> int:
        return self._give(self._orders.give_feedback, feedback)

    def return_order(self, dispatch_id: str, reason: str) -> int:
        return self._give(self._orders.return_order, dispatch_id, reason)

    def cancel(self, dispatch_id: str, reason: str) -> int:
        return self._give(self._orders.cancel, dispatch_id, reason)

    def send_again(self, dispatch_id: str) -> int:
        return self._give(self._orders.send_again, dispatch_id)

    def run(self, command: Command) -> int:
        """What the command line means; the incident it names is shown from then on."""
        incident, verb, commands = command.incident, command.verb, self._commands
        if incident is None:
            return 0
        self.choose(incident.id)
        if command.orders:
            # One job: it is done when all of it is.
            return self._run(partial(_each, [self._on_order(command, one.id) for one in command.orders]))
        match verb:
            case Verb.SEND:
                number = self._pass_on()
                guards = tuple(guard.no for guard in command.guards)
                self.send_wanted.emit(incident.id, guards, command.text)
                return number
            case Verb.BACKUP:
                return self._give(commands.ask_backup, incident.id, command.units, command.text)
            case Verb.CONTAIN:
                return self.contain(incident.id, command.text)
            case Verb.CLOSE:
                return self.close_incident(incident.id, command.text)
            case Verb.NOTE:
                return self.add_note(incident.id, command.text)
            case _:
                return 0

    def _on_order(self, command: Command, order_id: str) -> Callable[[], object]:
        verb, orders = command.verb, self._orders
        if verb in STEPS:
            return partial(orders.advance, self._session, order_id, STEPS[verb])
        if verb is Verb.AGAIN:
            return partial(orders.send_again, self._session, order_id)
        end = orders.return_order if verb is Verb.RETURN else orders.cancel
        return partial(end, self._session, order_id, command.text)

    def note_sent(self) -> None:
        """What `send_wanted` or `order_wanted` asked for is done."""
        if self._passed_on:
            self._answer(Answered(self._passed_on.popleft()))

    def note_not_sent(self, error: ServiceError) -> None:
        """What `send_wanted` or `order_wanted` asked for was refused."""
        self._answer(Answered(self._passed_on.popleft() if self._passed_on else 0, error=error))

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
        if any(isinstance(fact, _IN_COLUMNS) for fact in facts):
            self._columns = columns(self._live.board)
        self._choose_entered()
        self._set_off.apply(facts, self.chosen)
        if any(isinstance(fact, _KINDS) for fact in facts):
            self.changed.emit()

    def _in_front(self) -> str:
        chosen = self.chosen
        return chosen.id if chosen is not None else ""

    def _choose_entered(self) -> None:
        if self._entered in self._live.board.incidents:
            self._chosen, self._entered = self._entered, ""

    def _send_unit(self, incident_id: str, filled: Filled) -> int:
        """A post, patrol or team with those who are free now; a department by its name."""
        kind, _, no = filled.other.partition(":")
        target = TargetKind(kind)
        site = self.site
        named = {str(post.no): post.name for post in site.posts}
        named |= {str(team.no): team.name for team in site.teams}
        is_team = target is TargetKind.TEAM
        order = Order(
            guard=no,
            text=filled.text,
            incident_id=incident_id,
            target=target,
            name=filled.to if target is TargetKind.DEPARTMENT else named.get(no, no),
            members=free_of_team(self._live.board, site, no) if is_team else (),
        )
        number = self._pass_on()
        self.order_wanted.emit(order)
        return number

    def _placed(self, before: IncidentSheet | None, sheet: IncidentSheet) -> IncidentSheet:
        """A place that the map knows has its point; another one that it does not know has none."""
        if before is not None and before.place == sheet.place:
            return sheet
        return replace(sheet, at=spot_of(self.site, sheet.place))

    def _give(self, command: Callable[..., object], *words: object) -> int:
        return self._run(partial(command, self._session, *words))

    def _run(self, work: Callable[[], object]) -> int:
        number = self._next_command()
        self._jobs.run(partial(answered, number, work), self._answer)
        return number

    def _pass_on(self) -> int:
        number = self._next_command()
        self._passed_on.append(number)
        return number

    def _next_command(self) -> int:
        self._last_command += 1
        return self._last_command

    def _answer(self, answer: Answered[int]) -> None:
        if answer.error is not None:
            self.refused.emit(answer.error)
        self.answered.emit(answer)

    def _forget_jobs(self, _error: object) -> None:
        """One that crashed is never answered, and the next answer would be taken for its own."""
        self._passed_on.clear()

    def _tell_saved(self, path: str) -> None:
        self.saved.emit(path)

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
