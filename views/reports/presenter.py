"""Reads figures in jobs, holds what the pages show, and exports exactly that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from services.core.errors import ServiceError
from services.devices.tables import write_rows
from services.domain.documents import Document
from services.domain.people import Session
from services.domain.periods import PeriodKind
from services.domain.site import Site
from services.reports.alarms import AlarmFigures
from services.reports.duty import DutyFigures
from ui.jobs import UiJobs, answering
from ui.text.places import local_name
from views.reports.paper import paper_of

Figures = TypeVar("Figures")


class AlarmPort(Protocol):
    """`services.reports.alarms.AlarmReports`; it blocks."""

    def figures(self, since: datetime, until: datetime) -> AlarmFigures: ...


class DutyPort(Protocol):
    """`services.reports.duty.DutyReports`; it blocks."""

    def figures(self, kind: PeriodKind, day: date) -> DutyFigures: ...


class ReportsPresenter(QObject):
    """Signals: duty_changed(), figures_changed(), busy(bool), exported(path), refused(ServiceError)."""

    duty_changed = Signal()
    figures_changed = Signal()
    busy = Signal(bool)
    exported = Signal(str)
    refused = Signal(object)

    def __init__(
        self,
        *,
        alarms: AlarmPort,
        duty: DutyPort,
        site: Site,
        session: Session,
        jobs: UiJobs,
        save: Callable[[Document, Path], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._alarms = alarms
        self._duty = duty
        self._site = site
        self._session = session
        self._jobs = jobs
        self._save = save
        self._asked = 0
        self.figures: AlarmFigures | None = None
        self.duty: DutyFigures | None = None

    def use_site(self, site: Site) -> None:
        self._site = site

    def read_figures(self, since: datetime, until: datetime) -> None:
        """Of two readings the one asked for last is shown."""
        self._run(partial(self._alarms.figures, since, until), self._take_figures)

    def read_duty(self, kind: PeriodKind, day: date) -> None:
        """Of two readings the one asked for last is shown."""
        self._run(partial(self._duty.figures, kind, day), self._take_duty)

    def export_lines(self, file: Path, lines: Sequence[Sequence[str]]) -> None:
        """As the page shows it: XLSX or CSV, by the file's ending."""
        work = partial(answering, str(file), partial(write_rows, lines, file))
        self._jobs.run(work, self._tell_exported, self._refuse)

    def export_duty(self, file: Path) -> None:
        """The report that is shown: PDF, DOCX or XLSX, by the file's ending."""
        if self.duty is not None:
            paper = paper_of(self.duty, local_name(self._site), self._session.display_name)
            work = partial(answering, str(file), partial(self._save, paper, file))
            self._jobs.run(work, self._tell_exported, self._refuse)

    def _run(self, read: Callable[[], Figures], take: Callable[[tuple[int, Figures]], None]) -> None:
        self._asked += 1
        self.busy.emit(True)
        self._jobs.run(partial(_numbered, self._asked, read), take, self._refuse)

    def _take_figures(self, found: tuple[int, AlarmFigures]) -> None:
        number, figures = found
        if number == self._asked:
            self.figures = figures
            self.busy.emit(False)
            self.figures_changed.emit()

    def _take_duty(self, found: tuple[int, DutyFigures]) -> None:
        number, figures = found
        if number == self._asked:
            self.duty = figures
            self.busy.emit(False)
            self.duty_changed.emit()

    def _tell_exported(self, path: str) -> None:
        self.exported.emit(path)

    def _refuse(self, error: ServiceError) -> None:
        self.busy.emit(False)
        self.refused.emit(error)


def _numbered(number: int, read: Callable[[], Figures]) -> tuple[int, Figures]:
    return number, read()
