"""A real record that fails, or whose seat dies, just when a package is to be registered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.evidence.workplace import PROMISE_FILE
from services.storage import Database, Tx
from services.storage.database import Result


class FailingRecord(Database):
    """fail: called before and after the first transaction once a package in `folder` is promised; told
    whether it is written by then."""

    def __init__(self, url: str, clock: Clock, folder: Path, fail: Callable[[bool], None]) -> None:
        super().__init__(url, clock)
        self._folder = folder
        self._fail = fail
        self._has_failed = False
        self.is_away = False

    def write(self, work: Callable[[Tx], Result], *, deadline_s: float = 5.0) -> Result:
        if self.is_away:
            raise ServiceError("storage.unreachable", reason="away")
        if self._has_failed or not list(self._folder.glob(f"*/{PROMISE_FILE}")):
            return super().write(work, deadline_s=deadline_s)
        self._has_failed = True
        self._fail(False)
        result = super().write(work, deadline_s=deadline_s)
        self._fail(True)
        return result
