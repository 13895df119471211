"""The reports screen: duty reports, and the figures of alarms over any days."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ui.paged_screen import PagedScreen
from views.reports.duty_page import DutyPage
from views.reports.figures_page import FiguresPage
from views.reports.presenter import ReportsPresenter

DUTY, FIGURES = range(2)


class ReportsScreen(PagedScreen):
    def __init__(self, presenter: ReportsPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.duty, self.figures = DutyPage(presenter, self), FiguresPage(presenter, self)
        self._add_pages((self.duty, self.figures))
        presenter.busy.connect(self._show_busy)
        presenter.exported.connect(self._tell_exported)
        presenter.refused.connect(self._tell_refused)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Ctrl+E"), self, context=within).activated.connect(self._export)
        self._retranslate()

    def _read(self, page: int) -> None:
        if page == DUTY:
            self.duty.read()
        else:
            self.figures.read()

    def _export(self) -> None:
        if self.pages.currentIndex() == DUTY:
            self.duty.ask_file()
        else:
            self.figures.ask_file()

    def _retranslate(self) -> None:
        self.pages.setTabText(DUTY, self.tr("值班报表"))
        self.pages.setTabText(FIGURES, self.tr("报警统计"))
        self.pages.setAccessibleName(self.tr("报表"))
