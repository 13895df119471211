"""What recorders have is asked in the background; one that hangs delays nobody."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from av.video.frame import VideoFrame

from services.core.clock import ManualClock
from services.devices.recorders.shelf import RecorderShelf
from services.domain.people import Role, Session
from services.domain.site import Site
from services.playback.desk import PlaybackDesk
from services.playback.elsewhere import Heard
from services.playback.lanes import Band, Span
from services.storage import Database
from tests import waiting
from tests.records import new_record
from tests.services.devices.recorders.recorder_kit import RecorderKit, at, number_in
from tests.services.devices.recorders.site_kit import Logins, camera, site
from tests.services.video.conftest import CLIP, GstServer

KEPT = ((at(0), at(12)), (at(20), at(30)))
BEFORE, AFTER = at(-10), at(60)
Shelving = Callable[[Site], RecorderShelf]


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(at(3600))


@pytest.fixture
def shelf_of(clock: ManualClock) -> Iterator[Shelving]:
    shelves: list[RecorderShelf] = []

    def made(of: Site) -> RecorderShelf:
        shelves.append(RecorderShelf(lambda: of, Logins(), clock))
        return shelves[-1]

    yield made
    for shelf in shelves:
        shelf.stop()


def answer(shelf: RecorderShelf, no: str, since: datetime = BEFORE, until: datetime = AFTER) -> Heard:
    """Once it is there."""
    waiting.until(lambda: not shelf.heard(no, since, until).is_asking)
    return shelf.heard(no, since, until)


def test_a_recorder_is_asked_by_profile_g(kit: RecorderKit, shelf_of: Shelving) -> None:
    shelf = shelf_of(site(camera("C01", kit.onvif_url)))
    assert shelf.heard("C01", BEFORE, AFTER) == Heard(is_asking=True)
    assert answer(shelf, "C01") == Heard(KEPT)
    assert answer(shelf, "C01", at(5), at(25)).stretches == ((at(5), at(12)), (at(20), at(25)))


def test_its_pictures_are_found_by_the_same_entry(kit: RecorderKit, shelf_of: Shelving) -> None:
    footage = shelf_of(site(camera("C01", kit.onvif_url, "recording0"))).footage("C01")
    assert footage is not None
    with closing(footage):
        footage.begin(at(6))
        shown = footage.next()
        assert shown is not None
        assert number_in(shown.frame) == 150


def test_a_channel_that_the_recorder_lacks_is_said(
    kit: RecorderKit, shelf_of: Shelving, expected_log: Callable[..., None]
) -> None:
    expected_log("recorder.no_channel")
    assert answer(shelf_of(site(camera("C01", kit.onvif_url, "door"))), "C01").error == "recorder.no_channel"


def test_a_server_of_ranges_is_asked_how_far_it_reaches(
    kit: RecorderKit, foreign: GstServer, shelf_of: Shelving
) -> None:
    seconds = f"rtsp://127.0.0.1:{foreign.port}/clip#begins=2026-11-24T02:00:00Z"
    shelf = shelf_of(site(camera("C01", kit.replay.url), camera("C02", seconds)))
    assert answer(shelf, "C01").stretches == ((at(0), at(30)),)  # its gaps cannot be told this way
    assert answer(shelf, "C02").stretches == ((at(0), at(16)),)
    footage = shelf.footage("C02")
    assert footage is not None
    with closing(footage):
        footage.begin(at(7))
        shown = footage.next()
        assert shown is not None
        assert shown.at == at(6)


@pytest.fixture
def foreign() -> Iterator[GstServer]:
    server = GstServer(CLIP, auth="digest", user="viewer", password="s3cret word")
    yield server
    server.kill()


@pytest.fixture
def silent() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0), backlog=8) as listener:
        yield listener.getsockname()[1]


def test_one_that_hangs_keeps_no_other_waiting(kit: RecorderKit, silent: int, shelf_of: Shelving) -> None:
    hanging = f"http://127.0.0.1:{silent}/onvif/device_service"
    shelf = shelf_of(site(camera("C01", hanging), camera("C02", hanging), camera("C03", kit.onvif_url)))
    for no in ("C01", "C02"):
        assert shelf.heard(no, at(0), at(60)).is_asking
    assert answer(shelf, "C03") == Heard(KEPT)
    assert shelf.heard("C01", at(0), at(60)).is_asking


def test_what_was_known_stays_when_the_recorder_is_away(
    shelf_of: Shelving, clock: ManualClock, expected_log: Callable[..., None]
) -> None:
    expected_log("video.refused", "video.unreachable", "onvif.refused")
    kit = RecorderKit()
    shelf = shelf_of(site(camera("C01", kit.onvif_url)))
    assert answer(shelf, "C01").stretches == KEPT
    kit.stop()
    clock.advance(60)
    waiting.until(lambda: bool(shelf.heard("C01", BEFORE, AFTER).error))
    assert shelf.heard("C01", BEFORE, AFTER).stretches == KEPT


def test_a_camera_without_a_recorder_is_asked_nowhere(shelf_of: Shelving) -> None:
    shelf = shelf_of(site(camera("C01", "")))
    assert shelf.heard("C01", at(0), at(60)) == Heard()
    assert shelf.footage("C01") is None


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with new_record(tmp_path / "shouwang.db") as database:
        yield database


def test_the_line_of_time_shows_what_the_recorder_has(
    kit: RecorderKit, shelf_of: Shelving, database: Database, clock: ManualClock
) -> None:
    shelf = shelf_of(site(camera("C01", kit.onvif_url)))
    desk = PlaybackDesk(database, clock, [], shelf)
    leader = Session("li", "李某", Role.SHIFT_LEADER, "S1")

    def asked() -> Span:
        return desk.span(leader, ["C01"], BEFORE, AFTER)

    assert asked().lanes[0].is_asking
    answer(shelf, "C01")
    (lane,) = asked().lanes
    assert lane.bands == tuple(Band(since, until, is_elsewhere=True) for since, until in KEPT)
    # A snapshot of a moment that only the recorder has: picture 152 was recorded at 6.08 s.
    still = desk.still(leader, "C01", at(6.1))
    assert still is not None
    assert still.at == at(6.08)
    assert number_in(VideoFrame.from_ndarray(still.pixels, "bgra")) == 152
    assert desk.still(leader, "C01", at(15)) is None
