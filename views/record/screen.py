"""The record screen: signals, notices and orders, response limits."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QLabel, QTabWidget, QVBoxLayout, QWidget

from services.core.errors import ServiceError
from ui.text import sentence
from views.record.clocks_page import ClocksPage
from views.record.clocks_presenter import ClocksPresenter
from views.record.orders_page import OrdersPage
from views.record.presenter import RecordPresenter
from views.record.signals_page import SignalsPage

SIGNALS, ORDERS, CLOCKS = range(3)


class RecordScreen(QWidget):
    """Nothing is read before a page is looked at."""

    def __init__(
        self, presenter: RecordPresenter, clocks: ClocksPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._clocks = clocks
        self.pages = QTabWidget(self)
        self.signals = SignalsPage(presenter, self)
        self.orders = OrdersPage(presenter, self)
        self.clocks = ClocksPage(clocks, self)
        self.message = QLabel(self)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        for page in (self.signals, self.orders, self.clocks):
            self.pages.addTab(page, "")
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 6, 14, 8)
        box.addWidget(self.pages, 1)
        box.addWidget(self.message)
        self.pages.currentChanged.connect(self._read_front)
        presenter.busy.connect(self._show_busy)
        presenter.refused.connect(self._tell_refused)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Ctrl+F"), self, context=within).activated.connect(self._search)
        self._retranslate()

    def show_page(self, page: int) -> None:
        self.pages.setCurrentIndex(page)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read_front()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _read_front(self) -> None:
        if not self.isVisible():
            return
        match self.pages.currentIndex():
            case 0 if not self._presenter.signals:
                self.signals.reset_times()
                self.signals.search()
            case 1:
                self._presenter.read_orders()
            case 2:
                self._clocks.read()

    def _search(self) -> None:
        self.show_page(SIGNALS)
        self.signals.account.setFocus()

    def _show_busy(self, is_busy: bool) -> None:
        self.message.setText(self.tr("正在读取…") if is_busy else "")

    def _tell_refused(self, error: ServiceError) -> None:
        self.message.setText(sentence(error))

    def _retranslate(self) -> None:
        for page, text in (
            (SIGNALS, self.tr("信号：为什么没有弹出")),
            (ORDERS, self.tr("升级与值班规定")),
            (CLOCKS, self.tr("响应时限")),
        ):
            self.pages.setTabText(page, text)
        self.pages.setAccessibleName(self.tr("报警记录"))
