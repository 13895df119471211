"""Draws what is built: areas, walls, gates, paths, cameras, posts and zones."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from services.domain.arming import ZoneCondition
from services.domain.site import Area, AreaKind, Camera, Gate, Point, Post, Site, Zone
from ui.map.look import STANDING, PlanLook
from ui.map.names import name_of, paint_names
from ui.map.view import PlanView
from ui.theme import ALIGN_CENTRE, Size, Tokens, colour, font, tokens

_FLAT_ORDER = (AreaKind.GREEN, AreaKind.WATER, AreaKind.PLAZA, AreaKind.SPORTS, AreaKind.ROAD)


def paint_plan(painter: QPainter, site: Site, view: PlanView, look: PlanLook) -> None:
    """The whole static layer, from the ground up."""
    theme = tokens()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ground = QRectF(view.to_px((0, site.height_m)), view.to_px((site.width_m, 0)))
    painter.fillRect(ground, QColor(theme.map_ground))
    for kind in (*_FLAT_ORDER, *STANDING):
        for area in site.areas:
            if area.kind is kind:
                _paint_area(painter, area, view)
    _paint_paths(painter, site, view)
    _paint_walls(painter, site, view)
    if look.shows_cones:
        _paint_cones(painter, site, view, look)
    for gate in site.gates:
        _paint_gate(painter, gate, view, look)
    if look.shows_zones and view.px_per_m > 1.2:
        for zone in site.zones:
            _paint_zone(painter, zone, view, look.zones.get(zone.no, ZoneCondition.ALWAYS))
    for post in site.posts:
        _paint_post(painter, post, view)
    paint_names(painter, site, view, look)


def polygon(points: tuple[Point, ...], view: PlanView) -> QPolygonF:
    return QPolygonF([view.to_px(point) for point in points])


def camera_path(view: PlanView, camera: Camera, size_px: float) -> QPainterPath:
    """A wedge that points where the camera looks, on a round body."""
    at = view.to_px(camera.at)
    path = QPainterPath()
    angle = math.radians(90 - camera.heading_deg)
    half = math.radians(34)
    reach = size_px * 1.9
    path.moveTo(at)
    for turn in (-half, half):
        path.lineTo(at.x() + reach * math.cos(angle + turn), at.y() - reach * math.sin(angle + turn))
    path.closeSubpath()
    body = QPainterPath()
    body.addEllipse(at, size_px * 0.72, size_px * 0.72)
    return path.united(body)


def cone_outline(camera: Camera) -> tuple[Point, ...]:
    """The camera's sector as if nothing stood in its way."""
    x, y = camera.at
    first = camera.heading_deg - camera.fov_deg / 2
    steps = max(2, int(camera.fov_deg // 6))
    bearings = [math.radians(first + camera.fov_deg * i / steps) for i in range(steps + 1)]
    arc = [(x + camera.range_m * math.sin(b), y + camera.range_m * math.cos(b)) for b in bearings]
    return ((x, y), *arc)


def _area_colour(theme: Tokens, kind: AreaKind) -> QColor:
    return QColor(
        {
            AreaKind.BUILDING: theme.map_building,
            AreaKind.DORMITORY: theme.map_dormitory,
            AreaKind.ROAD: theme.map_road,
            AreaKind.SPORTS: theme.map_sports,
            AreaKind.GREEN: theme.map_green,
            AreaKind.WATER: theme.map_water,
            AreaKind.PLAZA: theme.map_plaza,
        }[kind]
    )


def _paint_area(painter: QPainter, area: Area, view: PlanView) -> None:
    theme = tokens()
    outline = polygon(area.outline, view)
    if area.kind in STANDING:
        lift = min(4.0, max(1.0, area.height_m * view.px_per_m * 0.06))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("#000000", 0.30 if theme.is_night else 0.14))
        painter.drawPolygon(outline.translated(lift, lift))
        painter.setPen(QPen(QColor(theme.map_building_edge), 1))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_area_colour(theme, area.kind))
    painter.drawPolygon(outline)
    if area.kind is AreaKind.SPORTS:
        _paint_pitch(painter, outline.boundingRect(), is_track=len(area.outline) > 4)


def _paint_pitch(painter: QPainter, box: QRectF, *, is_track: bool) -> None:
    """A running track's lanes or a court's lines, so that the ground reads as a sports ground."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour(tokens().map_label, 0.22), 1))
    inset = min(box.width(), box.height())
    for share in (0.08, 0.22) if is_track else (0.10,):
        ring = box.adjusted(inset * share, inset * share, -inset * share, -inset * share)
        radius = min(ring.width(), ring.height()) / 2 if is_track else 0
        painter.drawRoundedRect(ring, radius, radius)


def _paint_paths(painter: QPainter, site: Site, view: PlanView) -> None:
    width = max(1.0, 1.2 * view.px_per_m)
    pen = QPen(colour(tokens().map_path, 0.55), min(width, 6.0))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    for path in site.paths:
        painter.drawPolyline(polygon(path.line, view))


def _paint_walls(painter: QPainter, site: Site, view: PlanView) -> None:
    pen = QPen(QColor(tokens().map_wall), 2)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    for wall in site.walls:
        painter.drawPolyline(polygon(wall.line, view))


def _paint_cones(painter: QPainter, site: Site, view: PlanView, look: PlanLook) -> None:
    theme = tokens()
    painter.setPen(QPen(colour(theme.map_cone, 0.35), 1))
    painter.setBrush(colour(theme.map_cone, 0.10))
    for camera in site.cameras:
        painter.drawPolygon(polygon(look.cones.get(camera.no) or cone_outline(camera), view))


def _paint_gate(painter: QPainter, gate: Gate, view: PlanView, look: PlanLook) -> None:
    theme = tokens()
    along = math.radians(gate.heading_deg + 90)
    half = gate.width_m / 2
    dx, dy = half * math.sin(along), half * math.cos(along)
    x, y = gate.at
    ends = view.to_px((x - dx, y - dy)), view.to_px((x + dx, y + dy))
    painter.setPen(QPen(QColor(theme.map_ground), 5))
    painter.drawLine(*ends)
    painter.setPen(QPen(QColor(theme.accent), 3))
    painter.drawLine(*ends)
    if look.is_compact:
        return
    face = font(Size.TEXT_XS, bold=True)
    metrics = QFontMetricsF(face)
    text = name_of(gate, look.english)
    out = math.radians(gate.heading_deg)
    room = metrics.horizontalAdvance(text) / 2 * abs(math.sin(out)) + 14
    at = view.to_px(gate.at) + QPointF(room * math.sin(out), -room * math.cos(out))
    half_px = metrics.horizontalAdvance(text) / 2 + 4
    if 0 <= view.to_px(gate.at).x() <= view.width_px:
        at.setX(min(max(at.x(), half_px), view.width_px - half_px))
    box = QRectF(at.x() - half_px, at.y() - 10, 2 * half_px, 20)
    painter.setFont(face)
    painter.setPen(QColor(theme.text))
    painter.drawText(box, ALIGN_CENTRE, text)


def _paint_zone(painter: QPainter, zone: Zone, view: PlanView, condition: ZoneCondition) -> None:
    """Armed: a full dot; always on: a ring; disarmed: a ring struck through; isolated: crossed out; under
    test: a ring with a dot. An open alarm is painted over it by its own mark."""
    theme = tokens()
    ink = {
        ZoneCondition.ARMED: QColor(theme.ok),
        ZoneCondition.ISOLATED: QColor(theme.warn),
        ZoneCondition.TEST: QColor(theme.warn),
    }.get(condition, colour(theme.text_dim, 0.75))
    is_quiet = condition in (ZoneCondition.DISARMED, ZoneCondition.ISOLATED)
    if zone.beam is not None:
        beam = ink if is_quiet else colour(theme.p2.mark, 0.55)
        line = Qt.PenStyle.DotLine if is_quiet else Qt.PenStyle.DashLine
        painter.setPen(QPen(beam, 1.4, line))
        painter.drawLine(view.to_px(zone.beam[0]), view.to_px(zone.beam[1]))
    at = view.to_px(zone.at)
    painter.setPen(QPen(ink, 1.4))
    painter.setBrush(ink if condition is ZoneCondition.ARMED else QColor(theme.map_ground))
    ring_px = 2.6 if condition in (ZoneCondition.ARMED, ZoneCondition.ALWAYS) else 4.2
    painter.drawEllipse(at, ring_px, ring_px)
    if is_quiet:
        painter.drawLine(at + QPointF(-4.2, 4.2), at + QPointF(4.2, -4.2))
    if condition is ZoneCondition.ISOLATED:
        painter.drawLine(at + QPointF(-4.2, -4.2), at + QPointF(4.2, 4.2))
    if condition is ZoneCondition.TEST:
        painter.setBrush(ink)
        painter.drawEllipse(at, 1.2, 1.2)


def _paint_post(painter: QPainter, post: Post, view: PlanView) -> None:
    """A pennant: pole and flag."""
    theme = tokens()
    at = view.to_px(post.at)
    painter.setPen(QPen(QColor(theme.map_post), 1.6))
    painter.drawLine(at, at + QPointF(0, -12))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.map_post))
    painter.drawPolygon(QPolygonF([at + QPointF(0, -12), at + QPointF(8, -9), at + QPointF(0, -6)]))
