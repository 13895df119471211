"""The line of time under a playback: what was recorded, what happened, where we are; from days to seconds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QToolTip, QWidget

from services.domain.classes import Priority
from ui.theme import Size, font, tokens

LANE_PX = 16
HEAD_PX = 22
NAME_PX = 110
SHORTEST = timedelta(seconds=10)
LONGEST = timedelta(days=31)
_STEP = 1.25
_WHEEL_STEP = 120
# Between two words of the scale.
_LEAST_WORD_PX = 90
_TICKS = tuple(
    timedelta(seconds=s)
    for s in (1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21600, 43200, 86400, 604800)
)


@dataclass(frozen=True, slots=True)
class TimeBand:
    """A span of unbroken recording; local or any zone, but aware."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class TimeLane:
    """One camera's line. motion: when something moved in its picture."""

    name: str
    bands: tuple[TimeBand, ...] = ()
    motion: tuple[TimeBand, ...] = ()


@dataclass(frozen=True, slots=True)
class TimeMark:
    """Something that happened. text: what a hovering pointer is told."""

    at: datetime
    priority: Priority
    text: str


@dataclass(frozen=True, slots=True)
class TimeScale:
    """Which span lies over which pixels. left_px, width_px: of the line itself, beside the names."""

    since: datetime
    until: datetime
    left_px: float
    width_px: float

    def x_of(self, at: datetime) -> float:
        return self.left_px + (at - self.since) / (self.until - self.since) * self.width_px

    def at(self, x_px: float) -> datetime:
        return self.since + (self.until - self.since) * ((x_px - self.left_px) / max(1.0, self.width_px))

    def zoomed(self, factor: float, x_px: float) -> TimeScale:
        """Longer by `factor`, with the moment under `x_px` where it was; within SHORTEST and LONGEST."""
        length = min(LONGEST, max(SHORTEST, (self.until - self.since) * factor))
        share = (x_px - self.left_px) / max(1.0, self.width_px)
        since = self.at(x_px) - length * share
        return TimeScale(since, since + length, self.left_px, self.width_px)

    def moved(self, by: timedelta) -> TimeScale:
        return TimeScale(self.since + by, self.until + by, self.left_px, self.width_px)

    def ticks(self) -> list[datetime]:
        """Round local moments, far enough apart for their words."""
        most = max(1.0, self.width_px / _LEAST_WORD_PX)
        step = next((tick for tick in _TICKS if (self.until - self.since) / tick <= most), _TICKS[-1])
        local = self.since.astimezone()
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
        first = midnight + step * ((local - midnight) // step)
        count = int((self.until - first) / step) + 1
        return [at for number in range(count) if self.since <= (at := first + step * number) <= self.until]


class Timeline(QWidget):
    """Signals: sought(datetime, bool) while a person chooses a moment, True when they let go;
    span_changed(since, until) when another span is shown.
    """

    sought = Signal(object, bool)
    span_changed = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lanes: tuple[TimeLane, ...] = ()
        self._marks: tuple[TimeMark, ...] = ()
        self._at: datetime | None = None
        self._scale: TimeScale | None = None
        self._is_seeking = False
        self._panned_from: float | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_span(self, since: datetime, until: datetime) -> None:
        self._scale = TimeScale(since, until, NAME_PX, max(1, self.width() - NAME_PX))
        self.update()

    def show_lanes(self, lanes: Sequence[TimeLane], marks: Sequence[TimeMark]) -> None:
        self._lanes, self._marks = tuple(lanes), tuple(marks)
        self.setMinimumHeight(self.sizeHint().height())
        self.updateGeometry()
        self.update()

    def show_moment(self, at: datetime) -> None:
        """Where the playback is; the span follows when it leaves the window."""
        self._at = at
        scale = self._scale
        if scale is not None and not self._is_seeking and not scale.since <= at <= scale.until:
            self._become(scale.moved(at - scale.since - (scale.until - scale.since) / 10))
        self.update()

    @property
    def scale(self) -> TimeScale | None:
        return self._scale

    def zoom(self, factor: float) -> None:
        """Around the moment shown."""
        if self._scale is not None:
            x_px = self._scale.x_of(self._at) if self._at else self.width() / 2
            self._become(self._scale.zoomed(factor, x_px))

    def sizeHint(self) -> QSize:
        return QSize(600, HEAD_PX + max(1, len(self._lanes)) * LANE_PX + Size.GAP_S)

    def resizeEvent(self, _event: object) -> None:
        if self._scale is not None:
            self.show_span(self._scale.since, self._scale.until)

    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = event.angleDelta().y() / _WHEEL_STEP
        if self._scale is not None and notches:
            self._become(self._scale.zoomed(_STEP**-notches, event.position().x()))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._is_seeking = True
            self._seek(event.position().x(), is_over=False)
        elif event.button() is Qt.MouseButton.RightButton:
            self._panned_from = event.position().x()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x_px = event.position().x()
        if self._is_seeking:
            self._seek(x_px, is_over=False)
        elif self._panned_from is not None and self._scale is not None:
            scale = self._scale
            by = (scale.until - scale.since) * ((self._panned_from - x_px) / max(1.0, scale.width_px))
            self._panned_from = x_px
            self._become(scale.moved(by))
        else:
            self._explain(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._is_seeking:
            self._is_seeking = False
            self._seek(event.position().x(), is_over=True)
        self._panned_from = None

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = QPainter(self), tokens()
        painter.fillRect(self.rect(), QColor(theme.panel))
        scale = self._scale
        if scale is None:
            return
        self._paint_ticks(painter, scale)
        for number, lane in enumerate(self._lanes):
            self._paint_lane(painter, scale, number, lane)
        for mark in self._marks:
            if scale.since <= mark.at <= scale.until:
                x_px = scale.x_of(mark.at)
                painter.setPen(QPen(QColor(theme.priority(mark.priority).mark), 2))
                painter.drawLine(QPointF(x_px, HEAD_PX - 6), QPointF(x_px, self.height()))
        if self._at is not None and scale.since <= self._at <= scale.until:
            x_px = scale.x_of(self._at)
            painter.setPen(QPen(QColor(theme.text), 2))
            painter.drawLine(QPointF(x_px, 0), QPointF(x_px, self.height()))

    def _paint_ticks(self, painter: QPainter, scale: TimeScale) -> None:
        theme = tokens()
        painter.setFont(font(Size.TEXT_S))
        for at in scale.ticks():
            x_px = scale.x_of(at)
            painter.setPen(QColor(theme.line))
            painter.drawLine(QPointF(x_px, HEAD_PX - 4), QPointF(x_px, self.height()))
            painter.setPen(QColor(theme.text_dim))
            painter.drawText(QRectF(x_px + 3, 0, _LEAST_WORD_PX, HEAD_PX - 4), _word(at, scale))

    def _paint_lane(self, painter: QPainter, scale: TimeScale, number: int, lane: TimeLane) -> None:
        theme, top = tokens(), HEAD_PX + number * LANE_PX
        painter.setFont(font(Size.TEXT_S))
        painter.setPen(QColor(theme.text))
        name = painter.fontMetrics().elidedText(lane.name, Qt.TextElideMode.ElideRight, NAME_PX - 8)
        painter.drawText(QRectF(4, top, NAME_PX - 8, LANE_PX), Qt.AlignmentFlag.AlignVCenter, name)
        painter.fillRect(QRectF(NAME_PX, top + 3, scale.width_px, LANE_PX - 6), QColor(theme.raised))
        for bands, down_px, height_px, colour in (
            (lane.bands, 3, LANE_PX - 6, theme.accent),
            (lane.motion, LANE_PX - 7, 4, theme.text),
        ):
            for band in bands:
                left = max(scale.left_px, scale.x_of(band.since))
                right = min(scale.left_px + scale.width_px, scale.x_of(band.until))
                if right > left:
                    box = QRectF(left, top + down_px, max(1.0, right - left), height_px)
                    painter.fillRect(box, QColor(colour))

    def _become(self, scale: TimeScale) -> None:
        self._scale = scale
        self.span_changed.emit(scale.since, scale.until)
        self.update()

    def _seek(self, x_px: float, *, is_over: bool) -> None:
        if self._scale is not None:
            self._at = self._scale.at(max(float(NAME_PX), x_px))
            self.sought.emit(self._at, is_over)
            self.update()

    def _explain(self, event: QMouseEvent) -> None:
        scale = self._scale
        if scale is None or event.position().x() < NAME_PX:
            return
        x_px = event.position().x()
        near = [mark for mark in self._marks if abs(scale.x_of(mark.at) - x_px) <= 4]
        words = [f"{scale.at(x_px).astimezone():%Y-%m-%d %H:%M:%S}", *(mark.text for mark in near[:5])]
        QToolTip.showText(event.globalPosition().toPoint(), "\n".join(words), self)


def _word(at: datetime, scale: TimeScale) -> str:
    local = at.astimezone()
    if local.hour == local.minute == local.second == 0:
        return f"{local:%m-%d}"
    return f"{local:%H:%M}" if scale.until - scale.since > timedelta(minutes=20) else f"{local:%H:%M:%S}"
