"""Two kinds of time: wall-clock for records, monotonic for ages and time-outs."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Where a service takes its time from, so that a test can move it."""

    def now(self) -> datetime:
        """The aware UTC time, with microseconds; for records and display only."""
        ...

    def monotonic(self) -> float:
        """Seconds that never jump; for ages, deadlines and back-off."""
        ...


class SystemClock:
    """The machine's clocks."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()


class ManualClock:
    """A clock that stands still until `advance` is called; for tests and drills."""

    def __init__(self, start_at: datetime, monotonic_s: float = 1000.0) -> None:
        self._now_at = start_at
        self._monotonic_s = monotonic_s

    def now(self) -> datetime:
        return self._now_at

    def monotonic(self) -> float:
        return self._monotonic_s

    def advance(self, seconds: float) -> None:
        self._now_at += timedelta(seconds=seconds)
        self._monotonic_s += seconds

    def set_wall(self, by_s: float) -> None:
        """As when somebody sets the machine's clock: the time of day jumps, and nothing has passed."""
        self._now_at += timedelta(seconds=by_s)
