"""What a shift leaves behind, read from the record in one snapshot."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from services.domain.alarms import Alarm, Verdict
from services.domain.handovers import Handover, HandoverItem, ItemKind, ShiftCounts
from services.domain.outputs import OrderState
from services.domain.site import Site
from services.storage import View

NO_SITE = Site("", "", "", 0.0, 0.0)
_FALSE = frozenset({Verdict.FALSE_REPORT, Verdict.ACCIDENTAL, Verdict.DEVICE_FAULT})


def gather(view: View, handover: Handover) -> tuple[HandoverItem, ...]:
    """Everything that the next shift must know, in the order of `ItemKind`."""
    site = view.site() or NO_SITE
    items = [item for part in _PARTS for item in part(view, site)]
    notes = [
        HandoverItem(ItemKind.NOTE, note.id, "", note.text, who=note.by_name, since=note.at)
        for note in handover.notes
    ]
    return (*items, *notes)


def count(view: View, since: datetime, until: datetime) -> ShiftCounts:
    """What came since then."""
    alarms = [record.alarm for record in view.figures.alarms(since, until)]
    real = [alarm for alarm in alarms if not alarm.is_drill]
    incidents = view.figures.incidents(since, until)
    dispatches = view.figures.dispatches(since, until)
    return ShiftCounts(
        alarms=len(real),
        genuine=sum(alarm.verdict is Verdict.GENUINE for alarm in real),
        false=sum(alarm.verdict in _FALSE for alarm in real),
        incidents=sum(not incident.is_drill for incident in incidents),
        dispatches=sum(not record.is_drill for record in dispatches),
        drills=len(alarms) - len(real),
    )


def _alarms(view: View, _site: Site) -> Iterator[HandoverItem]:
    for alarm in view.alarms.open():
        if alarm.shelf is None:
            yield _of_alarm(ItemKind.ALARM, alarm, who=alarm.owner_name)


def _shelved(view: View, _site: Site) -> Iterator[HandoverItem]:
    for alarm in view.alarms.open():
        if alarm.shelf is not None:
            shelf = alarm.shelf
            yield _of_alarm(
                ItemKind.SHELVED, alarm, who=shelf.by_name, until=shelf.until, detail=shelf.reason
            )


def _of_alarm(
    kind: ItemKind, alarm: Alarm, *, who: str, until: datetime | None = None, detail: str = ""
) -> HandoverItem:
    return HandoverItem(
        kind=kind,
        key=alarm.id,
        no=alarm.event_no,
        title=alarm.name,
        title_en=alarm.name_en,
        place=alarm.place,
        state=alarm.state.value,
        who=who,
        since=alarm.received_at,
        until=until,
        detail=detail,
        priority=int(alarm.priority),
        is_drill=alarm.is_drill,
    )


def _incidents(view: View, _site: Site) -> Iterator[HandoverItem]:
    for incident in view.incidents.open():
        yield HandoverItem(
            ItemKind.INCIDENT,
            incident.id,
            incident.incident_no,
            incident.title,
            place=incident.place,
            state=incident.state.value,
            who=incident.owner_name,
            since=incident.received_at,
            detail=incident.content,
            is_drill=incident.is_drill,
        )


def _dispatches(view: View, _site: Site) -> Iterator[HandoverItem]:
    for dispatch in view.dispatches.running():
        yield HandoverItem(
            ItemKind.DISPATCH,
            dispatch.id,
            dispatch.dispatch_no,
            dispatch.guard_name,
            state=dispatch.state.value,
            who=dispatch.sent_by_name,
            since=dispatch.sent_at,
            detail=dispatch.order_text,
        )


def _plan_runs(view: View, _site: Site) -> Iterator[HandoverItem]:
    for run in view.plan_runs.open():
        steps = [run.step_at(at).title for at in run.current()]
        yield HandoverItem(
            ItemKind.PLAN_RUN,
            run.id,
            "",
            run.text.name,
            run.text.name_en,
            state=run.state.value,
            who=run.started_by_name,
            since=run.started_at,
            detail="\n".join(steps),
            is_drill=run.is_drill,
        )


def _isolated(view: View, site: Site) -> Iterator[HandoverItem]:
    for state in view.zone_states.held():
        held = state.isolation or state.test
        zone = site.zone(state.zone)
        if held is None:
            continue
        yield HandoverItem(
            ItemKind.ISOLATED,
            state.zone,
            state.zone,
            zone.name if zone else state.zone,
            zone.name_en if zone else "",
            place=zone.place if zone else "",
            state="isolated" if state.isolation else "test",
            who=held.owner_name,
            since=held.since_at,
            until=held.until_at,
            detail=state.isolation.reason if state.isolation else "",
        )


def _faults(view: View, site: Site) -> Iterator[HandoverItem]:
    for health in view.camera_health.all():
        camera = site.camera(health.camera)
        if health.is_troubled and camera is not None:
            yield HandoverItem(
                ItemKind.FAULT,
                f"camera:{camera.no}",
                camera.no,
                camera.name,
                camera.name_en,
                place=camera.place,
                state=health.state.value,
                since=health.since_at,
            )
    for order in view.output_orders.newest():
        output = site.output(order.output)
        if order.state is OrderState.FAULT and output is not None:
            yield HandoverItem(
                ItemKind.FAULT,
                f"output:{output.no}",
                output.no,
                output.name,
                output.name_en,
                place=output.place,
                state=order.state.value,
                since=order.asked_at,
            )


def _lent(view: View, _site: Site) -> Iterator[HandoverItem]:
    for item in view.lent_items.out():
        yield HandoverItem(
            ItemKind.LENT,
            item.id,
            "",
            item.name,
            state=item.state.value,
            who=item.borrower,
            since=item.lent_at,
            until=item.due_at,
            detail=f"× {item.count}" if item.count > 1 else "",
        )


_PARTS: tuple[Callable[[View, Site], Iterator[HandoverItem]], ...] = (
    _alarms,
    _incidents,
    _dispatches,
    _plan_runs,
    _shelved,
    _isolated,
    _faults,
    _lent,
)
