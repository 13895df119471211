"""The video wall that operators work on: choosing, opening, dropping cameras, answering alarms."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPixmap,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from services.core.clock import Clock
from ui.theme import Size
from ui.tiles.feed import CAMERA_MIME
from ui.tiles.plate import plate_boxes
from ui.tiles.steer_hand import SteerHand
from ui.tiles.surface import TileSurface
from ui.tiles.zoom import WHOLE
from ui.tiles.zoom_hand import ZoomHand

_WHEEL_STEP = 120
# The window lost the keyboard, or something else took the mouse: no release will come.
_TAKES_THE_HAND_AWAY = frozenset({QEvent.Type.WindowDeactivate, QEvent.Type.UngrabMouse})
_GHOST_PX = 220


class WallSurface(TileSurface):
    """Signals: tile_chosen(index), tile_opened(index) by double click, camera_dropped(index,
    camera_no), cameras_dropped(index, [camera_no]) for several, alarm_action(alarm_id, action) by a
    plate's buttons, lens_turned(index, steps) by the wheel over a camera whose lens can be turned,
    menu_asked(index, global QPoint) by a right click or the menu key, tiles_swapped(from, to) when
    a tile was dropped on another.
    """

    tile_chosen = Signal(int)
    tile_opened = Signal(int)
    camera_dropped = Signal(int, str)
    cameras_dropped = Signal(int, list)
    alarm_action = Signal(str, str)
    lens_turned = Signal(int, float)
    menu_asked = Signal(int, QPoint)
    tiles_swapped = Signal(int, int)

    def __init__(self, parent: QWidget | None = None, *, clock: Clock | None = None) -> None:
        super().__init__(parent, clock=clock)
        self._pressed_at: QPoint | None = None
        self._dragged: tuple[int, str] | None = None
        self._zoom_hand = ZoomHand(self)
        self.steer_hand = SteerHand(self)
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
        if self._zoom_hand.press(index, point) or self._steer(index, point):
            self._pressed_at = None
        self.choose(index)
        self.tile_chosen.emit(index)

    def wheelEvent(self, event: QWheelEvent) -> None:
        point = event.position().toPoint()
        index = self.tile_at(point)
        steps = event.angleDelta().y() / _WHEEL_STEP
        content = self.content(index) if index is not None else None
        if index is None or content is None or not steps:
            event.ignore()
            return
        event.accept()
        if content.has_lens and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.lens_turned.emit(index, steps)
        else:
            self._zoom_hand.turn(index, point, steps)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            self.ask_menu()
        else:
            self._ask_menu_at(self.tile_at(event.pos()), event.globalPos())

    def steerable_camera(self) -> str:
        """The chosen tile's camera, "" when it cannot be turned."""
        content = self.content(self._chosen) if self._chosen is not None else None
        return content.camera_no if content is not None and content.has_lens else ""

    def ask_menu(self) -> None:
        """The menu of the chosen tile, for the keyboard."""
        if self._chosen is not None:
            self._ask_menu_at(self._chosen, self.mapToGlobal(self.picture_rect(self._chosen).center()))

    def _ask_menu_at(self, index: int | None, at: QPoint) -> None:
        if index is not None:
            self.choose(index)
            self.tile_chosen.emit(index)
            self.menu_asked.emit(index, at)

    def zoom_chosen(self, steps: float) -> None:
        """Zoom the chosen tile about its middle."""
        if self._chosen is not None:
            self._zoom_hand.turn(self._chosen, self.picture_rect(self._chosen).center(), steps)

    def drag_chosen(self, x: float, y: float) -> None:
        """Move the chosen tile's zoomed picture by shares of the tile."""
        if self._chosen is not None:
            self.set_zoom(self._chosen, self.zoom(self._chosen).dragged(x, y))

    def reset_zoom(self) -> bool:
        """Show the chosen tile's whole picture; False when it did already."""
        if self._chosen is None or self.zoom(self._chosen).is_whole:
            return False
        self.set_zoom(self._chosen, WHOLE)
        return True

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        index = self.tile_at(point)
        if index is not None and not self._action_at(index, point)[1]:
            self._pressed_at = None
            self._zoom_hand.let_go()
            self.steer_hand.let_go()
            self.tile_opened.emit(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        index = self.tile_at(point)
        if self.steer_hand.drag(point):
            return
        self.setCursor(self._cursor_at(index, point))
        if self._pressed_at is None or self._zoom_hand.drag(point):
            return
        if (point - self._pressed_at).manhattanLength() >= QApplication.startDragDistance():
            self._start_drag(self.tile_at(self._pressed_at))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = None
        self._zoom_hand.let_go()
        self.steer_hand.release()
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_I and not event.modifiers():
            self.show_details(not self._brush.shows_details)
            return
        if not self.steer_hand.key_pressed(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self.steer_hand.key_released(event):
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.steer_hand.let_go()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.steer_hand.let_go()
        super().hideEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() in _TAKES_THE_HAND_AWAY:
            self.steer_hand.let_go()
        return super().event(event)

    def _steer(self, index: int, point: QPoint) -> bool:
        """A zoomed picture is dragged, not turned."""
        return self.zoom(index).is_whole and self.steer_hand.press(index, point)

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
        source = self._dragged_tile()
        if source is not None:
            self.tiles_swapped.emit(source, index)
            return
        dropped = dragged_cameras(event.mimeData())
        if len(dropped) > 1:
            self.cameras_dropped.emit(index, dropped)
        else:
            self.camera_dropped.emit(index, dropped[0] if dropped else "")

    def _dragged_tile(self) -> int | None:
        """Where the camera that is dragged from here is now: an alarm may have taken its tile meanwhile."""
        if self._dragged is None:
            return None
        index, camera_no = self._dragged
        shown = [tile.content.camera_no if tile.content else "" for tile in self._tiles]
        if index < len(shown) and shown[index] == camera_no:
            return index
        return shown.index(camera_no) if camera_no in shown else None

    def sizeHint(self) -> QSize:
        return QSize(1280, 760)

    def _action_at(self, index: int, point: QPoint) -> tuple[str, str]:
        tile = self._tiles[index]
        if not tile.plates:
            return "", ""
        plate = tile.plates[0]
        return plate.alarm_id, plate_boxes(tile.body, plate, tile.picture).action_at(point)

    def _cursor_at(self, index: int | None, point: QPoint) -> Qt.CursorShape:
        if index is None:
            return Qt.CursorShape.ArrowCursor
        if self._action_at(index, point)[1] or self.badge_rect(index).contains(point):
            return Qt.CursorShape.PointingHandCursor
        if self.zoom(index).is_whole:
            return Qt.CursorShape.ArrowCursor
        is_held = self._zoom_hand.is_dragging
        return Qt.CursorShape.ClosedHandCursor if is_held else Qt.CursorShape.OpenHandCursor

    def _start_drag(self, index: int | None) -> None:
        self._pressed_at = None
        content = self.content(index) if index is not None else None
        if content is None or index is None:
            return
        drag = QDrag(self)
        drag.setMimeData(camera_mime(content.camera_no))
        drag.setPixmap(self._ghost(index))
        drag.setHotSpot(QPoint(_GHOST_PX // 2, Size.TILE_HEADER // 2))
        self._dragged = (index, content.camera_no)
        self._carry(drag)
        self._dragged = None

    def _carry(self, drag: QDrag) -> None:
        """Until it is dropped somewhere; all else goes on meanwhile."""
        drag.exec(Qt.DropAction.CopyAction)

    def _ghost(self, index: int) -> QPixmap:
        """The tile as it is, small and half transparent: what hangs on the pointer is what will move."""
        seen = self.grab(self.tile_rect(index))
        small = seen.scaledToWidth(
            round(_GHOST_PX * seen.devicePixelRatio()), Qt.TransformationMode.SmoothTransformation
        )
        ghost = QPixmap(small.size())
        ghost.setDevicePixelRatio(small.devicePixelRatio())
        ghost.fill(Qt.GlobalColor.transparent)
        painter = QPainter(ghost)
        painter.setOpacity(0.75)
        painter.drawPixmap(0, 0, small)
        painter.end()
        return ghost

    def _mark_drop(self, index: int | None) -> None:
        was, self._drop_at = self._drop_at, index
        for changed in {was, index} - {None}:
            if changed is not None and changed < self.tile_count:
                self.repaint_area(self.tile_rect(changed))


def camera_mime(camera_no: str) -> QMimeData:
    """What a dragged camera carries, from any list or map."""
    return cameras_mime([camera_no])


def cameras_mime(camera_nos: Sequence[str]) -> QMimeData:
    """What several dragged cameras carry; a line each."""
    data = QMimeData()
    data.setData(CAMERA_MIME, "\n".join(camera_nos).encode())
    return data


def dragged_cameras(data: QMimeData) -> list[str]:
    """The camera numbers inside `cameras_mime`, none when there are none."""
    return [no for no in bytes(data.data(CAMERA_MIME).data()).decode("utf-8", "replace").split("\n") if no]
