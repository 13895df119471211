"""Which moment of the past is shown now: one clock for all cameras of a playback."""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Lock

from services.core.clock import Clock

SPEEDS = (0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0)


class PlaybackClock:
    """May be asked and set by any thread. Begins paused at `at`."""

    def __init__(self, clock: Clock, at: datetime) -> None:
        self._clock = clock
        self._lock = Lock()
        self._at = at
        self._since_s = clock.monotonic()
        self._speed = 0.0
        self._jumps = 0

    @property
    def speed(self) -> float:
        """Seconds of the past in one of the present; 0 = paused, negative = backwards."""
        return self._speed

    @property
    def jumps(self) -> int:
        """Grows with every `seek`: who decodes ahead then begins anew."""
        return self._jumps

    def now(self) -> datetime:
        """The moment shown now."""
        with self._lock:
            return self._now()

    def play(self, speed: float) -> None:
        """Go on from here at this speed; 0 pauses."""
        with self._lock:
            self._at, self._since_s = self._now(), self._clock.monotonic()
            self._speed = speed

    def seek(self, at: datetime) -> None:
        """Jump there, and go on at the same speed."""
        with self._lock:
            self._at, self._since_s = at, self._clock.monotonic()
            self._jumps += 1

    def _now(self) -> datetime:
        gone_s = self._clock.monotonic() - self._since_s
        return self._at + timedelta(seconds=gone_s * self._speed)
