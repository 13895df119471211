"""Which moment of the past is shown now: one clock for all cameras of a playback."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Condition

from services.core.clock import Clock

SPEEDS = (0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0)


def next_speed(speed: float, by: int) -> float:
    """So many of SPEEDS on (or back, negative) from the one nearest to `speed`, the same way in time."""
    at = min(range(len(SPEEDS)), key=lambda number: abs(SPEEDS[number] - abs(speed)))
    found = SPEEDS[max(0, min(len(SPEEDS) - 1, at + by))]
    return -found if speed < 0 else found


@dataclass(frozen=True, slots=True)
class Reading:
    """The clock, read once. changes: grows with everything that was done to it; jumps: with every `seek`."""

    at: datetime
    speed: float
    jumps: int
    changes: int


class PlaybackClock:
    """May be asked and set by any thread. Begins paused at `at`."""

    def __init__(self, clock: Clock, at: datetime) -> None:
        self._clock = clock
        self._changed = Condition()
        self._at = at
        self._since_s = clock.monotonic()
        self._speed = 0.0
        self._jumps = 0
        self._changes = 0
        self._followers = 0

    @property
    def speed(self) -> float:
        """Seconds of the past in one of the present; 0 = paused, negative = backwards."""
        return self._speed

    @property
    def jumps(self) -> int:
        """Grows with every `seek`: who decodes ahead then begins anew."""
        return self._jumps

    @property
    def followers(self) -> int:
        """How many cameras are decoded for this clock: they share the machine."""
        return self._followers

    def now(self) -> datetime:
        """The moment shown now."""
        with self._changed:
            return self._now()

    def read(self) -> Reading:
        with self._changed:
            return Reading(self._now(), self._speed, self._jumps, self._changes)

    def play(self, speed: float) -> None:
        """Go on from here at this speed; 0 pauses."""
        with self._changed:
            self._at, self._since_s = self._now(), self._clock.monotonic()
            self._speed = speed
            self._tell()

    def seek(self, at: datetime) -> None:
        """Jump there, and go on at the same speed."""
        with self._changed:
            self._at, self._since_s = at, self._clock.monotonic()
            self._jumps += 1
            self._tell()

    def seek_from(self, reading: Reading, at: datetime) -> None:
        """The same, unless somebody jumped elsewhere since `reading`."""
        with self._changed:
            if self._jumps == reading.jumps:
                self._at, self._since_s = at, self._clock.monotonic()
                self._jumps += 1
                self._tell()

    def wake(self) -> None:
        """Nothing has changed here, but who waits should look again."""
        with self._changed:
            self._tell()

    def wait(self, changes: int, timeout_s: float) -> None:
        """Until something was done since `Reading.changes`, or so long."""
        with self._changed:
            if self._changes == changes:
                self._changed.wait(timeout_s)

    def follow(self, by: int) -> None:
        """A camera more (1) or less (-1) is decoded."""
        with self._changed:
            self._followers += by

    def _tell(self) -> None:
        self._changes += 1
        self._changed.notify_all()

    def _now(self) -> datetime:
        gone_s = self._clock.monotonic() - self._since_s
        return self._at + timedelta(seconds=gone_s * self._speed)
