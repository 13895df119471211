"""Looking for motion as the hub carries it: which cameras are looked at, and the rows of what was seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from queue import Empty, SimpleQueue

from services.domain.motion import MovingSeconds
from services.domain.recordings import Segment
from services.recording.motion.plans import Report, WatchPlan
from services.recording.motion.watch import MotionWatch
from services.recording.plans import Place
from services.storage import Database, Tx

AT_ONCE = 500


class HubMotion:
    """`tick` by the hub's rounds, `finished` by any thread. moving: told each second while something moves.

    Nothing waits for it: what it cannot do now, `shouwang recordings index` does later.
    """

    def __init__(
        self, database: Database, places: Callable[[], Sequence[Place]], moving: Callable[[str], None]
    ) -> None:
        self._database = database
        self._places = places
        self._new: SimpleQueue[MovingSeconds] = SimpleQueue()
        self._waiting: list[MovingSeconds] = []
        self._watch = MotionWatch(moving, self._new.put)

    def start(self) -> None:
        self._watch.start()

    def request_stop(self) -> None:
        self._watch.request_stop()

    def stop(self) -> None:
        self._watch.stop()

    @property
    def report(self) -> Report | None:
        return self._watch.report

    def finished(self, segment: Segment) -> None:
        """A piece has its final name."""
        root = next((place.root for place in self._places() if place.disk == segment.disk), None)
        if root is not None:
            self._watch.index(segment, root)

    def tick(self, plans: tuple[WatchPlan, ...]) -> None:
        """Look at these cameras; raises ServiceError("storage.*"), and tries the rows again next time."""
        self._watch.use(plans)
        try:
            while len(self._waiting) < AT_ONCE:
                self._waiting.append(self._new.get_nowait())
        except Empty:
            pass
        if self._waiting:
            self._database.write(partial(_put_rows, found=self._waiting))
            self._waiting = []


def _put_rows(tx: Tx, found: Sequence[MovingSeconds]) -> None:
    tx.motion.put_all(found)
