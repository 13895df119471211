"""One camera's connection inside a decode process: reads packets, reconnects, makes pictures."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Event, Lock

import numpy as np
import numpy.typing as npt
import structlog
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from services.core.backoff import Backoff
from services.core.clock import Clock
from services.core.workers import Worker
from services.domain.video import Economy
from services.video import trouble
from services.video.decoder import Decoder, Size
from services.video.gate import OpenGate
from services.video.hardware import Acceleration
from services.video.knock import wait_for_return
from services.video.messages import Open, Reports, Shelved, StreamReport, Wish
from services.video.packets import LAG_LIMIT_S, PacketQueue, Waiting
from services.video.picture import BitRate, Delivery, FrameRate, Planes
from services.video.punctuality import Punctuality
from services.video.shelf import ShelfWriter
from services.video.sources import OpenSource, Source
from services.video.watch import PictureWatch, luma_of

FIRST_WAIT_S = 0.5
MOST_WAIT_S = 15.0
# Short at first, so that a dead camera holds nobody up; longer for one that timed out, it may be slow.
FIRST_PATIENCE_S = 1.9
MOST_PATIENCE_S = 4.0
# A stream that held this long was good: its next failure starts the waits afresh.
STEADY_AFTER_S = 10.0
# Of a machine that cannot decode everything: the rest of a group is left when its packets are older.
TOO_LATE_S = 0.45
# The rate of decoded pictures is told over so long.
DECODED_OVER_S = 4.0
# Whose packets carry the camera's own stamps.
STAMPED_KINDS = frozenset({"rtsp", "rtsps"})
# A shelf that is larger than needed by this factor is given back.
_TOO_LARGE = 4

log = structlog.get_logger(__name__)


class Stream:
    """Runs one reader thread; `decode_one` is called by the decode thread, everything else by any."""

    def __init__(
        self,
        asked: Open,
        *,
        clock: Clock,
        gate: OpenGate,
        sources: Mapping[str, OpenSource],
        enter_line: Callable[[Stream], None],
        say: Callable[[Shelved | Reports], None],
        folder: Path,
        acceleration: Acceleration | None = None,
        delivery: Delivery | None = None,
    ) -> None:
        self._delivery = delivery or Delivery()
        self._acceleration = acceleration
        self.address = asked.address
        self.key = asked.key
        self.turns = 0
        self._id = asked.stream
        self._played = 0
        self._number = asked.after_number
        self._wish = asked.wish
        self._clock = clock
        self._gate = gate
        self._sources = sources
        self._enter_line = enter_line
        self._say = say
        self._folder = folder
        self._shelf: ShelfWriter | None = None
        self._queue = PacketQueue()
        self._source_rate = FrameRate()
        self._punctuality = Punctuality()
        self._shown_s: deque[float] = deque(maxlen=256)
        self._bit_rate = BitRate()
        self._backoff = Backoff(FIRST_WAIT_S, MOST_WAIT_S)
        # Held by who says that the connection stands or has ended.
        self._connection = Lock()
        self._is_standing = False
        self._is_over = False
        self._decoder: Decoder | None = None
        self._connected_s = math.inf
        self._economy = Economy.NONE
        self._error = ""
        self._told = ""
        self._attempts = 0
        self._dropped = 0
        self._has_lost_turn = False
        self._lost = 0
        self._lag_s = 0.0
        self._patience_s = FIRST_PATIENCE_S
        self._codec = ""
        self._source_size: Size = (0, 0)
        self._watch = PictureWatch()
        self._worker = Worker(f"stream-{self.key}", self._run)

    def start(self) -> None:
        self._worker.start()

    def request_stop(self) -> None:
        self._worker.request_stop()
        self._queue.clear()
        self._is_over, self._shelf = True, None

    @property
    def is_alive(self) -> bool:
        return self._worker.is_alive

    @property
    def is_important(self) -> bool:
        return self._wish.is_important

    def wish(self, wish: Wish) -> None:
        """What those who show it want from now on."""
        self._wish = wish

    def forget_scene(self) -> None:
        """Somebody steers the camera, or says that it shows what it should."""
        self._watch.forget()

    def report(self) -> StreamReport:
        """What is known now; lag and losses are those since the report before."""
        now_s = self._clock.monotonic()
        lag_s, self._lag_s = self._lag_s, 0.0
        lost, self._lost = self._lost, 0
        return StreamReport(
            is_connected=self._is_standing,
            error=self._error,
            codec=self._codec,
            size=self._source_size,
            source_fps=self._source_rate.fps(now_s),
            decoded_fps=self._decoded_fps(now_s),
            dropped=self._dropped,
            lag_s=max(lag_s, self._queue.lag_s(now_s)),
            lost=lost,
            attempts=self._attempts,
            seen=self._watch.seen,
            changed_s=self._watch.changed_s,
            bit_rate=self._bit_rate.bits_per_s(now_s),
        )

    @property
    def played(self) -> int:
        """How far it is in its group of pictures; 0 while it must show all of it."""
        return self._played if self._wish.economy >= Economy.NON_REFERENCE else 0

    def waiting_s(self) -> float:
        return self._queue.lag_s(self._clock.monotonic())

    def leave_group(self) -> None:
        """The rest of this group goes: the next begins fresh, and others get this one's turns."""
        decoder = self._decoder
        if decoder is not None:
            decoder.wait_for_key()
        self._played = 0
        self._miss(self._queue.skip_to_key())

    def decode_one(self) -> bool:
        """One turn: the oldest packet becomes a picture. True when more wait."""
        item = self._queue.pop()
        try:
            if item is not None:
                self._show(item)
        except Exception:
            # One camera's pictures must not end the turns of all others.
            self._dropped += 1
            self._error = trouble.BAD_STREAM
            if not self._has_lost_turn:
                self._has_lost_turn = True
                log.exception("video.turn_lost", feed=self.key)
        return self._queue.leave_line()

    def _show(self, item: Waiting) -> None:
        decoder, wish = item.decoder, self._wish
        lag_s = self._clock.monotonic() - item.arrived_s
        self._lag_s = max(self._lag_s, lag_s)
        if wish.economy is not self._economy:
            self._economy = wish.economy
            decoder.save(wish.economy)
        is_key = item.packet.is_keyframe
        if lag_s > TOO_LATE_S and wish.economy >= Economy.NON_REFERENCE and not is_key:
            self._miss(1)
            self.leave_group()
            return
        frame = decoder.decode(item.packet)
        self._played = 1 if is_key else self._played + 1
        if frame is None:
            if decoder.failures:
                self._error = trouble.BAD_STREAM
            return
        if lag_s > LAG_LIMIT_S and len(self._queue) > 0:
            # A newer picture is already waiting: spare the scaling, a quarter of the work.
            self._dropped += 1
            return
        made = decoder.planes if self._delivery.is_planar else decoder.picture
        picture = made(frame, wish.size)
        if picture is not None:
            self._source_size = (frame.width, frame.height)
            self._publish(picture, item.arrived_s - item.behind_s)
            self._look_at(frame, item)
            self._note_picture_of(decoder)

    def _note_picture_of(self, decoder: Decoder) -> None:
        """Only a picture of this connection makes it live: not one still being decoded when the last
        broke, nor the old one while the new connection has brought none."""
        if self._is_standing:
            return
        with self._connection:
            if decoder is self._decoder:
                self._stand(True)
                self._error = ""
                self._tell("live")

    def _look_at(self, frame: VideoFrame, item: Waiting) -> None:
        """Now and then: is the picture to be believed."""
        if self._watch.is_due(item.arrived_s, is_key=frame.key_frame):
            self._watch.look(
                luma_of(frame), item.arrived_s, is_key=frame.key_frame, size_bytes=item.packet.size
            )

    def _publish(self, picture: npt.NDArray[np.uint8] | Planes, arrived_s: float) -> None:
        now_s = self._clock.monotonic()
        shelf = self._shelf
        size_bytes = (picture.pixels if isinstance(picture, Planes) else picture).nbytes
        if shelf is None or not size_bytes <= shelf.place.slot_bytes <= _TOO_LARGE * max(size_bytes, 2**18):
            shelf = self._shelf = ShelfWriter(self._folder, size_bytes)
            shelf.set_standing(self._is_standing)
            self._say(Shelved(self._id, shelf.place))
        elif shelf.taken < self._number:
            self._dropped += 1
        if self._is_over:
            # Whoever ended the stream may have done so before this shelf was there.
            self._shelf = None
        elif shelf.put(picture, self._number + 1, arrived_s):
            self._number += 1
            self._shown_s.append(now_s)
        else:
            self._dropped += 1

    def _decoded_fps(self, now_s: float) -> float:
        """Over seconds that hold whole groups of pictures: of an overloaded stream only parts are shown."""
        since_s = max(self._connected_s, now_s - DECODED_OVER_S)
        times_s = tuple(self._shown_s)
        shown = len(times_s) - bisect_left(times_s, since_s)
        return shown / max(now_s - since_s, 1.0) if math.isfinite(since_s) else 0.0

    def _stand(self, is_standing: bool) -> None:
        self._is_standing = is_standing
        if self._shelf is not None:
            self._shelf.set_standing(is_standing)

    def _miss(self, count: int) -> None:
        self._dropped += count
        self._lost += count

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
            with self._connection:
                self._error = code
                self._decoder = None
                self._is_standing = False
            self._queue.clear()
            if stop.is_set():
                return
            # First the reason, then the end: who sees the one may ask for the other.
            self._fail(code)
            self._stand(False)
            if is_over:
                return
            has_failed = True
            if self._clock.monotonic() - self._connected_s > STEADY_AFTER_S:
                self._backoff.reset()
            wait_for_return(self.address, code, self._backoff.next_s(), stop)

    def _connect_and_read(self, stop: Event, *, has_failed: bool) -> bool:
        """True when the stream is over for good, which only a file can be."""
        open_source = self._sources.get(self.address.kind)
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
        decoder = Decoder(source.codec, self._acceleration)
        self._codec = source.codec.name
        self._economy = Economy.NONE
        self._decoder = decoder
        self._connected_s = self._clock.monotonic()
        self._punctuality.connect()
        queue, monotonic = self._queue, self._clock.monotonic
        for packet in source.packets(stop):
            now_s = monotonic()
            self._source_rate.tick(now_s)
            self._bit_rate.tick(packet.size)
            behind_s = self._behind_s(packet, now_s)
            wish = self._wish
            if not wish.is_watched:
                queue.refuse()
                continue
            if wish.economy is Economy.KEY_FRAMES and not packet.is_keyframe:
                self._dropped += 1
                continue
            must_enter, lost = queue.push(Waiting(decoder, packet, now_s, behind_s))
            if lost:
                self._miss(lost)
            if must_enter:
                self._enter_line(self)

    def _behind_s(self, packet: Packet[VideoStream], now_s: float) -> float:
        """How long ago it should have come. Raises once the line has been too slow for too long."""
        if packet.pts is None or self.address.kind not in STAMPED_KINDS:
            return 0.0
        behind_s = self._punctuality.behind_s(packet.pts * float(packet.time_base), now_s)
        # What a busy machine reads late is no fault of the line, and new connections would cost it more.
        if self._punctuality.is_hopeless and self._wish.economy is Economy.NONE:
            raise trouble.StreamTrouble(trouble.BEHIND)
        return behind_s

    def _fail(self, code: str) -> None:
        self._error = code
        if code == trouble.TIMEOUT:
            self._patience_s = MOST_PATIENCE_S
        self._tell(code)

    def _tell(self, news: str) -> None:
        """One log line per change of state, without anything the library said."""
        self._say(Reports(((self._id, self.report()),)))
        if news == self._told:
            return
        self._told = news
        if news == "live":
            log.info("video.live", feed=self.key, url=self.address.url, codec=self._codec)
        else:
            log.warning(news, feed=self.key, url=self.address.url)
