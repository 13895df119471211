"""A duty report reads the record once, counts drills apart, and agrees with hand arithmetic."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from services.core.clock import ManualClock
from services.core.ids import new_id
from services.domain.alarms import Alarm, AlarmId, Verdict
from services.domain.classes import PRIORITY_OF_CLASS, AlarmClass, Priority
from services.domain.devices import CameraEvent, HealthState
from services.domain.drills import Drill, DrillId, DrillState
from services.domain.incidents import Channel, Dispatch, DispatchId, Incident, IncidentId
from services.domain.periods import PeriodKind
from services.domain.reviews import Lesson, LessonState
from services.domain.roster import Attendance, RosterSlot
from services.reports.alarms import AlarmReports
from services.reports.duty import DayCount, DrillCounts, DutyReports, Totals
from services.storage import Database, Tx
from tests.alarms import BEAM
from tests.campus import read_demo_site
from tests.records import new_record

# 08:00 in UTC, which is the zone of these reports, on a Saturday.
EIGHT = datetime(2026, 11, 28, 8, 0, tzinfo=UTC)
CLOCK = ManualClock(EIGHT + timedelta(hours=12))
TODAY = date(2026, 11, 28)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with new_record(tmp_path / "watch.db", ManualClock(EIGHT)) as database:
        yield database


@pytest.fixture
def reports(database: Database) -> DutyReports:
    return DutyReports(database, CLOCK, UTC)


def alarm(kind: AlarmClass, at: datetime = EIGHT, claim_s: float | None = None, **more: object) -> Alarm:
    made = replace(
        BEAM,
        id=AlarmId(new_id()),
        event_no=new_id(),
        dedup_key=new_id(),
        alarm_class=kind,
        priority=PRIORITY_OF_CLASS[kind],
        code_raw="",
        panel="P1",
        zone="Z01",
        name="东门",
        name_en="",
        place="东门",
        received_at=at,
        last_occurrence_at=at,
        first_claimed_at=None if claim_s is None else at + timedelta(seconds=claim_s),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def incident(number: int, at: datetime = EIGHT, *, is_drill: bool = False) -> Incident:
    return Incident(
        *(IncidentId(f"i{number}"), f"JQ{number}", "打架", "fight", "食堂", None, "", "wang", "王", at),
        is_drill=is_drill,
    )


def dispatch(number: int, of: int, at: datetime = EIGHT) -> Dispatch:
    return Dispatch(
        *(DispatchId(f"d{number}"), f"PJ{number}", IncidentId(f"i{of}"), "G01", "刘", "", Channel.RADIO),
        *("", 0.0, "wang", "王", at),
    )


def test_totals_days_hours_and_the_time_before(database: Database, reports: DutyReports) -> None:
    day = timedelta(days=1)

    def work(tx: Tx) -> None:
        tx.alarms.add(alarm(AlarmClass.PANIC, verdict=Verdict.GENUINE))
        tx.alarms.add(alarm(AlarmClass.INTRUSION, EIGHT - 2 * day, verdict=Verdict.ACCIDENTAL))
        tx.alarms.add(alarm(AlarmClass.INTRUSION, EIGHT - 2 * day))
        # Sunday of the week before, then Monday after: neither is of this week.
        tx.alarms.add(alarm(AlarmClass.FIRE, EIGHT - 6 * day))
        tx.alarms.add(alarm(AlarmClass.FIRE, EIGHT + 2 * day))
        tx.incidents.add(incident(1))
        tx.dispatches.add(dispatch(1, 1))
        tx.dispatches.add(dispatch(2, 1, EIGHT + timedelta(minutes=1)))

    database.write(work)

    figures = reports.figures(PeriodKind.WEEK, TODAY)

    assert figures.totals == Totals(alarms=3, genuine=1, false=1, incidents=1, dispatches=2)
    assert figures.before == Totals(alarms=1, genuine=0, false=0, incidents=0, dispatches=0)
    assert [one for one in figures.days if one.alarms] == [
        DayCount(date(2026, 11, 26), 2, 0, 0),
        DayCount(TODAY, 1, 1, 2),
    ]
    assert len(figures.days) == 7
    assert (figures.hours[8], sum(figures.hours)) == (3, 3)
    assert [(one.alarm_class, one.alarms, one.genuine, one.false) for one in figures.classes] == [
        (AlarmClass.INTRUSION, 2, 0, 1),
        (AlarmClass.PANIC, 1, 1, 0),
    ]


def test_drills_are_counted_apart_and_in_nothing_else(database: Database, reports: DutyReports) -> None:
    def work(tx: Tx) -> None:
        tx.alarms.add(alarm(AlarmClass.FIRE, is_drill=True, verdict=Verdict.GENUINE))
        tx.incidents.add(incident(1, is_drill=True))
        tx.dispatches.add(dispatch(1, 1))
        tx.drills.add(held)

    held = Drill(DrillId("x"), "消防演练", "li", "李", EIGHT, (), state=DrillState.DONE)
    database.write(work)

    figures = reports.figures(PeriodKind.DAY, TODAY)

    assert figures.drills == DrillCounts(1, 1, 1, (held,))
    assert figures.totals == Totals(0, 0, 0, 0, 0)
    assert (figures.alarms.total, figures.incidents, figures.dispatches.total) == (0, (), 0)
    assert (sum(figures.hours), figures.places, figures.classes) == (0, (), ())


def test_claims_and_dispatches_are_held_to_the_limits_of_their_priority(
    database: Database, reports: DutyReports
) -> None:
    """P1: claim within 10 s, dispatch within 60 s."""

    def work(tx: Tx) -> None:
        tx.alarms.add(alarm(AlarmClass.PANIC, claim_s=10, incident="i1"))
        tx.alarms.add(alarm(AlarmClass.FIRE, claim_s=11, incident="i2"))
        tx.alarms.add(alarm(AlarmClass.MEDICAL))
        tx.incidents.add(incident(1))
        tx.incidents.add(incident(2))
        tx.dispatches.add(dispatch(1, 1, EIGHT + timedelta(seconds=60)))
        tx.dispatches.add(dispatch(2, 2, EIGHT + timedelta(seconds=61)))

    database.write(work)

    first = reports.figures(PeriodKind.DAY, TODAY).on_time[0]

    assert (first.priority, first.alarms, first.claimed_in_time) == (Priority.P1, 3, 1)
    assert (first.sent, first.sent_in_time) == (2, 1)
    assert (first.claim_limit_s, first.dispatch_limit_s) == (10, 60)


def test_the_report_and_the_alarm_statistics_agree(database: Database, reports: DutyReports) -> None:
    def work(tx: Tx) -> None:
        for claim_s in (5, 20, 40):
            tx.alarms.add(alarm(AlarmClass.INTRUSION, claim_s=claim_s, owner="wang", owner_name="王"))

    database.write(work)

    figures = reports.figures(PeriodKind.DAY, TODAY)

    assert figures.alarms == AlarmReports(database, CLOCK).figures(figures.period.since, figures.period.until)


def test_camera_faults_are_counted_in_the_period_only(database: Database, reports: DutyReports) -> None:
    def event(at: datetime, state: HealthState, was: HealthState, count: int = 1) -> CameraEvent:
        return CameraEvent("C03", at, state, was, count=count)

    def work(tx: Tx) -> None:
        tx.replace_site(read_demo_site())
        tx.camera_health.add_event(event(EIGHT - timedelta(days=1), HealthState.OFFLINE, HealthState.LIVE))
        tx.camera_health.add_event(event(EIGHT, HealthState.OFFLINE, HealthState.LIVE))
        tx.camera_health.add_event(event(EIGHT, HealthState.LIVE, HealthState.OFFLINE))
        tx.camera_health.add_event(event(EIGHT, HealthState.UNSTABLE, HealthState.LIVE, 4))

    database.write(work)

    cameras = reports.figures(PeriodKind.DAY, TODAY).cameras

    # Offline once, and four changes folded into "unstable", which it still is.
    assert [(one.camera, one.faults, one.is_troubled) for one in cameras] == [("C03", 5, True)]


def test_who_was_planned_and_came(database: Database, reports: DutyReports) -> None:
    hour = timedelta(hours=1)

    def slot(number: int, guard: str, at: datetime) -> RosterSlot:
        return RosterSlot(f"s{number}", guard, at.date().isoformat(), "早", "早班", "", at, at + 8 * hour)

    def work(tx: Tx) -> None:
        tx.replace_site(read_demo_site())
        tx.slots.add(slot(1, "G01", EIGHT))
        tx.slots.add(slot(2, "G02", EIGHT))
        # Begins after the report is made.
        tx.slots.add(slot(3, "G01", EIGHT + 13 * hour))
        tx.attendance.add(
            Attendance("a1", "G01", "s1", "", EIGHT + hour, late_s=3600, out_at=EIGHT + 8 * hour)
        )

    database.write(work)

    staff = {one.guard: one for one in reports.figures(PeriodKind.DAY, TODAY).staff}

    assert (staff["G01"].planned, staff["G01"].came, staff["G01"].late, staff["G01"].hours) == (1, 1, 1, 7.0)
    assert (staff["G02"].planned, staff["G02"].came, staff["G02"].missed) == (1, 0, 1)


def test_responsibilities_are_listed_by_owner_and_the_overdue_come_first(
    database: Database, reports: DutyReports
) -> None:
    day = timedelta(days=1)

    def lesson(number: int, owner: str, due_at: datetime, **more: object) -> Lesson:
        made = Lesson(f"l{number}", "r1", IncidentId("i1"), "JQ1", "修灯", owner, due_at, EIGHT - 9 * day)
        return replace(made, **more)  # type: ignore[arg-type]

    def work(tx: Tx) -> None:
        tx.lessons.add(lesson(1, "后勤处", EIGHT + 30 * day))
        tx.lessons.add(lesson(2, "学生处", EIGHT - 40 * day))
        tx.lessons.add(lesson(3, "后勤处", EIGHT, state=LessonState.DONE, done_at=EIGHT - day))
        tx.lessons.add(lesson(4, "学生处", EIGHT, is_drill=True))
        # Done, and due in another month.
        tx.lessons.add(
            lesson(5, "后勤处", EIGHT - 40 * day, state=LessonState.DONE, done_at=EIGHT - 41 * day)
        )

    database.write(work)

    figures = reports.figures(PeriodKind.MONTH, TODAY)

    assert [(one.owner, one.open, one.done, one.overdue) for one in figures.owners] == [
        ("学生处", 1, 0, 1),
        ("后勤处", 1, 1, 0),
    ]
    assert [one.id for one in figures.lessons] == ["l2", "l3", "l4", "l1"]
