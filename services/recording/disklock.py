"""One recorder for each disk: the parts of one that still finishes would look like the ruins of another."""

from __future__ import annotations

import time
from pathlib import Path
from typing import IO

import structlog

from services.core.privatefile import try_lock

LOCK_FILE = "shouwang-recorder.lock"
_AGAIN_S = 0.2

log = structlog.get_logger(__name__)


class DiskLock:
    """Held until `release` or the end of the process, whatever ends it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    @staticmethod
    def taken(root: Path, limit_s: float) -> DiskLock | None:
        """None, with a log line, when another process keeps it so long or the disk refuses."""
        until_s = time.monotonic() + limit_s
        try:
            file = (root / LOCK_FILE).open("ab")
            while not try_lock(file.fileno()):
                if time.monotonic() >= until_s:
                    file.close()
                    log.error("recording.disk_in_use", folder=str(root))
                    return None
                time.sleep(_AGAIN_S)
        except OSError as error:
            log.error("recording.disk_in_use", folder=str(root), error=type(error).__name__)
            return None
        return DiskLock(file)

    def release(self) -> None:
        self._file.close()
