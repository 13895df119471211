"""The plan on which one point is put: a click says where, arrows move it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from services.core.clock import Clock
from services.domain.site import Point
from ui.map.plan_picker import PlanPicker, moved_by_key
from ui.theme import tokens

_RING_PX = 9.0
_CROSS_PX = 15.0


class PointPicker(PlanPicker):
    """Arrows move 1 m (Shift: 10 m). Signals: placed(x m, y m)."""

    placed = Signal(float, float)

    def __init__(self, parent: QWidget | None = None, *, clock: Clock | None = None) -> None:
        super().__init__(parent, clock=clock)
        self._point: Point | None = None

    @property
    def point(self) -> Point | None:
        return self._point

    def set_point(self, point: Point | None) -> None:
        self._point = point
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._put(self.plan_view.to_plan(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._put(self.plan_view.to_plan(event.position()))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Nothing on the plan is chosen here."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moved = moved_by_key(self._point, event) if self._point is not None else None
        if moved is None:
            super().keyPressEvent(event)
        else:
            self._put(moved)

    def _paint_picked(self, painter: QPainter) -> None:
        if self._point is not None:
            at = self.plan_view.to_px(self._point)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens().accent), 2))
            painter.drawEllipse(at, _RING_PX, _RING_PX)
            painter.drawLine(at - QPointF(_CROSS_PX, 0), at + QPointF(_CROSS_PX, 0))
            painter.drawLine(at - QPointF(0, _CROSS_PX), at + QPointF(0, _CROSS_PX))

    def _put(self, point: Point) -> None:
        """Outside the plan nothing happens."""
        inside = self._inside(point)
        if inside is not None:
            self._point = inside
            self.update()
            self.placed.emit(*inside)
