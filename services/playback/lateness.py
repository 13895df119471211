"""Whether a machine keeps up with the speed that is asked of it."""

from __future__ import annotations

from collections.abc import Callable

# Late so often within such a time: key pictures are all that this machine can show at this speed.
MOST_LATE = 2
LATE_FORGIVEN_S = 10.0


class Lateness:
    """Twice within a while, and it is too fast for another. monotonic: s."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._times = 0
        self._last_s = 0.0

    @property
    def is_too_much(self) -> bool:
        return self._times >= MOST_LATE and self._monotonic() - self._last_s <= LATE_FORGIVEN_S

    def note(self) -> None:
        """Pictures came too late to be shown."""
        now_s = self._monotonic()
        self._times = 1 if now_s - self._last_s > LATE_FORGIVEN_S else self._times + 1
        self._last_s = now_s

    def forget(self) -> None:
        self._times = 0
