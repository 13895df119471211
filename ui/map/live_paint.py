"""Draws what moves and flashes over the plan: cameras' states, guards, the route, alarms."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from services.domain.classes import Priority
from services.domain.people import READY, GuardState, GuardStatus
from services.domain.site import Camera, Site
from ui.icons import priority_shape
from ui.map.look import PlanLook
from ui.map.marks import LiveMarks, MapAlarm
from ui.map.plan_paint import camera_path, cone_outline, polygon
from ui.map.view import PlanView
from ui.theme import ALIGN_CENTRE, ALIGN_LEFT, Size, Tokens, colour, font, tokens

FLASH_S = 1.1
# How smoothly a ring spreads.
RING_STEPS = 18
ALARM_REACH_PX = 34
# Nearer than this two marks hide each other.
MARK_PX = 20
_CROWD_PX = 16
_WORKING = frozenset({GuardStatus.DISPATCHED, GuardStatus.EN_ROUTE, GuardStatus.ON_SCENE, GuardStatus.DURESS})


def paint_live(painter: QPainter, site: Site, view: PlanView, look: PlanLook, marks: LiveMarks) -> None:
    """Everything but the alarms, which flash on their own."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for camera in site.cameras:
        if camera.no in marks.cameras_lit:
            _paint_lit_cone(painter, camera, view, look)
    _paint_route(painter, view, marks)
    for camera in site.cameras:
        _paint_camera(painter, camera, view, look, marks)
    at_rest = [
        g for g in marks.guards.values() if g.status not in _WORKING and g.status is not GuardStatus.OFF
    ]
    _paint_crowds(painter, at_rest, view, look, marks.stale)
    for state in marks.guards.values():
        if state.status in _WORKING:
            letter = look.letters.get(state.status, "•")
            _paint_guard(painter, state, view, letter, is_stale=state.no in marks.stale)


def paint_alarm(painter: QPainter, alarm: MapAlarm, view: PlanView, now_s: float) -> None:
    """A solid priority shape, and a ring that spreads while nobody owns the alarm."""
    step = RING_STEPS // 2 if alarm.is_claimed else int(now_s / FLASH_S * RING_STEPS) % RING_STEPS
    mark = _alarm_mark(tokens(), alarm.priority, step, painter.device().devicePixelRatio())
    painter.drawImage(view.to_px(alarm.at) - QPointF(ALARM_REACH_PX, ALARM_REACH_PX), mark)


@lru_cache(maxsize=8 * RING_STEPS)
def _alarm_mark(theme: Tokens, priority: Priority, step: int, scale: float) -> QImage:
    """Painted once: in a flood dozens of marks flash at once, and rings are dear."""
    side = math.ceil(2 * ALARM_REACH_PX * scale)
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(scale)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _draw_alarm_mark(painter, theme, priority, step / RING_STEPS)
    painter.end()
    return image


def _draw_alarm_mark(painter: QPainter, theme: Tokens, priority: Priority, phase: float) -> None:
    colours = theme.priority(priority)
    at = QPointF(ALARM_REACH_PX, ALARM_REACH_PX)
    radius = 12 + (ALARM_REACH_PX - 15) * phase
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour(colours.mark, 1.0 - 0.8 * phase), 3))
    painter.drawEllipse(at, radius, radius)
    box = QRectF(at.x() - 10, at.y() - 10, 20, 20)
    painter.setPen(QPen(QColor(theme.video), 2))
    painter.setBrush(QColor(colours.fill))
    painter.drawPath(priority_shape(priority, box))
    painter.setFont(font(Size.TEXT_S, bold=True))
    painter.setPen(QColor(colours.on_fill))
    painter.drawText(box.adjusted(0, 1, 0, 1), ALIGN_CENTRE, f"{priority:d}")


def apart_alarms(alarms: Iterable[MapAlarm], view: PlanView) -> list[MapAlarm]:
    """Those worth painting: of marks that would lie on one another the most urgent, an unclaimed one first.

    alarms: in the order they are painted, the most urgent last. A flood of a thousand would else keep the
    window busy with marks that nobody can tell apart.
    """
    kept: dict[tuple[int, int], MapAlarm] = {}
    for alarm in alarms:
        at = view.to_px(alarm.at)
        place = int(at.x() // MARK_PX), int(at.y() // MARK_PX)
        below = kept.get(place)
        if below is None or (below.priority, below.is_claimed) >= (alarm.priority, alarm.is_claimed):
            kept[place] = alarm
    return sorted(kept.values(), key=lambda alarm: alarm.priority, reverse=True)


def _paint_lit_cone(painter: QPainter, camera: Camera, view: PlanView, look: PlanLook) -> None:
    theme = tokens()
    painter.setPen(QPen(colour(theme.map_cone, 0.9), 1.5))
    painter.setBrush(colour(theme.map_cone, 0.22))
    painter.drawPolygon(polygon(look.cones.get(camera.no) or cone_outline(camera), view))


def _paint_camera(
    painter: QPainter, camera: Camera, view: PlanView, look: PlanLook, marks: LiveMarks
) -> None:
    theme = tokens()
    size = 4.0 if look.is_compact else min(8.0, 4.5 + view.px_per_m)
    is_down = camera.no in marks.cameras_troubled
    is_marked = camera.no in marks.cameras_lit or (
        marks.hovered is not None and marks.hovered.no == camera.no
    )
    painter.setPen(QPen(QColor(theme.text if is_marked else theme.map_ground), 1.6 if is_marked else 1.0))
    painter.setBrush(QColor(theme.bad if is_down else theme.map_camera))
    painter.drawPath(camera_path(view, camera, size + (1.5 if is_marked else 0)))
    if is_down:
        reach = QPointF(size + 3, size + 3)
        painter.setPen(QPen(QColor(theme.bad), 2))
        painter.drawLine(view.to_px(camera.at) - reach, view.to_px(camera.at) + reach)


def guard_colour(status: GuardStatus) -> QColor:
    theme = tokens()
    if status is GuardStatus.DURESS:
        return QColor(theme.p1.mark)
    if status in READY:
        return QColor(theme.map_guard_ready)
    if status in _WORKING:
        return QColor(theme.map_guard_busy)
    return QColor(theme.map_guard_away)


def _paint_crowds(
    painter: QPainter, guards: list[GuardState], view: PlanView, look: PlanLook, stale: frozenset[str]
) -> None:
    """Guards at rest that stand on one spot become one disc with their number in it."""
    crowds: dict[tuple[int, int], list[GuardState]] = {}
    for state in guards:
        at = view.to_px(state.at)
        crowds.setdefault((int(at.x() // _CROWD_PX), int(at.y() // _CROWD_PX)), []).append(state)
    for crowd in crowds.values():
        letter = look.letters.get(crowd[0].status, "") if len(crowd) == 1 else str(len(crowd))
        ready = next((state for state in crowd if state.status in READY), crowd[0])
        shown = "" if look.is_compact else letter
        _paint_guard(painter, ready, view, shown, is_stale=all(state.no in stale for state in crowd))


def _paint_guard(
    painter: QPainter, state: GuardState, view: PlanView, letter: str, *, is_stale: bool
) -> None:
    """A full disc where they are; a broken ring where they were last known to be."""
    at = view.to_px(state.at)
    radius = 8.0 if letter else 3.5
    ink = guard_colour(state.status)
    if is_stale:
        painter.setPen(QPen(ink, 1.5, Qt.PenStyle.DotLine))
        painter.setBrush(colour(tokens().map_ground, 0.85))
    else:
        painter.setPen(QPen(QColor(tokens().map_ground), 1.5))
        painter.setBrush(ink)
    painter.drawEllipse(at, radius, radius)
    if letter:
        painter.setFont(font(Size.TEXT_XS, bold=True))
        on_disc = QColor(tokens().video if tokens().is_night else tokens().raised)
        painter.setPen(ink if is_stale else on_disc)
        painter.drawText(QRectF(at.x() - 9, at.y() - 9, 18, 18), ALIGN_CENTRE, letter)


def _paint_route(painter: QPainter, view: PlanView, marks: LiveMarks) -> None:
    if len(marks.route) < 2:
        return
    line = polygon(marks.route, view)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    halo = QPen(colour(tokens().video, 0.7), 6)
    halo.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(halo)
    painter.drawPolyline(line)
    pen = QPen(QColor(tokens().map_route), 3, Qt.PenStyle.DashLine)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.drawPolyline(line)
    _paint_arrow(painter, line.at(line.size() - 2), line.at(line.size() - 1))


def _paint_arrow(painter: QPainter, before: QPointF, end: QPointF) -> None:
    angle = math.atan2(end.y() - before.y(), end.x() - before.x())
    painter.setPen(QPen(QColor(tokens().map_route), 3))
    for turn in (2.6, -2.6):
        tail = QPointF(end.x() + 10 * math.cos(angle + turn), end.y() + 10 * math.sin(angle + turn))
        painter.drawLine(end, tail)


def paint_compass(painter: QPainter, view: PlanView, is_compact: bool) -> None:
    """North arrow at the top right, scale bar at the bottom left; the plan's north is up."""
    theme = tokens()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    top = QPointF(view.width_px - 18, 10)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.text_dim))
    painter.drawPolygon([top, top + QPointF(5, 14), top + QPointF(0, 10), top + QPointF(-5, 14)])
    painter.setPen(QColor(theme.text_dim))
    painter.setFont(font(Size.TEXT_XS, bold=True))
    painter.drawText(QRectF(top.x() - 10, top.y() + 14, 20, 14), ALIGN_CENTRE, "N")
    if not is_compact:
        _paint_scale(painter, view)


def _paint_scale(painter: QPainter, view: PlanView) -> None:
    metres = next((m for m in (5, 10, 20, 50, 100, 200) if m * view.px_per_m >= 60), 500)
    left, bottom, width = 14.0, view.height_px - 14.0, metres * view.px_per_m
    painter.setPen(QPen(QColor(tokens().text_dim), 1.5))
    painter.drawPolyline(
        [QPointF(left, bottom - 5), QPointF(left, bottom), QPointF(left + width, bottom),
         QPointF(left + width, bottom - 5)]
    )  # fmt: skip
    painter.drawText(QRectF(left + 6, bottom - 18, 80, 16), ALIGN_LEFT, f"{metres} m")
