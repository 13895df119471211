"""What ends an incident, and what may be written into it."""

from __future__ import annotations

from dataclasses import replace

from services.core.errors import ServiceError
from services.dispatch.record import Record, moved
from services.dispatch.reviewing import check_reviewed, open_review
from services.domain.alarms import ALARM_MOVES, AlarmState
from services.domain.incidents import INCIDENT_MOVES, Incident, IncidentState

_ENDINGS = frozenset({IncidentState.UNFOUNDED, IncidentState.MERGED, IncidentState.TRANSFERRED})


def contain(record: Record, incident_id: str, result: str) -> Incident:
    incident = record.tx.incidents.get(incident_id)
    if incident.state is IncidentState.CONTAINED:
        return incident
    after = _contained(record, incident)
    saved = record.incident(incident, replace(after, result=result or after.result), "contained")
    record.line(saved, "incident.contained", result=result)
    open_review(record, saved)
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
    check_reviewed(record, incident)
    state = moved(INCIDENT_MOVES, after.state, IncidentState.CLOSED)
    after = replace(after, state=state, closed_at=record.now, result=result)
    saved = _ended(record, incident, after, "closed", result)
    if incident.contained_at is None:
        open_review(record, saved)
    return saved


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
