"""The plan on which one point is put: a click says where, arrows move it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from services.core.clock import Clock
from services.domain.site import Point
from ui.map.canvas import MapCanvas
from ui.theme import tokens

STEP_M = 1.0
BIG_STEP_M = 10.0
_RING_PX = 9.0
_CROSS_PX = 15.0
_MOVES = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class PointPicker(MapCanvas):
    """Arrows move 1 m (Shift: 10 m). Signals: placed(x m, y m)."""

    placed = Signal(float, float)

    def __init__(self, parent: QWidget | None = None, *, clock: Clock | None = None) -> None:
        super().__init__(parent, is_compact=True, clock=clock)
        self._point: Point | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)

    @property
    def point(self) -> Point | None:
        return self._point

    def set_point(self, point: Point | None) -> None:
        self._point = point
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent = QColor(tokens().accent)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._point is not None:
            at = self.plan_view.to_px(self._point)
            painter.setPen(QPen(accent, 2))
            painter.drawEllipse(at, _RING_PX, _RING_PX)
            painter.drawLine(at - QPointF(_CROSS_PX, 0), at + QPointF(_CROSS_PX, 0))
            painter.drawLine(at - QPointF(0, _CROSS_PX), at + QPointF(0, _CROSS_PX))
        if self.hasFocus():
            painter.setPen(QPen(accent, 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._put(self.plan_view.to_plan(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._put(self.plan_view.to_plan(event.position()))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Nothing on the plan is chosen here."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        move = _MOVES.get(Qt.Key(event.key()))
        if move is None or self._point is None:
            super().keyPressEvent(event)
            return
        step_m = BIG_STEP_M if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP_M
        self._put((self._point[0] + move[0] * step_m, self._point[1] + move[1] * step_m))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _put(self, point: Point) -> None:
        """Outside the plan nothing happens."""
        site = self.site
        if site is None or not (0 <= point[0] <= site.width_m and 0 <= point[1] <= site.height_m):
            return
        self._point = (round(point[0], 1), round(point[1], 1))
        self.update()
        self.placed.emit(*self._point)
