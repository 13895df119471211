"""One camera's connection: reads packets, reconnects, and hands pictures to whoever shows them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from threading import Event, Lock

import structlog
from av.video.frame import VideoFrame

from services.core.backoff import Backoff
from services.core.clock import Clock
from services.core.workers import Worker
from services.domain.video import FAILED_STATES, FeedStatus, StreamState
from services.video import trouble
from services.video.address import StreamAddress
from services.video.decoder import Decoder, Size
from services.video.gate import OpenGate
from services.video.packets import LAG_LIMIT_S, PacketQueue, Waiting
from services.video.picture import FrameRate, LatestSlot
from services.video.sources import OpenSource, Source
from services.video.state import state_of
from services.video.watch import PictureWatch, luma_of

FIRST_WAIT_S = 0.5
MOST_WAIT_S = 15.0
# Short at first, so that a dead camera holds nobody up; longer for one that timed out, it may be slow.
FIRST_PATIENCE_S = 1.9
MOST_PATIENCE_S = 4.0
# A stream that held this long was good: its next failure starts the waits afresh.
STEADY_AFTER_S = 10.0

log = structlog.get_logger(__name__)


class Stream:
    """Runs one reader thread; `decode_one` is called by the pool, everything else by any thread."""

    def __init__(
        self,
        address: StreamAddress,
        *,
        key: str,
        clock: Clock,
        gate: OpenGate,
        sources: Mapping[str, OpenSource],
        enter_line: Callable[[Stream], None],
    ) -> None:
        self.address = address
        self.key = key
        self.slot = LatestSlot()
        self._clock = clock
        self._gate = gate
        self._sources = sources
        self._enter_line = enter_line
        self._queue = PacketQueue()
        self._source_rate = FrameRate()
        self._backoff = Backoff(FIRST_WAIT_S, MOST_WAIT_S)
        self._asked: dict[int, Size] = {}
        self._asked_most: Size = (0, 0)
        self._asked_lock = Lock()
        self._watchers: set[int] = set()
        self._opened_s = clock.monotonic()
        self._is_connected = False
        self._decoder: Decoder | None = None
        self._connected_s = math.inf
        self._is_hurrying = False
        self._error = ""
        self._told = ""
        self._attempts = 0
        self._patience_s = FIRST_PATIENCE_S
        self._codec = ""
        self._source_size: Size = (0, 0)
        self._watch = PictureWatch()
        self._worker = Worker(f"stream-{key}", self._run)

    def start(self) -> None:
        self._worker.start()

    def request_stop(self) -> None:
        self._worker.request_stop()
        self._queue.clear()

    @property
    def attempts(self) -> int:
        """How often it was tried to open the source."""
        return self._attempts

    @property
    def is_alive(self) -> bool:
        return self._worker.is_alive

    def ask_size(self, feed_id: int, size: Size | None) -> None:
        """What one feed shows; the stream is scaled once, to the largest. None: that feed is gone."""
        with self._asked_lock:
            if size is None:
                self._asked.pop(feed_id, None)
            else:
                self._asked[feed_id] = size
            across = max((size[0] for size in self._asked.values()), default=0)
            down = max((size[1] for size in self._asked.values()), default=0)
            self._asked_most = (across, down)

    def watch(self, feed_id: int, *, is_watched: bool) -> None:
        """Whether one feed is looked at; while none is, packets are read and forgotten."""
        with self._asked_lock:
            if is_watched:
                self._watchers.add(feed_id)
            else:
                self._watchers.discard(feed_id)

    def forget_scene(self) -> None:
        """Somebody steers the camera, or says that it shows what it should."""
        self._watch.forget()

    def status(self, shown_fps: float) -> FeedStatus:
        now_s = self._clock.monotonic()
        newest = self.slot.newest
        age_s = None if newest is None else max(0.0, now_s - newest.arrived_s)
        error = self._error
        state = state_of(
            age_s=age_s,
            open_for_s=now_s - self._opened_s,
            is_connected=self._is_connected,
            error=error,
            seen=self._watch.seen,
            is_recorded=self.address.is_recorded,
        )
        if state is StreamState.FROZEN and self._watch.changed_s is not None:
            age_s = max(0.0, now_s - self._watch.changed_s)
        width_px, height_px = self._source_size
        return FeedStatus(
            state=state,
            age_s=age_s,
            source_fps=self._source_rate.fps(now_s),
            shown_fps=shown_fps,
            dropped=self.slot.dropped,
            width_px=width_px,
            height_px=height_px,
            codec=self._codec,
            error=error if state in FAILED_STATES else "",
        )

    def decode_one(self) -> bool:
        """One turn of the pool: the oldest packet becomes a picture. True when more wait."""
        item = self._queue.pop()
        if item is not None:
            self._show(item)
        return self._queue.leave_line()

    def _show(self, item: Waiting) -> None:
        decoder = item.decoder
        is_late = self._clock.monotonic() - item.arrived_s > LAG_LIMIT_S
        if is_late != self._is_hurrying:
            self._is_hurrying = is_late
            decoder.hurry(is_late)
        frame = decoder.decode(item.packet)
        if frame is None:
            self._note_failure(decoder)
            return
        if is_late and len(self._queue) > 0:
            # A newer picture is already waiting: spare the scaling, a quarter of the work.
            self.slot.miss()
            return
        pixels = decoder.picture(frame, self._asked_most)
        if pixels is not None:
            self._source_size = (frame.width, frame.height)
            self.slot.put(pixels, item.arrived_s)
            self._look_at(frame, item)
            # Only a picture of this connection makes it live: not one still being decoded when the
            # last broke, nor the old one while the new connection has brought none.
            if decoder is self._decoder:
                self._is_connected = True
                self._error = ""
                self._tell("live")

    def _look_at(self, frame: VideoFrame, item: Waiting) -> None:
        """Now and then: is the picture to be believed."""
        if self._watch.is_due(item.arrived_s, is_key=frame.key_frame):
            self._watch.look(
                luma_of(frame), item.arrived_s, is_key=frame.key_frame, size_bytes=item.packet.size
            )

    def _note_failure(self, decoder: Decoder) -> None:
        if decoder.failures:
            self._error = trouble.BAD_STREAM

    def _run(self, stop: Event) -> None:
        """Connect, read until something breaks, wait, again; the outermost frame of the reader."""
        has_failed = False
        while not stop.is_set():
            self._connected_s = math.inf
            try:
                is_over = self._connect_and_read(stop, has_failed=has_failed)
                code = trouble.ENDED
            except Exception as error:  # noqa: BLE001  libraries raise anything; their text holds the password
                is_over, code = False, trouble.code_of(error)
            self._error = code
            self._decoder = None
            self._is_connected = False
            self._queue.clear()
            if stop.is_set():
                return
            self._fail(code)
            if is_over:
                return
            has_failed = True
            if self._clock.monotonic() - self._connected_s > STEADY_AFTER_S:
                self._backoff.reset()
            stop.wait(self._backoff.next_s())

    def _connect_and_read(self, stop: Event, *, has_failed: bool) -> bool:
        """True when the stream is over for good, which only a file can be."""
        open_source = self._sources.get(self.address.scheme)
        if open_source is None:
            raise trouble.StreamTrouble(trouble.UNSUPPORTED)
        with self._gate.turn(stop, has_failed=has_failed) as is_mine:
            if not is_mine:
                return False
            self._attempts += 1
            source = open_source(self.address, self._patience_s)
        try:
            self._read(source, stop)
        finally:
            source.close()
        return self.address.scheme == "file"

    def _read(self, source: Source, stop: Event) -> None:
        decoder = Decoder(source.codec)
        self._codec = source.codec.name
        self._is_hurrying = False
        self._decoder = decoder
        self._connected_s = self._clock.monotonic()
        for packet in source.packets(stop):
            now_s = self._clock.monotonic()
            self._source_rate.tick(now_s)
            if not self._watchers:
                self._queue.refuse()
                continue
            must_enter, lost = self._queue.push(Waiting(decoder, packet, now_s))
            if lost:
                self.slot.miss(lost)
            if must_enter:
                self._enter_line(self)

    def _fail(self, code: str) -> None:
        self._error = code
        if code == trouble.TIMEOUT:
            self._patience_s = MOST_PATIENCE_S
        self._tell(code)

    def _tell(self, news: str) -> None:
        """One log line per change of state, without anything the library said."""
        if news == self._told:
            return
        self._told = news
        if news == "live":
            log.info("video.live", feed=self.key, url=self.address.url, codec=self._codec)
        else:
            log.warning(news, feed=self.key, url=self.address.url)
