"""How far an export is, and whether it is to end."""

from __future__ import annotations

from threading import Event

from services.core.errors import ServiceError
from services.evidence.wish import Progress, Stage, Tell

# More often than that nobody sees it.
_STEP = 0.005


class Pace:
    """Of one export; used by its thread. Raises ServiceError("evidence.stopped") once `stop` is set."""

    def __init__(self, tell: Tell, stop: Event) -> None:
        self._tell = tell
        self._stop = stop
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
        if share - self._told >= _STEP or self._stop.is_set():
            self._say(share)

    def _say(self, share: float) -> None:
        if self._stop.is_set():
            raise ServiceError("evidence.stopped")
        self._told = share
        self._tell(Progress(self._stage, share))
