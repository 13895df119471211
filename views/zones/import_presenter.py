"""Zones from and into a table: read, looked at, then all of them or none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from services.core.errors import ServiceError
from services.devices.tables import write_rows
from services.devices.zone_sheet import ZoneRow, read_zones, write_zone_template, write_zones
from services.domain.people import Session
from services.domain.site import Site, Zone
from ui.jobs import UiJobs
from views.zones.ports import EntryCommands

Result = TypeVar("Result")


class ImportPresenter(QObject):
    """Signals: changed(); refused(ServiceError); imported(count); written(file name)."""

    changed = Signal()
    refused = Signal(object)
    imported = Signal(int)
    written = Signal(str)

    def __init__(
        self,
        site: Site,
        entries: EntryCommands,
        session: Session,
        jobs: UiJobs,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.site = site
        self._entries = entries
        self._session = session
        self._jobs = jobs
        self.rows: tuple[ZoneRow, ...] = ()
        self.is_busy = False

    @property
    def wrong(self) -> int:
        return sum(row.error is not None for row in self.rows)

    @property
    def may_import(self) -> bool:
        return bool(self.rows) and not self.wrong and not self.is_busy

    def read(self, file: Path) -> None:
        """A dry run: nothing is stored."""
        self._begin(partial(read_zones, file, self.site), self._on_read)

    def import_all(self) -> None:
        if self.may_import:
            zones = [row.zone for row in self.rows]
            self._begin(partial(self._entries.add_all, self._session, zones), self._on_imported)

    def export(self, zones: Sequence[Zone], file: Path) -> None:
        self._begin(partial(_written, partial(write_zones, zones), file), self._on_written)

    def write_lines(self, lines: Sequence[Sequence[str]], file: Path) -> None:
        self._begin(partial(_written, partial(write_rows, lines), file), self._on_written)

    def save_template(self, file: Path) -> None:
        self._begin(partial(_written, write_zone_template, file), self._on_written)

    def _begin(self, work: Callable[[], Result], done: Callable[[Result], None]) -> None:
        self.is_busy = True
        self._jobs.run(work, done, self._on_refused)
        self.changed.emit()

    def _on_read(self, rows: tuple[ZoneRow, ...]) -> None:
        self.is_busy = False
        self.rows = rows
        self.changed.emit()

    def _on_imported(self, zones: tuple[Zone, ...]) -> None:
        self.is_busy = False
        self.rows = ()
        self.imported.emit(len(zones))
        self.changed.emit()

    def _on_written(self, name: str) -> None:
        self.is_busy = False
        self.written.emit(name)
        self.changed.emit()

    def _on_refused(self, error: ServiceError) -> None:
        self.is_busy = False
        self.refused.emit(error)
        self.changed.emit()


def _written(write: Callable[[Path], None], file: Path) -> str:
    """In a job thread; the file's name."""
    write(file)
    return file.name
