"""What radios, phones and checkpoints say of guards, taken from the receiver's loop to the record."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial

import structlog

from services.alarms.center import AlarmCenter
from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.jobs import Jobs
from services.domain.positions import GuardReport, Heard
from services.domain.site import Site
from services.people.calls import DuressLine
from services.people.feed import GuardFeed
from services.storage import Database

log = structlog.get_logger(__name__)


class Guards:
    """`take` lives in the receiver's loop; `tick` is a duty of the rounds. A call for help waits for nobody
    but the database: it has a thread of its own."""

    def __init__(
        self, database: Database, clock: Clock, site: Callable[[], Site], center: Callable[[], AlarmCenter]
    ) -> None:
        self._feed = GuardFeed(database, clock, site, DuressLine(database, clock, site, center))
        self._jobs = Jobs("hub-guards", threads=1)
        self._is_failing = False

    def tick(self) -> int:
        return self._feed.tick()

    def stop(self, limit_s: float) -> None:
        self._jobs.stop(limit_s)

    async def take(self, reports: tuple[GuardReport, ...]) -> Heard:
        """LOST while a call is not in the record: its sender must not believe that it is."""
        urgent = self._feed.offer(reports)
        if not urgent:
            return Heard.NOTED
        try:
            heard = await asyncio.wrap_future(self._jobs.submit(partial(self._feed.answer, urgent)))
        except ServiceError as error:
            if not self._is_failing:
                log.error("guards.not_stored", code=error.code)
            self._is_failing = True
            return Heard.LOST
        self._is_failing = False
        return heard
