"""A camera's picture on which a part is drawn: a rectangle by dragging, any outline corner by corner."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QWidget

from ui.own_escape import OwnEscape
from ui.theme import tokens

# In parts of the picture, as everywhere.
Corner = tuple[float, float]

MOST_CORNERS = 24
_STEP, _BIG_STEP = 1 / 64, 1 / 16
_RATIO = 16 / 9
_NEAR_PX = 8.0
_CROSS_PX = 9.0
# A drag shorter than this is a slip of the hand.
_LEAST_PX = 4.0
_MOVES = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Shape(StrEnum):
    RECTANGLE = "rectangle"
    POLYGON = "polygon"


class RegionPicker(QWidget):
    """Mouse: drag a rectangle; or click the corners of an outline, the first one again to close it.
    Keys: arrows move the cross (Shift: far), Space sets a corner, Enter closes, Backspace takes the last
    corner back, Delete all of it.

    shade: which boxes (left, top, right, bottom in parts of the picture) a region really means.
    Signals: drawn() when the region is another one.
    """

    drawn = Signal()

    def __init__(
        self,
        shade: Callable[[Sequence[Corner]], Sequence[tuple[float, float, float, float]]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._shade = shade
        self._shaded: Sequence[tuple[float, float, float, float]] = ()
        self._picture: QImage | None = None
        self._shape = Shape.RECTANGLE
        self._region: tuple[Corner, ...] = ()
        self._corners: list[Corner] = []
        self._cursor: Corner = (0.5, 0.5)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setMouseTracking(True)
        OwnEscape(self, self._drop_corners, wanted=lambda: bool(self._corners))

    @property
    def region(self) -> tuple[Corner, ...]:
        """The corners; () = nothing is drawn."""
        return self._region

    @property
    def shape(self) -> Shape:
        return self._shape

    def show_picture(self, picture: QImage | None) -> None:
        self._picture = picture
        self.updateGeometry()
        self.update()

    def set_shape(self, shape: Shape) -> None:
        self._shape = shape
        self._corners = []
        self.update()

    def set_region(self, corners: Sequence[Corner]) -> None:
        self._corners = []
        self._region = tuple(corners)
        self._shaded = self._shade(self._region) if self._shade is not None and self._region else ()
        self.update()
        self.drawn.emit()

    def clear(self) -> None:
        self.set_region(())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(width / self._ratio)

    def sizeHint(self) -> QSize:
        return QSize(320, round(320 / self._ratio))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, round(160 / self._ratio))

    # where things are

    @property
    def _ratio(self) -> float:
        picture = self._picture
        return picture.width() / max(1, picture.height()) if picture is not None else _RATIO

    def _box(self) -> QRectF:
        width = min(float(self.width()), self.height() * self._ratio)
        height = width / self._ratio
        return QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)

    def _px(self, corner: Corner) -> QPointF:
        box = self._box()
        return QPointF(box.left() + corner[0] * box.width(), box.top() + corner[1] * box.height())

    def _corner(self, at: QPointF) -> Corner:
        box = self._box()
        return (
            min(1.0, max(0.0, (at.x() - box.left()) / max(1.0, box.width()))),
            min(1.0, max(0.0, (at.y() - box.top()) / max(1.0, box.height()))),
        )

    # drawing

    def _set_corner(self, corner: Corner) -> None:
        """The next corner: of a rectangle the second one finishes it."""
        if self._shape is Shape.RECTANGLE:
            self._corners = [*self._corners[:1], corner]
            if len(self._corners) == 2:
                self._close()
        elif len(self._corners) < MOST_CORNERS:
            self._corners.append(corner)
        self.update()

    def _close(self) -> None:
        corners = self._corners
        if self._shape is Shape.RECTANGLE and len(corners) == 2:
            (x1, y1), (x2, y2) = corners
            if x1 != x2 and y1 != y2:
                self.set_region(((x1, y1), (x2, y1), (x2, y2), (x1, y2)))
                return
        elif len(corners) >= 3:
            self.set_region(corners)
            return
        self._corners = []
        self.update()

    def _drop_corners(self) -> None:
        self._corners = []
        self.update()

    def _is_near_first(self, at: QPointF) -> bool:
        if len(self._corners) < 3:
            return False
        first = self._px(self._corners[0])
        return (first - at).manhattanLength() <= _NEAR_PX

    # Qt

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.RightButton:
            self._corners = self._corners[:-1]
            self.update()
            return
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self._cursor = self._corner(event.position())
        if self._shape is Shape.RECTANGLE:
            self._corners = [self._cursor]
        elif self._is_near_first(event.position()):
            self._close()
        else:
            self._set_corner(self._cursor)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._corners or event.buttons() & Qt.MouseButton.LeftButton:
            self._cursor = self._corner(event.position())
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton or self._shape is not Shape.RECTANGLE:
            return
        if self._corners:
            moved = self._px(self._corners[0]) - event.position()
            if moved.manhattanLength() < _LEAST_PX:
                self._corners = []
                self.update()
            else:
                self._set_corner(self._corner(event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._shape is Shape.POLYGON and event.button() is Qt.MouseButton.LeftButton:
            self._close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        move = _MOVES.get(key)
        if move is not None:
            step = _BIG_STEP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else _STEP
            x, y = self._cursor[0] + move[0] * step, self._cursor[1] + move[1] * step
            self._cursor = (min(1.0, max(0.0, x)), min(1.0, max(0.0, y)))
        elif key == Qt.Key.Key_Space:
            self._set_corner(self._cursor)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._corners:
            self._close()
        elif key == Qt.Key.Key_Backspace:
            self._corners = self._corners[:-1]
        elif key == Qt.Key.Key_Delete:
            self.clear()
        else:
            super().keyPressEvent(event)
            return
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme, box = QPainter(self), tokens(), self._box()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(box, QColor(theme.raised))
        if self._picture is not None:
            painter.drawImage(box, self._picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent = QColor(theme.accent)
        self._paint_region(painter, box, accent)
        if self._corners:
            line = [*map(self._px, self._corners), self._px(self._cursor)]
            painter.setPen(QPen(accent, 2, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            if self._shape is Shape.RECTANGLE:
                painter.drawRect(QRectF(line[0], line[-1]).normalized())
            else:
                painter.drawPolyline(QPolygonF(line))
        if self.hasFocus():
            at = self._px(self._cursor)
            painter.setPen(QPen(QColor(theme.text), 1))
            painter.drawLine(at - QPointF(_CROSS_PX, 0), at + QPointF(_CROSS_PX, 0))
            painter.drawLine(at - QPointF(0, _CROSS_PX), at + QPointF(0, _CROSS_PX))
            painter.setPen(QPen(accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(1, 1, -1, -1))

    def _paint_region(self, painter: QPainter, box: QRectF, accent: QColor) -> None:
        fill = QColor(accent)
        fill.setAlpha(60)
        for left, top, right, bottom in self._shaded:
            x, y = box.left() + left * box.width(), box.top() + top * box.height()
            painter.fillRect(QRectF(x, y, (right - left) * box.width(), (bottom - top) * box.height()), fill)
        if self._region:
            painter.setPen(QPen(accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush if self._shaded else fill)
            painter.drawPolygon(QPolygonF([self._px(corner) for corner in self._region]))
