"""A few threads decode all streams in turn: a thread per camera loses to the interpreter lock."""

from __future__ import annotations

import os
from queue import SimpleQueue
from threading import Event
from typing import Protocol

from services.core.workers import Worker


class Turn(Protocol):
    """Something that has packets to decode."""

    def decode_one(self) -> bool:
        """Decode the oldest packet; True when more are waiting and another turn is wanted."""
        ...


class DecodePool:
    """Gives each stream one packet per turn, round and round; a stream is in the line at most once.

    The streams keep that promise, so a stream is never decoded by two threads and keeps its order.
    """

    def __init__(self, threads: int | None = None) -> None:
        count = threads or (os.cpu_count() or 1) + 1
        self._line: SimpleQueue[Turn | None] = SimpleQueue()
        self._workers = [Worker(f"decode-{index}", self._work) for index in range(count)]

    def start(self) -> None:
        for worker in self._workers:
            worker.start()

    def enter(self, stream: Turn) -> None:
        """Join the line; the caller is not in it yet."""
        self._line.put(stream)

    def stop(self, limit_s: float = 2.0) -> None:
        for worker in self._workers:
            worker.request_stop()
        for _ in self._workers:
            self._line.put(None)
        for worker in self._workers:
            worker.stop(limit_s)

    def _work(self, stop: Event) -> None:
        while (stream := self._line.get()) is not None and not stop.is_set():
            if stream.decode_one():
                self._line.put(stream)
