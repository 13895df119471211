"""A quiet line about the wall that goes by itself; it takes no keys, no clicks, and no room from pictures."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtWidgets import QLabel, QWidget

from ui.theme import Size

SHOWN_MS = 8_000


class WallNote(QLabel):
    """Lies on the bar, at its right end."""

    def __init__(self, bar: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._bar = bar
        self._window = parent
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setProperty("tone", "note")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, text: str) -> None:
        """Nothing where the bar is hidden: a wall that fills the screen is not written upon."""
        if not self._bar.isVisible():
            return
        bar = QRect(self._bar.mapTo(self._window, QPoint(0, 0)), self._bar.size())
        room = bar.width() - 2 * Size.GAP_S
        padding = 2 * Size.GAP_M
        self.setAccessibleName(text)
        self.setText(self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room - padding))
        width = min(room, self.fontMetrics().horizontalAdvance(self.text()) + padding)
        left = bar.right() - Size.GAP_S - width
        self.setGeometry(left, bar.y() + Size.GAP_XS, width, bar.height() - 2 * Size.GAP_XS)
        self.show()
        self.raise_()
        self._timer.start()
