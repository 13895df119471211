"""A tile looks half a minute back while the others stay live, and an alarm's moment is played in a loop."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.core.jobs import Jobs
from services.domain.alarms import Alarm
from services.domain.classes import Priority
from services.domain.people import Role, Session
from services.domain.video import StreamState
from services.playback.desk import PlaybackDesk
from services.playback.track import Track
from services.recording.disks import prepare
from services.recording.files import DiskFiles
from services.recording.naming import Begun, part_path
from services.recording.writer import SegmentWriter
from services.storage import Database
from tests.services.recording.conftest import AT, BEGUN, clip, database, packets, write_part
from tests.services.storage.conftest import make_alarm
from tests.ui.pictures import HandFeed
from ui.jobs import UiJobs
from ui.tiles.feed import AlarmPlate, TileContent
from views.watch.alarm_loop import AROUND, AlarmLoop
from views.watch.looking_back import LOOKS_BACK, LookingBack

pytestmark = pytest.mark.usefixtures("qtbot")
__all__ = ["clip", "database", "make_alarm", "packets", "write_part"]
Wait = Callable[..., object]
OPERATOR = Session("zhao", "赵某", Role.OPERATOR, "SEAT-1")
OFFICE = Session("admin", "管理员", Role.ADMINISTRATOR, "SEAT-9")
# The piece begins 12 s before: of the half minute the last 12 s are there.
NOW = AT + timedelta(seconds=12)


class Room:
    """A desk on a disk where C01 is being recorded since AT."""

    def __init__(self, database: Database, folder: Path, jobs: UiJobs, session: Session) -> None:
        self.clock = ManualClock(NOW)
        self.database = database
        self.desk = PlaybackDesk(database, self.clock, [folder])
        self.looking = LookingBack(self.desk, session, jobs, self.clock)
        self.loop = AlarmLoop(self.desk, session, jobs, self.clock)
        self.refusals: list[str] = []
        self.looking.refused.connect(self._refuse)

    def _refuse(self, error: ServiceError) -> None:
        self.refusals.append(error.code)

    def tile(self, camera: str) -> TileContent:
        live = TileContent(camera, "东门", HandFeed(), "sub", has_lens=True)
        shown = self.looking.content(live)
        assert shown is not None
        return shown

    def is_past(self, camera: str) -> bool:
        return isinstance(self.tile(camera).feed, Track)


@pytest.fixture
def folder(tmp_path: Path, write_part: Callable[..., SegmentWriter]) -> Iterator[Path]:
    folder = tmp_path / "disk"
    prepare(DiskFiles(), folder)
    writers = []
    for camera in ("C01", "C02"):
        begun = Begun(camera, "main", AT, BEGUN.cause)
        writers.append(write_part(folder, 300, DiskFiles(), begun))
        os.utime(folder / part_path(begun), (NOW.timestamp(), NOW.timestamp()))
    yield folder
    for writer in writers:
        writer.abandon()


@pytest.fixture
def make_room(database: Database, folder: Path, wait_until: Wait) -> Iterator[Callable[[Session], Room]]:
    pool = Jobs("ui-job", 2)
    jobs = UiJobs(pool)
    rooms: list[Room] = []

    def make(session: Session) -> Room:
        rooms.append(Room(database, folder, jobs, session))
        return rooms[-1]

    yield make
    for room in rooms:
        room.looking.stop()
        room.loop.stop()
    wait_until(lambda: jobs.is_idle)
    jobs.close()
    pool.stop()


@pytest.fixture
def room(make_room: Callable[[Session], Room]) -> Room:
    return make_room(OPERATOR)


def plate(alarm_id: str, at: datetime) -> AlarmPlate:
    return AlarmPlate(alarm_id, Priority.P1, "一键报警", "东门岗亭", at)


def test_one_tile_looks_back_and_says_how_far_the_others_stay_live(room: Room, wait_until: Wait) -> None:
    room.looking.toggle("C01")
    wait_until(lambda: room.is_past("C01"))
    tile = room.tile("C01")
    assert (tile.camera_no, tile.behind, tile.has_lens) == ("C01", "−0:30", False)
    assert not room.is_past("C02")
    assert room.tile("C02").behind == ""
    steps = room.database.read(lambda view: view.trail.of(["C01"]))
    assert [(step.actor, step.action) for step in steps] == [("zhao", "recording.looked_back")]


def test_the_tile_shows_what_was_to_be_seen_then(room: Room, wait_until: Wait) -> None:
    """Nothing was recorded before AT, 12 s ago; 20 s after the key the clock stands 2 s after it."""
    room.looking.toggle("C01")
    wait_until(lambda: room.is_past("C01"))
    feed = room.tile("C01").feed
    assert isinstance(feed, Track)
    feed.ask_size(320, 180)
    wait_until(lambda: feed.status().state is StreamState.MISSING)
    room.clock.advance(20.0)
    wait_until(lambda: feed.status().state is StreamState.RECORDED or feed.latest(-1))
    picture = feed.latest(-1)
    assert picture is not None
    assert abs(picture.at - (AT + timedelta(seconds=2))) < timedelta(milliseconds=41)


def test_the_same_key_brings_the_present_back(room: Room, wait_until: Wait) -> None:
    room.looking.toggle("C01")
    wait_until(lambda: room.is_past("C01"))
    room.looking.toggle("C01")
    assert not room.is_past("C01")
    assert not room.looking.leave("C01")


def test_a_second_press_before_the_answer_leaves_the_tile_live(room: Room, wait_until: Wait) -> None:
    room.looking.toggle("C01")
    room.looking.leave("C01")
    room.looking.toggle("C02")
    wait_until(lambda: room.is_past("C02"))
    assert not room.is_past("C01")


def test_further_back_goes_on_until_the_moment_of_the_first_key(room: Room, wait_until: Wait) -> None:
    room.looking.toggle("C01")
    wait_until(lambda: room.is_past("C01"))
    room.looking.further("C01")
    wait_until(lambda: room.tile("C01").behind == "−1:00")
    room.clock.advance(59.0)
    room.looking._look()
    assert room.is_past("C01")
    room.clock.advance(1.0)
    room.looking._look()
    assert not room.is_past("C01")


def test_when_the_half_minute_is_seen_the_tile_is_live_again(room: Room, wait_until: Wait) -> None:
    room.looking.toggle("C01")
    wait_until(lambda: room.is_past("C01"))
    room.clock.advance(LOOKS_BACK / timedelta(seconds=1))
    room.looking._look()
    assert not room.is_past("C01")


def test_a_new_alarm_brings_the_present_back_and_one_that_was_there_does_not(
    room: Room, wait_until: Wait
) -> None:
    there = plate("A1", NOW)
    room.looking.follow({"C01": [there]})
    room.looking.toggle("C01")
    wait_until(lambda: room.is_past("C01"))
    room.looking.follow({"C01": [there], "C02": [plate("A3", NOW)]})
    assert room.is_past("C01")
    room.looking.follow({"C01": [plate("A2", NOW), there]})
    assert not room.is_past("C01")


def test_who_may_not_look_back_is_told_so_and_stays_live(
    make_room: Callable[[Session], Room], wait_until: Wait
) -> None:
    room = make_room(OFFICE)
    assert not room.looking.is_allowed
    room.looking.toggle("C01")
    wait_until(lambda: room.refusals == ["identity.forbidden"])
    assert not room.is_past("C01")


def test_the_staged_alarm_is_played_from_before_it_again_and_again(
    room: Room, make_alarm: Callable[..., Alarm], wait_until: Wait
) -> None:
    """The alarm came 2 s ago: 10 s before it is played, and as far as it is recorded."""
    alarm = make_alarm("BJ20261124-0001", received_at=NOW - timedelta(seconds=2), feeds=("C01", "C02"))
    room.loop.follow(alarm)
    wait_until(lambda: room.loop.tile("东门") is not None)
    tile = room.loop.tile("东门")
    assert tile is not None
    # No number: the alarm's plate stays on the live picture.
    assert (tile.camera_no, tile.behind) == ("", "±10s")
    past = room.loop._past
    assert past is not None
    assert past.playback.now() == alarm.received_at - AROUND
    room.clock.advance(9.5)
    room.loop._look()
    assert past.playback.now() == alarm.received_at - timedelta(seconds=0.5)
    room.clock.advance(11.0)
    room.loop._look()
    assert past.playback.now() == alarm.received_at - AROUND


def test_another_alarm_on_the_stage_has_its_own_loop_and_none_has_none(
    room: Room, make_alarm: Callable[..., Alarm], wait_until: Wait
) -> None:
    first = make_alarm("BJ20261124-0001", received_at=NOW, feeds=("C01",))
    other = make_alarm("BJ20261124-0002", received_at=NOW, feeds=("C02",))
    room.loop.follow(first)
    wait_until(lambda: room.loop.camera == "C01")
    room.loop.follow(other)
    assert room.loop.tile("") is None
    wait_until(lambda: room.loop.camera == "C02")
    room.loop.follow(None)
    assert room.loop.tile("") is None
