"""Opening, sharing, showing and ending streams, with files for cameras."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from av import Packet, VideoStream

from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.domain.video import StreamState
from services.video import Feed, StreamAddress, VideoEngine
from services.video.sources import Source
from services.video.sources.replay import load_clip


def test_a_file_is_played_in_real_time_and_is_never_called_live(
    engine: VideoEngine, clip_url: Callable[..., str], wait_until: Callable[..., object]
) -> None:
    feed = engine.open(StreamAddress(clip_url("file", "loop")))
    began_s = time.monotonic()

    wait_until(lambda: (picture := feed.latest(-1)) and picture.number >= 25, 15.0)

    # 24 steps of 40 ms lie between the first picture and the 25th.
    assert time.monotonic() - began_s >= 24 * 0.04 - 0.1
    status = feed.status()
    assert status.state is StreamState.RECORDED
    assert (status.width_px, status.height_px, status.codec, status.error) == (640, 360, "h264", "")


def test_pictures_come_in_the_size_of_the_tile(
    engine: VideoEngine, clip_url: Callable[..., str], wait_until: Callable[..., object]
) -> None:
    feed = engine.open(StreamAddress(clip_url("replay")))
    feed.ask_size(320, 200)
    picture = wait_until(lambda: feed.latest(-1), 10.0)

    assert picture.pixels.shape == (180, 320, 4)
    assert (picture.width_px, picture.height_px) == (320, 180)


def test_two_feeds_of_one_address_share_the_stream_and_get_the_larger_size(
    engine: VideoEngine, clip_url: Callable[..., str], wait_until: Callable[..., object]
) -> None:
    address = StreamAddress(clip_url("replay"))
    small, large = engine.open(address), engine.open(address)
    small.ask_size(160, 90)
    large.ask_size(480, 270)

    wait_until(lambda: (picture := small.latest(-1)) and picture.width_px == 480, 10.0)
    assert small.stream is large.stream
    engine.close(large)
    wait_until(lambda: (picture := small.latest(-1)) and picture.width_px == 160, 10.0)
    assert small.status().state is StreamState.LIVE


def test_every_feed_of_a_shared_stream_sees_every_new_picture(
    engine: VideoEngine, clip_url: Callable[..., str], wait_until: Callable[..., object]
) -> None:
    address = StreamAddress(clip_url("replay"))
    first, second = engine.open(address), engine.open(address)
    one = wait_until(lambda: first.latest(-1), 10.0)
    other = wait_until(lambda: second.latest(-1), 10.0)

    assert other.number >= one.number
    assert first.latest(10**9) is None


def test_a_picture_keeps_its_pixels_while_newer_ones_are_made(
    engine: VideoEngine, clip_url: Callable[..., str], wait_until: Callable[..., object]
) -> None:
    feed = engine.open(StreamAddress(clip_url("replay")))
    feed.ask_size(320, 180)
    held = wait_until(lambda: feed.latest(-1), 10.0)
    copy = held.pixels.copy()

    wait_until(lambda: (picture := feed.latest(-1)) and picture.number > held.number + 10, 10.0)

    assert (held.pixels == copy).all()


def test_a_closed_feed_is_offline_and_shows_nothing(
    engine: VideoEngine, clip_url: Callable[..., str], wait_until: Callable[..., object]
) -> None:
    feed = engine.open(StreamAddress(clip_url("replay")))
    wait_until(lambda: feed.latest(-1), 10.0)

    engine.close(feed)

    assert feed.latest(-1) is None
    assert feed.status().state is StreamState.OFFLINE
    engine.close(feed)


def test_a_file_that_ended_is_not_live_and_says_so(
    tmp_path: Path,
    clip: Path,
    engine: VideoEngine,
    wait_until: Callable[..., object],
    expected_log: Callable[..., None],
) -> None:
    import av

    expected_log("video.ended")
    short = tmp_path / "half a second.mp4"
    with av.open(str(clip)) as source, av.open(str(short), "w") as target:
        video = source.streams.video[0]
        out = target.add_stream_from_template(video)
        for index, packet in enumerate(source.demux(video)):
            if index == 12:
                break
            packet.stream = out
            target.mux(packet)
    feed = engine.open(StreamAddress(short.as_uri()))

    wait_until(lambda: feed.status().error == "video.ended", 10.0)

    assert feed.status().state is not StreamState.LIVE


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("file:///there/is/no/such.mp4", "video.not_found"),
        (Path(__file__).as_uri(), "video.bad_stream"),
        ("gopher://10.0.0.1/x", "video.unsupported"),
    ],
)
def test_what_cannot_be_opened_is_offline_with_a_reason(
    url: str,
    code: str,
    engine: VideoEngine,
    wait_until: Callable[..., object],
    expected_log: Callable[..., None],
) -> None:
    expected_log(code)
    feed = engine.open(StreamAddress(url))

    wait_until(lambda: feed.status().error == code, 10.0)

    assert feed.status().state is StreamState.OFFLINE


def test_a_reason_is_logged_once_however_often_it_is_met(
    engine: VideoEngine,
    wait_until: Callable[..., object],
    expected_log: Callable[..., None],
    log_events: list[dict[str, object]],
) -> None:
    expected_log("video.not_found")
    feed = engine.open(StreamAddress("file:///there/is/no/such.mp4"))
    tries = feed.stream

    wait_until(lambda: tries.attempts >= 3, 20.0)

    assert [event["event"] for event in log_events].count("video.not_found") == 1


def test_many_streams_share_the_pool_fairly(
    clip_url: Callable[..., str], wait_until: Callable[..., object]
) -> None:
    engine = VideoEngine(threads=2)
    try:
        feeds = [
            engine.open(StreamAddress(clip_url("replay", f"phase={index * 0.11:.2f}"))) for index in range(16)
        ]
        for feed in feeds:
            feed.ask_size(160, 90)
        wait_until(lambda: all(_newest(feed) >= 25 for feed in feeds), 30.0)
        counts = [_newest(feed) for feed in feeds]
        # All tick 25 times a second from nearly the same start.
        assert max(counts) <= 2 * min(counts)
    finally:
        engine.stop()


def test_a_thousand_feeds_opened_and_closed_leave_no_thread(
    clip_url: Callable[..., str], wait_until: Callable[..., object]
) -> None:
    engine = VideoEngine()
    before = threading.active_count()
    try:
        for index in range(1000):
            feed = engine.open(StreamAddress(clip_url("replay", f"phase={index % 7}")))
            feed.ask_size(64, 36)
            engine.close(feed)
        pool_threads = sum(thread.name.startswith("decode-") for thread in threading.enumerate())
        wait_until(lambda: threading.active_count() <= before + pool_threads, 20.0)
    finally:
        engine.stop()


def test_a_stopped_engine_opens_nothing_more(clip_url: Callable[..., str]) -> None:
    engine = VideoEngine()
    feed = engine.open(StreamAddress(clip_url("replay")))
    engine.stop()

    assert feed.status().state is StreamState.OFFLINE
    with pytest.raises(ServiceError) as refused:
        engine.open(StreamAddress(clip_url("replay")))
    assert refused.value.code == "video.engine_stopped"
    engine.stop()


def _newest(feed: Feed) -> int:
    picture = feed.latest(-1)
    return picture.number if picture else 0


def test_waiting_for_a_turn_or_for_an_answer_is_no_steady_picture(
    wait_until: Callable[..., object], expected_log: Callable[..., None]
) -> None:
    expected_log("video.refused")
    clock, opened_s = ManualClock(datetime(2026, 11, 24, tzinfo=UTC)), []

    def refuses_late(_address: StreamAddress, _patience_s: float) -> Source:
        opened_s.append(time.monotonic())
        clock.advance(30)
        raise ConnectionRefusedError

    engine = VideoEngine(clock, sources={"rtsp": refuses_late})
    engine.open(StreamAddress("rtsp://10.0.0.1/x"))
    try:
        wait_until(lambda: len(opened_s) == 5, timeout_s=20)
    finally:
        engine.stop()
    # Half of 0.5, 1, 2 and 4 s at least; waits that start afresh would take 4 x 0.5 s at most.
    assert opened_s[4] - opened_s[0] >= 3.75


class CutOnce:
    """A camera whose first connection breaks at `cut`, and whose second brings pictures after `resume`."""

    def __init__(self, clip: Path) -> None:
        self.clip = load_clip(str(clip))
        self.codec = self.clip.codec
        self.cut, self.reconnected, self.resume = threading.Event(), threading.Event(), threading.Event()

    def packets(self, stop: threading.Event) -> Iterator[Packet[VideoStream]]:
        if self.cut.is_set():
            self.reconnected.set()
            while not (self.resume.wait(0.01) or stop.is_set()):
                continue
        for packet in self.clip.packets:
            if stop.wait(0.01) or (self.cut.is_set() and not self.reconnected.is_set()):
                return
            yield packet

    def close(self) -> None:
        """Nothing is open."""


def test_the_old_picture_is_not_live_while_the_new_connection_has_brought_none(
    clip: Path, wait_until: Callable[..., object], expected_log: Callable[..., None]
) -> None:
    expected_log("video.ended")
    camera = CutOnce(clip)
    # A clock that stands still: by its age alone the old picture would be live for ever.
    clock = ManualClock(datetime(2026, 1, 1, tzinfo=UTC))
    engine = VideoEngine(clock, sources={"rtsp": lambda _address, _patience_s: camera})
    feed = engine.open(StreamAddress("rtsp://camera/x"))
    wait_until(lambda: feed.status().state is StreamState.LIVE, 15.0)

    camera.cut.set()
    wait_until(camera.reconnected.is_set, 15.0)
    assert feed.status().state is StreamState.RECONNECTING
    assert feed.status().error == "video.ended"

    camera.resume.set()
    wait_until(lambda: feed.status().state is StreamState.LIVE, 15.0)
    engine.stop()


class HandFed:
    """A camera whose packets are handed out one by one by the test; `given` counts those taken."""

    def __init__(self, clip: Path) -> None:
        self.clip = load_clip(str(clip))
        self.codec = self.clip.codec
        self.hand = threading.Semaphore(0)
        self.given = 0

    def packets(self, stop: threading.Event) -> Iterator[Packet[VideoStream]]:
        for packet in self.clip.packets:
            while not self.hand.acquire(timeout=0.01):
                if stop.is_set():
                    return
            yield packet
            self.given += 1

    def close(self) -> None:
        """Nothing is open."""


def test_a_stream_nobody_watches_is_read_but_not_decoded_and_comes_back_at_a_key_frame(
    clip: Path, wait_until: Callable[..., object]
) -> None:
    camera = HandFed(clip)
    packets = camera.clip.packets
    second_key = next(index for index in range(1, len(packets)) if packets[index].is_keyframe)
    engine = VideoEngine(sources={"rtsp": lambda _address, _patience_s: camera})
    feed = engine.open(StreamAddress("rtsp://127.0.0.1/hand"))
    try:
        camera.hand.release(3)
        wait_until(lambda: _newest(feed) == 3, 10.0)
        feed.set_watched(False)
        camera.hand.release(10)
        wait_until(lambda: camera.given == 13, 10.0)
        feed.set_watched(True)
        # These are no key frames: nothing can be decoded from them.
        camera.hand.release(second_key - 13)
        wait_until(lambda: camera.given == second_key, 10.0)
        assert _newest(feed) == 3
        camera.hand.release(5)
        wait_until(lambda: _newest(feed) == 8, 10.0)
    finally:
        engine.stop()


def test_a_stream_is_decoded_while_one_of_its_feeds_is_watched(
    clip: Path, wait_until: Callable[..., object]
) -> None:
    camera = HandFed(clip)
    engine = VideoEngine(sources={"rtsp": lambda _address, _patience_s: camera})
    address = StreamAddress("rtsp://127.0.0.1/hand")
    first, second = engine.open(address), engine.open(address)
    try:
        first.set_watched(False)
        camera.hand.release(3)
        wait_until(lambda: _newest(second) == 3, 10.0)
    finally:
        engine.stop()
