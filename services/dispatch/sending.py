"""Sends one guard: incident, alarm, guard and dispatch change together or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from services.campus.routes import Routes
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.dispatch.orders import Order
from services.dispatch.record import Record, moved
from services.domain.alarms import ALARM_MOVES, Alarm, AlarmState
from services.domain.classes import Priority
from services.domain.clocks import Clocks
from services.domain.facts import DispatchSent, IncidentOpened
from services.domain.incidents import (
    INCIDENT_MOVES,
    Dispatch,
    DispatchId,
    Incident,
    IncidentId,
    IncidentState,
)
from services.domain.people import READY, GuardState, GuardStatus
from services.domain.site import Guard, Site
from services.storage import Tx

# An alarm in one of these can have an incident; the others are decided otherwise or over.
_SENDABLE = frozenset({AlarmState.CLAIMED, AlarmState.VERIFYING, AlarmState.CONFIRMED, AlarmState.LINKED})


def send(
    record: Record, site: Site, routes: Routes, clocks: Mapping[Priority, Clocks], order: Order
) -> Dispatch:
    """The new dispatch; or the one that this order already made."""
    sent = _find_dispatch(record.tx, order.id)
    if sent is not None:
        return sent
    guard, state = _ready_guard(record.tx, site, order.guard)
    incident = _incident(record, order)
    dispatch = _dispatch(record, routes, clocks, order, guard, state, incident)
    record.tx.dispatches.add(dispatch)
    record.tx.audit(record.session, "dispatch.sent", dispatch.id, after=dispatch, reason=order.why)
    record.tx.record(DispatchSent(dispatch))
    record.guard(state, replace(state, status=GuardStatus.DISPATCHED, dispatch=dispatch.id))
    record.line(incident, "dispatch.sent", guard=guard.name, order=order.text, why=order.why)
    _respond(record, incident)
    return dispatch


def _ready_guard(tx: Tx, site: Site, guard_no: str) -> tuple[Guard, GuardState]:
    guard = site.guard(guard_no)
    if guard is None:
        raise ServiceError("dispatch.unknown_guard", guard=guard_no)
    state = tx.guards.get(guard_no)
    if state.dispatch:
        by = tx.dispatches.get(state.dispatch).sent_by_name
        raise ServiceError("dispatch.guard_busy", guard=guard.name, by=by)
    if state.status not in READY:
        raise ServiceError("dispatch.guard_unavailable", guard=guard.name, status=state.status.value)
    return guard, state


def _incident(record: Record, order: Order) -> Incident:
    """The open incident to send to; opened from the alarm when there is none."""
    if order.alarm_id:
        return incident_of_alarm(record, record.tx.alarms.get(order.alarm_id))
    incident = record.tx.incidents.get(order.incident_id)
    if not incident.is_open:
        raise ServiceError("dispatch.incident_ended", incident_no=incident.incident_no)
    return incident


def incident_of_alarm(record: Record, alarm: Alarm) -> Incident:
    _check_alarm(record, alarm)
    known = record.tx.incidents.get(alarm.incident) if alarm.incident else None
    if known is not None and known.is_open:
        return known
    incident = _open(record, alarm)
    _link(record, alarm, incident)
    return incident


def _check_alarm(record: Record, alarm: Alarm) -> None:
    if alarm.state is AlarmState.NEW:
        raise ServiceError("dispatch.claim_first", event_no=alarm.event_no)
    if alarm.state not in _SENDABLE:
        raise ServiceError("dispatch.alarm_ended", event_no=alarm.event_no, state=alarm.state.value)
    if record.session is None or alarm.owner != record.session.user:
        raise ServiceError("dispatch.not_owner", event_no=alarm.event_no, owner=alarm.owner_name)


def _open(record: Record, alarm: Alarm) -> Incident:
    assert record.session is not None
    incident = Incident(
        id=IncidentId(new_id()),
        incident_no=record.tx.next_no("JQ", record.now),
        title=alarm.name,
        category=alarm.alarm_class.value,
        place=alarm.place,
        at=alarm.at,
        content=f"{alarm.event_no} {alarm.name}".strip(),
        owner=record.session.user,
        owner_name=record.session.display_name,
        received_at=alarm.received_at,
        state=moved(INCIDENT_MOVES, IncidentState.NEW, IncidentState.ACCEPTED),
        alarm=alarm.id,
        accepted_at=record.now,
        is_drill=alarm.is_drill,
    )
    record.tx.incidents.add(incident)
    record.tx.audit(record.session, "incident.opened", incident.id, after=incident)
    record.tx.record(IncidentOpened(incident))
    record.line(incident, "incident.opened", incident_no=incident.incident_no, alarm=alarm.event_no)
    return incident


def _link(record: Record, alarm: Alarm, incident: Incident) -> None:
    """Sending is looking into it: a claimed alarm is being verified, a confirmed one is linked."""
    state = alarm.state
    if state is AlarmState.CLAIMED:
        state = moved(ALARM_MOVES, state, AlarmState.VERIFYING)
    elif state is AlarmState.CONFIRMED:
        state = moved(ALARM_MOVES, state, AlarmState.LINKED)
    sent = replace(alarm, state=state, incident=incident.id, offered_at=None, shelf=None)
    record.alarm(alarm, sent, "dispatched")


def _respond(record: Record, incident: Incident) -> None:
    if incident.state is IncidentState.RESPONDING:
        return
    state = moved(INCIDENT_MOVES, incident.state, IncidentState.RESPONDING)
    record.incident(incident, replace(incident, state=state), "responding")


def _dispatch(
    record: Record,
    routes: Routes,
    clocks: Mapping[Priority, Clocks],
    order: Order,
    guard: Guard,
    state: GuardState,
    incident: Incident,
) -> Dispatch:
    assert record.session is not None
    limits = clocks[_priority(record.tx, incident)]
    distance_m = routes.route(state.at, incident.at).distance_m if incident.at else 0.0
    return Dispatch(
        id=DispatchId(order.id),
        dispatch_no=record.tx.next_no("PJ", record.now),
        incident=incident.id,
        guard=guard.no,
        guard_name=guard.name,
        order_text=order.text,
        channel=order.channel,
        why=order.why,
        distance_m=round(distance_m, 1),
        sent_by=record.session.user,
        sent_by_name=record.session.display_name,
        sent_at=record.now,
        sign_due_at=record.now + timedelta(seconds=limits.sign_s) if limits.sign_s else None,
        arrive_due_at=record.now + timedelta(seconds=limits.arrive_s) if limits.arrive_s else None,
    )


def _priority(tx: Tx, incident: Incident) -> Priority:
    """Of the alarm that opened it; an incident without an alarm has no response clock."""
    return tx.alarms.get(incident.alarm).priority if incident.alarm else Priority.P3


def _find_dispatch(tx: Tx, dispatch_id: str) -> Dispatch | None:
    try:
        return tx.dispatches.get(dispatch_id)
    except ServiceError as error:
        if error.code != "storage.not_found":
            raise
        return None
