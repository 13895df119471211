"""Saves a change inside a command's transaction together with its audit row, facts and timeline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from enum import Enum
from typing import TypeVar

from services.core.errors import ServiceError
from services.domain.alarms import Alarm
from services.domain.facts import (
    AlarmChanged,
    DispatchChanged,
    GuardChanged,
    IncidentChanged,
)
from services.domain.incidents import Dispatch, Incident
from services.domain.moves import check_move
from services.domain.people import GUARD_MOVES, GuardState, GuardStatus, Permission, Session, Thing
from services.identity import refuse_barred
from services.storage import Tx, legally, write_line

State = TypeVar("State", bound=Enum)


def moved(moves: Mapping[State, frozenset[State]], was: State, wanted: State) -> State:
    """`wanted`, when `moves` allows it; raises ServiceError("dispatch.illegal_move", was, wanted)."""
    with legally("dispatch.illegal_move"):
        check_move(moves, was, wanted)
    return wanted


class Record:
    """One command's pen: who writes, when, in which transaction; session None = the system."""

    def __init__(self, tx: Tx, session: Session | None, now: datetime) -> None:
        self.tx = tx
        self.session = session
        self.now = now

    def dispatch(self, before: Dispatch, after: Dispatch, change: str, reason: str = "") -> Dispatch:
        self._refuse_barred(self.tx.incidents.get(before.incident))
        saved = self.tx.dispatches.save(after)
        self.tx.audit(self.session, f"dispatch.{change}", saved.id, before=before, after=saved, reason=reason)
        self.tx.record(DispatchChanged(saved, change))
        return saved

    def incident(self, before: Incident, after: Incident, change: str, reason: str = "") -> Incident:
        self._refuse_barred(before)
        saved = self.tx.incidents.save(after)
        self.tx.audit(self.session, f"incident.{change}", saved.id, before=before, after=saved, reason=reason)
        self.tx.record(IncidentChanged(saved, change))
        return saved

    def alarm(self, before: Alarm, after: Alarm, change: str) -> Alarm:
        saved = self.tx.alarms.save(after)
        self.tx.audit(self.session, f"alarm.{change}", saved.id, before=before, after=saved)
        self.tx.record(AlarmChanged(saved, change))
        return saved

    def guard(self, before: GuardState, after: GuardState) -> GuardState:
        """A change of status or duty; it is told by the dispatch's own audit row."""
        if before.status is not after.status:
            moved(GUARD_MOVES, before.status, after.status)
            after = replace(after, checkin_at=self.now, overdue=0)
        saved = self.tx.guards.save(after)
        self.tx.record(GuardChanged(saved))
        return saved

    def free_guards(self, dispatch: Dispatch) -> None:
        """Their duty is over; a guard who reported something graver keeps that status."""
        for no in dispatch.guards:
            state = self.tx.guards.get(no)
            if state.dispatch != dispatch.id:
                continue
            is_ours = state.status in (GuardStatus.DISPATCHED, GuardStatus.EN_ROUTE, GuardStatus.ON_SCENE)
            status = GuardStatus.AVAILABLE if is_ours else state.status
            self.guard(state, replace(state, status=status, dispatch=""))

    def open_incident(self, incident_id: str) -> Incident:
        """Raises dispatch.incident_ended(incident_no)."""
        incident = self.tx.incidents.get(incident_id)
        if not incident.is_open:
            raise ServiceError("dispatch.incident_ended", incident_no=incident.incident_no)
        return incident

    def find_incident(self, incident_id: str) -> Incident | None:
        try:
            return self.tx.incidents.get(incident_id)
        except ServiceError as error:
            if error.code != "storage.not_found":
                raise
            return None

    def find_dispatch(self, dispatch_id: str) -> Dispatch | None:
        try:
            return self.tx.dispatches.get(dispatch_id)
        except ServiceError as error:
            if error.code != "storage.not_found":
                raise
            return None

    def line(self, incident: Incident | str, what: str, **params: str) -> None:
        """One line of an incident's timeline."""
        owner = self.tx.incidents.get(incident if isinstance(incident, str) else incident.id)
        self._refuse_barred(owner)
        write_line(self.tx, self.session, owner.id, self.now, what, **params)

    def _refuse_barred(self, incident: Incident) -> None:
        """Whatever is written is about an incident, and a limit is about its place."""
        refuse_barred(self.session, Permission.DISPATCH, Thing(incident.place))
