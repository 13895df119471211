"""Stands where the hub stands: takes what a listener tells."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from services.alarms.drivers.base import Received
from services.domain.alarms import Qualifier, Signal

HERE_S = 10.0


class Ear:
    """What a listener told; `is_durable` False: the database is away."""

    def __init__(self) -> None:
        self.signals: list[Signal] = []
        self.refused = 0
        self.alive = 0
        self.is_durable = True
        self._news = asyncio.Event()

    async def tell(self, received: Received) -> bool:
        self.alive += bool(received.account)
        if received.signals and not self.is_durable:
            self.refused += 1
            self._news.set()
            return False
        self.signals += received.signals
        self._news.set()
        return True

    async def until(self, is_so: Callable[[], bool]) -> None:
        async with asyncio.timeout(HERE_S):
            while not is_so():
                self._news.clear()
                await self._news.wait()

    def told(self, code: str) -> list[Qualifier]:
        return [signal.qualifier for signal in self.signals if signal.code == code]
