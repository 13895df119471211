"""Threads that have a name, an owner, a stop event and a join with a limit."""

from __future__ import annotations

import threading
from collections.abc import Callable

import structlog

log = structlog.get_logger(__name__)


class Worker:
    """One named thread running `body(stop)`; `body` returns soon after `stop` is set."""

    def __init__(self, name: str, body: Callable[[threading.Event], None]) -> None:
        self.name = name
        self._body = body
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        self._thread = threading.Thread(target=self._run, name=self.name, daemon=True)
        self._thread.start()

    @property
    def is_alive(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def request_stop(self) -> None:
        """Ask the thread to end, without waiting; for stopping many at once."""
        self._stop.set()

    def stop(self, limit_s: float | None = 5.0) -> bool:
        """Ask the thread to end and wait; False (and a log line) when it did not within `limit_s`."""
        self._stop.set()
        if self._thread is None or self._thread is threading.current_thread():
            return True
        self._thread.join(limit_s)
        if self._thread.is_alive():
            log.error("worker.did_not_stop", worker=self.name, limit_s=limit_s)
            return False
        return True

    def _run(self) -> None:
        try:
            self._body(self._stop)
        except Exception:
            log.exception("worker.died", worker=self.name)
