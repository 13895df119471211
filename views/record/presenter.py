"""Reads signals and notices in jobs and holds what the pages show."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from services.alarms.record import PAGE, SignalStory
from services.core.errors import ServiceError
from services.domain.notices import Notice, StandingOrders
from services.domain.people import Permission, Session
from services.domain.signals import KeptSignal, SignalSearch
from ui.jobs import UiJobs
from views.record.ports import OrderPort, SignalPort


class RecordPresenter(QObject):
    """Signals: signals_changed(), story_found(SignalStory), orders_changed(), busy(bool), saved(),
    refused(ServiceError)."""

    signals_changed = Signal()
    story_found = Signal(object)
    orders_changed = Signal()
    busy = Signal(bool)
    saved = Signal()
    refused = Signal(object)

    def __init__(
        self,
        signals: SignalPort,
        orders: OrderPort,
        session: Session,
        jobs: UiJobs,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._record = signals
        self._desk = orders
        self._session = session
        self._jobs = jobs
        self.signals: list[KeptSignal] = []
        self.has_more = False
        self._search: SignalSearch | None = None
        self.orders = StandingOrders()
        self.notices: list[Notice] = []

    @property
    def may_lay_down(self) -> bool:
        """Whether this user may change the standing orders."""
        return self._session.may(Permission.REVIEW)

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

    def _read_page(self, before: int | None) -> None:
        assert self._search is not None
        self.busy.emit(True)
        read = partial(_found, self._search, partial(self._record.page, self._session, self._search, before))
        self._jobs.run(read, self._take_page, self._refuse)

    def _read_both(self) -> tuple[StandingOrders, list[Notice]]:
        return self._desk.read(), self._desk.newest_notices()

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

    def _refuse(self, error: ServiceError) -> None:
        self.busy.emit(False)
        self.refused.emit(error)


def _found(search: SignalSearch, read: partial[list[KeptSignal]]) -> tuple[SignalSearch, list[KeptSignal]]:
    return search, read()
