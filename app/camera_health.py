"""This seat's share in the record of camera health: reports what it sees, counts what is well."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from functools import partial

from PySide6.QtCore import QObject, QTimer

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.devices.health import HealthDesk
from services.devices.reporting import SeatReporter
from services.domain.video import FeedStatus
from ui.board import LiveBoard
from ui.jobs import UiJobs
from views.watch.presenter import WatchPresenter

EVERY_MS = 1000
# A trouble that is over before is no news for the top bar.
COUNTED_AFTER = timedelta(seconds=10)


class CameraHealthReports(QObject):
    """Looks at the open streams once a second; one writing at a time: a slow database gets no queue."""

    def __init__(
        self,
        desk: HealthDesk,
        watch: WatchPresenter,
        jobs: UiJobs,
        clock: Clock,
        seat: str,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._watch = watch
        self._jobs = jobs
        self._clock = clock
        self._seat = seat
        self._reporter = SeatReporter()
        self._is_writing = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def look(self) -> None:
        if self._is_writing:
            return
        # The seat's own wall last: where two show a camera, it counts.
        statuses: dict[str, FeedStatus] = {}
        for wall in reversed(self._watch.walls):
            statuses.update(wall.seen_statuses())
        reports = self._reporter.news(statuses, self._clock.now(), self._clock.monotonic())
        if reports:
            self._is_writing = True
            self._jobs.run(partial(self._desk.report, reports, self._seat), self._done, self._failed)

    def _done(self, _changed: object) -> None:
        self._is_writing = False

    def _failed(self, _error: ServiceError) -> None:
        """The lamps tell that the database is away; what it missed is told again."""
        self._is_writing = False
        self._reporter.tell_again()


def count_well(live: LiveBoard, cameras: Collection[str], clock: Clock) -> tuple[int, int]:
    """How many of the site's cameras are well, and of how many anything is known."""
    now_at = clock.now()
    known = [health for no, health in live.board.cameras.items() if no in cameras]
    ill = [health for health in known if health.is_troubled and now_at - health.since_at > COUNTED_AFTER]
    return len(known) - len(ill), len(known)
