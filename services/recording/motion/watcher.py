"""Looks at one camera's small stream all the time and remembers the last minutes of what moved in it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from threading import Event, Lock

import structlog
from av.packet import Packet
from av.video.stream import VideoStream

from services.core.backoff import Backoff
from services.core.clock import Clock
from services.core.workers import Worker
from services.domain.motion import Look
from services.recording.arrival import ArrivalClock
from services.recording.connecting import broken_connections, opened_camera
from services.recording.motion.detector import MotionDetector
from services.recording.motion.eyes import LOOK_EVERY_S, Eyes
from services.recording.motion.plans import WatchPlan, WatchReport
from services.recording.motion.stirring import Stirring
from services.recording.streams import known_streams
from services.video import trouble

FIRST_WAIT_S = 1.0
MOST_WAIT_S = 30.0
# So much is decoded at once.
BATCH_S = 1.0
# Longer than the longest piece with what was held before its alarm.
REMEMBERED_S = 400.0
SAY_EVERY_S = 1.0

log = structlog.get_logger(__name__)


class CameraWatch:
    """Runs one thread. moving: told each second while something moves, by that thread."""

    def __init__(self, plan: WatchPlan, clock: Clock, moving: Callable[[str], None]) -> None:
        self.plan = plan
        self._clock = clock
        self._moving = moving
        self._said_s = float("-inf")
        self._lock = Lock()
        self._looks: deque[Look] = deque(maxlen=round(REMEMBERED_S / LOOK_EVERY_S))
        self._count = 0
        self._error = ""
        self._detector = MotionDetector()
        self._stirring = Stirring()
        self.worker = Worker(f"motion-{plan.camera}", self._run)

    def report(self) -> WatchReport:
        return WatchReport(self.plan.camera, self._error, self._count)

    def looks(self, since: datetime, until: datetime) -> tuple[Look, ...]:
        """What is remembered of [since, until]."""
        with self._lock:
            return tuple(look for look in self._looks if since <= look.at <= until)

    def has_seen(self, at: datetime) -> bool:
        """All up to that moment has been looked at."""
        with self._lock:
            return bool(self._looks) and self._looks[-1].at >= at

    def _run(self, stop: Event) -> None:
        waits = Backoff(FIRST_WAIT_S, MOST_WAIT_S)
        for code in broken_connections(self._connect_and_look, stop, self._clock, waits):
            if not stop.is_set():
                self._fail(code)

    def _connect_and_look(self, stop: Event) -> None:
        with ExitStack() as held:
            container = opened_camera(self.plan.address, held, "video")
            if not known_streams(container):
                raise trouble.StreamTrouble(trouble.BAD_STREAM)
            video = container.streams.video[0]
            eyes, arrivals = Eyes(video), ArrivalClock()
            began_s, first_s = self._clock.monotonic(), None
            for batch in self._batches(container.demux(video), arrivals):
                if stop.is_set():
                    return
                for glance in eyes.glances(batch):
                    at = arrivals.at(glance.media_s)
                    first_s = glance.media_s if first_s is None else first_s
                    # By a time that nobody sets: the detector learns by what really passed.
                    cells = self._detector.look(glance.luma, began_s + glance.media_s - first_s)
                    self._remember(Look(at, cells))
                    if self._error:
                        self._fail("")

    def _batches(
        self, packets: Iterator[Packet[VideoStream]], arrivals: ArrivalClock
    ) -> Iterator[list[Packet[VideoStream]]]:
        batch: list[Packet[VideoStream]] = []
        began_s = self._clock.monotonic()
        for packet in packets:
            if not packet.size:
                continue
            now_s = self._clock.monotonic()
            if packet.dts is not None and packet.time_base is not None:
                arrivals.note(float(packet.dts * packet.time_base), self._clock.now(), now_s)
            batch.append(packet)
            if now_s - began_s >= BATCH_S:
                yield batch
                batch, began_s = [], now_s

    def _remember(self, look: Look) -> None:
        with self._lock:
            self._looks.append(look)
        self._count += 1
        now_s = self._clock.monotonic()
        if self._stirring.look(look.cells) and now_s - self._said_s >= SAY_EVERY_S:
            self._said_s = now_s
            self._moving(self.plan.camera)

    def _fail(self, code: str) -> None:
        """The recorder warns of a camera that is away: here it is only noted, once per change."""
        if code != self._error:
            log.info("motion.away" if code else "motion.looks", camera=self.plan.camera, code=code)
        self._error = code
