"""The state of the watch that every screen shows, kept current by applying facts in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from services.domain.alarms import Alarm
from services.domain.arming import ArmState, ZoneState
from services.domain.calls import Call
from services.domain.classes import AlarmClass
from services.domain.devices import CameraHealth
from services.domain.drills import Drill
from services.domain.facts import (
    AlarmChanged,
    AlarmRaised,
    AlarmRepeated,
    ArmChanged,
    CallLogged,
    CameraHealthChanged,
    DispatchChanged,
    DispatchSent,
    DrillChanged,
    Fact,
    GuardChanged,
    IncidentChanged,
    IncidentOpened,
    LinkageRunChanged,
    NoticeGiven,
    OutputChanged,
    OutputOrderChanged,
    PlanRunChanged,
    PtzControlChanged,
    TimelineAdded,
    WallItemRemoved,
    WallItemSaved,
    ZoneChanged,
)
from services.domain.incidents import Dispatch, Incident, TimelineEntry
from services.domain.linkage_runs import LinkageRun
from services.domain.notices import Notice
from services.domain.outputs import OutputOrder, OutputState
from services.domain.people import GuardState
from services.domain.plan_runs import PlanRun
from services.domain.ptz import PtzControl
from services.domain.walls import WallItem

# Older ones are in the record, for whoever asks.
ENDED_ON_BOARD = 50


@dataclass(slots=True)
class Board:
    """Open alarms, open incidents and the newest ended ones with what hangs on them, guards, wall items and
    camera health, by id.

    arming: the last word on each arm group.
    zones: those that are isolated, under test or walked, and what changed since.
    steering: who steers a camera or steered it last. linkage: what open alarms set off, by alarm.
    notices: of open alarms, by alarm and level. output_orders: the newest of each output.
    plan_runs: those of the incidents here, and all that are not over. drills: those that were open since the
    seat began.
    calls: those of the incidents shown, by id. in_front: incidents that somebody looks at: they stay.
    seq: the last change applied; facts are applied in the feed's order.
    """

    seq: int = 0
    alarms: dict[str, Alarm] = field(default_factory=dict)
    incidents: dict[str, Incident] = field(default_factory=dict)
    dispatches: dict[str, Dispatch] = field(default_factory=dict)
    guards: dict[str, GuardState] = field(default_factory=dict)
    timeline: dict[str, list[TimelineEntry]] = field(default_factory=dict)
    wall_items: dict[str, WallItem] = field(default_factory=dict)
    cameras: dict[str, CameraHealth] = field(default_factory=dict)
    steering: dict[str, PtzControl] = field(default_factory=dict)
    zones: dict[str, ZoneState] = field(default_factory=dict)
    arming: dict[str, ArmState] = field(default_factory=dict)
    linkage: dict[str, list[LinkageRun]] = field(default_factory=dict)
    notices: dict[str, dict[int, Notice]] = field(default_factory=dict)
    outputs: dict[str, OutputState] = field(default_factory=dict)
    output_orders: dict[str, OutputOrder] = field(default_factory=dict)
    plan_runs: dict[str, PlanRun] = field(default_factory=dict)
    drills: dict[str, Drill] = field(default_factory=dict)
    calls: dict[str, Call] = field(default_factory=dict)
    in_front: frozenset[str] = frozenset()

    def apply(self, fact: Fact) -> None:
        match fact:
            case AlarmRaised() | AlarmRepeated() | AlarmChanged():
                self._put_alarm(fact.alarm)
            case NoticeGiven():
                self._put_notice(fact.notice)
            case IncidentOpened() | IncidentChanged():
                self._put_incident(fact.incident)
            case DispatchSent() | DispatchChanged():
                self.dispatches[fact.dispatch.id] = fact.dispatch
            case TimelineAdded():
                self._put_entry(fact.entry)
            case GuardChanged():
                self.guards[fact.guard.no] = fact.guard
            case CameraHealthChanged():
                self.cameras[fact.health.camera] = fact.health
            case WallItemSaved():
                self.wall_items[fact.item.id] = fact.item
            case WallItemRemoved():
                self.wall_items.pop(fact.item.id, None)
            case PtzControlChanged():
                self.steering[fact.control.camera] = fact.control
            case ZoneChanged():
                self.zones[fact.state.zone] = fact.state
            case ArmChanged():
                self.arming[fact.state.group] = fact.state
            case LinkageRunChanged():
                self._put_run(fact.run)
            case OutputChanged():
                self.outputs[fact.state.output] = fact.state
            case OutputOrderChanged():
                self._put_order(fact.order)
            case PlanRunChanged():
                self.plan_runs[fact.run.id] = fact.run
            case DrillChanged():
                self.drills[fact.drill.id] = fact.drill
            case CallLogged():
                self.calls[fact.call.id] = fact.call
            case _:
                pass

    def queue(self) -> list[Alarm]:
        """Open alarms: real ones before a drill's, most urgent first, then fires, then the oldest first.

        A fire behind a hundred panic buttons would be painted when its turn came.
        """
        return sorted(
            self.alarms.values(),
            key=lambda alarm: (
                alarm.is_drill,
                alarm.priority,
                alarm.alarm_class is not AlarmClass.FIRE,
                alarm.received_at,
                alarm.id,
            ),
        )

    @property
    def drill(self) -> Drill | None:
        """The one that is being played."""
        return next((drill for drill in self.drills.values() if drill.is_open), None)

    def troubled_cameras(self) -> frozenset[str]:
        """Those whose pictures show nothing, or nothing of the present."""
        return frozenset(no for no, health in self.cameras.items() if health.is_troubled)

    def dispatches_of(self, incident: str) -> list[Dispatch]:
        return by_time(d for d in self.dispatches.values() if d.incident == incident)

    def runs_of(self, incident: str) -> list[PlanRun]:
        """Plans carried out for an incident, oldest first."""
        found = [run for run in self.plan_runs.values() if run.incident == incident]
        return sorted(found, key=lambda run: (run.started_at, run.id))

    def calls_of(self, incident: str) -> list[Call]:
        """Oldest first."""
        found = (call for call in self.calls.values() if call.incident == incident)
        return sorted(found, key=lambda call: (call.began_at, call.id))

    def _put_alarm(self, alarm: Alarm) -> None:
        if alarm.is_open:
            self.alarms[alarm.id] = alarm
        else:
            self.alarms.pop(alarm.id, None)
            self.linkage.pop(alarm.id, None)
            self.notices.pop(alarm.id, None)

    def _put_incident(self, incident: Incident) -> None:
        self.incidents[incident.id] = incident
        if not incident.is_open:
            ended = by_age(one for one in self.incidents.values() if not one.is_open)
            for one in ended[:-ENDED_ON_BOARD]:
                if one.id not in self.in_front:
                    self._drop(one.id)

    def _drop(self, incident: str) -> None:
        """As a seat that begins now would not have it; a plan that still runs stays."""
        del self.incidents[incident]
        self.timeline.pop(incident, None)
        self.dispatches = {no: one for no, one in self.dispatches.items() if one.incident != incident}
        self.calls = {no: one for no, one in self.calls.items() if one.incident != incident}
        self.plan_runs = {
            no: run for no, run in self.plan_runs.items() if run.is_open or run.incident != incident
        }

    def _put_entry(self, entry: TimelineEntry) -> None:
        """A line about an incident that is no longer here has nowhere to stand."""
        if entry.incident in self.incidents:
            self.timeline.setdefault(entry.incident, []).append(entry)

    def _put_run(self, run: LinkageRun) -> None:
        """A new list each time: whoever holds the old one sees that it is another."""
        if run.alarm in self.alarms:
            others = [known for known in self.linkage.get(run.alarm, []) if known.id != run.id]
            self.linkage[run.alarm] = sorted([*others, run], key=lambda known: known.id)

    def _put_notice(self, notice: Notice) -> None:
        if notice.alarm in self.alarms:
            self.notices.setdefault(notice.alarm, {})[notice.level] = notice

    def _put_order(self, order: OutputOrder) -> None:
        """A later word about an order that another has followed does not hide that one."""
        known = self.output_orders.get(order.output)
        if known is None or (known.asked_at, known.id) <= (order.asked_at, order.id):
            self.output_orders[order.output] = order


def by_age(incidents: Iterable[Incident]) -> list[Incident]:
    return sorted(incidents, key=lambda incident: (incident.received_at, incident.id))


def by_time(dispatches: Iterable[Dispatch]) -> list[Dispatch]:
    return sorted(dispatches, key=lambda dispatch: (dispatch.sent_at, dispatch.id))
