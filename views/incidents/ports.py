"""What the incidents board needs from outside; all commands block."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from services.dispatch.sheet import IncidentSheet
from services.domain.calls import Call
from services.domain.documents import Document
from services.domain.incidents import Dispatch, DispatchState, Feedback, Incident
from services.domain.people import Session

# Writes a paper as the kind of file that its name says; blocks.
SavesPaper = Callable[[Document, Path], None]


class OrderCommands(Protocol):
    """Of `services.dispatch.desk.DispatchDesk`."""

    def advance(self, session: Session, dispatch_id: str, to: DispatchState) -> Dispatch: ...
    def give_feedback(self, session: Session, feedback: Feedback) -> Dispatch: ...
    def return_order(self, session: Session, dispatch_id: str, reason: str) -> Dispatch: ...
    def cancel(self, session: Session, dispatch_id: str, reason: str) -> Dispatch: ...
    def send_again(self, session: Session, dispatch_id: str) -> Dispatch: ...


class IncidentCommands(Protocol):
    """Of `services.dispatch.incident_desk.IncidentDesk`."""

    def open(self, session: Session, incident_id: str, sheet: IncidentSheet) -> Incident: ...
    def edit(
        self,
        session: Session,
        incident_id: str,
        before: IncidentSheet,
        after: IncidentSheet,
        reason: str = "",
    ) -> Incident: ...
    def note_police_ref(self, session: Session, incident_id: str, police_ref: str) -> Incident: ...
    def ask_backup(self, session: Session, incident_id: str, units: int, what: str) -> Incident: ...
    def contain_incident(self, session: Session, incident_id: str, result: str = "") -> Incident: ...
    def close_incident(self, session: Session, incident_id: str, result: str) -> Incident: ...
    def dismiss(self, session: Session, incident_id: str, reason: str) -> Incident: ...
    def transfer(
        self, session: Session, incident_id: str, to: str, reason: str, police_ref: str = ""
    ) -> Incident: ...
    def reopen(self, session: Session, incident_id: str, reason: str) -> Incident: ...
    def merge(self, session: Session, incident_id: str, into_id: str, reason: str) -> Incident: ...
    def link(self, session: Session, incident_id: str, other_id: str) -> Incident: ...
    def split(
        self,
        session: Session,
        incident_id: str,
        title: str,
        alarms: tuple[str, ...] = (),
        dispatches: tuple[str, ...] = (),
    ) -> Incident: ...
    def add_note(self, session: Session, incident_id: str, text: str) -> None: ...
    def feedback_of(self, incident_id: str) -> list[Feedback]: ...


class CallCommands(Protocol):
    """Of `services.dispatch.calls.CallDesk`."""

    def log(self, session: Session, call: Call) -> Call: ...
