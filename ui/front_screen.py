"""A screen whose presenter reads, and follows what happens, only while the screen is in front."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget


class Reader(Protocol):
    """What the presenters of such screens have in common."""

    def show(self, is_shown: bool) -> None: ...


class FrontScreen(QWidget):
    """`_beat` times out every `beat_ms` while the screen is in front, for what no fact tells; 0: never."""

    def __init__(self, presenter: Reader, parent: QWidget | None = None, *, beat_ms: int = 0) -> None:
        super().__init__(parent)
        self._reader = presenter
        self._beat = QTimer(self)
        self._beat.setInterval(beat_ms)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._reader.show(True)
        if self._beat.interval():
            self._beat.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._reader.show(False)
        self._beat.stop()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        """Every word on the screen, in the language of now."""
        raise NotImplementedError
