"""What a simulated device reports, and who listens: PullPoint subscriptions with an end."""

from __future__ import annotations

import asyncio
import secrets
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

QUEUE_LIMIT = 100  # unread events of one subscription; the oldest give way
SUBSCRIPTIONS_LIMIT = 8


class Happening(StrEnum):
    """What a test or a drill can let happen at a camera."""

    DIGITAL_INPUT = "input"
    MOTION = "motion"
    TAMPER = "tamper"
    RELAY = "relay"


@dataclass(frozen=True, slots=True)
class Report:
    """One notification; `operation`: Initialized or Changed."""

    happening: Happening
    source: str
    is_on: bool
    at: datetime
    operation: str = "Changed"


@dataclass(slots=True)
class Subscription:
    no: str
    ends_s: float
    waiting: deque[Report] = field(default_factory=lambda: deque(maxlen=QUEUE_LIMIT))
    rung: asyncio.Event = field(default_factory=asyncio.Event)


class Bell:
    """Belongs to one asyncio loop; times are monotonic seconds."""

    def __init__(self) -> None:
        self._subscriptions: dict[str, Subscription] = {}

    def open(self, now_s: float, life_s: float, first: tuple[Report, ...]) -> Subscription | None:
        """None when there are too many."""
        self._sweep(now_s)
        if len(self._subscriptions) >= SUBSCRIPTIONS_LIMIT:
            return None
        made = Subscription(secrets.token_hex(8), now_s + life_s)
        made.waiting.extend(first)
        self._subscriptions[made.no] = made
        return made

    def find(self, no: str, now_s: float) -> Subscription | None:
        self._sweep(now_s)
        return self._subscriptions.get(no)

    def count(self, now_s: float) -> int:
        """How many listen."""
        self._sweep(now_s)
        return len(self._subscriptions)

    def end(self, no: str) -> None:
        gone = self._subscriptions.pop(no, None)
        if gone is not None:
            gone.rung.set()

    def ring(self, report: Report, now_s: float) -> None:
        self._sweep(now_s)
        for subscription in self._subscriptions.values():
            subscription.waiting.append(report)
            subscription.rung.set()

    @staticmethod
    async def take(subscription: Subscription, limit: int, wait_s: float) -> list[Report]:
        """Up to `limit` reports, waiting for the first at most `wait_s`."""
        if not subscription.waiting:
            subscription.rung.clear()
            try:
                await asyncio.wait_for(subscription.rung.wait(), wait_s)
            except TimeoutError:
                return []
        count = min(limit, len(subscription.waiting))
        return [subscription.waiting.popleft() for _ in range(count)]

    def _sweep(self, now_s: float) -> None:
        for no in [s.no for s in self._subscriptions.values() if s.ends_s <= now_s]:
            self.end(no)
