"""Ends everything that belongs to a drill, each by moves that its own table allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import Enum
from typing import TypeVar

from services.domain.alarms import ALARM_MOVES, Alarm, AlarmState, Verdict
from services.domain.drills import DRILL_OVER, Drill
from services.domain.facts import AlarmChanged, DispatchChanged, IncidentChanged
from services.domain.incidents import (
    DISPATCH_MOVES,
    INCIDENT_MOVES,
    Dispatch,
    DispatchState,
    Incident,
    IncidentState,
)
from services.domain.moves import check_move
from services.domain.plan_flow import moved
from services.domain.plan_runs import PlanRunState
from services.plans.running_record import RunRecord

State = TypeVar("State", bound=Enum)

_ALARM_WAY = {
    AlarmState.NEW: (AlarmState.CLAIMED, AlarmState.TEST, AlarmState.RESET, AlarmState.CLOSED),
    AlarmState.CLAIMED: (AlarmState.TEST, AlarmState.RESET, AlarmState.CLOSED),
    AlarmState.VERIFYING: (AlarmState.TEST, AlarmState.RESET, AlarmState.CLOSED),
    AlarmState.RESET: (AlarmState.CLOSED,),
    AlarmState.CLOSED: (),
}
_DECIDED_WAY = (AlarmState.RESET, AlarmState.CLOSED)
_ORDER_WAY = {
    DispatchState.DONE: (DispatchState.FEEDBACK, DispatchState.CLOSED),
    DispatchState.FEEDBACK: (DispatchState.CLOSED,),
}


def end_all(record: RunRecord, drill: Drill, reason: str) -> None:
    """Only what is a drill's is touched, whatever its rows say of each other."""
    reason = reason or DRILL_OVER
    alarms = [alarm for alarm in record.tx.alarms.some(drill.alarms) if alarm.is_drill]
    for incident in _incidents(record, alarms):
        for run in record.tx.plan_runs.of(incident.id):
            if run.is_open and run.is_drill:
                ended = moved(run, PlanRunState.ABORTED, reason, record.now)
                record.save(run, ended, "aborted", reason=reason)
        for dispatch in record.tx.dispatches.of_incident(incident.id):
            if dispatch.is_drill and dispatch.state not in (DispatchState.CLOSED, DispatchState.CANCELLED):
                _end_order(record, dispatch, reason)
        if incident.is_open:
            _end_incident(record, incident, reason)
    for alarm in alarms:
        _end_alarm(record, alarm, reason)


def _incidents(record: RunRecord, alarms: list[Alarm]) -> list[Incident]:
    """Of its alarms, and every open one of a drill: one that was split off has orders and no alarm, and as
    one drill is played at a time, it is this one's."""
    named = dict.fromkeys(alarm.incident for alarm in alarms if alarm.incident)
    found = [*map(record.tx.incidents.get, named), *record.tx.incidents.open()]
    return list({incident.id: incident for incident in found if incident.is_drill}.values())


def _end_alarm(record: RunRecord, before: Alarm, reason: str) -> None:
    way = _ALARM_WAY.get(before.state, _DECIDED_WAY)
    if not way:
        return
    verdict = before.verdict or Verdict.TEST
    after = replace(
        before,
        state=_walked(ALARM_MOVES, before.state, way),
        verdict=verdict,
        verdict_reason=before.verdict_reason or reason,
        decided_at=before.decided_at or record.now,
        reset_at=before.reset_at or record.now,
        source_active=False,
        shelf=None,
        ask=None,
    )
    saved = record.tx.alarms.save(after)
    record.tx.audit(record.session, "alarm.drill_over", saved.id, before=before, after=saved, reason=reason)
    record.tx.record(AlarmChanged(saved, "drill_over"))


def _end_order(record: RunRecord, before: Dispatch, reason: str) -> None:
    way = _ORDER_WAY.get(before.state, (DispatchState.CANCELLED,))
    state = _walked(DISPATCH_MOVES, before.state, way)
    saved = record.tx.dispatches.save(replace(before, state=state, end_reason=reason))
    record.tx.audit(record.session, "dispatch.drill_over", saved.id, before=before, after=saved)
    record.tx.record(DispatchChanged(saved, "drill_over"))


def _end_incident(record: RunRecord, before: Incident, reason: str) -> None:
    """Closed where that can be; no review is opened for what was no incident."""
    state = before.state
    if state is not IncidentState.REVIEW:
        if state not in (IncidentState.CONTAINED,):
            state = _walked(INCIDENT_MOVES, state, _to_contained(state))
        check_move(INCIDENT_MOVES, state, IncidentState.CLOSED)
    after = replace(before, state=IncidentState.CLOSED, closed_at=record.now, result=before.result or reason)
    saved = record.tx.incidents.save(after)
    record.tx.audit(record.session, "incident.drill_over", saved.id, before=before, after=saved)
    record.tx.record(IncidentChanged(saved, "drill_over"))


def _to_contained(state: IncidentState) -> tuple[IncidentState, ...]:
    if state is IncidentState.NEW:
        return (IncidentState.ACCEPTED, IncidentState.CONTAINED)
    return (IncidentState.CONTAINED,)


def _walked(moves: Mapping[State, frozenset[State]], was: State, way: tuple[State, ...]) -> State:
    for wanted in way:
        check_move(moves, was, wanted)
        was = wanted
    return was
