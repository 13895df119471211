"""Paints a QR code as large as fits, in whole pixels, dark on light whatever the theme: phones want it so."""

from __future__ import annotations

import segno
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

# Light modules around it, without which phones do not find it.
QUIET = 4


class QrCode(QWidget):
    """Shows nothing for an empty text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[bytearray, ...] = ()
        self.setMinimumSize(300, 300)

    def show_text(self, text: str) -> None:
        self._rows = tuple(segno.make_qr(text, error="m").matrix) if text else ()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(340, 340)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._rows:
            return
        painter = QPainter(self)
        wide = len(self._rows) + 2 * QUIET
        module_px = max(1, min(self.width(), self.height()) // wide)
        left, top = (self.width() - module_px * wide) // 2, (self.height() - module_px * wide) // 2
        painter.fillRect(QRect(left, top, module_px * wide, module_px * wide), QColor(Qt.GlobalColor.white))
        for y, row in enumerate(self._rows):
            for x, is_dark in enumerate(row):
                if is_dark:
                    at_x, at_y = left + (x + QUIET) * module_px, top + (y + QUIET) * module_px
                    painter.fillRect(QRect(at_x, at_y, module_px, module_px), QColor(Qt.GlobalColor.black))
        painter.end()
