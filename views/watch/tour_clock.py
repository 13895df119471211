"""When a tour moves on; pure, time is given."""

from __future__ import annotations

from collections.abc import Sequence

from services.domain.walls import Stop

# The next stop is opened so long before it is shown.
AHEAD_S = 3.0


class TourClock:
    """At which stop a tour is and how long it stays; `now_s` is monotonic everywhere."""

    def __init__(self, stops: Sequence[Stop], now_s: float) -> None:
        self._stops = tuple(stops)
        self._since_s = now_s
        self._paused_s: float | None = None
        self.position = 0

    @property
    def stop(self) -> Stop:
        return self._stops[self.position]

    @property
    def count(self) -> int:
        return len(self._stops)

    @property
    def is_standing(self) -> bool:
        return self._paused_s is not None

    def stand(self, now_s: float) -> None:
        if self._paused_s is None:
            self._paused_s = now_s

    def go_on(self, now_s: float) -> None:
        """The rest of the stop's time runs on."""
        if self._paused_s is not None:
            self._since_s += now_s - self._paused_s
            self._paused_s = None

    def left_s(self, now_s: float) -> float:
        until_s = self._paused_s if self._paused_s is not None else now_s
        return max(0.0, self.stop.dwell_s - (until_s - self._since_s))

    def is_over(self, now_s: float) -> bool:
        return not self.is_standing and self.left_s(now_s) <= 0

    def is_soon_over(self, now_s: float) -> bool:
        return not self.is_standing and self.left_s(now_s) <= AHEAD_S

    def go_to(self, position: int, now_s: float) -> None:
        """Begin a stop, standing or not as before."""
        self.position = position % self.count
        self._since_s = now_s
        if self._paused_s is not None:
            self._paused_s = now_s

    def from_here(self, by: int) -> list[int]:
        """All stops in the order in which they come, the one after this first, this one last."""
        step = 1 if by >= 0 else -1
        return [(self.position + step * number) % self.count for number in range(1, self.count + 1)]

    def stop_at(self, position: int) -> Stop:
        return self._stops[position]
