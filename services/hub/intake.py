"""Collects signals from all peers into one commit, and tells each peer whether it may be answered."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Hashable, Sequence

import structlog

from services.core.errors import ServiceError
from services.core.jobs import Jobs
from services.domain.alarms import Signal
from services.hub.waiting import Lane, Part, Waiting

COLLECT_S = 0.005
MOST_SIGNALS = 200
# From the beginning of a commit to that of the next, while signals stream in and no fire is among them: a
# transaction costs as much processor time as six alarms in it. What comes alone waits for COLLECT_S only.
PACE_S = 0.05
# A fire waits for the commit that is running. Where the machine is so slow that a full one takes longer than
# this, commits get smaller: measured at load 9 with 3000 frames/s, 200 signals took up to 2 s.
LONGEST_COMMIT_S = 0.25
LEAST_SIGNALS = 20
_GROW_SIGNALS = 10
# While the database is away, what waits is bounded; the panels keep the rest and send it again.
MOST_WAITING = 2000
# Accounts that the site does not know: few enough that a panic behind them hardly waits.
MOST_UNKNOWN_SIGNALS = 50
MOST_UNKNOWN_WAITING = 200
# Of zones that the site does not have, in the name of a panel that it has: anyone can invent those.
MOST_BEHIND_SIGNALS = 20
# A commit with a fire in it is a short one: the others' signals would keep it back.
MOST_BESIDE_FIRE = 20

log = structlog.get_logger(__name__)

Commit = Callable[[Sequence[Signal]], object]


class Intake:
    """Group commit: signals that arrive within COLLECT_S share a transaction; lives in one event loop.

    commit: blocks until the signals are durable, raises ServiceError when they are not; runs in `jobs`.
    """

    def __init__(self, commit: Commit, jobs: Jobs, *, pace_s: float = PACE_S) -> None:
        self._commit = commit
        self._jobs = jobs
        self._pace_s = pace_s
        self._next_s = 0.0
        self._fire = Lane(MOST_WAITING)
        self._known = Lane(MOST_WAITING)
        self._behind = Lane(MOST_WAITING)
        self._unknown = Lane(MOST_UNKNOWN_WAITING)
        self._most_signals = MOST_SIGNALS
        # What waits in a lane.
        self._in_lane: dict[Hashable, Waiting] = {}
        self._has_come = asyncio.Event()
        # There is a fire, or as much as a commit takes: nothing is gained by waiting on.
        self._is_pressing = asyncio.Event()
        # Codes and names of exceptions since something was last stored.
        self._troubles: set[str] = set()

    def submit(
        self,
        signals: tuple[Signal, ...],
        peer: Hashable,
        *,
        is_known: bool = True,
        is_fire: bool = False,
        is_behind: bool = False,
    ) -> asyncio.Future[bool]:
        """Resolves to True once all of `signals` are durable, to False when they are not stored.

        peer: who waits; peers are served in turn. is_known: their accounts are in the site; those go first.
        is_fire: overtakes everything that waits. is_behind: goes after the others that are known.

        What a peer sends again while it waits takes no place of its own: where commits are slow, it would
        make them slower. From elsewhere it takes its own turn, for the first copy may wait behind a flood in
        its panel's name; so it does once the first is being committed, for its alarm may be reset by then,
        and this is another press.
        """
        future: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        known = self._behind if is_behind else self._known
        lane = self._fire if is_fire else known if is_known else self._unknown
        frame = (peer, id(lane), *(signal.fingerprint for signal in signals))
        waiting = Waiting(signals, future, frame)
        if frame in self._in_lane:
            self._in_lane[frame].add_again(signals, future)
        elif lane.put(peer, waiting):
            self._in_lane[frame] = waiting
            self._has_come.set()
            if is_fire or len(self._known) >= self._most_signals:
                self._is_pressing.set()
        else:
            future.set_result(False)
        return future

    async def run(self) -> None:
        """Commit batch after batch until cancelled."""
        while True:
            batch = await self._collect()
            await self._store(batch)

    async def _collect(self) -> list[Part]:
        while not (self._fire or self._known or self._behind or self._unknown):
            self._has_come.clear()
            await self._has_come.wait()
        await asyncio.sleep(COLLECT_S)
        await self._keep_pace()
        fire = self._fire.take(MOST_SIGNALS)
        room = min(MOST_SIGNALS - _signals_of(fire), MOST_BESIDE_FIRE) if fire else self._most_signals
        known = self._known.take(room)
        room -= _signals_of(known)
        behind = self._behind.take(min(room, MOST_BEHIND_SIGNALS))
        room -= _signals_of(behind)
        batch = fire + known + behind + self._unknown.take(min(room, MOST_UNKNOWN_SIGNALS))
        for part in batch:
            self._in_lane.pop(part.waiting.frame, None)
        return batch

    async def _keep_pace(self) -> None:
        """Until the next commit may begin."""
        now_s = asyncio.get_running_loop().time()
        if now_s < self._next_s:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout_at(self._next_s):
                    await self._is_pressing.wait()
        self._is_pressing.clear()
        self._next_s = asyncio.get_running_loop().time() + self._pace_s

    async def _store(self, batch: list[Part]) -> None:
        signals = [signal for part in batch for signal in part.signals]
        began_s = asyncio.get_running_loop().time()
        is_stored = await self._try_commit(signals)
        self._learn(len(signals), asyncio.get_running_loop().time() - began_s)
        for part in batch:
            part.tell(is_stored=is_stored)

    def _learn(self, signals: int, took_s: float) -> None:
        """How large the next commit may be; one of few signals says nothing about size."""
        if took_s <= LONGEST_COMMIT_S:
            self._most_signals = min(MOST_SIGNALS, self._most_signals + _GROW_SIGNALS)
        elif signals > LEAST_SIGNALS:
            self._most_signals = max(LEAST_SIGNALS, round(signals * LONGEST_COMMIT_S / took_s))

    async def _try_commit(self, signals: Sequence[Signal]) -> bool:
        try:
            await asyncio.wrap_future(self._jobs.submit(lambda: self._commit(signals)))
        except ServiceError as error:
            if self._is_news(error.code):
                log.error("intake.not_stored", code=error.code, signals=len(signals))
            return False
        except Exception as error:  # a poisoned batch must not end the receiver: it stays unanswered
            if self._is_news(type(error).__name__):
                log.exception("intake.failed", signals=len(signals))
            return False
        if self._troubles:
            log.info("intake.stores_again")
        self._troubles.clear()
        return True

    def _is_news(self, trouble: str) -> bool:
        """A full disk is said once, and hides no mistake that comes after it."""
        is_news = trouble not in self._troubles
        self._troubles.add(trouble)
        return is_news


def _signals_of(parts: list[Part]) -> int:
    return sum(len(part.signals) for part in parts)
