"""One thread decodes all streams of a process in turn: several would fight over the interpreter."""

from __future__ import annotations

import time
from collections.abc import Callable
from operator import attrgetter
from queue import Empty, SimpleQueue
from threading import Event
from typing import Protocol

from services.core.workers import Worker

# So many turns a stream may be owed that had nothing to decode while others had: about what a group of
# pictures has, so that one whose group was cut short has more of the next.
MOST_CREDIT = 25
# Whose packets wait longer than this shows that too much is asked: somebody leaves the rest of a group.
LEAVE_AFTER_S = 0.2
# Not more often than this: what one leaves must have time to help.
LEAVE_EVERY_S = 0.06
# A thread at work for more than this share of its time waits a moment, when it has nothing to do, for more
# than one packet: ten in a row cost 2 to 7 % less each than one at a time, for they find the caches warm.
BUSY_SHARE = 0.15
BREATH_S = 0.01
_LOOK_EVERY_S = 1.0
# No packet takes so long to decode: the thread hangs in a decoder.
HANGS_AFTER_S = 10.0


class Turn(Protocol):
    """Something that has packets to decode; important ones come before all others.

    turns: written by the line alone; how many it has had, as the line counts. played: how far it is in its
    group of pictures; 0 where it may not leave that.
    """

    turns: int

    @property
    def played(self) -> int: ...

    @property
    def is_important(self) -> bool: ...

    def waiting_s(self) -> float:
        """How long its oldest packet has been waiting."""
        ...

    def leave_group(self) -> None:
        """Give up what waits before the next key frame."""
        ...

    def decode_one(self) -> bool:
        """Decode the oldest packet; True when more are waiting and another turn is wanted."""
        ...


class Breath:
    """Whether a line that has nothing to do takes breath before it begins anew."""

    def __init__(self) -> None:
        self._looked_s: float | None = None
        self._busy_s = 0.0
        self._is_wanted = False

    def is_wanted(self, now_s: float, busy_s: float) -> bool:
        """Judged by the last whole second, monotonic. busy_s: how long it was at work since it began."""
        if self._looked_s is None:
            self._looked_s, self._busy_s = now_s, busy_s
        elif (passed_s := now_s - self._looked_s) >= _LOOK_EVERY_S:
            self._is_wanted = busy_s - self._busy_s > BUSY_SHARE * passed_s
            self._looked_s, self._busy_s = now_s, busy_s
        return self._is_wanted


class DecodeLine:
    """Whoever has had the fewest turns is next; a stream is in the line at most once.

    The streams keep that promise, so their packets are decoded in order. When packets wait too long, the
    stream that has shown most of its group leaves the rest: one after the other, so that the thread is
    never without work for having given up too much.
    """

    def __init__(
        self,
        hangs_after_s: float = HANGS_AFTER_S,
        *,
        breath: Breath | None = None,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._hangs_after_s = hangs_after_s
        self._turn_began_s: float | None = None
        self._entering: SimpleQueue[Turn | None] = SimpleQueue()
        self._lines: tuple[list[Turn], list[Turn]] = ([], [])
        self._turns = 0
        self._leaves_s = 0.0
        self._busy_s = 0.0
        self._breath = breath or Breath()
        self._pause = pause
        self._worker = Worker("decode", self._work)

    def start(self) -> None:
        self._worker.start()

    def enter(self, stream: Turn) -> None:
        """Join the line; the caller is not in it yet."""
        self._entering.put(stream)

    @property
    def is_working(self) -> bool:
        """False when the thread has died or hangs in a turn: nobody is served any more."""
        began_s = self._turn_began_s
        hangs = began_s is not None and time.monotonic() - began_s > self._hangs_after_s
        return self._worker.is_alive and not hangs

    @property
    def busy_s(self) -> float:
        """How long the thread has been at work since it began."""
        return self._busy_s

    def stop(self, limit_s: float = 2.0) -> None:
        self._worker.request_stop()
        self._entering.put(None)
        self._worker.stop(limit_s)

    def _work(self, stop: Event) -> None:
        important, ordinary = self._lines
        began_s = time.monotonic()
        while not stop.is_set():
            if not ordinary and not important:
                self._busy_s += time.monotonic() - began_s
                self._let_in(self._first())
                began_s = time.monotonic()
            self._let_all_in()
            self._give_turn(important or ordinary)
            if (now_s := time.monotonic()) - began_s > 0.1:
                self._busy_s, began_s = self._busy_s + now_s - began_s, now_s

    def _first(self) -> Turn | None:
        """Whoever comes to an empty line; more come while it takes breath, unless this one is important."""
        first = self._entering.get()
        is_ordinary = first is not None and not first.is_important
        if is_ordinary and self._breath.is_wanted(time.monotonic(), self._busy_s):
            self._pause(BREATH_S)
        return first

    def _let_all_in(self) -> None:
        try:
            while True:
                self._let_in(self._entering.get_nowait())
        except Empty:
            return

    def _let_in(self, stream: Turn | None) -> None:
        if stream is not None:
            stream.turns = max(stream.turns, self._turns - MOST_CREDIT)
            self._lines[0 if stream.is_important else 1].append(stream)

    def _give_turn(self, line: list[Turn]) -> None:
        if not line:
            return
        stream = line[0] if len(line) == 1 else min(line, key=_turns_of)
        if stream.waiting_s() > LEAVE_AFTER_S:
            self._relieve()
        line.remove(stream)
        self._turns = stream.turns
        stream.turns += 1
        self._turn_began_s = time.monotonic()
        has_more = stream.decode_one()
        self._turn_began_s = None
        if has_more:
            self._lines[0 if stream.is_important else 1].append(stream)

    def _relieve(self) -> None:
        now_s = time.monotonic()
        if now_s < self._leaves_s:
            return
        important, ordinary = self._lines
        furthest = max(ordinary or important, key=_played_of)
        if furthest.played > 0:
            furthest.leave_group()
            self._leaves_s = now_s + LEAVE_EVERY_S


_played_of = attrgetter("played")
_turns_of = attrgetter("turns")
