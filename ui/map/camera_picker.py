"""The plan on which a camera is put: a click says where, a drag where it looks, keys do both too."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QApplication, QWidget

from services.core.clock import Clock
from services.domain.site import Camera, Point
from ui.map.plan_paint import camera_path, cone_outline, polygon
from ui.map.plan_picker import PlanPicker, moved_by_key
from ui.theme import colour, tokens

TURN_DEG = 5.0
_SIZE_PX = 8.0
_TURNS: dict[int, int] = {
    Qt.Key.Key_Comma: -1,
    Qt.Key.Key_Less: -1,
    Qt.Key.Key_Period: 1,
    Qt.Key.Key_Greater: 1,
}


class CameraPicker(PlanPicker):
    """Arrows move 1 m (Shift: 10 m), "," and "." turn 5°, Delete takes the camera off the plan.

    Signals: placed(x m, y m, heading degrees); taken_off().
    """

    placed = Signal(float, float, float)
    taken_off = Signal()

    def __init__(self, parent: QWidget | None = None, *, clock: Clock | None = None) -> None:
        super().__init__(parent, clock=clock)
        self._camera: Camera | None = None
        self._at: Point | None = None
        self._press_px: QPointF | None = None

    def set_camera(self, camera: Camera | None) -> None:
        """What is being placed; an unplaced one is not drawn."""
        self._camera = camera
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._press_px = event.position()
        self._at = self._inside(self.plan_view.to_plan(event.position()))
        if self._at is not None:
            self.placed.emit(*self._at, self._heading_deg())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._at is None or self._press_px is None:
            return
        way = event.position() - self._press_px
        if way.manhattanLength() >= QApplication.startDragDistance():
            heading_deg = math.degrees(math.atan2(way.x(), -way.y())) % 360.0
            self.placed.emit(*self._at, heading_deg)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._at = self._press_px = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        camera, key = self._camera, event.key()
        if camera is None:
            super().keyPressEvent(event)
            return
        moved = moved_by_key(camera.at, event)
        if moved is not None:
            # One that hangs nowhere yet is first put where it would be, not beside it.
            at = self._inside(moved) if camera.is_placed else camera.at
            if at is not None:
                self.placed.emit(*at, camera.heading_deg)
        elif camera.is_placed and key in _TURNS:
            self.placed.emit(*camera.at, (camera.heading_deg + _TURNS[key] * TURN_DEG) % 360.0)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.taken_off.emit()
        else:
            super().keyPressEvent(event)

    def _paint_picked(self, painter: QPainter) -> None:
        camera, theme = self._camera, tokens()
        if camera is not None and camera.is_placed:
            painter.setPen(QPen(QColor(theme.accent), 1.5))
            painter.setBrush(colour(theme.accent, 0.28))
            painter.drawPolygon(polygon(cone_outline(camera), self.plan_view))
            painter.setBrush(QColor(theme.accent))
            painter.setPen(QPen(QColor(theme.map_ground), 1.5))
            painter.drawPath(camera_path(self.plan_view, camera, _SIZE_PX))

    def _heading_deg(self) -> float:
        return self._camera.heading_deg if self._camera is not None else 0.0
