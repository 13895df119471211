"""Looking for motion as the hub carries it: which cameras are looked at, and the rows of what was seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from queue import Empty, SimpleQueue

from services.core.clock import Clock
from services.domain.motion import MovingSeconds
from services.domain.recordings import Segment
from services.recording.motion.plans import Report, WatchPlan
from services.recording.motion.watch import MotionWatch
from services.recording.plans import Place
from services.storage import Database, Tx, View

AT_ONCE = 500
# What a process that ended left without index gets one from its key pictures; older pieces wait for the
# command, or a new disk full of them would keep the process busy for days.
CATCHES_UP = timedelta(hours=24)
MOST_CAUGHT_UP = 2000
# What ended so lately is still on its way.
SETTLES = timedelta(minutes=3)


class HubMotion:
    """`tick` by the hub's rounds, `finished` by any thread. moving: told each second while something moves.

    Nothing waits for it: what it cannot do now, `shouwang recordings index` does later.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        places: Callable[[], Sequence[Place]],
        moving: Callable[[str], None],
    ) -> None:
        self._database = database
        self._clock = clock
        self._places = places
        self._new: SimpleQueue[MovingSeconds] = SimpleQueue()
        self._waiting: list[MovingSeconds] = []
        self._watch = MotionWatch(moving, self._new.put)
        # The process that knows of the pieces of each disk.
        self._caught_up: dict[str, int] = {}

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
        self._catch_up()
        try:
            while len(self._waiting) < AT_ONCE:
                self._waiting.append(self._new.get_nowait())
        except Empty:
            pass
        if self._waiting:
            self._database.write(partial(_put_rows, found=self._waiting))
            self._waiting = []

    def _catch_up(self) -> None:
        """For each new process, and each disk that comes: what the one before did not come to."""
        pid = self._watch.pid
        if pid is None or self._watch.report is None:
            return
        until = self._clock.now() - SETTLES
        for place in self._places():
            if self._caught_up.get(place.disk) != pid:
                ask = partial(_left_over, disk=place.disk, since=until - CATCHES_UP, until=until)
                for segment in self._database.read(ask):
                    self._watch.index(segment, place.root)
                self._caught_up[place.disk] = pid


def _left_over(view: View, disk: str, since: datetime, until: datetime) -> list[Segment]:
    return view.segments.without_motion(disk, since, until, MOST_CAUGHT_UP)


def _put_rows(tx: Tx, found: Sequence[MovingSeconds]) -> None:
    tx.motion.put_all(found)
