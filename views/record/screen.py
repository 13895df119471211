"""The record screen: signals, notices and orders, response limits."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ui.paged_screen import PagedScreen
from views.record.clocks_page import ClocksPage
from views.record.clocks_presenter import ClocksPresenter
from views.record.orders_page import OrdersPage
from views.record.presenter import RecordPresenter
from views.record.signals_page import SignalsPage

SIGNALS, ORDERS, CLOCKS = range(3)


class RecordScreen(PagedScreen):
    def __init__(
        self, presenter: RecordPresenter, clocks: ClocksPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._clocks = clocks
        self.signals = SignalsPage(presenter, self)
        self.orders = OrdersPage(presenter, self)
        self.clocks = ClocksPage(clocks, self)
        self._add_pages((self.signals, self.orders, self.clocks))
        presenter.busy.connect(self._show_busy)
        presenter.refused.connect(self._tell_refused)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Ctrl+F"), self, context=within).activated.connect(self._search)
        self._retranslate()

    def _read(self, page: int) -> None:
        if page == SIGNALS and not self._presenter.signals:
            self.signals.reset_times()
            self.signals.search()
        elif page == ORDERS:
            self._presenter.read_orders()
        elif page == CLOCKS:
            self._clocks.read()

    def _search(self) -> None:
        self.show_page(SIGNALS)
        self.signals.account.setFocus()

    def _retranslate(self) -> None:
        for page, text in (
            (SIGNALS, self.tr("信号：为什么没有弹出")),
            (ORDERS, self.tr("升级与值班规定")),
            (CLOCKS, self.tr("响应时限")),
        ):
            self.pages.setTabText(page, text)
        self.pages.setAccessibleName(self.tr("报警记录"))
