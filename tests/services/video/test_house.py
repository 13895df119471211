"""The streams of one decode process, with cameras played by the test."""

from __future__ import annotations

import linecache
import multiprocessing
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from av import Packet, VideoStream

from services.core.clock import ManualClock
from services.core.mouth import Mouth
from services.core.orders import Quit
from services.core.workers import Worker
from services.domain.video import StreamState
from services.video import Feed, StreamAddress
from services.video.child import serve
from services.video.house import StreamHouse
from services.video.punctuality import BELIEVED_AFTER_S
from services.video.sources import Codec, Source
from services.video.sources.base import whole_picture
from services.video.sources.replay import load_clip
from services.video.stream import Stream
from tests.services.video.housed import Housed
from tests.services.video.web_kit import jpeg


def test_waiting_for_a_turn_or_for_an_answer_is_no_steady_picture(
    wait_until: Callable[..., object], expected_log: Callable[..., None]
) -> None:
    expected_log("video.refused")
    clock, opened_s = ManualClock(datetime(2026, 11, 24, tzinfo=UTC)), []

    def refuses_late(_address: StreamAddress, _patience_s: float) -> Source:
        opened_s.append(time.monotonic())
        clock.advance(30)
        raise ConnectionRefusedError

    housed = Housed({"gopher": refuses_late}, clock)
    housed.open(StreamAddress("gopher://10.0.0.1/x"))
    try:
        wait_until(lambda: len(opened_s) == 5)
    finally:
        housed.stop()
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
    housed = Housed({"gopher": lambda _address, _patience_s: camera}, clock)
    feed = housed.open(StreamAddress("gopher://camera/x"))
    wait_until(lambda: feed.status().state is StreamState.LIVE, 15.0)

    camera.cut.set()
    wait_until(camera.reconnected.is_set, 15.0)
    assert feed.status().state is StreamState.RECONNECTING
    assert feed.status().error == "video.ended"

    camera.resume.set()
    wait_until(lambda: feed.status().state is StreamState.LIVE, 15.0)
    housed.stop()


class SlowLine:
    """A camera of five pictures a second; the line carries `pace` of them. Sends as many as it is told."""

    def __init__(self, clock: ManualClock) -> None:
        self.codec = Codec("mjpeg")
        self.pace = 5.0
        self._clock = clock
        self._picture = jpeg(7)
        self._asked = threading.Semaphore(0)

    def send(self, count: int, feed: Feed, wait_until: Callable[..., object]) -> None:
        """One after the other, each when the one before it is shown or refused."""
        for _ in range(count):
            before = shown(feed)
            self._asked.release()
            wait_until(lambda before=before: shown(feed) > before or feed.status().error, 30.0)

    def packets(self, stop: threading.Event) -> Iterator[Packet[VideoStream]]:
        number = 0
        while not stop.is_set():
            if not self._asked.acquire(timeout=0.01):
                continue
            number += 1
            packet = whole_picture(self._picture)
            packet.pts, packet.time_base = 18_000 * number, Fraction(1, 90_000)
            self._clock.advance(1 / self.pace)
            yield packet

    def close(self) -> None:
        """Nothing is open."""


def shown(feed: Feed) -> int:
    picture = feed.latest(-1)
    return picture.number if picture else 0


def test_what_arrives_ever_later_is_late_and_then_connected_anew(
    wait_until: Callable[..., object], expected_log: Callable[..., None]
) -> None:
    expected_log("video.behind")
    clock = ManualClock(datetime(2026, 1, 1, tzinfo=UTC))
    camera = SlowLine(clock)
    housed = Housed({"rtsp": lambda _address, _patience_s: camera}, clock)
    feed = housed.open(StreamAddress("rtsp://127.0.0.1:9/x"))
    try:
        camera.send(round(5 * (BELIEVED_AFTER_S + 2)), feed, wait_until)
        assert feed.status().state is StreamState.LIVE
        camera.pace = 2.5
        # Each comes 0.2 s later than the one before: twelve of them 2.4 s, less 1 % of the 4.8 s they took.
        camera.send(12, feed, wait_until)
        assert feed.status().state is StreamState.LATE
        assert feed.status().age_s == pytest.approx(2.35, abs=0.02)
        # One and a half seconds behind for twelve: thirty pictures at this pace.
        camera.send(30, feed, wait_until)
        assert feed.status().state is StreamState.RECONNECTING
        assert feed.status().error == "video.behind"
    finally:
        housed.stop()


def test_a_connection_that_breaks_as_its_first_picture_is_shown_is_not_taken_for_standing(
    clip: Path, wait_until: Callable[..., object], expected_log: Callable[..., None]
) -> None:
    expected_log("video.ended")
    camera = CutOnce(clip)

    def break_off(frame: FrameType, event: str, _arg: object) -> Any:
        """Just before the picture is said to stand, the reader meets the end of the connection."""
        if frame.f_code is not Stream._note_picture_of.__code__:
            return None
        line = linecache.getline(frame.f_code.co_filename, frame.f_lineno)
        if event == "line" and "_stand(True)" in line and not camera.cut.is_set():
            camera.cut.set()
            # The reader may have to wait for the end of this line's step.
            camera.reconnected.wait(2.0)
        return break_off

    threading.settrace(break_off)
    housed = Housed(
        {"gopher": lambda _address, _patience_s: camera}, ManualClock(datetime(2026, 1, 1, tzinfo=UTC))
    )
    try:
        feed = housed.open(StreamAddress("gopher://camera/x"))
        wait_until(camera.reconnected.is_set, 15.0)
        ((_, report),) = housed.house.reports().streams
        assert (report.is_connected, report.error) == (False, "video.ended")
        assert feed.status().state is not StreamState.LIVE
    finally:
        threading.settrace(None)
        housed.stop()


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
    housed = Housed({"rtsp": lambda _address, _patience_s: camera})
    feed = housed.open(StreamAddress("rtsp://127.0.0.1/hand"))
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
        housed.stop()


def test_a_stream_is_decoded_while_one_of_its_feeds_is_watched(
    clip: Path, wait_until: Callable[..., object]
) -> None:
    camera = HandFed(clip)
    housed = Housed({"rtsp": lambda _address, _patience_s: camera})
    address = StreamAddress("rtsp://127.0.0.1/hand")
    first, second = housed.open(address), housed.open(address)
    try:
        first.set_watched(False)
        camera.hand.release(3)
        wait_until(lambda: _newest(second) == 3, 10.0)
    finally:
        housed.stop()


class Stamps:
    """A camera whose pictures are too small to be judged."""

    codec = Codec("mjpeg")

    def packets(self, stop: threading.Event) -> Iterator[Packet[VideoStream]]:
        while not stop.wait(0.02):
            yield whole_picture(jpeg(40, (8, 8)))

    def close(self) -> None:
        """Nothing is open."""


def test_a_camera_of_tiny_pictures_is_shown_and_takes_nothing_from_the_others(
    clip: Path, wait_until: Callable[..., object]
) -> None:
    camera = HandFed(clip)
    housed = Housed({"gopher": lambda *_: Stamps(), "rtsp": lambda *_: camera})
    tiny = housed.open(StreamAddress("gopher://127.0.0.1/stamps"))
    other = housed.open(StreamAddress("rtsp://127.0.0.1/hand"))
    try:
        wait_until(lambda: tiny.status().state is StreamState.LIVE, 10.0)
        camera.hand.release(3)
        wait_until(lambda: _newest(other) == 3, 10.0)
    finally:
        housed.stop()


def test_a_stream_without_room_for_its_pictures_takes_nothing_from_the_others(
    clip: Path, wait_until: Callable[..., object], expected_log: Callable[..., None]
) -> None:
    expected_log("video.turn_lost")
    camera = HandFed(clip)
    housed = Housed({"gopher": lambda *_: Stamps(), "rtsp": lambda *_: camera})
    other = housed.open(StreamAddress("rtsp://127.0.0.1/hand"))
    try:
        camera.hand.release(1)
        wait_until(lambda: _newest(other) == 1, 10.0)
        shutil.rmtree(housed.folder)
        housed.open(StreamAddress("gopher://127.0.0.1/stamps"))
        reports = housed.house.reports
        wait_until(lambda: [one.error for _, one in reports().streams][1:] == ["video.bad_stream"], 15.0)
        camera.hand.release(2)
        wait_until(lambda: _newest(other) == 3, 10.0)
    finally:
        housed.stop()


def test_a_process_whose_decoder_has_stopped_ends_so_that_another_begins(
    tmp_path: Path, wait_until: Callable[..., object], expected_log: Callable[..., None]
) -> None:
    expected_log("video.decoder_stopped")
    program, orders = multiprocessing.Pipe()
    # Its decode thread was never begun.
    house = StreamHouse(ManualClock(datetime(2026, 1, 1, tzinfo=UTC)), tmp_path, say=lambda _news: None)
    living = Worker("serve", lambda _stop: serve(orders, house, Mouth(orders)))
    living.start()
    try:
        wait_until(lambda: not living.is_alive, 10.0)
    finally:
        if living.is_alive:
            program.send(Quit())
        living.stop()
        program.close()
        orders.close()


def _newest(feed: Feed) -> int:
    picture = feed.latest(-1)
    return picture.number if picture else 0
