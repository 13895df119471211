"""Sends a unit: incident, alarm, guards and dispatch change together or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.campus.routes import Routes
from services.dispatch.opening import incident_for
from services.dispatch.orders import MOST_RANKS, Order
from services.dispatch.record import Record, moved
from services.dispatch.units import Unit, unit_of
from services.domain.classes import Priority
from services.domain.clocks import Clocks
from services.domain.facts import DispatchSent
from services.domain.incidents import (
    DISPATCH_MOVES,
    INCIDENT_MOVES,
    Dispatch,
    DispatchId,
    DispatchState,
    Incident,
    IncidentState,
    responding,
)
from services.domain.people import GuardState, GuardStatus, Permission, Thing
from services.domain.site import Site
from services.identity import refuse_barred
from services.storage import Tx

# So far a guard runs in the post's minute of the 1-3-5 rule, at 4 m/s; farther away they count as a patrol.
POST_REACH_M = 240.0
_PRIORITY_OF_LEVEL = {1: Priority.P1, 2: Priority.P1, 3: Priority.P2}


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Of one sending; None = no limit."""

    sign_at: datetime | None = None
    arrive_at: datetime | None = None
    done_at: datetime | None = None


def send(record: Record, site: Site, routes: Routes, order: Order) -> Dispatch:
    """The new dispatch; or the one that this order already made."""
    sent = record.find_dispatch(order.id)
    if sent is not None:
        return sent
    unit = unit_of(record.tx, site, order, is_drill=_is_drill(record.tx, order))
    incident = _incident(record, order)
    refuse_barred(record.session, Permission.DISPATCH, Thing(incident.place))
    dispatch = _dispatch(record, routes, site.limits, order, unit, incident)
    record.tx.dispatches.add(dispatch)
    record.tx.audit(record.session, "dispatch.sent", dispatch.id, after=dispatch, reason=order.why)
    record.tx.record(DispatchSent(dispatch))
    _take(record, unit.members, dispatch)
    _tell(record, incident, dispatch)
    _respond(record, incident, is_backup=dispatch.is_backup)
    return dispatch


def send_again(record: Record, site: Site, routes: Routes, dispatch_id: str) -> Dispatch:
    """An order that came back 退单, to the same unit, with new deadlines."""
    dispatch = record.tx.dispatches.get(dispatch_id)
    if dispatch.state is DispatchState.SENT:
        return dispatch
    state = moved(DISPATCH_MOVES, dispatch.state, DispatchState.SENT)
    incident = record.open_incident(dispatch.incident)
    unit = unit_of(record.tx, site, _order_of(dispatch), is_drill=dispatch.is_drill)
    distance_m = _distance_m(routes, unit, incident)
    due = _deadlines(record, site.limits, incident, unit, distance_m, is_backup=dispatch.is_backup)
    after = replace(
        dispatch,
        state=state,
        sent_at=record.now,
        distance_m=round(distance_m, 1),
        delivered_at=None,
        signed_at=None,
        sign_due_at=due.sign_at,
        arrive_due_at=due.arrive_at,
        done_due_at=due.done_at,
        late=(),
        end_reason="",
        ended_at=None,
    )
    saved = record.dispatch(dispatch, after, "sent_again")
    _take(record, unit.members, saved)
    record.line(incident, "dispatch.sent_again", guard=saved.guard_name, order=saved.order_text)
    _respond(record, incident, is_backup=saved.is_backup)
    return saved


def _order_of(dispatch: Dispatch) -> Order:
    """As it was given, to the same people."""
    return Order(
        dispatch.guard,
        dispatch.order_text,
        incident_id=dispatch.incident,
        target=dispatch.target,
        name=dispatch.guard_name,
        members=dispatch.members or dispatch.guards,
    )


def _is_drill(tx: Tx, order: Order) -> bool:
    if order.alarm_id:
        return tx.alarms.get(order.alarm_id).is_drill
    return tx.incidents.get(order.incident_id).is_drill


def _take(record: Record, members: tuple[GuardState, ...], dispatch: Dispatch) -> None:
    """In a drill nobody goes: who is only played as sent stays free for what is real."""
    for state in () if dispatch.is_drill else members:
        record.guard(state, replace(state, status=GuardStatus.DISPATCHED, dispatch=dispatch.id))


def _incident(record: Record, order: Order) -> Incident:
    """The open incident to send to; opened from the alarm when there is none."""
    if order.alarm_id:
        return incident_for(record, record.tx.alarms.get(order.alarm_id))
    return record.open_incident(order.incident_id)


def _tell(record: Record, incident: Incident, dispatch: Dispatch) -> None:
    """The timeline says too when somebody else had been recommended."""
    first = next((one.name for one in dispatch.ranks if one.guard == dispatch.recommended), "")
    params = {"guard": dispatch.guard_name, "order": dispatch.order_text, "why": dispatch.why}
    if dispatch.is_as_recommended or not first:
        record.line(incident, "dispatch.sent", **params)
    else:
        record.line(incident, "dispatch.sent_other", recommended=first, **params)


def _respond(record: Record, incident: Incident, *, is_backup: bool) -> None:
    """Somebody goes: it is being handled, and one unit less is asked for."""
    wanted = max(0, incident.backup_wanted - 1) if is_backup else incident.backup_wanted
    if incident.state is IncidentState.RESPONDING and wanted == incident.backup_wanted:
        return
    after = incident
    if incident.state is not IncidentState.RESPONDING:
        moved(INCIDENT_MOVES, incident.state, IncidentState.RESPONDING)
        after = responding(incident)
    record.incident(incident, replace(after, backup_wanted=wanted), "responding")


def _dispatch(
    record: Record,
    routes: Routes,
    limits: Mapping[Priority, Clocks],
    order: Order,
    unit: Unit,
    incident: Incident,
) -> Dispatch:
    assert record.session is not None
    distance_m = _distance_m(routes, unit, incident)
    is_backup = order.is_backup or (incident.backup_wanted > 0 and bool(unit.members))
    due = _deadlines(record, limits, incident, unit, distance_m, is_backup=is_backup)
    return Dispatch(
        id=DispatchId(order.id),
        dispatch_no=record.tx.next_no("PJ", record.now),
        incident=incident.id,
        guard=unit.no,
        guard_name=unit.name,
        order_text=order.text,
        channel=order.channel,
        why=order.why,
        distance_m=round(distance_m, 1),
        sent_by=record.session.user,
        sent_by_name=record.session.display_name,
        sent_at=record.now,
        sign_due_at=due.sign_at,
        arrive_due_at=due.arrive_at,
        done_due_at=due.done_at,
        target=unit.target,
        members=tuple(state.no for state in unit.members) if len(unit.members) > 1 else _only(unit),
        is_backup=is_backup,
        recommended=order.recommended,
        ranks=order.ranks[:MOST_RANKS],
        queued_at=order.queued_at,
        is_drill=incident.is_drill,
    )


def _only(unit: Unit) -> tuple[str, ...]:
    """The one who goes, where the unit's own number does not say it."""
    return tuple(state.no for state in unit.members if state.no != unit.no)


def _distance_m(routes: Routes, unit: Unit, incident: Incident) -> float:
    return routes.route(unit.at, incident.at).distance_m if incident.at and unit.at else 0.0


def _deadlines(
    record: Record,
    limits: Mapping[Priority, Clocks],
    incident: Incident,
    unit: Unit,
    distance_m: float,
    *,
    is_backup: bool,
) -> Deadlines:
    """None for those outside: they are not ours to hold to a clock."""
    if not unit.members:
        return Deadlines()
    clocks = limits[_priority(record.tx, incident)]
    arrive_s = clocks.arrive_s
    if is_backup:
        arrive_s = clocks.backup_arrive_s or arrive_s
    elif unit.is_standing and distance_m <= POST_REACH_M:
        arrive_s = clocks.post_arrive_s or arrive_s

    def after(seconds: float | None) -> datetime | None:
        return record.now + timedelta(seconds=seconds) if seconds else None

    return Deadlines(after(clocks.sign_s), after(arrive_s), after(clocks.done_s))


def _priority(tx: Tx, incident: Incident) -> Priority:
    """Of its alarm or its level, whichever is more urgent; a blue one without an alarm has no clocks."""
    of_level = _PRIORITY_OF_LEVEL.get(incident.level)
    if not incident.alarm:
        return of_level or Priority.P3
    of_alarm = tx.alarms.get(incident.alarm).priority
    return of_alarm if of_level is None else min(of_alarm, of_level)
