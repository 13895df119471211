"""Cameras from and into a table: read, looked at, then all of them or none."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from services.core.errors import ServiceError
from services.devices.keeping import CameraKeeper
from services.devices.sheet import SheetRow, read_table, write_table, write_template
from services.domain.people import Session
from services.domain.site import Camera, Site
from ui.jobs import UiJobs
from ui.table_jobs import TableJobs


class TablePresenter(TableJobs):
    """Signals: imported(count), and those of TableJobs."""

    imported = Signal(int)

    def __init__(
        self,
        site: Site,
        keeper: CameraKeeper,
        session: Session,
        jobs: UiJobs,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(jobs, parent)
        self._site = site
        self._keeper = keeper
        self._session = session
        self._rows: tuple[SheetRow, ...] = ()

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
        self.begin(partial(read_table, file, self._site), self._on_read)

    def import_all(self) -> None:
        if self.may_import:
            cameras = [(row.camera, row.logins) for row in self._rows]
            work = partial(self._keeper.add_all, self._session, self._site, cameras)
            self.begin(work, self._on_imported)

    def export(self, file: Path) -> None:
        self.write(partial(write_table, self._site.cameras), file)

    def save_template(self, file: Path) -> None:
        self.write(write_template, file)

    def refuse(self, error: ServiceError) -> None:
        """Passwords of a table that was refused are not kept."""
        self._rows = ()
        super().refuse(error)

    def _on_read(self, rows: tuple[SheetRow, ...]) -> None:
        self._rows = rows
        self.end()

    def _on_imported(self, cameras: tuple[Camera, ...]) -> None:
        self._rows = ()
        self.imported.emit(len(cameras))
        self.end()
