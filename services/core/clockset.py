"""Notices that somebody set the machine's clock: waiting is measured by what really passed."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from services.core.clock import Clock

# Less is drift, or a thread that was kept waiting.
LEAST_S = 5.0

log = structlog.get_logger(__name__)


class ClockSet:
    """How far the wall clock was set, forwards or back, since this was made; look often, from one thread."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._at: datetime = clock.now()
        self._at_s = clock.monotonic()
        self._total = timedelta()

    def look(self) -> timedelta:
        """The sum of all settings so far; each is logged once."""
        at, at_s = self._clock.now(), self._clock.monotonic()
        by_s = (at - self._at).total_seconds() - (at_s - self._at_s)
        self._at, self._at_s = at, at_s
        if abs(by_s) >= LEAST_S:
            self._total += timedelta(seconds=by_s)
            log.warning("clock.was_set", by_s=round(by_s, 1))
        return self._total

    @property
    def total(self) -> timedelta:
        """As of the last look."""
        return self._total
