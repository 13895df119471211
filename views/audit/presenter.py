"""Reads the audit page by page, has its chain checked with progress, and hands rows on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from services.core.errors import ServiceError
from services.domain.audits import AuditEntry, AuditSearch
from services.domain.documents import Document
from services.domain.people import Session
from services.identity.auditing import PAGE
from services.storage import AuditReport
from ui.jobs import UiJobs

SavesPaper = Callable[[Document, Path], None]
Tell = Callable[[int, int], bool]


class AuditCommands(Protocol):
    """The methods of `services.identity.Auditing`; they block."""

    def page(
        self, session: Session, search: AuditSearch, before_seq: int | None = None
    ) -> list[AuditEntry]: ...
    def hand_on(self, session: Session, search: AuditSearch) -> list[AuditEntry]: ...
    def verify(self, session: Session, tell: Tell | None = None) -> AuditReport: ...


class AuditPresenter(QObject):
    """Signals: changed(); verified(AuditReport); saved(path); busy(bool); refused(ServiceError)."""

    changed = Signal()
    verified = Signal(object)
    saved = Signal(str)
    busy = Signal(bool)
    refused = Signal(object)

    def __init__(
        self,
        commands: AuditCommands,
        session: Session,
        jobs: UiJobs,
        save_paper: SavesPaper,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._commands = commands
        self._session = session
        self._jobs = jobs
        self._save_paper = save_paper
        self._search: AuditSearch | None = None
        self._entries: list[AuditEntry] = []
        self._has_more = False
        # Written by the job that walks the chain, read by the screen's timer.
        self._walked = (0, 0)
        self._stop = threading.Event()
        self._is_verifying = False

    @property
    def session(self) -> Session:
        return self._session

    @property
    def entries(self) -> Sequence[AuditEntry]:
        """Newest first, as far as read."""
        return self._entries

    @property
    def search(self) -> AuditSearch | None:
        """What the entries were asked by."""
        return self._search

    @property
    def has_more(self) -> bool:
        return self._has_more

    @property
    def is_verifying(self) -> bool:
        return self._is_verifying

    @property
    def walked(self) -> tuple[int, int]:
        """Rows checked, and rows there are; (0, 0) before the first word."""
        return self._walked

    def entry(self, seq: int) -> AuditEntry | None:
        return next((entry for entry in self._entries if entry.seq == seq), None)

    def find(self, search: AuditSearch) -> None:
        self._search = search
        self._read(None)

    def more(self) -> None:
        if self._entries:
            self._read(self._entries[-1].seq)

    def verify(self) -> None:
        """From the first row to the last, in a job; a second press while it runs changes nothing."""
        if self._is_verifying:
            return
        self._is_verifying, self._walked = True, (0, 0)
        self._stop.clear()
        self._jobs.run(
            partial(self._commands.verify, self._session, self._tell), self._verified, self._not_verified
        )
        self.changed.emit()

    def stop(self) -> None:
        """The walk ends within a moment; what was read is told."""
        self._stop.set()

    def save(self, path: Path, write: Callable[[Sequence[AuditEntry]], Document]) -> None:
        """All rows of the search as a paper; `write` puts them into words."""
        search = self._search
        if search is None:
            return

        def work() -> str:
            self._save_paper(write(self._commands.hand_on(self._session, search)), path)
            return str(path)

        self.busy.emit(True)
        self._jobs.run(work, self._saved, self._refuse)

    def _read(self, before_seq: int | None) -> None:
        search = self._search
        assert search is not None
        self.busy.emit(True)
        work = partial(self._commands.page, self._session, search, before_seq)
        self._jobs.run(partial(_asked, search, before_seq, work), self._take, self._refuse)

    def _take(self, found: tuple[AuditSearch, int | None, list[AuditEntry]]) -> None:
        search, before_seq, entries = found
        self.busy.emit(False)
        if search != self._search:  # asked anew meanwhile
            return
        self._entries = entries if before_seq is None else [*self._entries, *entries]
        self._has_more = len(entries) == PAGE
        self.changed.emit()

    def _tell(self, rows: int, total: int) -> bool:
        """In the job's thread."""
        self._walked = (rows, total)
        return not self._stop.is_set()

    def _verified(self, report: AuditReport) -> None:
        self._is_verifying = False
        self.verified.emit(report)
        self.changed.emit()

    def _not_verified(self, error: ServiceError) -> None:
        self._is_verifying = False
        self._refuse(error)

    def _saved(self, path: str) -> None:
        self.busy.emit(False)
        self.saved.emit(path)

    def _refuse(self, error: ServiceError) -> None:
        self.busy.emit(False)
        self.refused.emit(error)
        self.changed.emit()


def _asked(
    search: AuditSearch, before_seq: int | None, work: Callable[[], list[AuditEntry]]
) -> tuple[AuditSearch, int | None, list[AuditEntry]]:
    return search, before_seq, work()
