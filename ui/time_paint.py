"""Draws a line of time: the scale, the row of marks, a lane for each camera, and where the playback is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPolygonF

from services.domain.recordings import Cause
from ui.icons import priority_shape
from ui.theme import Size, font, tokens
from ui.time_lanes import MarkLook, TimeLane, TimeMark
from ui.time_scale import LEAST_WORD_PX, TimeScale

LANE_PX = 16
HEAD_PX = 20
MARKS_PX = 14
NAME_PX = 110
# Where the first lane begins.
TOP_PX = HEAD_PX + MARKS_PX
_MARK_PX = 10.0
# Above the ground of a lane and below it; what was recorded for a reason stands taller.
_INSETS_PX = {Cause.CONTINUOUS: 4, Cause.MOTION: 3, Cause.ALARM: 2}
_MOTION_PX = 3
# What was searched for is seen on a line of days too.
_HIT_PX = 2.0
_HIT_HEIGHT_PX = 6.0
# The posts at both ends of what is protected; the rail over it lies on the upper edge of the lane.
_POST_PX = 2.0
# Of 255: what lies under a marked span is still read.
_VEIL = 60


@dataclass(frozen=True, slots=True)
class TimePicture:
    """All that is drawn. at: where the playback is; marked: from where to where a person marked, None = open
    on that side."""

    scale: TimeScale
    lanes: tuple[TimeLane, ...]
    marks: tuple[TimeMark, ...]
    at: datetime | None
    height_px: int
    marked: tuple[datetime | None, datetime | None] = (None, None)


def lane_at(y_px: float, count: int) -> int | None:
    """Which lane lies there; None beside them."""
    number = int((y_px - TOP_PX) // LANE_PX)
    return number if 0 <= number < count else None


def paint_time(painter: QPainter, picture: TimePicture) -> None:
    scale = picture.scale
    _paint_ticks(painter, picture)
    for number, lane in enumerate(picture.lanes):
        _paint_lane(painter, scale, TOP_PX + number * LANE_PX, lane)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for mark in picture.marks:
        _paint_mark(painter, picture, mark)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    _paint_marked(painter, picture)
    if picture.at is not None and scale.shows(picture.at):
        _paint_hand(painter, scale.x_of(picture.at), picture.height_px)


def _paint_ticks(painter: QPainter, picture: TimePicture) -> None:
    theme, scale = tokens(), picture.scale
    painter.setFont(font(Size.TEXT_S))
    for at in scale.ticks():
        x_px = scale.x_of(at)
        painter.setPen(QColor(theme.line))
        painter.drawLine(QPointF(x_px, HEAD_PX - 4), QPointF(x_px, picture.height_px))
        painter.setPen(QColor(theme.text_dim))
        painter.drawText(QRectF(x_px + 3, 0, LEAST_WORD_PX, HEAD_PX - 2), _word(at, scale))


# What lies on another recorder is seen through: less certain, and slower.
_ELSEWHERE = Qt.BrushStyle.Dense5Pattern


def _paint_lane(painter: QPainter, scale: TimeScale, top_px: int, lane: TimeLane) -> None:
    theme = tokens()
    painter.setFont(font(Size.TEXT_S))
    painter.setPen(QColor(theme.text))
    name = painter.fontMetrics().elidedText(lane.name, Qt.TextElideMode.ElideRight, NAME_PX - 8)
    painter.drawText(QRectF(4, top_px, NAME_PX - 8, LANE_PX), Qt.AlignmentFlag.AlignVCenter, name)
    painter.fillRect(QRectF(NAME_PX, top_px + 3, scale.width_px, LANE_PX - 6), QColor(theme.raised))
    for gap in lane.gaps:
        seen = scale.stretch(gap.since, gap.until)
        if seen is not None:
            box = QRectF(seen[0], top_px + 3, seen[1] - seen[0], LANE_PX - 6)
            painter.fillRect(box, QBrush(QColor(theme.bad), Qt.BrushStyle.BDiagPattern))
    for band in lane.bands:
        seen = scale.stretch(band.since, band.until)
        if seen is not None:
            inset = _INSETS_PX[band.cause]
            box = QRectF(seen[0], top_px + inset, seen[1] - seen[0], LANE_PX - 2 * inset)
            colour = cause_colour(band.cause)
            painter.fillRect(box, QBrush(colour, _ELSEWHERE) if band.is_elsewhere else QBrush(colour))
    for moved in lane.motion:
        seen = scale.stretch(moved.since, moved.until)
        if seen is not None:
            low_px = top_px + LANE_PX - 3 - _MOTION_PX
            painter.fillRect(QRectF(seen[0], low_px, seen[1] - seen[0], _MOTION_PX), QColor(theme.text))
    for hit in lane.hits:
        seen = scale.stretch(hit.since, hit.until)
        if seen is not None:
            box = QRectF(seen[0], top_px, max(_HIT_PX, seen[1] - seen[0]), _HIT_HEIGHT_PX)
            painter.fillRect(box, QColor(theme.warn))
    for kept in lane.kept:
        seen = scale.stretch(kept.since, kept.until or scale.until)
        if seen is not None:
            _paint_kept(painter, QRectF(seen[0], top_px + 0.0, seen[1] - seen[0], LANE_PX - 2))


def _paint_kept(painter: QPainter, box: QRectF) -> None:
    """A bracket over the recording, unlike any band: it is seen by its shape."""
    ink = QColor(tokens().text)
    painter.fillRect(QRectF(box.left(), box.top(), box.width(), _POST_PX), ink)
    for x_px in (box.left(), max(box.left(), box.right() - _POST_PX)):
        painter.fillRect(QRectF(x_px, box.top(), _POST_PX, box.height()), ink)


def _paint_marked(painter: QPainter, picture: TimePicture) -> None:
    """A post at each mark, and a veil between the two."""
    scale, (since, until) = picture.scale, picture.marked
    ink, top_px = QColor(tokens().warn), HEAD_PX
    if since is not None and until is not None and (seen := scale.stretch(since, until)) is not None:
        veil = QColor(ink)
        veil.setAlpha(_VEIL)
        painter.fillRect(QRectF(seen[0], top_px, seen[1] - seen[0], picture.height_px - top_px), veil)
    for at in (since, until):
        if at is not None and scale.shows(at):
            post = QRectF(scale.x_of(at) - _POST_PX / 2, top_px, _POST_PX, picture.height_px - top_px)
            painter.fillRect(post, ink)


def cause_colour(cause: Cause) -> QColor:
    theme = tokens()
    match cause:
        case Cause.CONTINUOUS:
            return QColor(theme.accent)
        case Cause.ALARM:
            return QColor(theme.p2.mark)
        case Cause.MOTION:
            return QColor(theme.ok)


def _paint_mark(painter: QPainter, picture: TimePicture, mark: TimeMark) -> None:
    """A shape in the row of marks, and a line down through the lanes for what has a moment."""
    scale, ink = picture.scale, _ink(mark)
    seen = scale.stretch(mark.at, mark.until) if mark.until is not None else None
    if seen is not None:
        bar = QRectF(seen[0], HEAD_PX + MARKS_PX - 4, seen[1] - seen[0], 3)
        painter.fillRect(bar, ink)
    if not scale.shows(mark.at):
        return
    x_px = scale.x_of(mark.at)
    is_alarm = mark.look is MarkLook.ALARM
    painter.setPen(QPen(ink, 1, Qt.PenStyle.SolidLine if is_alarm else Qt.PenStyle.DotLine))
    painter.drawLine(QPointF(x_px, TOP_PX - 2), QPointF(x_px, picture.height_px))
    area = QRectF(x_px - _MARK_PX / 2, HEAD_PX + 1, _MARK_PX, _MARK_PX)
    painter.fillPath(mark_shape(mark, area), ink)


def mark_shape(mark: TimeMark, area: QRectF) -> QPainterPath:
    """An alarm's own shape; a ring for an incident, a flag for a bookmark, a tray for an export."""
    path = QPainterPath()
    match mark.look:
        case MarkLook.ALARM:
            return priority_shape(mark.priority, area)
        case MarkLook.INCIDENT:
            path.addEllipse(area)
            path.addEllipse(area.adjusted(2.5, 2.5, -2.5, -2.5))
        case MarkLook.BOOKMARK:
            points = [
                area.topLeft(),
                area.topRight(),
                area.bottomRight(),
                QPointF(area.center().x(), area.bottom() - 4),
                area.bottomLeft(),
            ]
            path.addPolygon(QPolygonF(points))
            path.closeSubpath()
        case MarkLook.EXPORT:
            middle, wing = area.center().x(), area.width() * 0.2
            path.addRect(QRectF(middle - wing / 2, area.top(), wing, area.height() * 0.5))
            head = [
                QPointF(middle - 2 * wing, area.top() + area.height() * 0.4),
                QPointF(middle + 2 * wing, area.top() + area.height() * 0.4),
                QPointF(middle, area.top() + area.height() * 0.75),
            ]
            path.addPolygon(QPolygonF(head))
            path.closeSubpath()
            path.addRect(QRectF(area.left(), area.bottom() - 1.5, area.width(), 1.5))
    return path


def _ink(mark: TimeMark) -> QColor:
    theme = tokens()
    match mark.look:
        case MarkLook.ALARM:
            return QColor(theme.priority(mark.priority).mark)
        case MarkLook.INCIDENT:
            return QColor(theme.bad)
        case MarkLook.BOOKMARK:
            return QColor(theme.warn)
        case MarkLook.EXPORT:
            return QColor(theme.calm)


def _paint_hand(painter: QPainter, x_px: float, height_px: int) -> None:
    ink = QColor(tokens().text)
    painter.setPen(QPen(ink, 2))
    painter.drawLine(QPointF(x_px, 0), QPointF(x_px, height_px))
    top = QPolygonF([QPointF(x_px - 5, 0), QPointF(x_px + 5, 0), QPointF(x_px, 7)])
    path = QPainterPath()
    path.addPolygon(top)
    painter.fillPath(path, ink)


def _word(at: datetime, scale: TimeScale) -> str:
    local = at.astimezone()
    if local.hour == local.minute == local.second == 0:
        return f"{local:%m-%d}"
    return f"{local:%H:%M}" if scale.length > timedelta(minutes=20) else f"{local:%H:%M:%S}"
