"""What was recorded a moment ago is found though its file still grows, by whom it is for and no further."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.dispatch.desk import import_site
from services.domain.alarms import Alarm
from services.domain.bookmarks import MarkKind
from services.domain.people import Role, Session
from services.playback.bookmarks import BookmarkDesk
from services.playback.desk import LOOKS_BACK, PlaybackDesk
from services.playback.lanes import SETTLES
from services.playback.reader import Reader
from services.recording.disks import prepare
from services.recording.files import DiskFiles
from services.recording.naming import Begun, part_path
from services.recording.writer import SegmentWriter
from services.storage import Database
from tests.campus import read_demo_site
from tests.services.recording.conftest import AT, BEGUN, clip, database, packets, write_part
from tests.services.storage.conftest import make_alarm

__all__ = ["clip", "database", "make_alarm", "packets", "write_part"]
Write = Callable[..., SegmentWriter]
OPERATOR = Session("zhao", "赵某", Role.OPERATOR, "SEAT-1")
LEADER = Session("li", "李某", Role.SHIFT_LEADER, "SEAT-2")
ADMIN = Session("admin", "管理员", Role.ADMINISTRATOR, "SEAT-9")
NOW = AT + timedelta(seconds=8)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "disk"
    prepare(DiskFiles(), folder)
    return folder


@pytest.fixture
def growing(folder: Path, write_part: Write) -> Iterator[SegmentWriter]:
    """Eight seconds of C01 from AT on, in a file that is still being written."""
    writer = write_part(folder, 200, DiskFiles(), BEGUN)
    _grown_at(folder, NOW)
    yield writer
    writer.abandon()


def _grown_at(folder: Path, at: datetime) -> None:
    part = folder / part_path(BEGUN)
    os.utime(part, (at.timestamp(), at.timestamp()))


@pytest.fixture
def desk(database: Database, folder: Path) -> PlaybackDesk:
    return PlaybackDesk(database, ManualClock(NOW), [folder])


@pytest.mark.usefixtures("growing")
def test_a_piece_that_is_still_written_is_found_and_shown(desk: PlaybackDesk) -> None:
    lane = desk.look_back(OPERATOR, "C01", AT, NOW)
    assert [(band.since, band.until) for band in lane.bands] == [(AT, NOW)]
    reader = Reader(lane.segments, desk.locate)
    shown = reader.at(AT + timedelta(seconds=4.01))
    assert shown is not None
    assert abs(shown.at - (AT + timedelta(seconds=4))) < timedelta(milliseconds=1)
    reader.close()


@pytest.mark.usefixtures("growing")
def test_more_of_a_growing_piece_is_shown_as_it_comes(desk: PlaybackDesk, folder: Path) -> None:
    """The open file ends where it ended when it was opened; the longer list opens it anew."""
    _grown_at(folder, AT + timedelta(seconds=3))
    reader = Reader(desk.look_back(OPERATOR, "C01", AT, NOW).segments, desk.locate)
    assert reader.at(AT + timedelta(seconds=6)) is None
    _grown_at(folder, NOW)
    reader.use(desk.recent(OPERATOR, "C01", AT, NOW).segments)
    shown = reader.at(AT + timedelta(seconds=6))
    assert shown is not None
    assert abs(shown.at - (AT + timedelta(seconds=6))) < timedelta(milliseconds=41)
    reader.close()


def test_a_piece_that_got_its_name_meanwhile_is_found_all_the_same(
    desk: PlaybackDesk, growing: SegmentWriter, database: Database
) -> None:
    lane = desk.look_back(OPERATOR, "C01", AT, NOW)
    segment = growing.finish(NOW, "disk")
    assert segment is not None
    assert desk.locate(lane.segments[0]) is not None
    database.write(lambda tx: tx.segments.add_all([segment]))
    again = desk.recent(OPERATOR, "C01", AT, NOW)
    assert [one.path for one in again.segments] == [segment.path]


@pytest.mark.usefixtures("growing")
def test_a_longer_list_does_not_close_the_file_that_is_being_read(desk: PlaybackDesk, folder: Path) -> None:
    """A look ahead opens the longer file while the shorter one is still played."""
    _grown_at(folder, AT + timedelta(seconds=5))
    reader = Reader(desk.look_back(OPERATOR, "C01", AT, NOW).segments, desk.locate)
    reader.begin(AT)
    first = reader.next()
    _grown_at(folder, NOW)
    reader.use(desk.recent(OPERATOR, "C01", AT, NOW).segments)
    assert reader.key_before(AT + timedelta(seconds=7)) is not None
    later = reader.next()
    assert first is not None
    assert later is not None
    assert later.at > first.at
    reader.close()


@pytest.mark.usefixtures("growing")
def test_an_operator_looks_back_minutes_and_whoever_reviews_as_far_as_there_is(
    desk: PlaybackDesk, database: Database
) -> None:
    long_ago = NOW - LOOKS_BACK - timedelta(seconds=1)
    with pytest.raises(ServiceError) as error:
        desk.look_back(OPERATOR, "C01", long_ago, NOW)
    assert error.value.code == "playback.too_far_back"
    with pytest.raises(ServiceError) as error:
        desk.span(OPERATOR, ["C01"], AT, NOW)
    assert error.value.code == "identity.forbidden"
    with pytest.raises(ServiceError) as error:
        desk.look_back(ADMIN, "C01", AT, NOW)
    assert error.value.code == "identity.forbidden"
    desk.look_back(LEADER, "C01", long_ago, NOW)
    steps = database.read(lambda view: view.trail.of(["C01"]))
    assert [(step.actor, step.action) for step in steps] == [("li", "recording.looked_back")]


def _recorded(database: Database, folder: Path, write_part: Write, *begins: float) -> None:
    """Eight seconds of C01 from each of these seconds after AT on."""
    for seconds in begins:
        begins_at = AT + timedelta(seconds=seconds)
        writer = write_part(folder, 200, DiskFiles(), Begun("C01", "main", begins_at, BEGUN.cause))
        segment = writer.finish(begins_at + timedelta(seconds=8), "disk")
        database.write(lambda tx, one=segment: tx.segments.add_all([one]))  # type: ignore[misc]


def test_what_is_missing_is_said_once_recording_had_begun(
    database: Database, folder: Path, write_part: Write
) -> None:
    """Recorded from 0 to 8 and from 20 to 28 s: 8 to 20 is missing, and all after 28 until it has settled."""
    import_site(database, ADMIN, read_demo_site())
    _recorded(database, folder, write_part, 0, 20)
    now = AT + timedelta(minutes=10)
    desk = PlaybackDesk(database, ManualClock(now), [folder])
    (lane,) = desk.span(LEADER, ["C01"], AT - timedelta(minutes=5), now).lanes
    assert [(gap.since - AT, gap.until - AT) for gap in lane.missing] == [
        (timedelta(seconds=8), timedelta(seconds=20)),
        (timedelta(seconds=28), now - SETTLES - AT),
    ]
    (never,) = desk.span(LEADER, ["C02"], AT - timedelta(minutes=5), now).lanes
    assert never.missing == ()


def test_each_kind_of_mark_is_found_on_both_sides_however_far(
    database: Database, folder: Path, write_part: Write, make_alarm: Callable[..., Alarm]
) -> None:
    import_site(database, ADMIN, read_demo_site())
    _recorded(database, folder, write_part, 0, 20)
    now = AT + timedelta(days=3)
    desk = PlaybackDesk(database, ManualClock(now), [folder])
    hours = [(1, 2), (2, 50)]
    for number, later in hours:
        alarm = make_alarm(f"BJ20261124-000{number}", received_at=AT + timedelta(hours=later), feeds=("C01",))
        database.write(lambda tx, one=alarm: tx.alarms.add(one))  # type: ignore[misc]
    other = make_alarm("BJ20261124-0009", received_at=AT + timedelta(hours=1), feeds=("C05",))
    database.write(lambda tx: tx.alarms.add(other))
    BookmarkDesk(database, ManualClock(now)).make(LEADER, ["C01"], AT + timedelta(hours=7), "翻墙")

    def found(kind: MarkKind, at: timedelta, direction: int) -> timedelta | None:
        there = desk.next_mark(LEADER, ["C01"], kind, AT + at, direction)
        return None if there is None else there - AT

    hour = timedelta(hours=1)
    assert found(MarkKind.ALARM, timedelta(), 1) == 2 * hour
    assert found(MarkKind.ALARM, 2 * hour, 1) == 50 * hour
    assert found(MarkKind.ALARM, 50 * hour, 1) is None
    assert found(MarkKind.ALARM, 50 * hour, -1) == 2 * hour
    assert found(MarkKind.BOOKMARK, timedelta(), 1) == 7 * hour
    assert found(MarkKind.BOOKMARK, 6 * hour, -1) is None
    assert found(MarkKind.GAP, timedelta(), 1) == timedelta(seconds=8)
    assert found(MarkKind.GAP, timedelta(seconds=15), 1) == timedelta(seconds=28)
    assert found(MarkKind.GAP, timedelta(seconds=25), -1) == timedelta(seconds=8)
    assert found(MarkKind.INCIDENT, timedelta(), 1) is None


def test_days_with_video_are_those_that_hold_a_second_of_it(
    database: Database, folder: Path, write_part: Write
) -> None:
    """One piece goes over midnight (UTC): both days hold some of it."""
    midnight = timedelta(hours=22) - timedelta(microseconds=123456)
    _recorded(database, folder, write_part, 0, midnight.total_seconds() - 4)
    desk = PlaybackDesk(database, ManualClock(AT + timedelta(days=9)), [folder])
    begins = AT.replace(hour=0, minute=0, second=0, microsecond=0)
    days = [(begins + timedelta(days=day), begins + timedelta(days=day + 1)) for day in range(-1, 4)]
    assert desk.days_with_video(LEADER, ["C01", "C02"], days) == [False, True, True, False, False]
    assert desk.days_with_video(LEADER, ["C02"], days) == [False] * 5


@pytest.mark.usefixtures("growing")
def test_a_still_is_as_large_as_it_was_recorded(desk: PlaybackDesk) -> None:
    still = desk.still(LEADER, "C01", AT + timedelta(seconds=2.5))
    assert still is not None
    assert still.pixels.shape[:2] == (still.source_px[1], still.source_px[0])
    assert abs(still.at - (AT + timedelta(seconds=2.48))) < timedelta(milliseconds=41)
    small = desk.still(LEADER, "C01", AT + timedelta(seconds=2.5), size_px=(160, 90), only_keys=True)
    assert small is not None
    assert small.pixels.shape[0] <= 90
    assert small.at <= still.at
    assert desk.still(LEADER, "C01", AT + timedelta(minutes=5)) is None
    with pytest.raises(ServiceError):
        desk.still(OPERATOR, "C01", AT)
