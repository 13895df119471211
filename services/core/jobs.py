"""Background jobs: a small pool of named threads whose results come back as futures."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")


class Jobs:
    """Runs short blocking work (database calls, hashing, file reading) away from the caller's thread."""

    def __init__(self, name: str, threads: int = 2) -> None:
        self._pool = ThreadPoolExecutor(max_workers=threads, thread_name_prefix=name)

    def submit(self, work: Callable[[], Result]) -> Future[Result]:
        return self._pool.submit(work)

    def stop(self) -> None:
        """Drop what has not begun, wait for what has."""
        self._pool.shutdown(wait=True, cancel_futures=True)
