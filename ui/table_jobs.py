"""What every presenter of a table from and into a file does: one job at a time, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from services.core.errors import ServiceError
from ui.jobs import UiJobs

Result = TypeVar("Result")


class TableJobs(QObject):
    """Signals: changed(); refused(ServiceError); written(file name)."""

    changed = Signal()
    refused = Signal(object)
    written = Signal(str)

    def __init__(self, jobs: UiJobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.is_busy = False

    def write(self, write: Callable[[Path], None], file: Path) -> None:
        """`write` runs in a job thread."""
        self.begin(partial(_written, write, file), self._tell_written)

    def begin(self, work: Callable[[], Result], done: Callable[[Result], None]) -> None:
        """`work` in a job thread; `done`, a bound method that ends with `end`, with its result on Qt's."""
        self.is_busy = True
        self._jobs.run(work, done, self.refuse)
        self.changed.emit()

    def end(self) -> None:
        self.is_busy = False
        self.changed.emit()

    def refuse(self, error: ServiceError) -> None:
        self.refused.emit(error)
        self.end()

    def _tell_written(self, name: str) -> None:
        self.written.emit(name)
        self.end()


def _written(write: Callable[[Path], None], file: Path) -> str:
    """In a job thread; the file's name."""
    write(file)
    return file.name
