"""Alarms that people bring in: raised like any other, counted once per form, attached when they say so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.alarms.center import AlarmCenter
from services.alarms.desk import AlarmDesk
from services.alarms.reporting import Report, ReportDesk, ReportKind, likeness, nearby
from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.domain.alarms import Alarm, AlarmSource, AlarmState, Signal, Verdict
from services.domain.classes import AlarmClass, Priority
from services.domain.people import Role, Session
from services.domain.site import Camera, CameraNo, Site, Zone
from services.storage import Database, Tx

OPERATOR = Session("wang", "王", Role.OPERATOR, "S1")
SUPERVISOR = Session("chen", "陈", Role.SUPERVISOR, "S4")


def seen_from(zone: Zone) -> tuple[CameraNo, ...]:
    return (CameraNo("C07"),) if zone.at == (100.0, 50.0) else ()


@pytest.fixture
def desk(database: Database, clock: ManualClock, site: Site) -> ReportDesk:
    return ReportDesk(database, clock, site, seen_from)


def call(kind: ReportKind = ReportKind.PANIC, **more: object) -> Report:
    made = Report(new_id(), kind, "三号楼", (100.0, 50.0), "三楼走廊打架", "张三", "13800000000")
    return replace(made, **more)  # type: ignore[arg-type]


def test_a_call_raises_an_alarm_with_cameras_by_geometry_and_what_was_said(
    desk: ReportDesk, database: Database
) -> None:
    alarm = desk.report(OPERATOR, call())
    assert (alarm.source, alarm.alarm_class, alarm.priority) == (
        AlarmSource.MANUAL,
        AlarmClass.PANIC,
        Priority.P1,
    )
    assert (alarm.place, alarm.at, alarm.feeds) == ("三号楼", (100.0, 50.0), ("C07",))
    assert alarm.note == "张三 13800000000 · 三楼走廊打架"
    assert alarm.is_latched
    kinds = [row.kind for row in database.read(lambda view: view.changes_after(0, 10))]
    assert kinds == ["AlarmRaised"]


def test_a_spot_that_no_camera_sees_shows_the_nearest_ones(site: Site) -> None:
    cameras = tuple(
        Camera(CameraNo(f"C{n}"), "", "", "", (float(x), 0.0), 4.0, 0.0, 70.0, 30.0, "", "")
        for n, x in enumerate((300, 20, 60, 10, 40))
    )
    assert nearby(replace(site, cameras=cameras), (0.0, 0.0)) == ("C3", "C1", "C4")


def test_the_linkage_begins_in_the_same_transaction(
    database: Database, clock: ManualClock, site: Site
) -> None:
    begun: list[str] = []

    def begin(_tx: Tx, alarm: Alarm) -> None:
        begun.append(alarm.id)

    desk = ReportDesk(database, clock, site, seen_from, lambda: (begin, begin))
    alarm = desk.report(OPERATOR, call())
    desk.report(OPERATOR, call(), attach_to=alarm.id)
    assert begun == [alarm.id, alarm.id]


def test_two_calls_are_two_alarms_unless_a_person_says_they_are_one(desk: ReportDesk) -> None:
    first, second = desk.report(OPERATOR, call()), desk.report(OPERATOR, call())
    assert first.id != second.id
    third = desk.report(OPERATOR, call(text="又有人报"), attach_to=first.id)
    assert (third.id, third.occurrence_count) == (first.id, 2)
    assert third.note == "张三 13800000000 · 三楼走廊打架\n张三 13800000000 · 又有人报"


@pytest.mark.parametrize("after_s", [0.0, 130.0, 86_400.0])
def test_the_same_form_sent_twice_is_one_report(desk: ReportDesk, clock: ManualClock, after_s: float) -> None:
    form = call()
    first = desk.report(OPERATOR, form)
    clock.advance(after_s)
    again = desk.report(OPERATOR, form)
    assert (again.id, again.occurrence_count) == (first.id, 1)


def test_a_report_can_be_attached_to_what_a_detector_raised_and_makes_it_more_urgent(
    desk: ReportDesk, database: Database, clock: ManualClock, site: Site, signal: object
) -> None:
    center = AlarmCenter(database, clock, site, seen_from)
    beam: Signal = signal("131", 11, account="1002")  # type: ignore[operator]
    (raised,) = center.receive([beam])
    alarm = desk.report(OPERATOR, call(), attach_to=raised.alarm)
    assert (alarm.occurrence_count, alarm.priority, alarm.source) == (2, Priority.P1, AlarmSource.DC09)
    assert alarm.source_active


def test_a_decided_alarm_takes_no_more_reports(
    desk: ReportDesk, database: Database, clock: ManualClock
) -> None:
    alarm = desk.report(OPERATOR, call(ReportKind.INTRUSION))
    handling = AlarmDesk(database, clock)
    handling.claim(OPERATOR, alarm.id)
    handling.decide(OPERATOR, alarm.id, Verdict.FALSE_REPORT, "看过")
    with pytest.raises(ServiceError) as refused:
        desk.report(OPERATOR, call(), attach_to=alarm.id)
    assert refused.value.code == "report.alarm_ended"


def test_nobody_must_restore_a_person_so_reset_needs_no_reason(
    desk: ReportDesk, database: Database, clock: ManualClock
) -> None:
    alarm = desk.report(OPERATOR, call())
    handling = AlarmDesk(database, clock)
    handling.claim(OPERATOR, alarm.id)
    handling.decide(OPERATOR, alarm.id, Verdict.GENUINE)
    assert not handling.reset(OPERATOR, alarm.id).is_open


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"place": "  "}, "report.place_needed"),
        ({"text": "长" * 501}, "report.text_too_long"),
        ({"phone": "1" * 81}, "report.text_too_long"),
        ({"spot": (-1.0, 5.0)}, "report.outside"),
    ],
)
def test_what_nobody_could_act_on_is_refused(desk: ReportDesk, more: dict[str, object], code: str) -> None:
    with pytest.raises(ServiceError) as refused:
        desk.report(OPERATOR, call(**more))  # type: ignore[arg-type]
    assert refused.value.code == code


def test_who_handles_no_alarms_reports_none(desk: ReportDesk) -> None:
    with pytest.raises(ServiceError) as refused:
        desk.report(SUPERVISOR, call())
    assert refused.value.code == "identity.forbidden"


def test_similar_alarms_of_the_last_minutes_are_found_likest_first(
    desk: ReportDesk, clock: ManualClock
) -> None:
    near = desk.report(OPERATOR, call(ReportKind.FIRE, spot=(110.0, 50.0), place="四号楼"))
    same = desk.report(OPERATOR, call(ReportKind.PANIC, spot=(200.0, 50.0), place="五号楼"))
    far = desk.report(OPERATOR, call(ReportKind.FIRE, spot=(400.0, 50.0), place="食堂"))
    named = desk.report(OPERATOR, call(ReportKind.DEVICE, spot=None, place="三号楼"))
    found = [one.alarm.id for one in desk.similar(OPERATOR, ReportKind.PANIC, "三号楼", (100.0, 50.0))]
    assert found == [same.id, near.id, named.id]
    assert far.id not in found
    clock.advance(601)
    assert desk.similar(OPERATOR, ReportKind.PANIC, "三号楼", (100.0, 50.0)) == []


def test_a_dismissed_alarm_is_like_nothing(desk: ReportDesk, clock: ManualClock) -> None:
    alarm = replace(desk.report(OPERATOR, call()), state=AlarmState.FALSE)
    assert likeness(alarm, AlarmClass.PANIC, "三号楼", (100.0, 50.0), clock.now()) is None
