"""What an empty list says of itself, where its lines would be."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QAbstractItemView

from ui.theme import Size, font, tokens

_EDGE_PX = 12


class EmptyWords(QObject):
    """Painted over the middle of `view` while it has no line; "" paints nothing."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self.text = ""
        view.viewport().installEventFilter(self)

    def say(self, text: str) -> None:
        if text != self.text:
            self.text = text
            self._view.setAccessibleDescription(text)
            self._view.viewport().update()

    @property
    def is_shown(self) -> bool:
        return bool(self.text) and self._view.model().rowCount() == 0

    def eventFilter(self, _viewport: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and self.is_shown:
            self._paint()
        return False

    def _paint(self) -> None:
        viewport = self._view.viewport()
        painter = QPainter(viewport)
        painter.setFont(font(Size.TEXT_M))
        painter.setPen(QColor(tokens().text_dim))
        room = viewport.rect().adjusted(_EDGE_PX, _EDGE_PX, -_EDGE_PX, -_EDGE_PX)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), self.text)
        painter.end()
