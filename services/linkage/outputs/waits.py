"""How long orders have waited, by the hub's own clocks: those of the seats differ from it and each other."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from services.core.clock import Clock
from services.domain.outputs import SEND_WITHIN, OrderState, OutputOrder


class Waits:
    """What was not there when the hub last looked is no older than that look.

    Only what came while nobody looked, or before the hub began, is judged by the times of day; then one
    from far ahead of ours counts as old as well, for nobody knows how old it is.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._looked_s: float | None = None
        self._since_s: dict[tuple[str, OrderState], float] = {}

    def note(self, pending: Iterable[OutputOrder], looked_s: float) -> None:
        """What a look found; looked_s: the monotonic time just before it."""
        had, before_s = self._since_s, self._looked_s
        is_watched = before_s is not None and looked_s - before_s < SEND_WITHIN.total_seconds()

        def began_s(order: OutputOrder) -> float:
            if before_s is not None and is_watched:
                return before_s
            return looked_s - abs(self._clock.now() - order.waits_since).total_seconds()

        keys = {(order.id, order.state): order for order in pending}
        self._since_s = {key: had[key] if key in had else began_s(order) for key, order in keys.items()}
        self._looked_s = looked_s

    def is_over(self, order: OutputOrder) -> bool:
        """It waited too long for a person or for the hub; one that no look has found did, too."""
        since_s = self._since_s.get((order.id, order.state))
        return since_s is None or order.is_stale(timedelta(seconds=self._clock.monotonic() - since_s))
