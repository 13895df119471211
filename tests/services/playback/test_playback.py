"""What is shown at a moment is what the camera saw then, whichever way the moment was reached."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.core.clock import ManualClock, SystemClock
from services.core.errors import ServiceError
from services.dispatch.desk import import_site
from services.domain.alarms import Alarm
from services.domain.evidence import Asker, EvidenceRequest, EvidenceState, Export, Ground, Take
from services.domain.incidents import Incident
from services.domain.people import Limit, Permission, Role, Session
from services.domain.recordings import Segment
from services.domain.video import StreamState
from services.playback.bookmarks import BookmarkDesk
from services.playback.clock import PlaybackClock, next_speed
from services.playback.desk import PlaybackDesk
from services.playback.lanes import Band, bands_of
from services.playback.reader import Reader, pixels_of
from services.playback.track import Track
from services.recording.disks import prepare
from services.recording.files import DiskFiles
from services.recording.naming import Begun
from services.recording.writer import SegmentWriter
from services.storage import Database, sqlite_url
from tests.campus import read_demo_site
from tests.services.recording.conftest import AT, BEGUN, clip, database, packets, write_part
from tests.services.storage.conftest import make_alarm, make_incident

__all__ = ["clip", "database", "make_alarm", "make_incident", "packets", "write_part"]
FRAME = timedelta(seconds=1 / 25)
Write = Callable[..., SegmentWriter]


@pytest.fixture
def segments(tmp_path: Path, write_part: Write) -> list[Segment]:
    """Eight seconds, a gap of twelve, three seconds of the same film again."""
    made = []
    for begins_at, pictures in ((AT, 200), (AT + timedelta(seconds=20), 75)):
        writer = write_part(tmp_path, pictures, DiskFiles(), Begun("C01", "main", begins_at, BEGUN.cause))
        segment = writer.finish(begins_at + pictures * FRAME, "disk")
        assert segment is not None
        made.append(segment)
    return made


@pytest.fixture
def reader(segments: list[Segment], tmp_path: Path) -> Iterator[Reader]:
    reader = Reader(segments, lambda segment: tmp_path / segment.path)
    yield reader
    reader.close()


def picture(reader: Reader, at: datetime) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    shown = reader.at(at)
    assert shown is not None
    return pixels_of(shown.frame, (160, 90))


def test_a_moment_shows_the_picture_that_came_last_before_it(reader: Reader) -> None:
    for number in (0, 1, 7, 60, 61, 199):
        shown = reader.at(AT + number * FRAME + FRAME / 2)
        assert shown is not None
        assert abs(shown.at - (AT + number * FRAME)) < timedelta(milliseconds=1)


def test_a_picture_is_the_same_whether_played_to_or_sought(segments: list[Segment], tmp_path: Path) -> None:
    played = Reader(segments, lambda segment: tmp_path / segment.path)
    for number in range(150):
        played.at(AT + number * FRAME)
    there = picture(played, AT + 150 * FRAME)
    sought = Reader(segments, lambda segment: tmp_path / segment.path)
    assert np.array_equal(there, picture(sought, AT + 150 * FRAME))
    sought.at(AT + timedelta(seconds=21))
    assert np.array_equal(there, picture(sought, AT + 150 * FRAME))
    played.close()
    sought.close()


def test_in_a_gap_there_is_no_picture(reader: Reader) -> None:
    assert reader.at(AT - FRAME) is None
    assert reader.at(AT + timedelta(seconds=12)) is None
    assert reader.at(AT + timedelta(seconds=40)) is None
    assert reader.trouble_at(AT + timedelta(seconds=12)) == "playback.no_recording"
    assert reader.trouble_at(AT + timedelta(seconds=1)) == ""


def test_a_file_that_is_gone_or_broken_is_said_and_the_others_play_on(
    segments: list[Segment], tmp_path: Path
) -> None:
    reader = Reader(segments, lambda segment: tmp_path / segment.path)
    (tmp_path / segments[0].path).unlink()
    assert reader.at(AT + timedelta(seconds=1)) is None
    assert reader.trouble_at(AT + timedelta(seconds=1)) == "playback.no_file"
    assert reader.at(AT + timedelta(seconds=21)) is not None
    reader.close()
    (tmp_path / segments[0].path).write_bytes(b"nothing of the kind" * 100)
    assert reader.at(AT + timedelta(seconds=1)) is None
    assert reader.trouble_at(AT + timedelta(seconds=1)) == "playback.broken_file"
    reader.close()


def test_the_clock_runs_at_its_speed_both_ways_and_stands_when_paused() -> None:
    clock = ManualClock(AT)
    playback = PlaybackClock(clock, AT)
    clock.advance(5.0)
    assert playback.now() == AT
    playback.play(2.0)
    clock.advance(3.0)
    assert playback.now() == AT + timedelta(seconds=6)
    playback.play(-1.0)
    clock.advance(2.0)
    assert playback.now() == AT + timedelta(seconds=4)
    playback.seek(AT + timedelta(minutes=1))
    clock.advance(1.0)
    assert playback.now() == AT + timedelta(seconds=59)
    playback.play(0.0)
    clock.advance(9.0)
    assert playback.now() == AT + timedelta(seconds=59)


@given(st.lists(st.tuples(st.floats(0, 100), st.sampled_from([-4.0, -1.0, 0.0, 0.5, 1.0, 32.0]))))
@settings(deadline=None)
def test_changing_the_speed_never_jumps(steps: list[tuple[float, float]]) -> None:
    clock = ManualClock(AT)
    playback = PlaybackClock(clock, AT)
    for seconds, speed in steps:
        clock.advance(seconds)
        before = playback.now()
        playback.play(speed)
        assert abs(playback.now() - before) < timedelta(microseconds=10)


@pytest.mark.parametrize(
    ("speed", "by", "wanted"),
    [(1.0, 1, 2.0), (-1.0, 1, -2.0), (-2.0, -1, -1.0), (32.0, 1, 32.0), (0.1, -1, 0.1), (3.9, -1, 2.0)],
)
def test_the_next_speed_keeps_the_way_and_stays_within_the_speeds(
    speed: float, by: int, wanted: float
) -> None:
    assert next_speed(speed, by) == wanted


def test_a_track_shows_the_past_says_so_and_shows_nothing_in_a_gap(
    segments: list[Segment], tmp_path: Path, wait_until: Callable[..., object]
) -> None:
    playback = PlaybackClock(SystemClock(), AT + 10 * FRAME)
    track = Track("C01", Reader(segments, lambda segment: tmp_path / segment.path), playback, SystemClock())
    track.ask_size(160, 90)
    track.start()
    shown = wait_until(lambda: track.latest(0))
    assert track.status().state is StreamState.RECORDED
    assert (shown.width_px, shown.height_px) == (160, 90)  # type: ignore[attr-defined]
    playback.seek(AT + timedelta(seconds=12))
    wait_until(lambda: track.shown_at is None)
    assert (track.status().error, track.latest(0)) == ("playback.no_recording", None)
    track.stop()


def test_backwards_each_picture_comes_before_the_last(
    segments: list[Segment], tmp_path: Path, wait_until: Callable[..., object]
) -> None:
    clock = ManualClock(AT)
    playback = PlaybackClock(clock, AT + 100 * FRAME)
    track = Track("C01", Reader(segments, lambda segment: tmp_path / segment.path), playback, clock)
    track.ask_size(160, 90)
    playback.play(-1.0)
    track.start()
    seen = []
    for number in range(100, 40, -10):
        wanted = AT + number * FRAME
        wait_until(lambda at=wanted: track.shown_at is not None and abs(track.shown_at - at) < FRAME)
        seen.append(track.shown_at)
        clock.advance(10 / 25)
    assert seen == sorted(seen, reverse=True)  # type: ignore[type-var]
    track.stop()


def test_pieces_that_touch_are_one_band(segments: list[Segment]) -> None:
    first, second = segments
    assert bands_of(segments) == (
        Band(first.begins_at, first.ends_at),
        Band(second.begins_at, second.ends_at),
    )
    assert bands_of([]) == ()


def test_what_may_not_be_watched_live_may_not_be_watched_later(database: Database) -> None:
    site = read_demo_site()
    import_site(database, Session("admin", "管理员", Role.ADMINISTRATOR, "SEAT-9"), site)
    mine, other = site.cameras[0], next(one for one in site.cameras if one.place != site.cameras[0].place)
    desk, leader = PlaybackDesk(database, SystemClock(), []), Session("li", "李某", Role.SHIFT_LEADER, "S1")
    until = AT + timedelta(minutes=1)
    for limit in (Limit(Permission.WATCH, cameras=(mine.no,)), Limit(Permission.WATCH, (mine.place,))):
        limited = replace(leader, limits=(limit,))
        for look in (
            lambda who=limited: desk.open(who, [other.no, mine.no], AT),
            lambda who=limited: desk.span(who, [other.no, mine.no], AT, until),
        ):
            with pytest.raises(ServiceError) as refused:
                look()
            assert refused.value.code == "identity.barred"
        desk.open(limited, [other.no], AT)
        assert [lane.camera for lane in desk.span(limited, [other.no], AT, until).lanes] == [other.no]


def test_what_is_said_of_a_barred_camera_is_on_no_line_of_time(
    database: Database, make_alarm: Callable[..., Alarm], make_incident: Callable[..., Incident]
) -> None:
    """A bookmark or an export of two cameras, and an incident that both saw, for who may see only one."""
    site = read_demo_site()
    import_site(database, Session("admin", "管理员", Role.ADMINISTRATOR, "SEAT-9"), site)
    leader = Session("li", "李某", Role.SHIFT_LEADER, "S1")
    clock, until = ManualClock(AT + timedelta(hours=1)), AT + timedelta(minutes=1)
    desk = PlaybackDesk(database, clock, [])
    BookmarkDesk(database, clock).make(leader, ["C01", "C02"], AT, "翻墙", until)
    taken = EvidenceRequest(
        "e1",
        "DQ20261124-0001",
        Asker("派出所", "赵警官", "调证通知书"),
        Ground.CASE,
        "翻墙",
        (Take("C01", AT, until), Take("C02", AT, until)),
        AT,
        "qian",
        "钱某",
        until,
        state=EvidenceState.EXPORTED,
        export=Export("qian", "钱某", "S2", AT, AT, ended_at=until),
    )
    incident = make_incident("JQ20261124-0001", received_at=AT)
    alarm = make_alarm("BJ20261124-0001", received_at=AT, feeds=("C02", "C01"), incident=incident.id)
    database.write(lambda tx: (tx.evidence.add(taken), tx.incidents.add(incident), tx.alarms.add(alarm)))

    def seen_by(who: Session) -> tuple[int, int, tuple[str, ...]]:
        span = desk.span(who, ["C01"], AT, until)
        return len(span.bookmarks), len(span.exports), desk.scene_of_incident(who, incident.id).cameras

    assert seen_by(leader) == (1, 1, ("C02", "C01"))
    assert seen_by(replace(leader, limits=(Limit(Permission.WATCH, cameras=("C02",)),))) == (0, 0, ("C01",))


def test_a_segment_is_sought_on_its_own_disk_only(tmp_path: Path, segments: list[Segment]) -> None:
    first, second = (prepare(DiskFiles(), tmp_path / name) for name in ("one", "two"))
    url = sqlite_url(tmp_path / "shouwang.db")
    desk = PlaybackDesk(Database(url), SystemClock(), [first.root, second.root])
    assert desk.locate(replace(segments[0], disk=second.disk)) == second.root / segments[0].path
    assert desk.locate(replace(segments[0], disk="another")) is None
