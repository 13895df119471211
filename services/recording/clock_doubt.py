"""Whether the wall clock was set so lately that nothing may be lost by what it says."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from services.core.clock import Clock
from services.core.clockset import ClockSet

# A clock that was set may be wrong now, or may have been before: nothing ends by age for so long.
LARGE_SETTING = timedelta(hours=1)
DOUBT_S = 86_400.0

log = structlog.get_logger(__name__)


class ClockDoubt:
    """Of a clock's settings since this was made; look often, from one thread."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._set = ClockSet(clock)
        self._trusted = timedelta()
        self._before = timedelta()
        self._until_s = float("-inf")

    def look(self) -> bool:
        """Whether there is doubt now."""
        now_s, total = self._clock.monotonic(), self._set.look()
        if abs(total - self._trusted) >= LARGE_SETTING:
            if now_s >= self._until_s:
                self._before = self._trusted
            self._trusted, self._until_s = total, now_s + DOUBT_S
            log.warning("recording.clock_set", by_s=round(total.total_seconds()))
        return now_s < self._until_s

    def earliest_now(self) -> datetime:
        """By the clock as it is, or in doubt as it would be without the setting, if that is earlier."""
        now = self._clock.now()
        return min(now, now - (self._trusted - self._before)) if self.look() else now
