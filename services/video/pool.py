"""One thread decodes all streams of a process in turn: several would fight over the interpreter."""

from __future__ import annotations

import time
from queue import Empty, SimpleQueue
from threading import Event
from typing import Protocol

from services.core.workers import Worker

# Of the turns a stream has had, half is forgotten in this time.
HALF_LIFE_S = 1.0


class Share:
    """How many turns a stream has had of late."""

    __slots__ = ("_at_s", "_turns")

    def __init__(self) -> None:
        self._turns = 0.0
        self._at_s = 0.0

    def turns(self, now_s: float) -> float:
        age_s = now_s - self._at_s
        return self._turns * 0.5 ** (age_s / HALF_LIFE_S) if age_s < 20 * HALF_LIFE_S else 0.0

    def add(self, now_s: float) -> None:
        self._turns = self.turns(now_s) + 1.0
        self._at_s = now_s


class Turn(Protocol):
    """Something that has packets to decode. Important ones come before all others."""

    @property
    def share(self) -> Share: ...
    @property
    def is_important(self) -> bool: ...

    def decode_one(self) -> bool:
        """Decode the oldest packet; True when more are waiting and another turn is wanted."""
        ...


class DecodeLine:
    """Whoever has had the fewest turns of late is next; a stream is in the line at most once.

    The streams keep that promise, so their packets are decoded in order.
    """

    def __init__(self) -> None:
        self._entering: SimpleQueue[Turn | None] = SimpleQueue()
        self._line: list[Turn] = []
        self._busy_s = 0.0
        self._worker = Worker("decode", self._work)

    def start(self) -> None:
        self._worker.start()

    def enter(self, stream: Turn) -> None:
        """Join the line; the caller is not in it yet."""
        self._entering.put(stream)

    @property
    def busy_s(self) -> float:
        """How long the thread has been at work since it began."""
        return self._busy_s

    def stop(self, limit_s: float = 2.0) -> None:
        self._worker.request_stop()
        self._entering.put(None)
        self._worker.stop(limit_s)

    def _work(self, stop: Event) -> None:
        now_s = time.monotonic()
        while not stop.is_set():
            if not self._line:
                entered = self._entering.get()
                now_s = time.monotonic()
                if entered is None:
                    return
                self._line.append(entered)
            self._let_in()
            self._give_turn(now_s)
            began_s, now_s = now_s, time.monotonic()
            self._busy_s += now_s - began_s

    def _let_in(self) -> None:
        try:
            while (entered := self._entering.get_nowait()) is not None:
                self._line.append(entered)
        except Empty:
            return

    def _give_turn(self, now_s: float) -> None:
        line = self._line
        stream = line.pop(_next(line, now_s) if len(line) > 1 else 0)
        stream.share.add(now_s)
        if stream.decode_one():
            line.append(stream)


def _next(line: list[Turn], now_s: float) -> int:
    """The first of those that have had least."""
    ranks = [(not stream.is_important, stream.share.turns(now_s)) for stream in line]
    return ranks.index(min(ranks))
