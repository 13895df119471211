"""Somebody is told before a camera has fewer days than it should, once, and when that is over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from services.alarms.center import AlarmCenter
from services.core.clock import ManualClock
from services.domain.alarms import Alarm
from services.domain.classes import Priority
from services.domain.recording_days import CameraDays, DaysState, DiskCondition, DiskState, RecordingDisks
from services.domain.recording_troubles import GapCause, RecordingTrouble
from services.domain.recordings import Cause, Segment
from services.domain.site import Camera, CameraNo, Site
from services.hub.recording_days import QUIET_LOOKS, DaysWatch, text_of
from services.recording.days import read_gaps, read_overview
from services.storage import Database, Tx
from tests.records import new_record
from tests.services.hub.conftest import SITE

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
DAY = timedelta(days=1)
GB = 10**9
GATE = Camera(
    CameraNo("C01"), "东门", "East", "东门", (9.0, 1.0), 4.0, 90.0, 90.0, 60.0, "rtsp://c", "rtsp://c"
)
HERE = replace(SITE, cameras=(GATE,))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with new_record(tmp_path / "shouwang.db") as database:
        yield database


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOW)


@pytest.fixture
def watch(database: Database, clock: ManualClock) -> DaysWatch:
    center = AlarmCenter(database, clock, HERE, lambda _place: ())
    return DaysWatch(database, clock, lambda: HERE, lambda: center)


def record_days(database: Database, count: int, size_bytes: int = 40 * GB) -> None:
    """A piece each hour, `size_bytes` a day."""
    hour = timedelta(hours=1)
    begins = [NOW - no * hour for no in range(1, 24 * count + 1)]
    pieces = [
        Segment("C01", "main", at, at + hour, Cause.CONTINUOUS, "d", f"{at:%d%H}", size_bytes // 24)
        for at in begins
    ]
    database.write(lambda tx: tx.segments.add_all(pieces))


def say_free(database: Database, free_bytes: int) -> None:
    disk = DiskState("/r", "d", DiskCondition.WELL, free_bytes, 4000 * GB, True)
    database.write(lambda tx: tx.put_recording_disks(RecordingDisks((disk,), NOW)))


def alarms(database: Database) -> list[Alarm]:
    return database.read(lambda view: view.alarms.open())


def test_ten_days_before_it_is_missed_there_is_one_alarm_with_camera_day_and_reach(
    database: Database, watch: DaysWatch
) -> None:
    record_days(database, 10)
    say_free(database, 400 * GB)
    for _ in range(3):
        watch.look()
    (alarm,) = alarms(database)
    assert "保管天数" in alarm.name
    assert (alarm.priority, alarm.note) == (Priority.P3, "C01 2026-12-04 20/30")
    assert alarm.occurrence_count == 1


def test_what_is_far_away_is_no_alarm_yet(database: Database, watch: DaysWatch) -> None:
    record_days(database, 5)
    # 15 days more: full in fifteen days.
    say_free(database, 600 * GB)
    assert watch.look() == []
    assert alarms(database) == []


def test_a_new_disk_ends_it_after_some_quiet_looks(database: Database, watch: DaysWatch) -> None:
    record_days(database, 10)
    say_free(database, 400 * GB)
    watch.look()
    say_free(database, 4000 * GB)
    for look in range(QUIET_LOOKS):
        assert all(alarm.source_active for alarm in alarms(database)), look
        watch.look()
    assert not any(alarm.source_active for alarm in alarms(database))


def test_an_alarm_of_an_earlier_hub_is_not_raised_again(
    database: Database, watch: DaysWatch, clock: ManualClock
) -> None:
    record_days(database, 10)
    say_free(database, 400 * GB)
    watch.look()
    center = AlarmCenter(database, clock, HERE, lambda _place: ())
    again = DaysWatch(database, clock, lambda: HERE, lambda: center)
    again.look()
    (alarm,) = alarms(database)
    assert alarm.occurrence_count == 1
    say_free(database, 4000 * GB)
    for _ in range(QUIET_LOOKS):
        again.look()
    assert not any(one.source_active for one in alarms(database))


def test_before_the_hub_has_said_how_the_disks_are_nothing_is_foretold(
    database: Database, watch: DaysWatch
) -> None:
    record_days(database, 10)
    assert watch.look() == []


def test_many_cameras_make_a_short_text() -> None:
    short = [
        CameraDays(f"C{no:02}", 30, DaysState.WILL_MISS, 10.0, misses_at=NOW, reachable_days=12.4)
        for no in range(1, 12)
    ]
    assert text_of(short).startswith("C01 2026-11-24 12/30, C02 ")
    assert text_of(short).endswith("C08 2026-11-24 12/30, +3")


def test_gaps_of_a_camera_are_listed_from_the_newest_with_their_causes(database: Database) -> None:
    def piece(begin_h: float, end_h: float) -> Segment:
        begins_at, ends_at = NOW - timedelta(hours=begin_h), NOW - timedelta(hours=end_h)
        return Segment("C01", "main", begins_at, ends_at, Cause.CONTINUOUS, "d", str(begin_h), 1)

    away = RecordingTrouble(
        "a" * 32,
        "C01",
        GapCause.CAMERA_AWAY,
        NOW - timedelta(hours=8),
        NOW - timedelta(hours=7),
        "video.refused",
    )
    down = RecordingTrouble(
        "b" * 32, "", GapCause.HUB_DOWN, NOW - timedelta(hours=5), NOW - timedelta(hours=4)
    )

    def fill(tx: Tx) -> None:
        tx.segments.add_all([piece(10, 8), piece(7, 5), piece(4, 2), piece(1, 0)])
        tx.recording_troubles.add(away)
        tx.recording_troubles.add(down)

    database.write(fill)
    overview = database.read(lambda view: read_overview(view, HERE, NOW))
    gaps = database.read(lambda view: read_gaps(view, overview.cameras[0], NOW))
    assert [(gap.cause, round((NOW - gap.gap.since) / timedelta(hours=1))) for gap in gaps] == [
        (GapCause.UNKNOWN, 2),
        (GapCause.HUB_DOWN, 5),
        (GapCause.CAMERA_AWAY, 8),
    ]
    assert [gap.explained for gap in gaps] == [0.0, 1.0, 1.0]


def test_a_camera_that_left_the_site_is_listed_and_foretells_nothing(database: Database) -> None:
    record_days(database, 3)
    gone: Site = replace(HERE, cameras=())
    (found,) = database.read(lambda view: read_overview(view, gone, NOW)).cameras
    assert (found.camera, found.state) == ("C01", DaysState.OFF)
    assert found.size_bytes == pytest.approx(120 * GB)
