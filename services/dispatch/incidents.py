"""What ends an incident, and what may be written into it."""

from __future__ import annotations

from dataclasses import replace

from services.core.errors import ServiceError
from services.dispatch.record import Record, moved
from services.domain.alarms import ALARM_MOVES, AlarmState
from services.domain.incidents import INCIDENT_MOVES, Incident, IncidentState
from services.domain.people import Permission
from services.identity import authorize

# Levels Ⅰ to Ⅲ are reviewed before they are closed.
REVIEWED_LEVEL = 3
_ENDINGS = frozenset({IncidentState.UNFOUNDED, IncidentState.MERGED, IncidentState.TRANSFERRED})


def contain(record: Record, incident_id: str, result: str) -> Incident:
    incident = record.tx.incidents.get(incident_id)
    if incident.state is IncidentState.CONTAINED:
        return incident
    after = _contained(record, incident)
    saved = record.incident(incident, replace(after, result=result or after.result), "contained")
    record.line(saved, "incident.contained", result=result)
    return saved


def close(record: Record, incident_id: str, result: str) -> Incident:
    """Contained on the way when nobody said so; alarms that are reset close with it."""
    incident = record.tx.incidents.get(incident_id)
    if incident.state is IncidentState.CLOSED:
        return incident
    after = incident
    if after.state not in (IncidentState.CONTAINED, IncidentState.REVIEW):
        after = _contained(record, after)
    _check_finished(record, incident)
    _check_feedback(record, incident)
    if incident.level <= REVIEWED_LEVEL:
        after = _reviewed(record, after)
    state = moved(INCIDENT_MOVES, after.state, IncidentState.CLOSED)
    after = replace(after, state=state, closed_at=record.now, result=result)
    return _ended(record, incident, after, "closed", result)


def end(record: Record, incident_id: str, ending: IncidentState, reason: str) -> Incident:
    """Unfounded, merged or transferred."""
    incident = record.tx.incidents.get(incident_id)
    if ending not in _ENDINGS:
        raise ServiceError("dispatch.illegal_move", was=incident.state.value, wanted=ending.value)
    state = moved(INCIDENT_MOVES, incident.state, ending)
    _check_finished(record, incident)
    after = replace(incident, state=state, closed_at=record.now, result=reason)
    return _ended(record, incident, after, ending.value, reason)


def add_note(record: Record, incident_id: str, text: str) -> None:
    record.line(incident_id, "note", text=text)
    record.tx.audit(record.session, "incident.noted", incident_id, after={"text": text})


def _contained(record: Record, incident: Incident) -> Incident:
    state = moved(INCIDENT_MOVES, incident.state, IncidentState.CONTAINED)
    return replace(incident, state=state, contained_at=record.now)


def _reviewed(record: Record, incident: Incident) -> Incident:
    assert record.session is not None
    authorize(record.session, Permission.REVIEW)
    if incident.state is IncidentState.REVIEW:
        return incident
    return replace(incident, state=moved(INCIDENT_MOVES, incident.state, IncidentState.REVIEW))


def _ended(record: Record, before: Incident, after: Incident, change: str, result: str) -> Incident:
    saved = record.incident(before, after, change, result)
    record.line(saved, f"incident.{change}", result=result)
    for alarm in record.tx.alarms.of_incident(saved.id):
        if alarm.state is AlarmState.RESET:
            state = moved(ALARM_MOVES, alarm.state, AlarmState.CLOSED)
            record.alarm(alarm, replace(alarm, state=state), "closed")
    return saved


def _check_finished(record: Record, incident: Incident) -> None:
    running = [one for one in record.tx.dispatches.of_incident(incident.id) if one.is_running]
    if running:
        raise ServiceError("dispatch.still_running", incident_no=incident.incident_no, count=len(running))


def _check_feedback(record: Record, incident: Incident) -> None:
    sent = record.tx.dispatches.of_incident(incident.id)
    if not any(record.tx.feedback_of(dispatch.id) for dispatch in sent):
        raise ServiceError("dispatch.feedback_missing", incident_no=incident.incident_no)
