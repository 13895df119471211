"""Signals of a source that will not repeat them, kept until they are stored."""

from __future__ import annotations

import asyncio
from collections import Counter, deque

from services.alarms.drivers.base import Received, Tell
from services.domain.alarms import Signal

MOST_OF_POINT = 20
MOST_AT_ONCE = 50
RETRY_S = 0.5


class Outbox:
    """In order, at most MOST_OF_POINT of one zone: one that chatters takes no room from the others.

    Lives in one event loop.
    """

    def __init__(self) -> None:
        self._signals: deque[Signal] = deque()
        self._of_point: Counter[tuple[int, str]] = Counter()
        self._has_come = asyncio.Event()

    def __len__(self) -> int:
        return len(self._signals)

    def put(self, signals: tuple[Signal, ...]) -> bool:
        """False, and none is taken, when the zone already has as many waiting as it may."""
        for signal in signals:
            if self._of_point[_point(signal)] >= MOST_OF_POINT:
                return False
        self._signals.extend(signals)
        self._of_point.update(map(_point, signals))
        if signals:
            self._has_come.set()
        return True

    async def run(self, tell: Tell) -> None:
        """Tell what waits until it is durable; until cancelled, and what then waits is kept."""
        while True:
            await self._has_come.wait()
            while self._signals:
                told = tuple(self._signals)[:MOST_AT_ONCE]
                if await tell(Received(signals=told)):
                    for signal in told:
                        self._signals.popleft()
                        self._of_point[_point(signal)] -= 1
                else:
                    await asyncio.sleep(RETRY_S)
            self._of_point.clear()
            self._has_come.clear()


def _point(signal: Signal) -> tuple[int, str]:
    return signal.zone, signal.point
