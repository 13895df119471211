"""Follows the stored site: when it changes anywhere, this seat reads it again and goes on with it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from services.domain.facts import CameraChanged, Fact, SiteEdited, SiteImported
from services.domain.site import Site
from services.storage import Database
from ui.jobs import UiJobs


class SiteWatch(QObject):
    """One reading at a time, so that an older one never comes after a newer one.

    Signals: renewed(Site).
    """

    renewed = Signal(object)

    def __init__(self, database: Database, jobs: UiJobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._database = database
        self._jobs = jobs
        self._is_reading = False
        self._reads_again = False

    def follow(self, facts: list[Fact]) -> None:
        if any(isinstance(fact, (SiteImported, CameraChanged, SiteEdited)) for fact in facts):
            self._ask()

    def _ask(self) -> None:
        if self._is_reading:
            self._reads_again = True
            return
        self._is_reading = True
        self._jobs.run(self._read, self._take, self._miss)

    def _read(self) -> Site | None:
        return self._database.read(lambda view: view.site())

    def _take(self, site: Site | None) -> None:
        self._end()
        if site is not None:
            self.renewed.emit(site)

    def _miss(self, error: object) -> None:
        self._end()
        self._jobs.refused.emit(error)

    def _end(self) -> None:
        self._is_reading = False
        if self._reads_again:
            self._reads_again = False
            self._ask()
