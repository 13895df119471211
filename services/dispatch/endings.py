"""What ends an incident, what must be there before it may end, and how it is taken up again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from services.core.errors import ServiceError
from services.dispatch.record import Record, moved
from services.dispatch.reviewing import check_may_make_light, check_reviewed, open_review
from services.domain.alarms import ALARM_MOVES, AlarmState
from services.domain.incidents import INCIDENT_MOVES, Incident, IncidentState
from services.storage import Tx

# Raises ServiceError when an incident may not be closed yet; for parts that we do not know.
CloseGuard = Callable[[Tx, Incident], None]


def contain(record: Record, incident_id: str, result: str) -> Incident:
    incident = record.tx.incidents.get(incident_id)
    if incident.state is IncidentState.CONTAINED:
        return incident
    after = _contained(record, incident)
    saved = record.incident(incident, replace(after, result=result or after.result), "contained")
    record.line(saved, "incident.contained", result=result)
    open_review(record, saved)
    return saved


def close(record: Record, incident_id: str, result: str, guards: Iterable[CloseGuard] = ()) -> Incident:
    """One that is not grave is contained on the way when nobody said so; alarms that are reset close with it.

    Raises dispatch.still_running(incident_no, count), dispatch.steps_open(incident_no, count, step),
    dispatch.feedback_missing(incident_no), dispatch.review_needed(incident_no).
    """
    incident = record.tx.incidents.get(incident_id)
    if incident.state is IncidentState.CLOSED:
        return incident
    after = incident
    if after.state not in (IncidentState.CONTAINED, IncidentState.REVIEW):
        after = _contained(record, after)
    _check_closing(record, incident, guards)
    state = moved(INCIDENT_MOVES, after.state, IncidentState.CLOSED)
    after = replace(after, state=state, closed_at=record.now, result=result)
    saved = ended(record, incident, after, "closed", result=result)
    if incident.contained_at is None:
        open_review(record, saved)
    return saved


def dismiss(record: Record, incident_id: str, reason: str) -> Incident:
    """Unfounded 不属实: there was nothing. Raises dispatch.leader_needed(incident_no) for a grave one."""
    incident = record.tx.incidents.get(incident_id)
    check_may_make_light(record, incident)
    state = moved(INCIDENT_MOVES, incident.state, IncidentState.UNFOUNDED)
    _check_all_back(record, incident)
    after = replace(incident, state=state, closed_at=record.now, result=reason)
    return ended(record, incident, after, "unfounded", result=reason)


def transfer(record: Record, incident_id: str, to: str, police_ref: str, reason: str) -> Incident:
    """Handed to the police or somebody else outside; orders to those outside go on, ours must be over.

    A grave one says in its record what was left undone, and its review opens all the same.
    """
    incident = record.tx.incidents.get(incident_id)
    state = moved(INCIDENT_MOVES, incident.state, IncidentState.TRANSFERRED)
    _check_all_back(record, incident, but_outside=True)
    after = replace(
        incident,
        state=state,
        closed_at=record.now,
        result=reason,
        transferred_to=to,
        police_ref=police_ref or incident.police_ref,
    )
    saved = ended(record, incident, after, "transferred", result=reason, to=to)
    if saved.is_grave:
        steps = record.tx.plan_runs.open_mandatory_steps(saved.id)
        record.line(saved, "incident.transferred_grave", level=str(saved.level), count=str(len(steps)))
        open_review(record, saved)
    return saved


def reopen(record: Record, incident_id: str, reason: str) -> Incident:
    """It was not over after all; alarms that are closed stay closed."""
    incident = record.tx.incidents.get(incident_id)
    state = moved(INCIDENT_MOVES, incident.state, IncidentState.REOPENED)
    after = replace(incident, state=state, closed_at=None, contained_at=None, transferred_to="")
    saved = record.incident(incident, after, "reopened", reason)
    record.line(saved, "incident.reopened", reason=reason)
    return saved


def ended(record: Record, before: Incident, after: Incident, change: str, **params: str) -> Incident:
    """Saved with its line; alarms that are reset close with it."""
    saved = record.incident(before, replace(after, backup_wanted=0), change, after.result)
    record.line(saved, f"incident.{change}", **params)
    for alarm in record.tx.alarms.of_incident(saved.id):
        if alarm.state is AlarmState.RESET:
            state = moved(ALARM_MOVES, alarm.state, AlarmState.CLOSED)
            record.alarm(alarm, replace(alarm, state=state), "closed")
    return saved


def _contained(record: Record, incident: Incident) -> Incident:
    state = moved(INCIDENT_MOVES, incident.state, IncidentState.CONTAINED)
    return replace(incident, state=state, contained_at=record.now)


def _check_closing(record: Record, incident: Incident, guards: Iterable[CloseGuard]) -> None:
    _check_all_back(record, incident)
    steps = record.tx.plan_runs.open_mandatory_steps(incident.id)
    if steps:
        raise ServiceError(
            "dispatch.steps_open", incident_no=incident.incident_no, count=len(steps), step=steps[0].title
        )
    for guard in guards:
        guard(record.tx, incident)
    _check_feedback(record, incident)
    check_reviewed(record, incident)


def _check_all_back(record: Record, incident: Incident, *, but_outside: bool = False) -> None:
    sent = record.tx.dispatches.of_incident(incident.id)
    running = [one for one in sent if one.is_running and not (but_outside and one.is_outside)]
    if running:
        raise ServiceError("dispatch.still_running", incident_no=incident.incident_no, count=len(running))


def _check_feedback(record: Record, incident: Incident) -> None:
    sent = record.tx.dispatches.of_incident(incident.id)
    if not any(record.tx.feedback_of(dispatch.id) for dispatch in sent):
        raise ServiceError("dispatch.feedback_missing", incident_no=incident.incident_no)
