"""How long to wait before the next try."""

from __future__ import annotations

import random
from collections.abc import Callable


class Backoff:
    """Waits that double from `first_s` to `most_s`, each shortened at random by up to half.

    The jitter keeps fifty cameras behind one switch from coming back in the same instant.
    """

    def __init__(self, first_s: float, most_s: float, chance: Callable[[], float] = random.random) -> None:
        self._first_s = first_s
        self._most_s = most_s
        self._chance = chance
        self._tries = 0

    def next_s(self) -> float:
        """The next wait in seconds, between half of the doubled step and the whole of it."""
        step_s = min(self._most_s, self._first_s * 2.0 ** min(self._tries, 32))
        self._tries += 1
        return step_s * (1.0 - 0.5 * self._chance())

    def reset(self) -> None:
        self._tries = 0
