"""Gives finished files their rows: again and again until the record takes them, by name after a crash."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from queue import Empty, SimpleQueue
from threading import Event

import structlog

from services.core.errors import ServiceError
from services.core.workers import Worker
from services.domain.recordings import Segment
from services.recording.plans import Place
from services.recording.recovery import found_on
from services.storage import Database, Tx

AT_ONCE = 200
AGAIN_S = 2.0
_LOOK_EVERY_S = 0.2

log = structlog.get_logger(__name__)


class Index:
    """Runs one thread; `finished` may be called by any. places: the disks that are there now."""

    def __init__(self, database: Database, places: Callable[[], Sequence[Place]]) -> None:
        self._database = database
        self._places = places
        self._new: SimpleQueue[Segment] = SimpleQueue()
        self._known: set[str] = set()
        self._is_waiting = False
        self._worker = Worker("recording-index", self._run)

    def start(self) -> None:
        self._worker.start()

    def stop(self, limit_s: float) -> None:
        """What is finished has its row, if the database takes it in time."""
        self._worker.stop(limit_s)

    def finished(self, segment: Segment) -> None:
        """A file has its final name."""
        self._new.put(segment)

    def _run(self, stop: Event) -> None:
        waiting: list[Segment] = []
        while not stop.is_set() or waiting or not self._new.empty():
            waiting += self._taken(AT_ONCE - len(waiting))
            try:
                self._find_lost()
                if waiting:
                    self._add(waiting)
                    waiting = []
            except (ServiceError, OSError) as error:
                self._note_wait(error.code if isinstance(error, ServiceError) else type(error).__name__)
                if stop.wait(AGAIN_S):
                    return  # the files' names say it all: the next start finds them
            else:
                self._is_waiting = False

    def _taken(self, most: int) -> list[Segment]:
        taken: list[Segment] = []
        try:
            taken.append(self._new.get(timeout=_LOOK_EVERY_S))
            while len(taken) < most:
                taken.append(self._new.get_nowait())
        except Empty:
            pass
        return taken

    def _find_lost(self) -> None:
        """Once for each disk that comes: files without a row, which a crash left between the two."""
        for place in self._places():
            if place.disk not in self._known:
                lost = list(found_on(place.root, place.disk))
                for at in range(0, len(lost), AT_ONCE):
                    self._add(lost[at : at + AT_ONCE])
                self._known.add(place.disk)

    def _add(self, segments: Sequence[Segment]) -> None:
        self._database.write(partial(_add_rows, segments=segments))

    def _note_wait(self, code: str) -> None:
        if not self._is_waiting:
            log.warning("recording.rows_wait", code=code)
        self._is_waiting = True


def _add_rows(tx: Tx, segments: Sequence[Segment]) -> None:
    tx.segments.add_all(segments)
