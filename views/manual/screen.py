"""Shows the manual's pages in a window of its own, so that the wall stays in view."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from services.core.paths import resource
from ui.i18n import language
from views.manual import title


class ManualWindow(QWidget):
    """Non-modal; closing it deletes it when it was made with WA_DeleteOnClose."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.browser = QTextBrowser(self)
        self.browser.setOpenExternalLinks(False)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.browser)
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.close)
        self.resize(760, 700)
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.setWindowTitle(title())
        self.browser.setAccessibleName(title())
        path = resource("manual", language(), "index.md")
        self.browser.setMarkdown(path.read_text(encoding="utf-8"))
