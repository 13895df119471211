"""The alarm written over a tile: a pulsing frame and a plate with the actions."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from services.domain.classes import Priority
from ui.icons import priority_shape
from ui.theme import ALIGN_CENTRE, ALIGN_LEFT, ALIGN_RIGHT, ON_VIDEO, Size, colour, font
from ui.tiles.feed import ACTION_KEYS, AlarmPlate

PULSE_S = 1.1
_ROOMY_WIDTH_PX = 300
_ROOMY_HEIGHT_PX = 170


@dataclass(frozen=True, slots=True)
class PlateWords:
    """The plate's words in the language of the moment; owned holds "{owner}"."""

    actions: dict[str, str] = field(default_factory=dict)
    owned: str = "{owner}"


@dataclass(frozen=True, slots=True)
class PlateBoxes:
    """Where the plate's parts lie; buttons: (action, rectangle) from left to right."""

    outer: QRect
    band: QRect
    place: QRect
    buttons: tuple[tuple[str, QRect], ...]
    is_roomy: bool

    def action_at(self, point: QPoint) -> str:
        """The action under `point`, "" when there is none."""
        return next((action for action, rect in self.buttons if rect.contains(point)), "")


def plate_boxes(body: QRect, plate: AlarmPlate) -> PlateBoxes:
    """Lay the plate along the bottom of `body`, small on a small tile."""
    is_roomy = body.width() >= _ROOMY_WIDTH_PX and body.height() >= _ROOMY_HEIGHT_PX
    band_px, place_px, button_px = (30, 24, 30) if is_roomy else (18, 16, 20)
    margin = 10 if is_roomy else 4
    shown = plate.actions if body.height() >= 90 else ()
    buttons_px = button_px + margin // 2 if shown else 0
    height = band_px + place_px + buttons_px
    width = min(body.width() - 2 * margin, 520)
    outer = QRect(body.x() + margin, body.bottom() + 1 - height - margin, width, height)
    band = QRect(outer.x(), outer.y(), width, band_px)
    place = QRect(outer.x(), band.bottom() + 1, width, place_px)
    row = QRect(outer.x(), place.bottom() + 1, width, button_px)
    return PlateBoxes(outer, band, place, _button_row(row, shown, 6 if is_roomy else 3), is_roomy)


def paint_plate(
    painter: QPainter, boxes: PlateBoxes, plate: AlarmPlate, *, more: int, age: str, words: PlateWords
) -> None:
    """Draw `plate`; `more` further alarms hang on the same tile; `age` is how long it waits."""
    colours = ON_VIDEO.priority(plate.priority)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(boxes.outer, colour(ON_VIDEO.video_header, 0.93))
    painter.fillRect(boxes.band, QColor(colours.fill))
    _paint_band(painter, boxes, plate, f"+{more}  {age}" if more else age)
    _paint_place(painter, boxes, plate, words)
    for action, rect in boxes.buttons:
        _paint_button(painter, rect, action, words, boxes.is_roomy)


def pulse_thickness(rect: QRect, plate: AlarmPlate, now_s: float) -> int:
    """Thickness of the frame in pixels: breathing until somebody owns the alarm, then still."""
    least = _least_thickness(rect)
    if plate.is_claimed:
        return least
    swing = 0.5 + 0.5 * math.sin(2 * math.pi * now_s / PULSE_S)
    return least + round(swing * least)


def most_thickness(rect: QRect) -> int:
    """How thick the frame is at the height of its pulse."""
    return 2 * _least_thickness(rect)


def paint_frame(painter: QPainter, rect: QRect, priority: Priority, thickness: int) -> None:
    """P1 full frame with heavy corners, P2 corners and a line, P3 dashes, P4 dots."""
    ink = QColor(ON_VIDEO.priority(priority).mark)
    if priority is Priority.P1:
        _outline(painter, rect, ink, thickness)
        _corners(painter, rect, ink, round(thickness * 1.7))
    elif priority is Priority.P2:
        _outline(painter, rect, ink, 1)
        _corners(painter, rect, ink, thickness)
    else:
        style = Qt.PenStyle.DashLine if priority is Priority.P3 else Qt.PenStyle.DotLine
        width = thickness if priority is Priority.P3 else max(2, thickness // 2)
        painter.setPen(QPen(ink, width, style, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.MiterJoin))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        half = width / 2
        painter.drawRect(QRectF(rect).adjusted(half, half, -half, -half))


def _least_thickness(rect: QRect) -> int:
    return max(3, min(rect.width(), rect.height()) // 80)


def _button_row(row: QRect, actions: tuple[str, ...], gap: int) -> tuple[tuple[str, QRect], ...]:
    if not actions:
        return ()
    width = (row.width() - gap * (len(actions) + 1)) / len(actions)
    return tuple(
        (action, QRect(round(row.x() + gap + index * (width + gap)), row.y(), int(width), row.height()))
        for index, action in enumerate(actions)
    )


def _paint_band(painter: QPainter, boxes: PlateBoxes, plate: AlarmPlate, right_text: str) -> None:
    band, ink = boxes.band, QColor(ON_VIDEO.priority(plate.priority).on_fill)
    pad, size = (8, Size.TEXT_L) if boxes.is_roomy else (4, Size.TEXT_S)
    side = band.height() - (12 if boxes.is_roomy else 7)
    mark = QRectF(band.x() + pad, band.y() + (band.height() - side) / 2, side, side)
    painter.fillPath(priority_shape(plate.priority, mark), ink)
    face = font(size, bold=True)
    metrics = QFontMetrics(face)
    painter.setFont(face)
    painter.setPen(ink)
    inner = band.adjusted(round(side) + 2 * pad, 0, -pad, 0)
    painter.drawText(inner, ALIGN_RIGHT, right_text)
    room = inner.width() - metrics.horizontalAdvance(right_text) - pad
    painter.drawText(inner, ALIGN_LEFT, _elided(metrics, f"P{plate.priority:d} {plate.class_text}", room))


def _paint_place(painter: QPainter, boxes: PlateBoxes, plate: AlarmPlate, words: PlateWords) -> None:
    pad = 8 if boxes.is_roomy else 4
    face = font(Size.TEXT_M if boxes.is_roomy else Size.TEXT_XS, bold=True)
    metrics = QFontMetrics(face)
    painter.setFont(face)
    inner = boxes.place.adjusted(pad, 0, -pad, 0)
    owner = words.owned.format(owner=plate.owner) if plate.owner else ""
    owner = _elided(metrics, owner, inner.width() // 2)
    painter.setPen(QColor(ON_VIDEO.video_warn))
    painter.drawText(inner, ALIGN_RIGHT, owner)
    painter.setPen(QColor(ON_VIDEO.video_text))
    room = inner.width() - (metrics.horizontalAdvance(owner) + pad if owner else 0)
    painter.drawText(inner, ALIGN_LEFT, _elided(metrics, plate.place, room))


def _paint_button(painter: QPainter, rect: QRect, action: str, words: PlateWords, is_roomy: bool) -> None:
    theme = ON_VIDEO
    box = rect.adjusted(0, 1, 0, -1)
    painter.setPen(QPen(QColor(theme.line_strong), 1))
    painter.setBrush(colour(theme.video))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    face = font(Size.TEXT_M if is_roomy else Size.TEXT_XS, bold=True)
    metrics = QFontMetrics(face)
    key, word = ACTION_KEYS.get(action, ""), words.actions.get(action, action)
    whole = f"{key} {word}" if is_roomy else f"{key}{word}" if not word.isascii() else f"{key} {word}"
    text = whole if metrics.horizontalAdvance(whole) <= box.width() - 4 else key
    painter.setFont(face)
    painter.setPen(QColor(theme.video_text))
    painter.drawText(box, ALIGN_CENTRE, text)


def _elided(metrics: QFontMetrics, text: str, room_px: int) -> str:
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, room_px))


def _outline(painter: QPainter, rect: QRect, ink: QColor, width: int) -> None:
    left, top, right, bottom = rect.x(), rect.y(), rect.right() + 1, rect.bottom() + 1
    painter.fillRect(left, top, rect.width(), width, ink)
    painter.fillRect(left, bottom - width, rect.width(), width, ink)
    painter.fillRect(left, top, width, rect.height(), ink)
    painter.fillRect(right - width, top, width, rect.height(), ink)


def _corners(painter: QPainter, rect: QRect, ink: QColor, width: int) -> None:
    arm = max(width * 2, min(rect.width(), rect.height()) // 5)
    for x, y, dx, dy in (
        (rect.x(), rect.y(), 1, 1),
        (rect.right() + 1, rect.y(), -1, 1),
        (rect.x(), rect.bottom() + 1, 1, -1),
        (rect.right() + 1, rect.bottom() + 1, -1, -1),
    ):
        painter.fillRect(QRect(x, y, dx * arm, dy * width).normalized(), ink)
        painter.fillRect(QRect(x, y, dx * width, dy * arm).normalized(), ink)
