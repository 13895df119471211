"""Reports when alarms were first painted and first filmed: once each, many in one job."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QTimer, Signal

from services.core.clock import Clock
from services.domain.alarms import APART
from ui.jobs import UiJobs
from views.watch.ports import DisplayLog

# Long enough that a burst becomes one transaction, short beside the 500 ms budget it measures.
GATHER_MS = 100
Report = tuple[str, datetime | None, datetime | None]


class DisplayReports(QObject):
    """Takes monotonic moments from the surfaces and writes wall-clock times, in a job.

    Signals: displayed, filmed(alarm_id, monotonic s), once per alarm.
    """

    displayed = Signal(str, float)
    filmed = Signal(str, float)

    def __init__(self, log: DisplayLog, jobs: UiJobs, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._log = log
        self._jobs = jobs
        self._clock = clock
        self._displayed: set[str] = set()
        self._filmed: set[str] = set()
        self._waiting: dict[str, Report] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(GATHER_MS)
        self._timer.timeout.connect(self.send)

    def note_displayed(self, alarm_id: str, at_s: float) -> None:
        """Some surface painted the alarm at this monotonic moment."""
        if alarm_id not in self._displayed:
            self._displayed.add(alarm_id)
            self._note((alarm_id, self._wall_clock(at_s), None))
            self.displayed.emit(alarm_id, at_s)

    def note_filmed(self, alarm_id: str, at_s: float) -> None:
        """Some surface painted the alarm's first live picture."""
        if alarm_id not in self._filmed:
            self._filmed.add(alarm_id)
            self._note((alarm_id, None, self._wall_clock(at_s)))
            self.filmed.emit(alarm_id, at_s)

    def forget_all_but(self, alarm_ids: set[str]) -> None:
        self._displayed &= alarm_ids
        self._filmed &= alarm_ids

    def send(self) -> None:
        """Write what has gathered; also at the end of the program."""
        self._timer.stop()
        if self._waiting:
            self._jobs.run(_writing(self._log, list(self._waiting.values())))
            self._waiting = {}

    def _note(self, report: Report) -> None:
        if report[0].startswith(APART):
            return  # there is no row to write it to
        was = self._waiting.get(report[0], (report[0], None, None))
        self._waiting[report[0]] = (report[0], was[1] or report[1], was[2] or report[2])
        if not self._timer.isActive():
            self._timer.start()

    def _wall_clock(self, at_s: float) -> datetime:
        return self._clock.now() - timedelta(seconds=self._clock.monotonic() - at_s)


def _writing(log: DisplayLog, reports: list[Report]) -> Callable[[], object]:
    def write() -> object:
        return log(reports)

    return write
