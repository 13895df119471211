"""A status lamp: a shape, a name and a state that can be read without colour."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from ui.shell.words import LampState
from ui.theme import ALIGN_LEFT, Size, font, tokens
from ui.tips import plain_tip

_MARK_PX = 10


class Lamp(QWidget):
    """Disc good, triangle warning, cross bad, ring unknown or absent; the name stands beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = LampState.UNKNOWN
        self._text = ""
        self.setFixedHeight(Size.ROW)

    def show_state(self, state: LampState, text: str, hint: str = "") -> None:
        """`hint` says in a sentence what the state means."""
        self._state, self._text = state, text
        self.setToolTip(plain_tip(hint))
        self.setAccessibleName(text)
        self.setAccessibleDescription(hint)
        self.updateGeometry()
        self.update()

    @property
    def state(self) -> LampState:
        return self._state

    @property
    def text(self) -> str:
        return self._text

    def sizeHint(self) -> QSize:
        return QSize(_MARK_PX + 7 + QFontMetrics(font(Size.TEXT_S)).horizontalAdvance(self._text), Size.ROW)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setClipRect(event.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_mark(painter, QRectF(0.5, (self.height() - _MARK_PX) / 2, _MARK_PX, _MARK_PX))
        painter.setFont(font(Size.TEXT_S))
        quiet = self._state in (LampState.UNKNOWN, LampState.ABSENT)
        painter.setPen(QColor(tokens().text_dim if quiet else tokens().text))
        painter.drawText(self.rect().adjusted(_MARK_PX + 6, 0, 0, 0), ALIGN_LEFT, self._text)
        painter.end()

    def _paint_mark(self, painter: QPainter, box: QRectF) -> None:
        theme = tokens()
        painter.setPen(Qt.PenStyle.NoPen)
        match self._state:
            case LampState.GOOD:
                painter.setBrush(QColor(theme.ok))
                painter.drawEllipse(box)
            case LampState.WARNING:
                painter.setBrush(QColor(theme.warn))
                top = QPointF(box.center().x(), box.top())
                painter.drawPolygon(QPolygonF([top, box.bottomRight(), box.bottomLeft()]))
            case LampState.BAD:
                painter.setPen(QPen(QColor(theme.bad), 3))
                cross = QPainterPath(box.topLeft())
                cross.lineTo(box.bottomRight())
                cross.moveTo(box.topRight())
                cross.lineTo(box.bottomLeft())
                painter.drawPath(cross)
            case LampState.UNKNOWN | LampState.ABSENT:
                painter.setPen(QPen(QColor(theme.text_dim), 1.6))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(box.adjusted(1, 1, -1, -1))
