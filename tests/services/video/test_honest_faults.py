"""Every fault of a camera, over real sockets: what its picture may claim, and what its neighbour notices."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread

import pytest

from services.domain.video import StreamState
from services.sim.cameras import CameraFarm, FarmOptions
from services.sim.faults import Fault
from services.sim.film import Stream
from services.sim.story import Story
from services.video import Feed, StreamAddress, VideoEngine
from services.video.knock import answers, wait_for_return
from services.video.punctuality import BELIEVED_AFTER_S
from tests.campus import read_demo_site
from tests.waiting import LIMIT_S

USER, PASSWORD = "viewer", "zh0ng:men/1"
FAULTY = "C01"
NOT_LIVE = {StreamState.LATE, StreamState.RECONNECTING, StreamState.OFFLINE}
# Those of the picture come first: meanwhile the camera's stamps prove true, so that SLOW can be told.
HONEST: dict[Fault, set[StreamState]] = {
    Fault.FREEZE: {StreamState.FROZEN},
    Fault.BLACK: {StreamState.BLACK},
    Fault.BLUR: {StreamState.COVERED},
    Fault.COVER: {StreamState.COVERED},
    Fault.MOVE: {StreamState.MOVED},
    Fault.SLOW: {StreamState.LATE},
    Fault.STALL: NOT_LIVE,
    Fault.CUT: NOT_LIVE,
    Fault.UNAUTHORIZED: NOT_LIVE,
    Fault.NOT_FOUND: NOT_LIVE,
    Fault.GARBAGE: NOT_LIVE,
    Fault.SILENT: NOT_LIVE,
}
# After so long with nothing in the way the stamps are believed.
PROVED_S = BELIEVED_AFTER_S + 3.0
HARMLESS = (Fault.RESIZE, Fault.CLOCK_JUMP)
TROUBLES = (
    *("video.ended", "video.refused", "video.timeout", "video.unreachable", "video.bad_stream"),
    *("video.unauthorized", "video.not_found", "video.behind"),
)


@pytest.fixture
def farm(tmp_path: Path) -> Iterator[CameraFarm]:
    site = read_demo_site()
    options = FarmOptions(username=USER, password=PASSWORD, h265_cameras=frozenset())
    farm = CameraFarm(site, Story.load(None, site), tmp_path, options=options)
    farm.start()
    yield farm
    farm.stop()


def state(feed: Feed) -> StreamState:
    feed.latest(-1)
    return feed.status().state


def test_each_fault_is_an_honest_tile_and_hurts_no_neighbour(
    farm: CameraFarm,
    engine: VideoEngine,
    clip_url: Callable[..., str],
    wait_until: Callable[..., object],
    expected_log: Callable[..., None],
) -> None:
    expected_log(*TROUBLES)
    feed = engine.open(StreamAddress(farm.url(FAULTY, Stream.SUB), USER, PASSWORD))
    neighbour = engine.open(StreamAddress(clip_url("replay")))
    wait_until(lambda: state(feed) is state(neighbour) is StreamState.LIVE, 90.0)
    # Ten looks, twice a second, are what the watch learns a scene from.
    learned = feed.latest(-1).number + 200
    wait_until(lambda: feed.latest(-1).number > learned, 90.0)
    assert set(HONEST) | set(HARMLESS) == set(Fault)

    live_since_s = time.monotonic()
    for fault, honest in HONEST.items():
        if fault is Fault.SLOW:
            # A simulator that a busy machine held up must prove its stamps anew, so the fault may come early.
            wait_until(lambda: time.monotonic() - live_since_s > PROVED_S, 2 * PROVED_S)
        shown = neighbour.latest(-1).number
        farm.fault(FAULTY, fault)
        if fault is Fault.SLOW:
            _again_until_told(farm, feed, wait_until)
        wait_until(lambda honest=honest: state(feed) in honest, 60.0)
        wait_until(lambda shown=shown: neighbour.latest(-1).number > shown + 20, 60.0)
        farm.fault(FAULTY, None)
        wait_until(lambda: state(feed) is StreamState.LIVE, 60.0)

    assert neighbour.stream.attempts == 1


def _again_until_told(farm: CameraFarm, feed: Feed, wait_until: Callable[..., object]) -> None:
    for _ in range(3):
        told_by_s = time.monotonic() + 20.0
        wait_until(
            lambda told_by_s=told_by_s: state(feed) is StreamState.LATE or time.monotonic() > told_by_s
        )
        if state(feed) is StreamState.LATE:
            return
        farm.fault(FAULTY, None)
        proved_s = time.monotonic() + PROVED_S
        wait_until(lambda proved_s=proved_s: time.monotonic() > proved_s)
        farm.fault(FAULTY, Fault.SLOW)


@pytest.mark.parametrize("fault", HARMLESS)
def test_pictures_of_another_size_and_under_a_clock_thrown_about_are_live(
    farm: CameraFarm,
    engine: VideoEngine,
    wait_until: Callable[..., object],
    expected_log: Callable[..., None],
    fault: Fault,
) -> None:
    # Large pictures that nobody filmed before come slowly from a simulator on a busy machine.
    expected_log(*TROUBLES)
    feed = engine.open(StreamAddress(farm.url(FAULTY, Stream.SUB), USER, PASSWORD))
    wait_until(lambda: state(feed) is StreamState.LIVE, 90.0)
    height_px, shown = feed.status().height_px, feed.latest(-1).number
    wanted_px = 1080 if fault is Fault.RESIZE else height_px
    farm.fault(FAULTY, fault)

    def is_shown() -> bool:
        return feed.status().height_px == wanted_px and feed.latest(-1).number > shown + 150

    wait_until(lambda: is_shown() and state(feed) is StreamState.LIVE, 150.0)
    farm.fault(FAULTY, None)
    wait_until(lambda: state(feed) is StreamState.LIVE and feed.status().height_px == height_px, 90.0)


def test_a_knock_is_answered_by_a_camera_and_not_by_a_silent_or_closed_port(
    farm: CameraFarm, silent_port: int
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closing:
        closed = closing.getsockname()[1]

    assert answers(StreamAddress(farm.url("C01", Stream.SUB)))
    assert not answers(StreamAddress(f"rtsp://127.0.0.1:{silent_port}/C01/sub"), 0.3)
    assert not answers(StreamAddress(f"rtsp://127.0.0.1:{closed}/C01/sub"))


def test_a_knock_carries_no_credentials() -> None:
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def listen() -> None:
            link, _ = listener.accept()
            with link:
                heard.append(link.recv(4096))
                link.sendall(b"RTSP/1.0 401 Unauthorized\r\nCSeq: 1\r\n\r\n")

        thread = Thread(target=listen)
        thread.start()
        port = listener.getsockname()[1]
        assert answers(StreamAddress(f"rtsp://{USER}:secret@127.0.0.1:{port}/C01/sub"), 5.0)
        thread.join(LIMIT_S)

    assert heard[0].startswith(b"OPTIONS rtsp://127.0.0.1:")
    assert b"secret" not in heard[0]
    assert USER.encode() not in heard[0]


def test_a_camera_that_comes_back_is_opened_before_the_wait_is_over() -> None:
    seen: list[bool] = []

    def is_there(_address: StreamAddress) -> bool:
        seen.append(len(seen) >= 1)
        return seen[-1]

    # Without the knock this would wait an hour.
    wait_for_return(StreamAddress("rtsp://10.0.0.1/a"), "video.unreachable", 3600.0, Event(), is_there)

    assert seen == [False, True]


def test_a_camera_that_refused_the_password_is_not_knocked_at() -> None:
    seen: list[bool] = []

    def is_there(_address: StreamAddress) -> bool:
        seen.append(True)
        return True

    wait_for_return(StreamAddress("rtsp://10.0.0.1/a"), "video.unauthorized", 0.2, Event(), is_there)

    assert seen == []
