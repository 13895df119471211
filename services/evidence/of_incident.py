"""What of the recordings belongs to an incident."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from services.domain.incidents import Incident
from services.domain.people import Session
from services.evidence.steps import LONGEST
from services.identity import sees
from services.storage import View

# What led to the alarm is seen before it, how people left after the end.
BEFORE = timedelta(seconds=30)
AFTER = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class IncidentFootage:
    """cameras: those that its alarms showed, best first, that the session may watch."""

    incident: Incident
    cameras: tuple[str, ...]
    since: datetime
    until: datetime


def footage_of(view: View, session: Session, incident_id: str, now: datetime) -> IncidentFootage:
    """From BEFORE the first alarm to AFTER it was contained, or until now; LONGEST at most."""
    incident = view.incidents.get(incident_id)
    alarms = sorted(view.alarms.of_incident(incident_id), key=lambda alarm: alarm.received_at)
    began_at = min([incident.received_at, *(alarm.received_at for alarm in alarms)])
    ended_at = incident.contained_at or incident.closed_at
    since = began_at - BEFORE
    until = min(now, ended_at + AFTER if ended_at is not None else now, since + LONGEST)
    site = view.site()
    cameras = dict.fromkeys(str(no) for alarm in alarms for no in alarm.feeds)
    seen = (no for no in cameras if sees(session, site, no))
    return IncidentFootage(incident, tuple(seen), since, until)
