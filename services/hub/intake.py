"""Collects signals from all peers into one commit, and tells each peer whether it may be answered."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

import structlog

from services.core.errors import ServiceError
from services.core.jobs import Jobs
from services.domain.alarms import Signal

COLLECT_S = 0.005
MOST_SIGNALS = 200
# While the database is away, what waits is bounded; the panels keep the rest and send it again.
MOST_WAITING = 2000

log = structlog.get_logger(__name__)

Commit = Callable[[Sequence[Signal]], object]
_Waiting = tuple[tuple[Signal, ...], "asyncio.Future[bool]"]


class Intake:
    """Group commit: signals that arrive within COLLECT_S share a transaction; lives in one event loop.

    commit: blocks until the signals are durable, raises ServiceError when they are not; runs in `jobs`.
    """

    def __init__(self, commit: Commit, jobs: Jobs) -> None:
        self._commit = commit
        self._jobs = jobs
        self._waiting: asyncio.Queue[_Waiting] = asyncio.Queue(MOST_WAITING)
        self._is_failing = False

    def submit(self, signals: tuple[Signal, ...]) -> asyncio.Future[bool]:
        """Resolves to True once all of `signals` are durable, to False when they are not stored."""
        future: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        try:
            self._waiting.put_nowait((signals, future))
        except asyncio.QueueFull:
            future.set_result(False)
        return future

    async def run(self) -> None:
        """Commit batch after batch until cancelled."""
        while True:
            batch = await self._collect()
            await self._store(batch)

    async def _collect(self) -> list[_Waiting]:
        batch = [await self._waiting.get()]
        await asyncio.sleep(COLLECT_S)
        while not self._waiting.empty() and sum(len(signals) for signals, _ in batch) < MOST_SIGNALS:
            batch.append(self._waiting.get_nowait())
        return batch

    async def _store(self, batch: list[_Waiting]) -> None:
        signals = [signal for told, _ in batch for signal in told]
        is_stored = await self._try_commit(signals)
        for _, future in batch:
            if not future.done():
                future.set_result(is_stored)

    async def _try_commit(self, signals: Sequence[Signal]) -> bool:
        try:
            await asyncio.wrap_future(self._jobs.submit(lambda: self._commit(signals)))
        except ServiceError as error:
            if not self._is_failing:
                log.error("intake.not_stored", code=error.code, signals=len(signals))
            self._is_failing = True
            return False
        except Exception:  # a poisoned batch must not end the receiver: it stays unanswered
            log.exception("intake.failed", signals=len(signals))
            return False
        if self._is_failing:
            log.info("intake.stores_again")
        self._is_failing = False
        return True
