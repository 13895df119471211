"""The reports screen: duty reports, and the figures of alarms over any days."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QLabel, QTabWidget, QVBoxLayout, QWidget

from services.core.errors import ServiceError
from ui.text import sentence
from views.reports.duty_page import DutyPage
from views.reports.figures_page import FiguresPage
from views.reports.presenter import ReportsPresenter

DUTY, FIGURES = range(2)


class ReportsScreen(QWidget):
    """Nothing is read before a page is looked at."""

    def __init__(self, presenter: ReportsPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages = QTabWidget(self)
        self.duty, self.figures = DutyPage(presenter, self), FiguresPage(presenter, self)
        self.message = QLabel(self)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        for page in (self.duty, self.figures):
            self.pages.addTab(page, "")
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 6, 14, 8)
        box.addWidget(self.pages, 1)
        box.addWidget(self.message)
        self.pages.currentChanged.connect(self._read_front)
        presenter.busy.connect(self._show_busy)
        presenter.exported.connect(self._tell_exported)
        presenter.refused.connect(self._tell_refused)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Ctrl+E"), self, context=within).activated.connect(self._export)
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
        if self.pages.currentIndex() == DUTY:
            self.duty.read()
        else:
            self.figures.read()

    def _export(self) -> None:
        if self.pages.currentIndex() == DUTY:
            self.duty.ask_file()
        else:
            self.figures.ask_file()

    def _show_busy(self, is_busy: bool) -> None:
        self.message.setText(self.tr("正在读取…") if is_busy else "")

    def _tell_exported(self, path: str) -> None:
        self.message.setText(self.tr("已导出到 {path}").format(path=path))

    def _tell_refused(self, error: ServiceError) -> None:
        self.message.setText(sentence(error))

    def _retranslate(self) -> None:
        self.pages.setTabText(DUTY, self.tr("值班报表"))
        self.pages.setTabText(FIGURES, self.tr("报警统计"))
        self.pages.setAccessibleName(self.tr("报表"))
