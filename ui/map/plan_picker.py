"""The plan on which something is put: what all such plans have in common."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from services.core.clock import Clock
from services.domain.site import Point
from ui.map.canvas import MapCanvas
from ui.theme import tokens

STEP_M = 1.0
BIG_STEP_M = 10.0
_MOVES: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class PlanPicker(MapCanvas):
    """A frame shows that the keys are here; a double click is two clicks."""

    def __init__(self, parent: QWidget | None = None, *, clock: Clock | None = None) -> None:
        super().__init__(parent, is_compact=True, clock=clock)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_picked(painter)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens().accent), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _paint_picked(self, painter: QPainter) -> None:
        raise NotImplementedError

    def _inside(self, point: Point) -> Point | None:
        """To the decimetre; None outside the plan."""
        site = self.site
        if site is None or not (0 <= point[0] <= site.width_m and 0 <= point[1] <= site.height_m):
            return None
        return (round(point[0], 1), round(point[1], 1))


def moved_by_key(point: Point, event: QKeyEvent) -> Point | None:
    """Where an arrow moves it, 1 m or with Shift 10 m; None when it is no arrow."""
    move = _MOVES.get(event.key())
    if move is None:
        return None
    step_m = BIG_STEP_M if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP_M
    return (point[0] + move[0] * step_m, point[1] + move[1] * step_m)
