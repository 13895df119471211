"""Which span of time lies over which pixels; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

SHORTEST = timedelta(seconds=10)
LONGEST = timedelta(days=31)
# Between two words of the scale.
LEAST_WORD_PX = 90
_TICKS = tuple(
    timedelta(seconds=s)
    for s in (1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21600, 43200, 86400, 604800)
)


@dataclass(frozen=True, slots=True)
class TimeScale:
    """left_px, width_px: of the line itself, beside the names."""

    since: datetime
    until: datetime
    left_px: float
    width_px: float

    @property
    def length(self) -> timedelta:
        return self.until - self.since

    def x_of(self, at: datetime) -> float:
        return self.left_px + (at - self.since) / self.length * self.width_px

    def at(self, x_px: float) -> datetime:
        return self.since + self.length * ((x_px - self.left_px) / max(1.0, self.width_px))

    def zoomed(self, factor: float, x_px: float) -> TimeScale:
        """Longer by `factor`, with the moment under `x_px` where it was; within SHORTEST and LONGEST."""
        length = min(LONGEST, max(SHORTEST, self.length * factor))
        share = (x_px - self.left_px) / max(1.0, self.width_px)
        since = self.at(x_px) - length * share
        return TimeScale(since, since + length, self.left_px, self.width_px)

    def moved(self, by: timedelta) -> TimeScale:
        return TimeScale(self.since + by, self.until + by, self.left_px, self.width_px)

    def shows(self, at: datetime) -> bool:
        return self.since <= at <= self.until

    def stretch(self, since: datetime, until: datetime) -> tuple[float, float] | None:
        """From where to where a span is seen, at least a pixel; None when it is outside."""
        left = max(self.left_px, self.x_of(since))
        right = min(self.left_px + self.width_px, self.x_of(until))
        return (left, max(left + 1.0, right)) if right > left else None

    def ticks(self) -> list[datetime]:
        """Round local moments, far enough apart for their words."""
        most = max(1.0, self.width_px / LEAST_WORD_PX)
        step = next((tick for tick in _TICKS if self.length / tick <= most), _TICKS[-1])
        local = self.since.astimezone()
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
        first = midnight + step * ((local - midnight) // step)
        count = int((self.until - first) / step) + 1
        return [at for number in range(count) if self.shows(at := first + step * number)]
