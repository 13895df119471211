"""Who may keep what of the recordings, for how long, and what stands of it in the record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.dispatch.desk import import_site
from services.domain.audits import AuditSearch
from services.domain.facts import ProtectionChanged
from services.domain.people import Limit, Permission, Role, Session
from services.domain.recordings import Cause, Protection, Segment
from services.recording.custody import MOST_REASON, CustodyDesk, Wanted
from services.recording.files import DiskFiles
from services.recording.plans import Place
from services.recording.retention import Retention
from services.storage import Database
from services.storage.feed import decode
from tests.campus import read_demo_site
from tests.services.recording.conftest import AT

DAY = timedelta(days=1)
LEADER = Session("li", "李班长", Role.SHIFT_LEADER, "SEAT-1")
OTHER = Session("wang", "王班长", Role.SHIFT_LEADER, "SEAT-2")
BOSS = Session("boss", "处长", Role.SUPERVISOR, "SEAT-9")
OPERATOR = Session("zhang", "张三", Role.OPERATOR, "SEAT-1")
ADMIN = Session("root", "管理员", Role.ADMINISTRATOR, "SEAT-1")
FIGHT = Wanted(("C01", "C02"), AT - DAY, AT - DAY + timedelta(minutes=10), "打架，派出所要调", AT + 30 * DAY)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(AT)


@pytest.fixture
def desk(database: Database, clock: ManualClock) -> CustodyDesk:
    import_site(database, ADMIN, read_demo_site())
    return CustodyDesk(database, clock)


def refusal(error: pytest.ExceptionInfo[ServiceError]) -> str:
    return error.value.code


def changes(database: Database) -> list[tuple[str, str]]:
    facts = [decode(row) for row in database.read(lambda view: view.changes_after(0, 1000))]
    return [(f.change, f.protection.camera) for f in facts if isinstance(f, ProtectionChanged)]


def test_a_span_is_kept_for_each_camera_with_reason_owner_and_expiry(
    database: Database, desk: CustodyDesk
) -> None:
    desk.protect(LEADER, FIGHT)
    kept = {one.camera: one for one in desk.protections(BOSS)}
    assert sorted(kept) == ["C01", "C02"]
    one = kept["C01"]
    assert (one.reason, one.owner_name, one.expires_at) == (FIGHT.reason, "李班长", FIGHT.expires_at)
    rows = database.read(lambda view: view.audit_rows.page(AuditSearch(AT - 9999 * DAY, AT + 9999 * DAY), 2))
    assert [(row.action, row.object, row.reason) for row in rows] == [
        ("recording.protected", "C02", FIGHT.reason),
        ("recording.protected", "C01", FIGHT.reason),
    ]


@pytest.mark.parametrize("session", [OPERATOR, ADMIN])
def test_who_neither_leads_nor_supervises_keeps_nothing(desk: CustodyDesk, session: Session) -> None:
    with pytest.raises(ServiceError, match=r"identity\.forbidden"):
        desk.protect(session, FIGHT)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (replace(FIGHT, reason="  "), "custody.reason_needed"),
        (replace(FIGHT, reason="\u200b\0"), "custody.reason_needed"),
        (replace(FIGHT, reason="长" * (MOST_REASON + 1)), "custody.reason_needed"),
        (replace(FIGHT, until=FIGHT.since), "custody.span_invalid"),
        (replace(FIGHT, expires_at=AT), "custody.expiry_invalid"),
        (replace(FIGHT, cameras=("C01", "C99")), "custody.camera_unknown"),
    ],
)
def test_what_is_wrong_keeps_nothing_at_all(desk: CustodyDesk, wrong: Wanted, code: str) -> None:
    with pytest.raises(ServiceError) as caught:
        desk.protect(LEADER, wrong)
    assert refusal(caught) == code
    assert desk.protections(BOSS) == []


def test_a_camera_that_left_the_site_and_has_recordings_can_be_kept(
    database: Database, desk: CustodyDesk
) -> None:
    old = Segment("C99", "main", AT - DAY, AT - DAY + timedelta(minutes=1), Cause.CONTINUOUS, "d", "p", 1)
    database.write(lambda tx: tx.segments.add_all([old]))
    (kept,) = desk.protect(LEADER, replace(FIGHT, cameras=("C99",)))
    assert kept.holds(old, AT)


def test_longer_is_possible_and_shorter_only_by_releasing(desk: CustodyDesk) -> None:
    (kept, _) = desk.protect(LEADER, FIGHT)
    longer = desk.extend(OTHER, kept, AT + 60 * DAY, "案件还没有结")
    for not_later in (AT + 60 * DAY, AT + 59 * DAY):
        with pytest.raises(ServiceError, match=r"custody\.not_later"):
            desk.extend(OTHER, longer, not_later, "x")
    for_ever = desk.extend(BOSS, longer, None, "永久")
    with pytest.raises(ServiceError, match=r"custody\.not_later"):
        desk.extend(BOSS, for_ever, AT + 900 * DAY, "x")
    with pytest.raises(ServiceError, match=r"custody\.not_later"):
        desk.extend(BOSS, for_ever, None, "x")


def test_two_who_change_the_same_are_told(desk: CustodyDesk) -> None:
    (kept, _) = desk.protect(LEADER, FIGHT)
    desk.extend(OTHER, kept, AT + 60 * DAY, "案件还没有结")
    with pytest.raises(ServiceError, match=r"storage\.conflict"):
        desk.extend(LEADER, kept, AT + 90 * DAY, "也是")


def test_a_leader_releases_what_is_theirs_and_the_office_any(database: Database, desk: CustodyDesk) -> None:
    first, second = desk.protect(LEADER, FIGHT)
    with pytest.raises(ServiceError, match=r"identity\.forbidden"):
        desk.release(OTHER, first, "不要了")
    with pytest.raises(ServiceError, match=r"custody\.reason_needed"):
        desk.release(LEADER, first, " ")
    assert desk.release(LEADER, first, "已交派出所").ended_at == AT
    desk.release(BOSS, second, "已交派出所")
    assert desk.protections(BOSS) == []
    with pytest.raises(ServiceError, match=r"custody\.already_ended"):
        desk.release(BOSS, second, "再来一次")
    assert changes(database) == [
        ("protected", "C01"),
        ("protected", "C02"),
        ("released", "C01"),
        ("released", "C02"),
    ]


def test_who_may_not_watch_a_camera_neither_sees_keeps_nor_releases_its_spans(desk: CustodyDesk) -> None:
    desk.protect(LEADER, FIGHT)
    barred = replace(BOSS, limits=(Limit(Permission.WATCH, cameras=("C01",)),))
    (seen,) = desk.protections(barred)
    assert seen.camera == "C02"
    (hidden,) = (one for one in desk.protections(BOSS) if one.camera == "C01")
    for act in (
        lambda: desk.protect(barred, FIGHT),
        lambda: desk.extend(barred, hidden, None, "x"),
        lambda: desk.release(barred, hidden, "x"),
    ):
        with pytest.raises(ServiceError, match=r"identity\.barred"):
            act()


def test_what_is_taken_for_one_camera_is_refused_there_and_nowhere_else(desk: CustodyDesk) -> None:
    limited = replace(LEADER, limits=(Limit(Permission.PROTECT, cameras=("C01",)),))
    with pytest.raises(ServiceError, match=r"identity\.barred"):
        desk.protect(limited, FIGHT)
    (kept,) = desk.protect(limited, replace(FIGHT, cameras=("C02",)))
    assert desk.extend(limited, kept, None, "永久").expires_at is None


def test_what_has_run_out_is_written_down_once(
    database: Database, desk: CustodyDesk, clock: ManualClock
) -> None:
    desk.protect(LEADER, replace(FIGHT, cameras=("C01",)))
    assert desk.end_expired() == 0
    clock.advance(30 * DAY.total_seconds())
    assert desk.end_expired() == 1
    assert desk.end_expired() == 0
    assert changes(database)[-1] == ("expired", "C01")
    (ended,) = database.read(lambda view: view.protections.of("C01"))
    assert ended.ended_at == FIGHT.expires_at


def test_a_clock_that_is_set_far_ahead_ends_no_protection_for_good(
    desk: CustodyDesk, clock: ManualClock, expected_log: Callable[..., None]
) -> None:
    (kept,) = desk.protect(LEADER, replace(FIGHT, cameras=("C01",)))
    expected_log("clock.was_set", "recording.clock_set")
    clock.set_wall(400 * DAY.total_seconds())
    assert desk.end_expired() == 0
    clock.set_wall(-400 * DAY.total_seconds())
    assert desk.end_expired() == 0
    assert desk.protections(LEADER) == [kept]
    clock.advance(31 * DAY.total_seconds())
    assert desk.end_expired() == 1


def test_what_a_person_keeps_outlives_age_and_a_full_disk_until_it_is_released(
    database: Database, desk: CustodyDesk, clock: ManualClock, tmp_path: Path
) -> None:
    place = Place("disk", tmp_path)
    (tmp_path / "a.mp4").write_bytes(b"x")
    piece = Segment(
        "C01", "main", AT - DAY, AT - DAY + timedelta(minutes=1), Cause.CONTINUOUS, "disk", "a.mp4", 1
    )
    database.write(lambda tx: tx.segments.add_all([piece]))
    kept: Protection = desk.protect(LEADER, replace(FIGHT, cameras=("C01",), expires_at=None))[0]
    clock.advance(400 * DAY.total_seconds())
    retention = Retention(database, DiskFiles(), clock)
    clock.advance(2 * DAY.total_seconds())
    assert retention.delete_outdated(place, lambda _camera: 1) == 0
    assert retention.free(place) == 0
    desk.release(LEADER, kept, "已交派出所")
    assert retention.free(place) == 1
    assert not (tmp_path / "a.mp4").exists()
