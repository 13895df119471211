"""How long things have waited, whatever the machine's clock is set to meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from services.core.clock import Clock

# What waits, and since when by the wall clock; one that begins again is another.
Begun = tuple[str, datetime]


class Ages:
    """Counts by the clock that nobody sets; the wall's only of what waited before the first look."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._began_s: dict[Begun, float] = {}
        self._looked_s = float("-inf")

    def look(self, waiting: Iterable[Begun]) -> dict[Begun, float]:
        """Seconds that each has waited; what is missing is forgotten. Look at all of them, and often.

        What is new has not been there at the look before, so it has waited no longer than since then.
        """
        now_at, now_s = self._clock.now(), self._clock.monotonic()
        began_s: dict[Begun, float] = {}
        for one in waiting:
            by_wall_s = now_s - max(0.0, (now_at - one[1]).total_seconds())
            began_s[one] = self._began_s.get(one, max(by_wall_s, self._looked_s))
        self._began_s, self._looked_s = began_s, now_s
        return {one: now_s - at_s for one, at_s in began_s.items()}
