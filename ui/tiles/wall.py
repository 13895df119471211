"""The video wall that operators work on: choosing, opening, dropping cameras, answering alarms."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from services.core.clock import Clock
from ui.tiles.feed import CAMERA_MIME
from ui.tiles.plate import plate_boxes
from ui.tiles.surface import TileSurface


class WallSurface(TileSurface):
    """Signals: tile_chosen(index), tile_opened(index) by double click, camera_dropped(index,
    camera_no), alarm_action(alarm_id, action) by a plate's buttons.
    """

    tile_chosen = Signal(int)
    tile_opened = Signal(int)
    camera_dropped = Signal(int, str)
    alarm_action = Signal(str, str)

    def __init__(self, parent: QWidget | None = None, *, clock: Clock | None = None) -> None:
        super().__init__(parent, clock=clock)
        self._pressed_at: QPoint | None = None
        self.setAcceptDrops(True)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        self._pressed_at = point if event.button() is Qt.MouseButton.LeftButton else None
        index = self.tile_at(point)
        if index is None or self._pressed_at is None:
            return
        alarm_id, action = self._action_at(index, point)
        if action:
            self._pressed_at = None
            self.alarm_action.emit(alarm_id, action)
            return
        self.choose(index)
        self.tile_chosen.emit(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        index = self.tile_at(point)
        if index is not None and not self._action_at(index, point)[1]:
            self._pressed_at = None
            self.tile_opened.emit(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        index = self.tile_at(point)
        over_button = index is not None and bool(self._action_at(index, point)[1])
        shape = Qt.CursorShape.PointingHandCursor if over_button else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        if self._pressed_at is None:
            return
        if (point - self._pressed_at).manhattanLength() >= QApplication.startDragDistance():
            self._start_drag(self.tile_at(self._pressed_at))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = None
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_I and not event.modifiers():
            self.show_details(not self._shows_details)
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(CAMERA_MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        index = self.tile_at(event.position().toPoint())
        self._mark_drop(index)
        if index is None:
            event.ignore()
        else:
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._mark_drop(None)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._mark_drop(None)
        index = self.tile_at(event.position().toPoint())
        if index is None or not event.mimeData().hasFormat(CAMERA_MIME):
            return
        event.acceptProposedAction()
        self.camera_dropped.emit(index, dragged_camera(event.mimeData()))

    def sizeHint(self) -> QSize:
        return QSize(1280, 760)

    def _action_at(self, index: int, point: QPoint) -> tuple[str, str]:
        tile = self._tiles[index]
        if not tile.plates:
            return "", ""
        plate = tile.plates[0]
        return plate.alarm_id, plate_boxes(tile.body, plate, tile.picture).action_at(point)

    def _start_drag(self, index: int | None) -> None:
        self._pressed_at = None
        content = self.content(index) if index is not None else None
        if content is None:
            return
        drag = QDrag(self)
        drag.setMimeData(camera_mime(content.camera_no))
        drag.exec(Qt.DropAction.CopyAction)

    def _mark_drop(self, index: int | None) -> None:
        was, self._drop_at = self._drop_at, index
        for changed in {was, index} - {None}:
            if changed is not None and changed < self.tile_count:
                self.update(self.tile_rect(changed))


def camera_mime(camera_no: str) -> QMimeData:
    """What a dragged camera carries, from any list or map."""
    data = QMimeData()
    data.setData(CAMERA_MIME, camera_no.encode())
    return data


def dragged_camera(data: QMimeData) -> str:
    """The camera number inside `camera_mime`, "" when there is none."""
    return bytes(data.data(CAMERA_MIME).data()).decode("utf-8", "replace")
