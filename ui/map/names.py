"""Names on the plan: the important ones first, none over another."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPolygonF

from services.domain.site import Area, AreaKind, Camera, Gate, Post, Site, Zone
from ui.map.look import STANDING, PlanLook
from ui.map.view import PlanView
from ui.theme import ALIGN_CENTRE, Size, colour, font, tokens

_CAMERA_NUMBERS_FROM_PX_PER_M = 2.2
_ROAD_NAMES_FROM_PX_PER_M = 2.0
_ORDER = (*STANDING, AreaKind.WATER, AreaKind.SPORTS, AreaKind.PLAZA, AreaKind.GREEN, AreaKind.ROAD)


def name_of(thing: Area | Gate | Camera | Post | Zone, english: bool) -> str:
    return thing.name_en if english and thing.name_en else thing.name


def paint_names(painter: QPainter, site: Site, view: PlanView, look: PlanLook) -> None:
    """Buildings, then what lies flat, then camera numbers; a name without room is left out."""
    taken: list[QRectF] = []
    for kind in STANDING if look.is_compact else _ORDER:
        for area in site.areas:
            if area.kind is kind:
                _name_area(painter, area, view, look, taken)
    if view.px_per_m >= _CAMERA_NUMBERS_FROM_PX_PER_M and not look.is_compact:
        for camera in site.cameras:
            _name_camera(painter, camera, view, taken)


def _name_area(painter: QPainter, area: Area, view: PlanView, look: PlanLook, taken: list[QRectF]) -> None:
    if area.kind is AreaKind.ROAD and view.px_per_m < _ROAD_NAMES_FROM_PX_PER_M:
        return
    face = font(Size.TEXT_XS if view.px_per_m < _ROAD_NAMES_FROM_PX_PER_M else Size.TEXT_S)
    metrics = QFontMetricsF(face)
    text = name_of(area, look.english)
    outline = QPolygonF([view.to_px(point) for point in area.outline]).boundingRect()
    breaks = " " in text and area.kind is not AreaKind.ROAD
    wrap = ALIGN_CENTRE | (Qt.TextFlag.TextWordWrap if breaks else Qt.TextFlag.TextSingleLine)
    box = metrics.boundingRect(outline.adjusted(2, 0, -2, 0), int(wrap), text)
    if box.width() > outline.width() - 4 or box.height() > outline.height() - 2 or _hits(box, taken):
        return
    taken.append(box)
    painter.setFont(face)
    painter.setPen(QColor(tokens().map_label))
    painter.drawText(outline.adjusted(2, 0, -2, 0), wrap, text)


def _name_camera(painter: QPainter, camera: Camera, view: PlanView, taken: list[QRectF]) -> None:
    face = font(Size.TEXT_XS)
    box = QRectF(0, 0, QFontMetricsF(face).horizontalAdvance(camera.no) + 6, 14)
    at = view.to_px(camera.at)
    for offset in (QPointF(0, 17), QPointF(0, -17), QPointF(24, 0), QPointF(-24, 0)):
        box.moveCenter(at + offset)
        if not _hits(box, taken):
            break
    else:
        return
    taken.append(QRectF(box))
    painter.fillRect(box, colour(tokens().map_ground, 0.8))
    painter.setFont(face)
    painter.setPen(QColor(tokens().map_label))
    painter.drawText(box, ALIGN_CENTRE, camera.no)


def _hits(box: QRectF, taken: list[QRectF]) -> bool:
    return any(box.intersects(other) for other in taken)
