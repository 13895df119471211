"""Incidents that are one, that belong together, or that turn out to be two."""

from __future__ import annotations

from dataclasses import replace

from services.core.errors import ServiceError
from services.core.ids import new_id
from services.dispatch.endings import ended
from services.dispatch.record import Record, moved
from services.domain.facts import IncidentOpened, PlanRunChanged
from services.domain.incidents import (
    INCIDENT_MOVES,
    Dispatch,
    Incident,
    IncidentId,
    IncidentState,
    put_at,
    responding,
)


def merge(record: Record, incident_id: str, into_id: str, reason: str) -> Incident:
    """Carried on in another: its alarms, the orders still out and the plans still open go there, with its
    level when that is the graver one; what is over stays readable here.

    Raises dispatch.same_incident(incident_no), dispatch.drill_apart(incident_no).
    """
    incident, into = _pair(record, incident_id, into_id)
    into = record.open_incident(into_id)
    state = moved(INCIDENT_MOVES, incident.state, IncidentState.MERGED)
    _hand_over(record, incident, into, None, None)
    record.line(into, "incident.took_in", incident_no=incident.incident_no, reason=reason)
    _take_gravity(record, incident, into)
    _move_plans(record, incident, into)
    _respond_if_running(record, into)
    after = replace(incident, state=state, closed_at=record.now, result=reason, merged_into=into.id)
    return ended(record, incident, after, "merged", result=f"{into.incident_no} {reason}".strip())


def link(record: Record, incident_id: str, other_id: str) -> Incident:
    """They belong together and stay two; each names the other."""
    incident, other = _pair(record, incident_id, other_id)
    if other.id in incident.links:
        return incident
    _link_to(record, other, incident)
    return _link_to(record, incident, other)


def split(
    record: Record, incident_id: str, title: str, alarms: tuple[str, ...], dispatches: tuple[str, ...]
) -> Incident:
    """A second incident made of some of the alarms and orders of the first.

    Raises dispatch.nothing_to_split(incident_no), dispatch.not_of_incident(incident_no).
    """
    assert record.session is not None
    first = record.open_incident(incident_id)
    if not alarms and not dispatches:
        raise ServiceError("dispatch.nothing_to_split", incident_no=first.incident_no)
    second = replace(
        first,
        id=IncidentId(new_id()),
        incident_no=record.tx.next_no("JQ", record.now),
        title=title,
        owner=record.session.user,
        owner_name=record.session.display_name,
        state=moved(INCIDENT_MOVES, IncidentState.NEW, IncidentState.ACCEPTED),
        alarm=alarms[0] if alarms else "",
        accepted_at=record.now,
        contained_at=None,
        result="",
        parent=first.id,
        links=(first.id,),
        backup_wanted=0,
        row_version=1,
    )
    record.tx.incidents.add(second)
    record.tx.audit(record.session, "incident.opened", second.id, after=second)
    record.tx.record(IncidentOpened(second))
    _hand_over(record, first, second, alarms, dispatches)
    record.line(second, "incident.split_from", incident_no=first.incident_no)
    record.incident(first, replace(first, links=(*first.links, second.id)), "split")
    record.line(first, "incident.split", incident_no=second.incident_no, title=title)
    return _respond_if_running(record, second)


def _pair(record: Record, incident_id: str, other_id: str) -> tuple[Incident, Incident]:
    incident, other = record.tx.incidents.get(incident_id), record.tx.incidents.get(other_id)
    if incident.id == other.id:
        raise ServiceError("dispatch.same_incident", incident_no=incident.incident_no)
    if incident.is_drill != other.is_drill:
        raise ServiceError("dispatch.drill_apart", incident_no=other.incident_no)
    return incident, other


def _link_to(record: Record, incident: Incident, other: Incident) -> Incident:
    saved = record.incident(incident, replace(incident, links=(*incident.links, other.id)), "linked")
    record.line(saved, "incident.linked", incident_no=other.incident_no)
    return saved


def _hand_over(
    record: Record,
    giver: Incident,
    taker: Incident,
    alarms: tuple[str, ...] | None,
    dispatches: tuple[str, ...] | None,
) -> None:
    """None: all of them; of dispatches those still out."""
    held = record.tx.alarms.of_incident(giver.id)
    out = [
        one for one in record.tx.dispatches.of_incident(giver.id) if dispatches is not None or one.is_running
    ]
    wanted_alarms = {alarm.id for alarm in held} if alarms is None else set(alarms)
    wanted_orders = {order.id for order in out} if dispatches is None else set(dispatches)
    if wanted_alarms - {alarm.id for alarm in held} or wanted_orders - {order.id for order in out}:
        raise ServiceError("dispatch.not_of_incident", incident_no=giver.incident_no)
    for alarm in held:
        if alarm.id in wanted_alarms:
            record.alarm(alarm, replace(alarm, incident=taker.id), "moved")
    for order in out:
        if order.id in wanted_orders:
            _move_order(record, order, taker)


def _move_order(record: Record, order: Dispatch, taker: Incident) -> None:
    saved = record.dispatch(order, replace(order, incident=taker.id), "moved")
    record.line(taker, "dispatch.moved_here", guard=saved.guard_name, dispatch_no=saved.dispatch_no)


def _take_gravity(record: Record, giver: Incident, taker: Incident) -> None:
    """The taker is at least as grave as what it took in; with a grave one in it, it is not contained."""
    level = min(giver.level, taker.level)
    after = put_at(taker, level)
    after = replace(after, gravest=min(after.gravest, giver.gravest))
    if giver.is_grave and IncidentState.RESPONDING in INCIDENT_MOVES[taker.state] and taker.contained_at:
        after = responding(after)
    if after == taker:
        return
    saved = record.incident(taker, after, "took_in")
    if saved.level != taker.level:
        record.line(saved, "incident.level", level=str(saved.level), was=str(taker.level))


def _move_plans(record: Record, giver: Incident, taker: Incident) -> None:
    """Their mandatory steps keep the taker open now."""
    for run in record.tx.plan_runs.of(giver.id):
        if not run.is_open:
            continue
        saved = record.tx.plan_runs.save(replace(run, incident=taker.id))
        about = {"incident": giver.id}, {"incident": taker.id}
        record.tx.audit(record.session, "plan_run.moved", saved.id, before=about[0], after=about[1])
        record.tx.record(PlanRunChanged(saved, "moved"))
        record.line(taker, "plan.moved_here", plan=saved.text.name)
        now = record.tx.incidents.get(taker.id)
        record.incident(now, replace(now, plan_run=saved.id), "plan_moved")


def _respond_if_running(record: Record, incident: Incident) -> Incident:
    now = record.tx.incidents.get(incident.id)
    is_out = any(order.is_running for order in record.tx.dispatches.of_incident(now.id))
    if not is_out or IncidentState.RESPONDING not in INCIDENT_MOVES[now.state]:
        return now
    return record.incident(now, responding(now), "responding")
