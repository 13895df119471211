"""Reports when alarms were first painted and first filmed: once each, many in one job."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.domain.alarms import APART
from ui.jobs import UiJobs
from views.watch.patience import MANY, PART_PAUSE_MS, Patience
from views.watch.ports import DisplayLog

# Long enough that a burst becomes one transaction, short beside the 500 ms budget it measures.
GATHER_MS = 100
AGAIN_MS = 1000
MOST_AT_ONCE = 50
Report = tuple[str, datetime | None, datetime | None]


class DisplayReports(QObject):
    """Takes monotonic moments from the surfaces and writes wall-clock times, one job at a time.

    What a slow or absent database did not take is written later; a seat's other commands go on beside it.

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
        self._writing: list[Report] = []
        self._patience = Patience()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._send_some)

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

    def end(self) -> None:
        """The program ends: write all that has gathered, beside a part that is under way too."""
        self._timer.stop()
        rest, self._waiting = list(self._waiting.values()), {}
        if rest:
            self._jobs.run(partial(self._log, rest), None, self._not_written)

    def _send_some(self) -> None:
        pause_ms = self._patience.pause_ms(len(self._waiting))
        if pause_ms:
            self._timer.start(pause_ms)
        else:
            self._send()

    def _send(self) -> None:
        """The oldest first."""
        if self._waiting and not self._writing:
            self._writing = [self._waiting.pop(alarm_id) for alarm_id in list(self._waiting)[:MOST_AT_ONCE]]
            self._jobs.run(partial(self._log, self._writing), self._written, self._not_written)

    def _written(self, _saved: object) -> None:
        self._writing = []
        self._ask_to_send(PART_PAUSE_MS if len(self._waiting) >= MANY else GATHER_MS)

    def _not_written(self, _error: ServiceError) -> None:
        """The record is away, as the lamps say, or others were faster; what was seen is kept until it is
        written."""
        reports, self._writing = self._writing, []
        for report in reports:
            self._gather(report)
        self._ask_to_send(AGAIN_MS)

    def _ask_to_send(self, after_ms: int) -> None:
        if self._waiting and not self._writing and not self._timer.isActive():
            self._timer.start(after_ms)

    def _note(self, report: Report) -> None:
        if report[0].startswith(APART):
            return  # there is no row to write it to
        self._gather(report)
        self._ask_to_send(GATHER_MS)

    def _gather(self, report: Report) -> None:
        """Of two reports about one alarm the earlier moments count."""
        alarm_id, displayed_at, filmed_at = report
        _, was_displayed_at, was_filmed_at = self._waiting.get(alarm_id, (alarm_id, None, None))
        self._waiting[alarm_id] = (
            alarm_id,
            _earlier(was_displayed_at, displayed_at),
            _earlier(was_filmed_at, filmed_at),
        )

    def _wall_clock(self, at_s: float) -> datetime:
        return self._clock.now() - timedelta(seconds=self._clock.monotonic() - at_s)


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((at for at in (one, other) if at is not None), default=None)
