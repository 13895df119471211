"""A screen of pages, one in front of the others, and below them one line of what is happening."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QTabWidget, QVBoxLayout, QWidget

from services.core.errors import ServiceError
from ui.text import sentence


class PagedScreen(QWidget):
    """Nothing is read before a page is looked at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages = QTabWidget(self)
        self.message = QLabel(self)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 6, 14, 8)
        box.addWidget(self.pages, 1)
        box.addWidget(self.message)

    def show_page(self, page: int) -> None:
        self.pages.setCurrentIndex(page)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look_at_front()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _add_pages(self, pages: Sequence[QWidget]) -> None:
        for page in pages:
            self.pages.addTab(page, "")
        self.pages.currentChanged.connect(self._look_at_front)

    def _look_at_front(self) -> None:
        if self.isVisible():
            self._read(self.pages.currentIndex())

    def _show_busy(self, is_busy: bool) -> None:
        self.message.setText(self.tr("正在读取…") if is_busy else "")

    def _tell_exported(self, path: str) -> None:
        self.message.setText(self.tr("已导出到 {path}").format(path=path))

    def _tell_refused(self, error: ServiceError) -> None:
        self.message.setText(sentence(error))

    def _read(self, page: int) -> None:
        """It is in front of a person now."""
        raise NotImplementedError

    def _retranslate(self) -> None:
        raise NotImplementedError
