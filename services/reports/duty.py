"""What a duty report says: read from the record in one snapshot, reckoned once, shown and exported alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from services.core.clock import Clock
from services.domain.alarms import Verdict
from services.domain.classes import AlarmClass, Priority
from services.domain.clocks import Clocks, limits_of
from services.domain.devices import TROUBLED_HEALTH, CameraEvent
from services.domain.drills import Drill
from services.domain.handovers import Handover
from services.domain.incidents import Incident
from services.domain.periods import Period, PeriodKind, period_before, period_of
from services.domain.reviews import Lesson, LessonState
from services.domain.roster import Attendance, RosterSlot
from services.domain.site import Site
from services.reports.alarms import AlarmFigures, figures_of
from services.reports.response import DispatchFigures, dispatch_figures
from services.reports.staffing import OwnerFigures, StaffFigures, owner_figures, staff_figures
from services.storage import AlarmRecord, Database, DispatchRecord, View

NO_SITE = Site("", "", "", 0.0, 0.0)
READ_DEADLINE_S = 60.0
HOURS = 24
_FALSE = frozenset({Verdict.FALSE_REPORT, Verdict.ACCIDENTAL, Verdict.DEVICE_FAULT})


@dataclass(frozen=True, slots=True)
class Totals:
    """Without drills."""

    alarms: int
    genuine: int
    false: int
    incidents: int
    dispatches: int


@dataclass(frozen=True, slots=True)
class DrillCounts:
    """What was played only, counted apart from all else. held: the drills begun in the time, oldest first."""

    alarms: int
    incidents: int
    dispatches: int
    held: tuple[Drill, ...] = ()


@dataclass(frozen=True, slots=True)
class OnTime:
    """Of the alarms of one priority. sent: to which somebody was sent, where there is a time for that."""

    priority: Priority
    alarms: int
    claim_limit_s: float
    claimed_in_time: int
    dispatch_limit_s: float | None
    sent: int
    sent_in_time: int


@dataclass(frozen=True, slots=True)
class ClassCount:
    alarm_class: AlarmClass
    alarms: int
    genuine: int
    false: int


@dataclass(frozen=True, slots=True)
class PlaceCount:
    place: str
    alarms: int
    incidents: int


@dataclass(frozen=True, slots=True)
class DayCount:
    day: date
    alarms: int
    incidents: int
    dispatches: int


@dataclass(frozen=True, slots=True)
class CameraFaults:
    """faults: how often it went wrong in the time. is_troubled: at its end it still was."""

    camera: str
    name: str
    name_en: str
    place: str
    faults: int
    is_troubled: bool


@dataclass(frozen=True, slots=True)
class DutyFigures:
    """Everything of one period; a report shows of it what its kind asks for. hours: alarms by local hour."""

    period: Period
    totals: Totals
    before: Totals
    drills: DrillCounts
    alarms: AlarmFigures
    on_time: tuple[OnTime, ...]
    classes: tuple[ClassCount, ...]
    places: tuple[PlaceCount, ...]
    days: tuple[DayCount, ...]
    hours: tuple[int, ...]
    incidents: tuple[Incident, ...]
    dispatches: DispatchFigures
    late_orders: tuple[DispatchRecord, ...]
    cameras: tuple[CameraFaults, ...]
    handovers: tuple[Handover, ...]
    staff: tuple[StaffFigures, ...]
    owners: tuple[OwnerFigures, ...]
    lessons: tuple[Lesson, ...]
    made_at: datetime


@dataclass(frozen=True, slots=True)
class DutyRecords:
    """What the record holds of a period, as it was read."""

    alarms: Sequence[AlarmRecord]
    incidents: Sequence[Incident]
    dispatches: Sequence[DispatchRecord]
    before: Totals
    camera_events: Sequence[CameraEvent]
    handovers: Sequence[Handover]
    slots: Sequence[RosterSlot]
    attendance: Sequence[Attendance]
    lessons: Sequence[Lesson]
    drills: Sequence[Drill]
    site: Site


class DutyReports:
    """Blocks; a quarter of alarms takes seconds."""

    def __init__(self, database: Database, clock: Clock, zone: tzinfo) -> None:
        self._database = database
        self._clock = clock
        self._zone = zone

    def figures(self, kind: PeriodKind, day: date) -> DutyFigures:
        """Of the day, week, month or quarter that `day` lies in."""
        period = period_of(kind, day, self._zone)
        earlier = period_before(period, self._zone)
        records = self._database.read(
            lambda view: read_records(view, period, earlier), deadline_s=READ_DEADLINE_S
        )
        return duty_figures(records, period, self._zone, self._clock.now())


def read_records(view: View, period: Period, earlier: Period) -> DutyRecords:
    since, until = period.since, period.until
    return DutyRecords(
        alarms=view.figures.alarms(since, until),
        incidents=view.figures.incidents(since, until),
        dispatches=view.figures.dispatches(since, until),
        before=totals_of(
            view.figures.alarms(earlier.since, earlier.until),
            view.figures.incidents(earlier.since, earlier.until),
            view.figures.dispatches(earlier.since, earlier.until),
        ),
        camera_events=[event for event in view.camera_health.events_since(since) if event.at < until],
        handovers=view.handovers.between(since, until),
        slots=view.slots.between(since, until),
        attendance=view.attendance.between(since, until),
        lessons=_lessons(view, since, until),
        drills=view.drills.between(since, until),
        site=view.site() or NO_SITE,
    )


def duty_figures(records: DutyRecords, period: Period, zone: tzinfo, now: datetime) -> DutyFigures:
    alarms = [record for record in records.alarms if not record.alarm.is_drill]
    incidents = [incident for incident in records.incidents if not incident.is_drill]
    dispatches = [record for record in records.dispatches if not record.is_drill]
    return DutyFigures(
        period=period,
        totals=totals_of(alarms, incidents, dispatches),
        before=records.before,
        drills=DrillCounts(
            len(records.alarms) - len(alarms),
            len(records.incidents) - len(incidents),
            len(records.dispatches) - len(dispatches),
            tuple(records.drills),
        ),
        alarms=figures_of(alarms, period.since, period.until, now),
        on_time=_on_time(alarms, limits_of(records.site.clocks)),
        classes=_classes(alarms),
        places=_places(alarms, incidents),
        days=_days(period, zone, alarms, incidents, dispatches),
        hours=_hours(zone, alarms),
        incidents=tuple(incidents),
        dispatches=dispatch_figures(dispatches),
        late_orders=tuple(record for record in dispatches if record.dispatch.late),
        cameras=_cameras(records.camera_events, records.site),
        handovers=tuple(records.handovers),
        staff=staff_figures(records.slots, records.attendance, records.site, min(now, period.until)),
        owners=owner_figures(records.lessons, now),
        lessons=tuple(records.lessons),
        made_at=now,
    )


def totals_of(
    alarms: Iterable[AlarmRecord], incidents: Iterable[Incident], dispatches: Iterable[DispatchRecord]
) -> Totals:
    verdicts = [record.alarm.verdict for record in alarms if not record.alarm.is_drill]
    return Totals(
        alarms=len(verdicts),
        genuine=sum(verdict is Verdict.GENUINE for verdict in verdicts),
        false=sum(verdict in _FALSE for verdict in verdicts),
        incidents=sum(not incident.is_drill for incident in incidents),
        dispatches=sum(not record.is_drill for record in dispatches),
    )


def _on_time(records: Iterable[AlarmRecord], limits: Mapping[Priority, Clocks]) -> tuple[OnTime, ...]:
    by_priority: dict[Priority, list[AlarmRecord]] = {priority: [] for priority in Priority}
    for record in records:
        by_priority[record.alarm.priority].append(record)
    found = []
    for priority, mine in by_priority.items():
        clocks = limits[priority]
        claims = [_seconds(r, r.alarm.first_claimed_at or r.alarm.claimed_at) for r in mine]
        sendings = [_seconds(r, r.sent_at) for r in mine if r.sent_at is not None]
        limit_s = clocks.dispatch_s
        found.append(
            OnTime(
                priority=priority,
                alarms=len(mine),
                claim_limit_s=clocks.claim_s,
                claimed_in_time=sum(s is not None and s <= clocks.claim_s for s in claims),
                dispatch_limit_s=limit_s,
                sent=len(sendings) if limit_s is not None else 0,
                sent_in_time=sum(s is not None and limit_s is not None and s <= limit_s for s in sendings),
            )
        )
    return tuple(found)


def _seconds(record: AlarmRecord, at: datetime | None) -> float | None:
    return None if at is None else (at - record.alarm.received_at).total_seconds()


def _classes(records: Iterable[AlarmRecord]) -> tuple[ClassCount, ...]:
    by_class: dict[AlarmClass, list[Verdict | None]] = {}
    for record in records:
        by_class.setdefault(record.alarm.alarm_class, []).append(record.alarm.verdict)
    counts = [
        ClassCount(kind, len(mine), sum(v is Verdict.GENUINE for v in mine), sum(v in _FALSE for v in mine))
        for kind, mine in by_class.items()
    ]
    return tuple(sorted(counts, key=lambda one: (-one.alarms, one.alarm_class)))


def _places(records: Iterable[AlarmRecord], incidents: Iterable[Incident]) -> tuple[PlaceCount, ...]:
    alarms = Counter(record.alarm.place for record in records)
    opened = Counter(incident.place for incident in incidents)
    counts = [PlaceCount(place, alarms[place], opened[place]) for place in alarms | opened]
    return tuple(sorted(counts, key=lambda one: (-one.incidents, -one.alarms, one.place)))


def _days(
    period: Period,
    zone: tzinfo,
    alarms: Iterable[AlarmRecord],
    incidents: Iterable[Incident],
    dispatches: Iterable[DispatchRecord],
) -> tuple[DayCount, ...]:
    came = Counter(record.alarm.received_at.astimezone(zone).date() for record in alarms)
    opened = Counter(incident.received_at.astimezone(zone).date() for incident in incidents)
    sent = Counter(record.dispatch.sent_at.astimezone(zone).date() for record in dispatches)
    return tuple(DayCount(day, came[day], opened[day], sent[day]) for day in period.days)


def _hours(zone: tzinfo, alarms: Iterable[AlarmRecord]) -> tuple[int, ...]:
    came = Counter(record.alarm.received_at.astimezone(zone).hour for record in alarms)
    return tuple(came[hour] for hour in range(HOURS))


def _cameras(events: Iterable[CameraEvent], site: Site) -> tuple[CameraFaults, ...]:
    by_camera: dict[str, list[CameraEvent]] = {}
    for event in events:
        by_camera.setdefault(event.camera, []).append(event)
    found = []
    for no, mine in by_camera.items():
        faults = sum(event.count for event in mine if event.state in TROUBLED_HEALTH)
        camera = site.camera(no)
        if faults and camera is not None:
            is_troubled = mine[-1].state in TROUBLED_HEALTH
            found.append(CameraFaults(no, camera.name, camera.name_en, camera.place, faults, is_troubled))
    return tuple(sorted(found, key=lambda one: (-one.faults, one.camera)))


def _lessons(view: View, since: datetime, until: datetime) -> list[Lesson]:
    """Those open, whenever they are due, and those of the period that are done; by the day they are due."""
    both = [*view.lessons.in_states([LessonState.OPEN]), *view.lessons.between(since, until)]
    return sorted({lesson.id: lesson for lesson in both}.values(), key=lambda one: (one.due_at, one.id))
