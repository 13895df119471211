"""A bar across a screen: one line that stays until its cause is gone, and what may be done about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from ui.elided import ElidedLabel


class BannerStrip(QFrame):
    """Whoever derives from it shows and hides it in `show_present`, which also follows the language."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "banner")
        self._text = ElidedLabel(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 4, 8, 4)
        self._row.addWidget(self._text, 1)

    @property
    def text(self) -> str:
        return self._text.text()

    def show_present(self) -> None:
        raise NotImplementedError

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.show_present()

    def _say(self, text: str) -> None:
        self._text.setText(text)
        self.setAccessibleName(text)

    def _chip(self, does: Callable[[], object]) -> QPushButton:
        """One more button on the right."""
        button = QPushButton(self)
        button.setProperty("kind", "chip")
        button.clicked.connect(does)
        self._row.addWidget(button)
        return button
