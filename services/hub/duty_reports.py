"""When duty reports are due by themselves: of the last whole day, week, month, quarter; each written once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Protocol

import structlog

from services.core.clock import Clock
from services.domain.periods import PeriodKind, period_before, period_of

LOOK_EVERY_S = 30.0
# A full disk or a database that is away is given time.
AGAIN_AFTER_S = 900.0

log = structlog.get_logger(__name__)


class Writing(Protocol):
    """A report that is being written."""

    @property
    def is_over(self) -> bool: ...
    def stop(self) -> None: ...


class DutyReportTimer:
    """`tick` it often, from one thread. A report that lies in the folder is written; so nothing is forgotten
    when the hub was away at the time, and nothing written twice.

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
        self._next_look_s = float("-inf")
        self._tried_s: dict[Path, float] = {}

    def tick(self) -> None:
        """Begin at most one; never blocks on the writing."""
        now_s = self._clock.monotonic()
        if self._writing is not None and not self._writing.is_over:
            return
        if self._writing is None and now_s < self._next_look_s:
            return
        self._writing, self._next_look_s = None, now_s + LOOK_EVERY_S
        due = self._due(now_s)
        if due is not None:
            kind, day, file = due
            self._tried_s[file] = now_s
            log.info("report.due", kind=kind.value, file=file.name)
            self._writing = self._start(kind, day, file)

    def stop(self) -> None:
        if self._writing is not None and not self._writing.is_over:
            self._writing.stop()

    def _due(self, now_s: float) -> tuple[PeriodKind, date, Path] | None:
        local = self._clock.now().astimezone()
        zone = local.tzinfo
        assert zone is not None
        if local.time() < self._at:
            return None
        for kind in PeriodKind:
            period = period_before(period_of(kind, local.date(), zone), zone)
            file = self._folder / f"{kind.value}-{period.first_on.isoformat()}.pdf"
            is_fresh = now_s - self._tried_s.get(file, float("-inf")) < AGAIN_AFTER_S
            if not is_fresh and not file.exists():
                return kind, period.first_on, file
        return None
