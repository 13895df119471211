"""One camera's connection for recording: reads pictures and sound, reconnects, hands packets to its reel."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime
from functools import partial
from threading import Event

import av.error
import structlog
from av.packet import Packet
from av.stream import Stream

from services.core.backoff import Backoff
from services.core.clock import Clock
from services.core.workers import Worker
from services.domain.recordings import Cause, Segment
from services.recording.arriving import Settling, timed
from services.recording.connecting import broken_connections, opened_camera
from services.recording.files import Files
from services.recording.naming import Begun
from services.recording.plans import CameraPlan, CameraReport, Place
from services.recording.recovery import mend
from services.recording.reel import Came, Reel
from services.recording.streams import known_streams
from services.recording.writer import SegmentWriter
from services.video import trouble

FIRST_WAIT_S = 0.5
MOST_WAIT_S = 15.0
NO_DISK = "recording.no_disk"
DISK_FULL = "recording.disk_full"
DISK_FAILED = "recording.disk_failed"
BAD_PIECE = "recording.bad_piece"
# A pause after the disk refused: it will hardly take the next packet.
DISK_PAUSE_S = 2.0

log = structlog.get_logger(__name__)


class CameraRecorder:
    """Runs one thread. place: where to write now; may change between pieces.

    finished: told each finished piece, by that thread; took: how long each write took (s).
    """

    def __init__(
        self,
        plan: CameraPlan,
        place: Callable[[], Place | None],
        files: Files,
        clock: Clock,
        finished: Callable[[Segment], None],
        took: Callable[[float], None],
    ) -> None:
        self.plan = plan
        self._place = place
        self._files = files
        self._clock = clock
        self._took = took
        self._streams: Sequence[Stream] = ()
        self._writes_to: Place | None = None
        self._error = ""
        self._told = ""
        self._refuses_until_s = float("-inf")
        self._reel = Reel(plan.mode, plan.before_s, self._open_piece, self._finish, finished)
        self._finished = finished
        self.worker = Worker(f"record-{plan.camera}-{plan.stream}", self._run)

    def use(self, plan: CameraPlan) -> bool:
        """Go on by this plan, the connection stays; False = it is another stream's."""
        if not self.plan.is_same_stream(plan):
            return False
        self.plan = plan
        self._reel.use(plan.mode, plan.before_s)
        return True

    def want(self, seconds: float, cause: Cause) -> None:
        """Record for so long from now, with what came before."""
        self._reel.want(self._clock.monotonic() + seconds, cause)

    def report(self) -> CameraReport:
        reel, plan = self._reel, self.plan
        return CameraReport(
            plan.camera, self._error, reel.is_writing, reel.packets, reel.written_bytes, reel.seconds_held
        )

    def _run(self, stop: Event) -> None:
        waits = Backoff(FIRST_WAIT_S, MOST_WAIT_S)
        for code in broken_connections(self._connect_and_read, stop, self._clock, waits):
            self._settle(self._reel.end)
            if not stop.is_set():
                self._fail(code)

    def _connect_and_read(self, stop: Event) -> None:
        with ExitStack() as held:
            container = opened_camera(self.plan.address, held)
            self._streams = known_streams(container)
            if not self._streams:
                raise trouble.StreamTrouble(trouble.BAD_STREAM)
            video = self._streams[0]
            for came in self._arrivals(timed(container.demux(*self._streams)), video):
                if stop.is_set():
                    return
                self._settle(partial(self._reel.take, came))
                if self._error.startswith("video."):
                    self._fail("")

    def _arrivals(self, packets: Iterable[Packet[Stream]], video: Stream) -> Iterator[Came]:
        """A connection that ends before it has settled has sent its packets all the same."""
        settling = Settling(self._clock, video.index)
        try:
            for packet in packets:
                yield from settling.take(packet)
        except Exception:
            yield from settling.rest()
            raise
        yield from settling.rest()

    def _settle(self, act: Callable[[], None]) -> None:
        """Let the reel work; a disk that refuses costs the open piece's end, not the connection."""
        if self._clock.monotonic() < self._refuses_until_s:
            return
        try:
            act()
        except OSError as error:
            self._leave_piece(DISK_FULL if error.errno in (errno.ENOSPC, errno.EDQUOT) else DISK_FAILED)
            return
        except (av.error.FFmpegError, ValueError):
            # What came cannot be put into a file; what was written of the piece is kept.
            self._leave_piece(BAD_PIECE)
            return
        if self._error.startswith("recording.") and self._reel.is_writing:
            self._fail("")

    def _leave_piece(self, code: str) -> None:
        begun, place = self._reel.leave(), self._writes_to
        self._fail(code)
        self._refuses_until_s = self._clock.monotonic() + DISK_PAUSE_S
        if begun is not None and place is not None:
            segment = mend(self._files, place.root, begun, place.disk)
            if segment is not None:
                self._finished(segment)

    def _open_piece(self, first: Came, cause: Cause) -> SegmentWriter | None:
        place = self._place()
        if place is None:
            self._fail(NO_DISK)
            return None
        self._writes_to = place
        begun = Begun(self.plan.camera, self.plan.stream, first.at, cause)
        return SegmentWriter(self._files, place.root, begun, self._streams, self._took)

    def _finish(self, writer: SegmentWriter, at: datetime) -> Segment | None:
        assert self._writes_to is not None
        return writer.finish(at, self._writes_to.disk)

    def _fail(self, code: str) -> None:
        """One log line per change, without anything a library said."""
        self._error = code
        if code == self._told:
            return
        self._told = code
        if code:
            log.warning(code, camera=self.plan.camera, stream=self.plan.stream)
        else:
            log.info("recording.again", camera=self.plan.camera, stream=self.plan.stream)
