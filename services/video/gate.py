"""Few cameras are opened at a time, and those that failed last wait in a line of their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Semaphore

FRESH_OPENS = 6
FAILED_OPENS = 3
_LOOK_EVERY_S = 0.1


class OpenGate:
    """A dead camera holds an open until its time-out; cameras that work must not queue behind it."""

    def __init__(self) -> None:
        self._fresh = Semaphore(FRESH_OPENS)
        self._failed = Semaphore(FAILED_OPENS)

    @contextmanager
    def turn(self, stop: Event, *, has_failed: bool) -> Iterator[bool]:
        """Wait for a turn and hold it; False when `stop` was set first."""
        line = self._failed if has_failed else self._fresh
        while not line.acquire(timeout=_LOOK_EVERY_S):
            if stop.is_set():
                yield False
                return
        try:
            yield not stop.is_set()
        finally:
            line.release()
