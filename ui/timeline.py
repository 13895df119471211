"""The line of time under a playback: what was recorded, what happened, where we are; from days to seconds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QHideEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from ui.text.names import name_of
from ui.text.times import date_time
from ui.theme import Size, tokens
from ui.time_card import TimeCard
from ui.time_lanes import TimeLane, TimeMark
from ui.time_paint import LANE_PX, NAME_PX, TOP_PX, TimePicture, lane_at, paint_time
from ui.time_scale import TimeScale

_STEP = 1.25
_WHEEL_STEP = 120
_NEAR_PX = 5
_MOST_MARKS_SAID = 5
_MOST_KEPT_SAID = 2
# By key a hundredth of what is shown, with Ctrl a tenth.
_FINE, _COARSE = 100, 10


class Timeline(QWidget):
    """By Tab it gets the keyboard: ← → move the moment, with Ctrl further, Home and End to what is shown
    first and last, PageUp and PageDown a whole span back and on.

    Signals: sought(datetime, bool) while a person chooses a moment, True when they let go;
    span_changed(since, until) when another span is shown; pointed(lane, datetime) when a pointer rests over
    a moment of a lane: whoever has its picture gives it to `show_picture`.
    """

    sought = Signal(object, bool)
    span_changed = Signal(object, object)
    pointed = Signal(int, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lanes: tuple[TimeLane, ...] = ()
        self._marks: tuple[TimeMark, ...] = ()
        self._at: datetime | None = None
        self._marked: tuple[datetime | None, datetime | None] = (None, None)
        self._scale: TimeScale | None = None
        self._is_seeking = False
        self._panned_from: float | None = None
        self._pointer = QPoint()
        self._is_pointed = False
        self._card: TimeCard | None = None
        self.setMouseTracking(True)
        # Not by a click: then ← and → would no longer step picture by picture.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_span(self, since: datetime, until: datetime) -> None:
        self._scale = TimeScale(since, until, NAME_PX, max(1, self.width() - NAME_PX))
        self.update()

    def show_lanes(self, lanes: Sequence[TimeLane], marks: Sequence[TimeMark]) -> None:
        self._lanes, self._marks = tuple(lanes), tuple(marks)
        self.setMinimumHeight(self.sizeHint().height())
        self.updateGeometry()
        self.update()

    def show_marked(self, since: datetime | None, until: datetime | None) -> None:
        """What a person marked; None = not on that side."""
        self._marked = (since, until)
        self.update()

    def show_moment(self, at: datetime, *, is_jump: bool = False) -> None:
        """Where the playback is. The span follows when it runs out of the window or somebody jumps; whoever
        moved the window away to look elsewhere keeps it."""
        was, self._at = self._at, at
        scale = self._scale
        if scale is None or self._is_seeking or scale.shows(at):
            self.update()
        elif is_jump or was is None or scale.shows(was):
            self._become(scale.moved(at - scale.since - scale.length / 10))

    def show_picture(self, image: QImage | None) -> None:
        """Of the moment that was pointed at last; None = there is none."""
        if self._is_pointed:
            self._tell(image)

    @property
    def scale(self) -> TimeScale | None:
        return self._scale

    @property
    def marked(self) -> tuple[datetime | None, datetime | None]:
        return self._marked

    @property
    def card(self) -> TimeCard | None:
        """What hangs over the pointer; None until something did."""
        return self._card

    def zoom(self, factor: float) -> None:
        """Around the moment shown."""
        if self._scale is not None:
            x_px = self._scale.x_of(self._at) if self._at else self.width() / 2
            self._become(self._scale.zoomed(factor, x_px))

    def words_at(self, at: datetime, lane: int | None = None) -> str:
        """What a pointer, or a reader of the screen, is told of a moment; of one lane, None = of all."""
        scale = self._scale
        near = timedelta() if scale is None else scale.length * (_NEAR_PX / max(1.0, scale.width_px))
        lanes = self._lanes if lane is None else self._lanes[lane : lane + 1]
        marks = [mark.text for mark in self._marks if _is_near(mark, at, near)]
        told = [text for one in lanes for text in (self._lane_words(one, at), *self._kept_words(one, at))]
        return "\n".join([date_time(at), *told, *marks[:_MOST_MARKS_SAID]])

    def sizeHint(self) -> QSize:
        return QSize(600, TOP_PX + max(1, len(self._lanes)) * LANE_PX + Size.GAP_S)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        if self._scale is not None:
            self.show_span(self._scale.since, self._scale.until)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._leave()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._say()

    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = event.angleDelta().y() / _WHEEL_STEP
        if self._scale is not None and notches:
            self._become(self._scale.zoomed(_STEP**-notches, event.position().x()))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._leave()
            self._is_seeking = True
            self._seek_to(self._moment_at(event), is_over=False)
        elif event.button() is Qt.MouseButton.RightButton:
            self._panned_from = event.position().x()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x_px = event.position().x()
        if self._is_seeking:
            self._seek_to(self._moment_at(event), is_over=False)
        elif self._panned_from is not None and self._scale is not None:
            scale = self._scale
            by = scale.length * ((self._panned_from - x_px) / max(1.0, scale.width_px))
            self._panned_from = x_px
            self._become(scale.moved(by))
        else:
            self._point(event.position().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._is_seeking:
            self._is_seeking = False
            self._seek_to(self._moment_at(event), is_over=True)
        self._panned_from = None

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moved = self._moved_by(event)
        if moved is None:
            event.ignore()
            return
        self._seek_to(moved, is_over=True)
        self._say()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = QPainter(self), tokens()
        painter.fillRect(self.rect(), QColor(theme.panel))
        if self._scale is not None:
            picture = TimePicture(
                self._scale, self._lanes, self._marks, self._at, self.height(), self._marked
            )
            paint_time(painter, picture)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _moved_by(self, event: QKeyEvent) -> datetime | None:
        """Where a key leads; None for a key that is none of ours."""
        scale, at = self._scale, self._at
        mods = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        is_far = mods == Qt.KeyboardModifier.ControlModifier
        if scale is None or at is None or (mods and not is_far):
            return None
        step = scale.length / (_COARSE if is_far else _FINE)
        match event.key():
            case Qt.Key.Key_Left:
                return at - step
            case Qt.Key.Key_Right:
                return at + step
            case Qt.Key.Key_Home:
                return scale.since
            case Qt.Key.Key_End:
                return scale.until
            case Qt.Key.Key_PageUp | Qt.Key.Key_PageDown:
                way = -1 if event.key() == Qt.Key.Key_PageUp else 1
                self._become(scale.moved(way * scale.length))
                return at + way * scale.length
            case _:
                return None

    def _become(self, scale: TimeScale) -> None:
        self._scale = scale
        self.span_changed.emit(scale.since, scale.until)
        self.update()

    def _moment_at(self, event: QMouseEvent) -> datetime | None:
        """Under the pointer; in the row of marks that of the mark beside it."""
        if self._scale is None:
            return None
        x_px = max(float(NAME_PX), event.position().x())
        if event.position().y() < TOP_PX:
            scale = self._scale
            near = [mark.at for mark in self._marks if abs(scale.x_of(mark.at) - x_px) <= _NEAR_PX]
            if near:
                return min(near, key=lambda at: abs(scale.x_of(at) - x_px))
        return self._scale.at(x_px)

    def _seek_to(self, at: datetime | None, *, is_over: bool) -> None:
        if at is not None:
            self._at = at
            self.sought.emit(at, is_over)
            self.update()

    def _point(self, pointer: QPoint) -> None:
        if self._scale is None or pointer.x() < NAME_PX:
            self._leave()
            return
        self._pointer, self._is_pointed = pointer, True
        self._tell(None)
        if self._lanes:
            self.pointed.emit(self._pointed_lane() or 0, self._scale.at(pointer.x()))

    def _pointed_lane(self) -> int | None:
        return lane_at(self._pointer.y(), len(self._lanes))

    def _tell(self, image: QImage | None) -> None:
        if self._scale is None:
            return
        if self._card is None:
            self._card = TimeCard(self.window())
        at = self._scale.at(self._pointer.x())
        over = self.mapTo(self.window(), QPoint(self._pointer.x(), 0))
        self._card.tell(self.words_at(at, self._pointed_lane()), image, over)

    def _leave(self) -> None:
        self._is_pointed = False
        if self._card is not None:
            self._card.hide()

    def _say(self) -> None:
        """To a reader of the screen; only what a person did by key, or it would talk without end."""
        if self._at is not None:
            self.setAccessibleDescription(self.words_at(self._at))
            told = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
            QAccessible.updateAccessibility(told)

    def _lane_words(self, lane: TimeLane, at: datetime) -> str:
        band, gap = lane.band_at(at), lane.gap_at(at)
        if band is not None and band.is_elsewhere:
            return self.tr("{camera}：录像在录像机上").format(camera=lane.name)
        if band is not None:
            is_moved = lane.motion_at(at) is not None
            text = (
                self.tr("{camera}：有录像（{cause}），画面有移动")
                if is_moved
                else self.tr("{camera}：有录像（{cause}）")
            )
            return text.format(camera=lane.name, cause=name_of(band.cause))
        if gap is not None:
            return self.tr("{camera}：缺录像，{why}").format(camera=lane.name, why=gap.text)
        return self.tr("{camera}：没有录像").format(camera=lane.name)

    def _kept_words(self, lane: TimeLane, at: datetime) -> list[str]:
        text = self.tr("{camera}：{kept}")
        return [text.format(camera=lane.name, kept=one.text) for one in lane.kept_at(at)[:_MOST_KEPT_SAID]]


def _is_near(mark: TimeMark, at: datetime, near: timedelta) -> bool:
    return mark.at - near <= at <= (mark.until or mark.at) + near
