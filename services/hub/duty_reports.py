"""When duty reports are due by themselves: of the last whole day, week, month, quarter; each written once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, time, tzinfo
from pathlib import Path
from typing import Protocol

import structlog

from services.core.clock import Clock
from services.domain.periods import Period, PeriodKind, period_before, period_of

LOOK_EVERY_S = 30.0
# A full disk or a database that is away is given time.
AGAIN_AFTER_S = 900.0
# A quarter of a busy site takes a minute or two; whatever is longer hangs.
LONGEST_S = 600.0
# How many periods back a hub that was away makes up for.
LOOK_BACK = {PeriodKind.DAY: 31, PeriodKind.WEEK: 5, PeriodKind.MONTH: 3, PeriodKind.QUARTER: 2}
FILE_NAME = re.compile(r"(day|week|month|quarter)-(\d{4}-\d\d-\d\d)\.pdf", re.ASCII)

log = structlog.get_logger(__name__)


class Writing(Protocol):
    """A report that is being written."""

    @property
    def is_over(self) -> bool: ...
    def stop(self) -> None: ...


class DutyReportTimer:
    """`tick` it often, from one thread; whatever goes wrong is logged and tried again, and never comes out.

    A report that lies in the folder is written, so nothing is written twice. What is missing since the first
    one there is made up for, as far as LOOK_BACK; an empty folder begins with the last period.

    start: begins to write the report of the period that holds the day, into the file.
    """

    def __init__(
        self, folder: Path, at: time, clock: Clock, start: Callable[[PeriodKind, date, Path], Writing]
    ) -> None:
        self._folder = folder
        self._at = at
        self._clock = clock
        self._start = start
        self._writing: Writing | None = None
        self._began_s = 0.0
        self._trouble = ""
        self._next_look_s = float("-inf")
        self._tried_s: dict[Path, float] = {}

    def tick(self) -> None:
        """Begin at most one; never blocks on the writing."""
        now_s = self._clock.monotonic()
        try:
            if self._is_busy(now_s):
                return
            self._writing, self._next_look_s = None, now_s + LOOK_EVERY_S
            self._begin(now_s)
        except Exception as error:  # noqa: BLE001 - the hub hears alarms: no report may end it
            self._say_once(error)

    def stop(self) -> None:
        if self._writing is not None and not self._writing.is_over:
            self._writing.stop()

    def _is_busy(self, now_s: float) -> bool:
        """One is being written, or it is too soon to look; one that hangs is ended."""
        if self._writing is None:
            return now_s < self._next_look_s
        if self._writing.is_over:
            return False
        if now_s - self._began_s < LONGEST_S:
            return True
        log.error("report.hangs", limit_s=LONGEST_S)
        self._writing.stop()
        return False

    def _begin(self, now_s: float) -> None:
        due = self._due(now_s)
        if due is not None:
            kind, day, file = due
            self._tried_s[file] = self._began_s = now_s
            log.info("report.due", kind=kind.value, file=file.name)
            self._writing = self._start(kind, day, file)
            self._trouble = ""

    def _say_once(self, error: Exception) -> None:
        told = f"{type(error).__name__}: {error}"
        if told != self._trouble:
            self._trouble = told
            log.error("report.cannot_begin", reason=told)

    def _due(self, now_s: float) -> tuple[PeriodKind, date, Path] | None:
        local = self._clock.now().astimezone()
        zone = local.tzinfo
        assert zone is not None
        if local.time() < self._at:
            return None
        there = set(self._folder.iterdir()) if self._folder.exists() else set()
        for kind in PeriodKind:
            for period in self._periods(kind, local.date(), zone, there):
                file = self._file(period)
                is_fresh = now_s - self._tried_s.get(file, float("-inf")) < AGAIN_AFTER_S
                if not is_fresh and file not in there:
                    return kind, period.first_on, file
        return None

    def _periods(self, kind: PeriodKind, today: date, zone: tzinfo, there: set[Path]) -> Iterator[Period]:
        """The last whole one, then back to the first that was ever written or tried."""
        known = [day for file in there | self._tried_s.keys() if (day := _day_of(kind, file)) is not None]
        period = period_of(kind, today, zone)
        for back in range(LOOK_BACK[kind]):
            period = period_before(period, zone)
            if back and (not known or period.first_on < min(known)):
                return
            yield period

    def _file(self, period: Period) -> Path:
        return self._folder / f"{period.kind.value}-{period.first_on.isoformat()}.pdf"


def _day_of(kind: PeriodKind, file: Path) -> date | None:
    """The first day that a report's name tells; None for anything else."""
    name = FILE_NAME.fullmatch(file.name)
    if name is None or name[1] != kind.value:
        return None
    try:
        return date.fromisoformat(name[2])
    except ValueError:
        return None
