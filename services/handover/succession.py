"""What the shift that went has still in hand: who took the watch takes all of it over in one step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from services.core.clock import Clock
from services.domain.alarms import Alarm
from services.domain.facts import AlarmChanged, HandoverChanged, IncidentChanged
from services.domain.handovers import Handover
from services.domain.hands import HAND_MOVES, HandMove, hand_of, owned_by
from services.domain.incidents import Incident
from services.domain.people import Permission, Session, Thing
from services.identity import authorize
from services.storage import Database, Tx, View, write_line

NEEDS = (Permission.HAND_OVER, Permission.HANDLE_ALARM, Permission.DISPATCH)


@dataclass(frozen=True, slots=True)
class Left:
    """What the one who gave `handover` had in hand at its second signature, and has still; never empty."""

    handover: Handover
    alarms: tuple[Alarm, ...]
    incidents: tuple[Incident, ...]

    @property
    def giver(self) -> str:
        """By user name."""
        return self.handover.given.user if self.handover.given is not None else ""


class Succession:
    """Both are for the one alone who took the present shift over; places barred to them stay out of it."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def left(self, session: Session) -> Left | None:
        """None also when nothing is left."""
        return self._database.read(lambda view: _left(view, session, self._clock.now()))

    def take(self, session: Session) -> Left | None:
        """Make `session`'s user the owner of all of it, in one transaction; gives what it was.

        What is laid aside stays so. Raises ServiceError: identity.forbidden, storage.*.
        """
        for permission in NEEDS:
            authorize(session, permission)
        return self._database.write(lambda tx: self._taken(tx, session))

    def _taken(self, tx: Tx, session: Session) -> Left | None:
        now = self._clock.now()
        left = _left(tx, session, now)
        if left is None:
            return None
        for alarm in left.alarms:
            _take_alarm(tx, session, alarm, now)
        for incident in left.incidents:
            _take_incident(tx, session, incident, now)
        numbers = [alarm.event_no for alarm in left.alarms]
        numbers += [incident.incident_no for incident in left.incidents]
        tx.audit(session, "handover.left_taken", left.handover.id, after={"taken": numbers})
        fact = HandoverChanged(left.handover, "left_taken", loser=left.giver, count=len(numbers))
        tx.record(fact)
        return left


def _left(view: View, session: Session, now: datetime) -> Left | None:
    handover = view.handovers.last_taken()
    if handover is None or handover.given is None or handover.taken is None:
        return None
    giver, taken = handover.given.user, handover.taken
    if taken.user != session.user:
        return None
    alarms = tuple(
        alarm
        for alarm in view.alarms.open()
        if alarm.owner == giver and alarm.claimed_at is not None and alarm.claimed_at <= taken.at
        if (hand_of(alarm, now), HandMove.SUCCEED) in HAND_MOVES
        if not session.is_barred(Permission.HANDLE_ALARM, Thing(alarm.place))
    )
    incidents = tuple(
        incident
        for incident in view.incidents.open()
        if incident.owner == giver and incident.received_at <= taken.at
        if not session.is_barred(Permission.DISPATCH, Thing(incident.place))
    )
    return Left(handover, alarms, incidents) if alarms or incidents else None


def _take_alarm(tx: Tx, session: Session, alarm: Alarm, now: datetime) -> None:
    saved = tx.alarms.save(owned_by(alarm, session, now))
    tx.audit(session, "alarm.succeeded", saved.id, before=alarm, after=saved)
    tx.record(AlarmChanged(saved, "succeeded"))


def _take_incident(tx: Tx, session: Session, incident: Incident, now: datetime) -> None:
    """Whoever had it has handled it: the review of it knows them by `had_by`."""
    had_by = tuple(dict.fromkeys((*incident.had_by, incident.owner)))
    after = replace(incident, owner=session.user, owner_name=session.display_name, had_by=had_by)
    saved = tx.incidents.save(after)
    tx.audit(session, "incident.succeeded", saved.id, before=incident, after=saved)
    tx.record(IncidentChanged(saved, "succeeded"))
    write_line(tx, session, saved.id, now, "incident.succeeded", was=incident.owner_name)
