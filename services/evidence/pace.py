"""How far an export is, and whether it is to end."""

from __future__ import annotations

from threading import Event

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.evidence.wish import Progress, Stage, Tell

# More often than that nobody sees it.
_STEP = 0.005
# A recorder may send hours in as many hours: whoever waits must hear that it goes on.
_SILENT_S = 5.0


class Pace:
    """Of one export; used by its thread. Raises ServiceError("evidence.stopped") once `stop` is set."""

    def __init__(self, tell: Tell, stop: Event, clock: Clock) -> None:
        self._tell = tell
        self._stop = stop
        self._clock = clock
        self._told_s = clock.monotonic()
        self._stage = Stage.CUTTING
        self._whole = 1
        self._gone = 0
        self._told = 0.0

    def begin(self, stage: Stage, whole: int) -> None:
        """whole: what `done` will add up to, about."""
        self._stage, self._whole, self._gone, self._told = stage, max(1, whole), 0, 0.0
        self._say(0.0)

    def done(self, amount: int) -> None:
        self._gone += amount
        share = min(1.0, self._gone / self._whole)
        is_silent = self._clock.monotonic() - self._told_s >= _SILENT_S
        if share - self._told >= _STEP or is_silent or self._stop.is_set():
            self._say(share)

    def _say(self, share: float) -> None:
        if self._stop.is_set():
            raise ServiceError("evidence.stopped")
        self._told, self._told_s = share, self._clock.monotonic()
        self._tell(Progress(self._stage, share))
