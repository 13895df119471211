"""Keeps the incidents board current and gives the commands on the chosen incident."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from services.core.errors import ServiceError
from services.domain.facts import (
    DispatchChanged,
    DispatchSent,
    Fact,
    IncidentChanged,
    IncidentOpened,
    LinkageRunChanged,
    TimelineAdded,
)
from services.domain.incidents import Dispatch, DispatchState, Feedback, Incident, TimelineEntry
from services.domain.linkage_runs import LinkageRun
from services.domain.people import Session
from ui.board import LiveBoard
from ui.jobs import UiJobs
from views.incidents.columns import Column, columns

# Of an incident, by alarm; blocks.
RunsOf = Callable[[str], dict[str, list[LinkageRun]]]
_KINDS = (IncidentOpened, IncidentChanged, DispatchSent, DispatchChanged, TimelineAdded)


class OrderCommands(Protocol):
    """The commands of `services.dispatch.desk.DispatchDesk` that this screen gives; they block."""

    def advance(self, session: Session, dispatch_id: str, to: DispatchState) -> Dispatch: ...
    def give_feedback(self, session: Session, feedback: Feedback) -> Dispatch: ...


class IncidentCommands(Protocol):
    """The commands of `services.dispatch.incident_desk.IncidentDesk`; they block."""

    def contain_incident(self, session: Session, incident_id: str, result: str = "") -> Incident: ...
    def close_incident(self, session: Session, incident_id: str, result: str) -> Incident: ...
    def add_note(self, session: Session, incident_id: str, text: str) -> None: ...


class IncidentsPresenter(QObject):
    """Signals: changed(); refused(ServiceError); accepted(action) when a command went through;
    dispatch_wanted(incident_id); plan_wanted(incident_id).
    """

    changed = Signal()
    refused = Signal(object)
    accepted = Signal(str)
    dispatch_wanted = Signal(str)
    plan_wanted = Signal(str)

    def __init__(
        self,
        *,
        live: LiveBoard,
        commands: IncidentCommands,
        orders: OrderCommands,
        session: Session,
        jobs: UiJobs,
        runs_of: RunsOf | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._live = live
        self._commands = commands
        self._orders = orders
        self._session = session
        self._jobs = jobs
        self._runs_of = runs_of
        self._runs: list[LinkageRun] = []
        self._runs_for = ""
        self._chosen = ""
        live.applied.connect(self._apply)
        live.replaced.connect(self.changed)

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
        chosen = self.chosen
        if chosen is not None and chosen.id != self._runs_for:
            self._runs_for, self._runs = chosen.id, []
            self._read_runs()
        return self._runs

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
        chosen = self.chosen
        if chosen is not None and text.strip():
            command = partial(self._commands.add_note, self._session, chosen.id, text.strip())
            self._jobs.run(partial(_named, "note", command), self._accept, self._refuse)

    def contain(self, result: str = "") -> None:
        chosen = self.chosen
        if chosen is not None:
            command = partial(self._commands.contain_incident, self._session, chosen.id, result.strip())
            self._jobs.run(partial(_named, "contain", command), self._accept, self._refuse)

    def close_incident(self, result: str) -> None:
        chosen = self.chosen
        if chosen is not None:
            command = partial(self._commands.close_incident, self._session, chosen.id, result.strip())
            self._jobs.run(partial(_named, "close", command), self._accept, self._refuse)

    def advance(self, dispatch_id: str, to: DispatchState) -> None:
        command = partial(self._orders.advance, self._session, dispatch_id, to)
        self._jobs.run(partial(_named, "advance", command), self._accept, self._refuse)

    def give_feedback(self, feedback: Feedback) -> None:
        command = partial(self._orders.give_feedback, self._session, feedback)
        self._jobs.run(partial(_named, "feedback", command), self._accept, self._refuse)

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

    def _read_runs(self) -> None:
        if self._runs_of is not None:
            self._jobs.run(
                partial(_of_incident, self._runs_of, self._runs_for), self._take_runs, self._refuse
            )

    def _take_runs(self, found: tuple[str, list[LinkageRun]]) -> None:
        incident_id, runs = found
        if incident_id == self._runs_for and runs != self._runs:
            self._runs = runs
            self.changed.emit()

    def _apply(self, facts: list[Fact]) -> None:
        chosen = self.chosen
        alarms = {chosen.alarm, *(run.alarm for run in self._runs)} if chosen is not None else set()
        if any(isinstance(fact, LinkageRunChanged) and fact.run.alarm in alarms for fact in facts):
            self._read_runs()
        if any(isinstance(fact, _KINDS) for fact in facts):
            self.changed.emit()

    def _accept(self, action: str) -> None:
        self.accepted.emit(action)

    def _refuse(self, error: ServiceError) -> None:
        self.refused.emit(error)


def _named(name: str, command: Callable[[], object]) -> str:
    command()
    return name


def _of_incident(runs_of: RunsOf, incident_id: str) -> tuple[str, list[LinkageRun]]:
    found = runs_of(incident_id)
    return incident_id, [run for runs in found.values() for run in runs]
