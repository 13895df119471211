"""Cameras from and into a table: read, looked at, then all of them or none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from services.core.errors import ServiceError
from services.devices.keeping import CameraKeeper
from services.devices.sheet import SheetRow, read_table, write_table, write_template
from services.domain.people import Session
from services.domain.site import Camera, Site
from ui.jobs import UiJobs

Result = TypeVar("Result")


class TablePresenter(QObject):
    """Signals: changed(); refused(ServiceError); imported(count); written(file name)."""

    changed = Signal()
    refused = Signal(object)
    imported = Signal(int)
    written = Signal(str)

    def __init__(
        self,
        site: Site,
        keeper: CameraKeeper,
        session: Session,
        jobs: UiJobs,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._site = site
        self._keeper = keeper
        self._session = session
        self._jobs = jobs
        self._rows: tuple[SheetRow, ...] = ()
        self.is_busy = False

    @property
    def rows(self) -> Sequence[SheetRow]:
        """What the table holds, wrong rows first."""
        return sorted(self._rows, key=lambda row: row.error is None)

    @property
    def wrong(self) -> int:
        return sum(row.error is not None for row in self._rows)

    @property
    def may_import(self) -> bool:
        return bool(self._rows) and not self.wrong and not self.is_busy

    def use_site(self, site: Site) -> None:
        self._site = site

    def clear(self) -> None:
        """Forget the table with its passwords."""
        self._rows = ()
        self.changed.emit()

    def read(self, file: Path) -> None:
        self._begin(partial(read_table, file, self._site), self._on_read)

    def import_all(self) -> None:
        if self.may_import:
            cameras = [(row.camera, row.login) for row in self._rows]
            work = partial(self._keeper.add_all, self._session, self._site, cameras)
            self._begin(work, self._on_imported)

    def export(self, file: Path) -> None:
        self._begin(partial(_written, partial(write_table, self._site.cameras), file), self._on_written)

    def save_template(self, file: Path) -> None:
        self._begin(partial(_written, write_template, file), self._on_written)

    def _begin(self, work: Callable[[], Result], done: Callable[[Result], None]) -> None:
        self.is_busy = True
        self._jobs.run(work, done, self._on_refused)
        self.changed.emit()

    def _on_read(self, rows: tuple[SheetRow, ...]) -> None:
        self.is_busy = False
        self._rows = rows
        self.changed.emit()

    def _on_imported(self, cameras: tuple[Camera, ...]) -> None:
        self.is_busy = False
        self._rows = ()
        self.imported.emit(len(cameras))
        self.changed.emit()

    def _on_written(self, name: str) -> None:
        self.is_busy = False
        self.written.emit(name)
        self.changed.emit()

    def _on_refused(self, error: ServiceError) -> None:
        self.is_busy = False
        self._rows = ()
        self.refused.emit(error)
        self.changed.emit()


def _written(write: Callable[[Path], None], file: Path) -> str:
    """In a job thread; the file's name."""
    write(file)
    return file.name
