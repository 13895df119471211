"""Background jobs: a small pool of named threads whose results come back as futures."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from typing import TypeVar

from services.core.workers import Worker

Result = TypeVar("Result")


class Jobs:
    """Runs short blocking work (database calls, hashing, file reading) away from the caller's thread.

    No ThreadPoolExecutor: its threads hold the whole process up until they are through.
    """

    def __init__(self, name: str, threads: int = 2) -> None:
        self._name = name
        self._most_threads = threads
        self._lock = threading.Lock()
        self._waiting: SimpleQueue[tuple[Future[object], Callable[[], None]] | None] = SimpleQueue()
        self._workers: list[Worker] = []
        self._is_over = False

    def submit(self, work: Callable[[], Result]) -> Future[Result]:
        """Raises RuntimeError after `stop`."""
        future: Future[Result] = Future()
        with self._lock:
            if self._is_over:
                raise RuntimeError(f"{self._name} takes no more work")
            self._waiting.put((future, lambda: _do(work, future)))  # type: ignore[arg-type]
            if len(self._workers) < self._most_threads:
                worker = Worker(f"{self._name}_{len(self._workers)}", self._run)
                self._workers.append(worker)
                worker.start()
        return future

    def stop(self, limit_s: float | None = None) -> bool:
        """Drop what has not begun, wait for what has, at most `limit_s` for all of it.

        False (and a log line) when something still ran then; it is left behind.
        """
        self.close()
        return self._are_home(limit_s)

    def close(self) -> None:
        """As `stop` without waiting; for stopping many at once."""
        with self._lock:
            self._is_over = True
        self._drop_waiting()
        self._send_home()

    def finish(self, limit_s: float) -> bool:
        """As `stop`, but what waits is done too, as far as there is time for it."""
        with self._lock:
            self._is_over = True
        self._send_home()
        if self._are_home(limit_s):
            return True
        self._drop_waiting()
        self._send_home()
        return False

    def _send_home(self) -> None:
        """Each worker goes when it has done what waits before this."""
        for _ in self._workers:
            self._waiting.put(None)

    def _are_home(self, limit_s: float | None) -> bool:
        until_s = None if limit_s is None else time.monotonic() + limit_s
        has_stopped = True
        for worker in self._workers:
            left_s = None if until_s is None else max(0.0, until_s - time.monotonic())
            has_stopped = worker.stop(left_s) and has_stopped
        return has_stopped

    def _run(self, _stop: threading.Event) -> None:
        while (job := self._waiting.get()) is not None:
            job[1]()
            # What a job holds must not live until the next one comes.
            del job

    def _drop_waiting(self) -> None:
        while True:
            try:
                job = self._waiting.get_nowait()
            except Empty:
                return
            if job is not None:
                job[0].cancel()


def _do(work: Callable[[], Result], future: Future[Result]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = work()
    except BaseException as error:  # noqa: BLE001 - the outermost frame of a job: whoever asked is told
        future.set_exception(error)
    else:
        future.set_result(result)
