"""The picture of a recording with the boxes on it: drawn anew, or taken by the hand and moved."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from services.domain.evidence import MaskKey
from ui.region import Corner, RegionPicker
from ui.theme import tokens

_EDGE_PX = 24


class MaskPicture(RegionPicker):
    """As `RegionPicker`; a drag that begins inside a box moves it, but while a new one is drawn. Where
    `is_fixed`, a click on a box picks it, and that is all.

    Signals: picked(number) of the others, before it is moved; moved(right, down).
    """

    picked = Signal(int)
    moved = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.is_fixed = False
        self._grip: Corner | None = None
        self._shift = QPointF()
        self._boxed: MaskKey | None = None
        self._others: Sequence[MaskKey] = ()
        self.absent = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def hasHeightForWidth(self) -> bool:
        """It takes what room there is; else a wide window would push the line of time out of it."""
        return False

    def say_absent(self, text: str) -> None:
        """What stands where the picture would be."""
        if text != self.absent:
            self.absent = text
            self.setAccessibleDescription(text)
            self.update()

    def show_boxes(self, box: MaskKey | None, others: Sequence[MaskKey]) -> None:
        """Says nothing: it was drawn elsewhere."""
        self._boxed, self._others = box, others
        self._show_shifted()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self.is_fixed:
            if self._other_at(at) >= 0:
                self.picked.emit(self._other_at(at))
        elif event.button() is Qt.MouseButton.LeftButton and self._holds(at):
            if not _lies_in(self._boxed, self._corner(at)):
                self.picked.emit(self._other_at(at))
            self._grip = self._corner(at)
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.is_fixed:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.is_fixed:
            self.unsetCursor()
            return
        if self._grip is None:
            super().mouseMoveEvent(event)
            is_held = self._holds(event.position())
            self.setCursor(Qt.CursorShape.SizeAllCursor if is_held else Qt.CursorShape.CrossCursor)
            return
        x, y = self._corner(event.position())
        self._shift = QPointF(x - self._grip[0], y - self._grip[1])
        self._show_shifted()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.is_fixed:
            return
        if self._grip is None:
            super().mouseReleaseEvent(event)
            return
        shift, self._grip, self._shift = self._shift, None, QPointF()
        if not shift.isNull():
            self.moved.emit(shift.x(), shift.y())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(QColor(tokens().text_dim))
        words = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        painter.drawText(self.rect().adjusted(_EDGE_PX, 0, -_EDGE_PX, 0), words, self.absent)
        painter.setPen(QPen(QColor(tokens().text), 1, Qt.PenStyle.DashLine))
        for other in self._others:
            right, bottom = other.left + other.width, other.top + other.height
            painter.drawRect(QRectF(self._px((other.left, other.top)), self._px((right, bottom))))

    def _holds(self, at: QPointF) -> bool:
        is_new = self._boxed is None
        return not is_new and (_lies_in(self._boxed, self._corner(at)) or self._other_at(at) >= 0)

    def _other_at(self, at: QPointF) -> int:
        """-1: none lies there."""
        corner = self._corner(at)
        return next((number for number, one in enumerate(self._others) if _lies_in(one, corner)), -1)

    def _show_shifted(self) -> None:
        box = self._boxed
        self.blockSignals(True)
        if box is None:
            self.clear()
        else:
            left = max(0.0, min(box.left + self._shift.x(), 1.0 - box.width))
            top = max(0.0, min(box.top + self._shift.y(), 1.0 - box.height))
            right, bottom = left + box.width, top + box.height
            self.set_region(((left, top), (right, top), (right, bottom), (left, bottom)))
        self.blockSignals(False)


def _lies_in(box: MaskKey | None, at: Corner) -> bool:
    x, y = at
    return box is not None and 0 <= x - box.left <= box.width and 0 <= y - box.top <= box.height
