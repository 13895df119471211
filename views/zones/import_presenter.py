"""Zones from and into a table: read, looked at, then all of them or none."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from services.devices.tables import write_rows
from services.devices.zone_sheet import Effect, ZoneRow, read_zones, write_zone_template, write_zones
from services.domain.people import Session
from services.domain.site import Site, Zone
from ui.jobs import UiJobs
from ui.table_jobs import TableJobs
from views.zones.ports import EntryCommands


class ImportPresenter(TableJobs):
    """Signals: imported(added, changed), and those of TableJobs."""

    imported = Signal(int, int)

    def __init__(
        self,
        site: Site,
        entries: EntryCommands,
        session: Session,
        jobs: UiJobs,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(jobs, parent)
        self.site = site
        self._entries = entries
        self._session = session
        self.rows: tuple[ZoneRow, ...] = ()

    def count(self, effect: Effect) -> int:
        return sum(row.effect is effect for row in self.rows)

    @property
    def untouched(self) -> int:
        """Zones of the site that the table does not name; they stay."""
        named = {row.before.no for row in self.rows if row.before is not None}
        return sum(zone.no not in named for zone in self.site.zones)

    @property
    def may_import(self) -> bool:
        has_work = self.count(Effect.ADD) + self.count(Effect.CHANGE) > 0
        return has_work and not self.count(Effect.WRONG) and not self.is_busy

    def read(self, file: Path) -> None:
        """A dry run: nothing is stored."""
        self.begin(partial(read_zones, file, self.site), self._on_read)

    def import_all(self) -> None:
        """What was looked at, on the zones as they were then: one that was changed since refuses all."""
        if not self.may_import:
            return
        changes = [(row.before, row.zone) for row in self.rows if row.before and row.effect is Effect.CHANGE]
        new = [row.zone for row in self.rows if row.effect is Effect.ADD]
        self.begin(partial(self._entries.put_all, self._session, changes, new), self._on_imported)

    def export(self, zones: Sequence[Zone], file: Path) -> None:
        self.write(partial(write_zones, zones), file)

    def write_lines(self, lines: Sequence[Sequence[str]], file: Path) -> None:
        self.write(partial(write_rows, lines), file)

    def save_template(self, file: Path) -> None:
        self.write(write_zone_template, file)

    def _on_read(self, rows: tuple[ZoneRow, ...]) -> None:
        self.rows = rows
        self.end()

    def _on_imported(self, _zones: tuple[Zone, ...]) -> None:
        added, changed = self.count(Effect.ADD), self.count(Effect.CHANGE)
        self.rows = ()
        self.imported.emit(added, changed)
        self.end()
