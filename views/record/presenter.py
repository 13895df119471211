"""Reads figures, signals and notices in jobs and holds what the pages show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from services.alarms.record import PAGE, SignalStory
from services.core.errors import ServiceError
from services.devices.sheet import write_cells
from services.domain.notices import Notice, StandingOrders
from services.domain.people import PERMISSIONS, Permission, Session
from services.domain.signals import KeptSignal, SignalSearch
from services.reports.alarms import AlarmFigures
from ui.jobs import UiJobs
from views.record.ports import FigurePort, OrderPort, SignalPort


class RecordPresenter(QObject):
    """Signals: figures_changed(), signals_changed(), story_found(SignalStory), orders_changed(), busy(bool),
    exported(path), saved(), refused(ServiceError)."""

    figures_changed = Signal()
    signals_changed = Signal()
    story_found = Signal(object)
    orders_changed = Signal()
    busy = Signal(bool)
    exported = Signal(str)
    saved = Signal()
    refused = Signal(object)

    def __init__(
        self,
        figures: FigurePort,
        signals: SignalPort,
        orders: OrderPort,
        session: Session,
        jobs: UiJobs,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._figures_of = figures
        self._record = signals
        self._desk = orders
        self._session = session
        self._jobs = jobs
        self._asked = 0
        self.figures: AlarmFigures | None = None
        self.signals: list[KeptSignal] = []
        self.has_more = False
        self._search: SignalSearch | None = None
        self.orders = StandingOrders()
        self.notices: list[Notice] = []

    @property
    def may_lay_down(self) -> bool:
        """Whether this user may change the standing orders."""
        return Permission.REVIEW in PERMISSIONS[self._session.role]

    def read_figures(self, since: datetime, until: datetime) -> None:
        """Of two readings the one asked for last is shown."""
        self._asked += 1
        self.busy.emit(True)
        read = partial(_numbered, self._asked, partial(self._figures_of.figures, since, until))
        self._jobs.run(read, self._take_figures, self._refuse)

    def find(self, search: SignalSearch) -> None:
        self._search = search
        self.signals = []
        self._read_page(None)

    def more(self) -> None:
        """The next page below what is shown."""
        if self._search is not None and self.signals:
            self._read_page(self.signals[-1].number)

    def tell(self, number: int) -> None:
        """The story of one signal."""
        self._jobs.run(partial(self._record.story, self._session, number), self._take_story, self._refuse)

    def read_orders(self) -> None:
        self._jobs.run(self._read_both, self._take_orders, self._refuse)

    def lay_down(self, orders: StandingOrders) -> None:
        self._jobs.run(partial(self._desk.lay_down, self._session, orders), self._take_saved, self._refuse)

    def export(self, file: Path, lines: Sequence[Sequence[str]]) -> None:
        """As the page shows it: XLSX or CSV, by the file's ending."""
        self._jobs.run(partial(_written, file, lines), self._tell_exported, self._refuse)

    def _read_page(self, before: int | None) -> None:
        assert self._search is not None
        self.busy.emit(True)
        read = partial(_found, self._search, partial(self._record.page, self._session, self._search, before))
        self._jobs.run(read, self._take_page, self._refuse)

    def _read_both(self) -> tuple[StandingOrders, list[Notice]]:
        return self._desk.read(), self._desk.newest_notices()

    def _take_figures(self, found: tuple[int, AlarmFigures]) -> None:
        number, figures = found
        if number == self._asked:
            self.figures = figures
            self.busy.emit(False)
            self.figures_changed.emit()

    def _take_page(self, found: tuple[SignalSearch, list[KeptSignal]]) -> None:
        search, page = found
        if search is not self._search:
            return
        known = {kept.number for kept in self.signals}
        self.signals += [kept for kept in page if kept.number not in known]
        self.has_more = len(page) == PAGE
        self.busy.emit(False)
        self.signals_changed.emit()

    def _take_story(self, story: SignalStory) -> None:
        self.story_found.emit(story)

    def _take_orders(self, found: tuple[StandingOrders, list[Notice]]) -> None:
        self.orders, self.notices = found
        self.orders_changed.emit()

    def _take_saved(self, orders: StandingOrders) -> None:
        self.orders = orders
        self.saved.emit()

    def _tell_exported(self, path: str) -> None:
        self.exported.emit(path)

    def _refuse(self, error: ServiceError) -> None:
        self.busy.emit(False)
        self.refused.emit(error)


def _numbered(number: int, read: partial[AlarmFigures]) -> tuple[int, AlarmFigures]:
    return number, read()


def _found(search: SignalSearch, read: partial[list[KeptSignal]]) -> tuple[SignalSearch, list[KeptSignal]]:
    return search, read()


def _written(file: Path, lines: Sequence[Sequence[str]]) -> str:
    write_cells(lines, file)
    return str(file)
