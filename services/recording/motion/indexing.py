"""Lays beside each finished piece what moved during it, once all of it has been looked at."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from threading import Event, Lock

import structlog

from services.core.clock import Clock
from services.core.workers import Worker
from services.domain.motion import MovingSeconds, covers, moving_seconds
from services.recording.files import Files
from services.recording.motion.plans import IndexPiece
from services.recording.motion.remaking import from_keys
from services.recording.motion.sidefile import MotionIndex, write_index
from services.recording.motion.watcher import CameraWatch

# Looks come in batches of a second, and a camera's packets may be late.
PATIENCE_S = 6.0
LOOK_EVERY_S = 0.5
# An hour of a hundred cameras; what goes beyond is made by `shouwang recordings index`.
MOST_WAITING = 6000

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Waiting:
    piece: IndexPiece
    came_s: float


class Indexer:
    """Runs one thread. watch_of: who looks at a camera, if somebody does; indexed: told each row wanted."""

    def __init__(
        self,
        files: Files,
        clock: Clock,
        watch_of: Callable[[str], CameraWatch | None],
        indexed: Callable[[MovingSeconds], None],
    ) -> None:
        self._files = files
        self._clock = clock
        self._watch_of = watch_of
        self._indexed = indexed
        self._lock = Lock()
        self._waiting: deque[_Waiting] = deque(maxlen=MOST_WAITING)
        self._failing = ""
        self.count = 0
        self.remade = 0
        self._worker = Worker("motion-index", self._run)

    def start(self) -> None:
        self._worker.start()

    def stop(self, limit_s: float) -> None:
        """What waits is written with what has been seen of it."""
        self._worker.stop(limit_s)

    def put(self, piece: IndexPiece) -> None:
        """Any thread."""
        with self._lock:
            self._waiting.append(_Waiting(piece, self._clock.monotonic()))

    def _run(self, stop: Event) -> None:
        while not stop.wait(LOOK_EVERY_S):
            self._once(is_last=False, stop=stop)
        self._once(is_last=True, stop=stop)

    def _once(self, *, is_last: bool, stop: Event) -> None:
        with self._lock:
            waiting = list(self._waiting)
            self._waiting.clear()
        for number, one in enumerate(waiting):
            if is_last or self._is_due(one):
                # At the end there is no time to decode pictures: those pieces wait for the command.
                self._make(one.piece, may_remake=not is_last)
            else:
                with self._lock:
                    self._waiting.append(one)
            if stop.is_set() and not is_last:
                with self._lock:
                    self._waiting.extend(waiting[number + 1 :])
                return

    def _is_due(self, waiting: _Waiting) -> bool:
        segment = waiting.piece.segment
        watch = self._watch_of(segment.camera)
        is_seen = watch is None or watch.has_seen(segment.ends_at)
        return is_seen or self._clock.monotonic() - waiting.came_s > PATIENCE_S

    def _make(self, piece: IndexPiece, *, may_remake: bool) -> None:
        segment = piece.segment
        watch = self._watch_of(segment.camera)
        looks = watch.looks(segment.begins_at, segment.ends_at) if watch is not None else ()
        index: MotionIndex | None = None
        if covers(looks, segment.begins_at, segment.ends_at):
            index = MotionIndex(looks)
            self.count += 1
        elif may_remake:
            index = from_keys(piece.root / segment.path, segment)
            self.remade += 1
        if index is not None and self._write(piece, index):
            self._indexed(row_of(piece, index))

    def _write(self, piece: IndexPiece, index: MotionIndex) -> bool:
        try:
            write_index(self._files, piece.root, piece.segment, index)
        except OSError as error:
            self._note(type(error).__name__)
            return False
        self._note("")
        return True

    def _note(self, error: str) -> None:
        """A disk that refuses is the recorder's alarm: here it is only noted, once per change."""
        if error and error != self._failing:
            log.info("motion.not_written", error=error)
        self._failing = error


def row_of(piece: IndexPiece, index: MotionIndex) -> MovingSeconds:
    segment = piece.segment
    longest = segment.ends_at - segment.begins_at + timedelta(seconds=1)
    looks = [look for look in index.looks if look.at - segment.begins_at <= longest]
    seconds = moving_seconds(looks, segment.begins_at)
    return MovingSeconds(segment.camera, segment.disk, segment.path, segment.begins_at, seconds)
