"""The alarm written over a tile: a pulsing frame and a plate with the actions."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import lru_cache

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QPen

from services.domain.classes import Priority
from ui.icons import priority_shape
from ui.theme import ALIGN_CENTRE, ALIGN_LEFT, ALIGN_RIGHT, ON_VIDEO, Size, colour, font
from ui.tiles.feed import ACTION_KEYS, AlarmPlate

PULSE_S = 1.1
# A black bar beside the picture that takes the whole plate, so that it hides nothing.
_BAR_WIDTH_PX = 150
_BAR_HEIGHT_PX = 140
_MOST_WIDTH_PX = 560
_BUTTON_WIDTH_PX = 104
_LEAST_HEIGHT_FOR_BUTTONS_PX = 80


@dataclass(frozen=True, slots=True)
class PlateWords:
    """The plate's words in the language of the moment; owned holds "{owner}"."""

    actions: dict[str, str] = field(default_factory=dict)
    owned: str = "{owner}"


@dataclass(frozen=True, slots=True)
class PlateScale:
    """Heights, gaps and type of a plate, in pixels; title_px, text_px: type sizes."""

    band_px: int
    place_px: int
    button_px: int
    margin_px: int
    gap_px: int
    pad_px: int
    title_px: int
    text_px: int


_LARGE = PlateScale(28, 22, 28, 8, 4, 8, Size.TEXT_L, Size.TEXT_M)
_MIDDLE = PlateScale(24, 18, 24, 6, 3, 6, Size.TEXT_M, Size.TEXT_S)
_SMALL = PlateScale(18, 16, 20, 4, 2, 4, Size.TEXT_S, Size.TEXT_XS)


@dataclass(frozen=True, slots=True)
class PlateBoxes:
    """Where the plate's parts lie; buttons: (action, rectangle) from left to right.

    place: empty when the place stands in the band, behind the class.
    """

    outer: QRect
    band: QRect
    place: QRect
    buttons: tuple[tuple[str, QRect], ...]
    scale: PlateScale

    def action_at(self, point: QPoint) -> str:
        """The action under `point`, "" when there is none."""
        return next((action for action, rect in self.buttons if rect.contains(point)), "")


def plate_boxes(body: QRect, plate: AlarmPlate, picture: QRect | None = None) -> PlateBoxes:
    """Lay the plate where it hides least of `picture` (all of `body` if None).

    In the black bar left of it when that is wide enough; else along the top, where the sky is:
    people stand lower. In pixels of the surface; always inside `body`.
    """
    bar_px = picture.x() - body.x() if picture is not None else 0
    if bar_px >= _BAR_WIDTH_PX and body.height() >= _BAR_HEIGHT_PX:
        return _boxes_in_bar(QRect(body.x(), body.y(), bar_px, body.height()), plate)
    scale = _scale_for(body)
    width = min(body.width() - 2 * scale.margin_px, _MOST_WIDTH_PX)
    band = QRect(body.x() + scale.margin_px, body.y() + scale.margin_px, width, scale.band_px)
    shown = plate.actions if body.height() >= _LEAST_HEIGHT_FOR_BUTTONS_PX else ()
    has_place_line = bool(shown) and not _fits_one_line(plate, width, scale)
    place = QRect(band.x(), band.bottom() + 1, width, scale.place_px if has_place_line else 0)
    below = place.y() + place.height()
    row = QRect(band.x(), below + scale.gap_px, width, scale.button_px)
    bottom = row.bottom() if shown else below - 1
    outer = QRect(band.topLeft(), QPoint(band.right(), bottom))
    return PlateBoxes(outer, band, place, _button_row(row, shown, scale.gap_px), scale)


def paint_plate(
    painter: QPainter, boxes: PlateBoxes, plate: AlarmPlate, *, more: int, age: str, words: PlateWords
) -> None:
    """Draw `plate`; `more` further alarms hang on the same tile; `age` is how long it waits."""
    colours = ON_VIDEO.priority(plate.priority)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(boxes.band, QColor(colours.fill))
    _paint_band(painter, boxes, plate, f"+{more}  {age}" if more else age, words)
    if not boxes.place.isEmpty():
        painter.fillRect(boxes.place, colour(ON_VIDEO.video_header, 0.93))
        _paint_place(painter, boxes, plate, words)
    texts = button_texts(boxes, words, has_keys=plate.has_keys)
    ratio = painter.device().devicePixelRatioF()
    for action, rect in boxes.buttons:
        painter.drawImage(rect.topLeft(), _button_image(rect.size(), texts[action], boxes.scale, ratio))


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


def _scale_for(body: QRect) -> PlateScale:
    if body.width() < 300 or body.height() < 130:
        return _SMALL
    return _MIDDLE if body.width() < 480 or body.height() < 220 else _LARGE


def _boxes_in_bar(bar: QRect, plate: AlarmPlate) -> PlateBoxes:
    """Class, place and owner, and the buttons two by two, in the picture's left margin."""
    scale = _MIDDLE if bar.width() < 240 else _LARGE
    gap, step = scale.gap_px, scale.button_px + scale.gap_px
    width = min(bar.width() - 2 * scale.margin_px, 280)
    band = QRect(bar.x() + scale.margin_px, bar.y() + scale.margin_px, width, scale.band_px)
    place = QRect(band.x(), band.bottom() + 1, width, scale.place_px * (2 if plate.owner else 1))
    each, top = (width - gap) // 2, place.bottom() + 1 + gap
    buttons = tuple(
        (action, QRect(band.x() + index % 2 * (each + gap), top + index // 2 * step, each, scale.button_px))
        for index, action in enumerate(plate.actions)
    )
    bottom = max((rect.bottom() for _, rect in buttons), default=place.bottom())
    return PlateBoxes(QRect(band.topLeft(), QPoint(band.right(), bottom)), band, place, buttons, scale)


def _button_row(row: QRect, actions: tuple[str, ...], gap: int) -> tuple[tuple[str, QRect], ...]:
    """No wider than their words need: what lies between and behind them stays visible."""
    if not actions:
        return ()
    width = min(_BUTTON_WIDTH_PX, (row.width() - gap * (len(actions) - 1)) // len(actions))
    return tuple(
        (action, QRect(row.x() + index * (width + gap), row.y(), width, row.height()))
        for index, action in enumerate(actions)
    )


@lru_cache(maxsize=256)
def _fits_one_line(plate: AlarmPlate, width_px: int, scale: PlateScale) -> bool:
    """Whether class, place, owner and the longest ages stand in the band together."""
    title = QFontMetrics(font(scale.title_px, bold=True)).horizontalAdvance(_title(plate) + "+9  59:59")
    metrics = QFontMetrics(font(scale.text_px, bold=True))
    # 70 px: what the sentence round the owner's name takes.
    owner = metrics.horizontalAdvance(plate.owner) + 70 if plate.owner else 0
    place = metrics.horizontalAdvance(plate.place)
    return scale.band_px + 5 * scale.pad_px + title + place + owner <= width_px


def _title(plate: AlarmPlate) -> str:
    return f"P{plate.priority:d} {plate.class_text}"


def _paint_band(
    painter: QPainter, boxes: PlateBoxes, plate: AlarmPlate, right_text: str, words: PlateWords
) -> None:
    band, ink = boxes.band, QColor(ON_VIDEO.priority(plate.priority).on_fill)
    scale, pad = boxes.scale, boxes.scale.pad_px
    face, place_face = font(scale.title_px, bold=True), font(scale.text_px, bold=True)
    side = band.height() - (7 if scale is _SMALL else 12)
    mark = QRectF(band.x() + pad, band.y() + (band.height() - side) / 2, side, side)
    painter.fillPath(priority_shape(plate.priority, mark), ink)
    metrics = QFontMetrics(face)
    painter.setFont(face)
    painter.setPen(ink)
    inner = band.adjusted(round(side) + 2 * pad, 0, -pad, 0)
    painter.drawText(inner, ALIGN_RIGHT, right_text)
    room = inner.width() - metrics.horizontalAdvance(right_text) - pad
    title = _elided(metrics, _title(plate), room)
    painter.drawText(inner, ALIGN_LEFT, title)
    if boxes.place.isEmpty():
        used = metrics.horizontalAdvance(title) + 2 * pad
        owner = words.owned.format(owner=plate.owner) if plate.owner else ""
        text = f"{plate.place}   {owner}"
        place_metrics = QFontMetrics(place_face)
        if not owner or place_metrics.horizontalAdvance(text) > room - used:
            text = plate.place
        painter.setFont(place_face)
        rest = inner.adjusted(used, 0, 0, 0)
        painter.drawText(rest, ALIGN_LEFT, _elided(place_metrics, text, room - used))


def _paint_place(painter: QPainter, boxes: PlateBoxes, plate: AlarmPlate, words: PlateWords) -> None:
    pad = boxes.scale.pad_px
    face = font(boxes.scale.text_px, bold=True)
    metrics = QFontMetrics(face)
    painter.setFont(face)
    inner = boxes.place.adjusted(pad, 0, -pad, 0)
    owner = words.owned.format(owner=plate.owner) if plate.owner else ""
    has_two_lines = bool(owner) and inner.height() > boxes.scale.place_px
    if has_two_lines:
        upper, lower = QRect(inner), QRect(inner)
        upper.setHeight(inner.height() // 2)
        lower.setTop(upper.bottom() + 1)
        owner, owner_room, place_room = _elided(metrics, owner, inner.width()), lower, inner.width()
    else:
        upper, owner_room = inner, inner
        owner = _elided(metrics, owner, inner.width() // 2)
        place_room = inner.width() - (metrics.horizontalAdvance(owner) + pad if owner else 0)
    painter.setPen(QColor(ON_VIDEO.video_warn))
    painter.drawText(owner_room, ALIGN_LEFT if has_two_lines else ALIGN_RIGHT, owner)
    painter.setPen(QColor(ON_VIDEO.video_text))
    painter.drawText(upper, ALIGN_LEFT, _elided(metrics, plate.place, place_room))


def button_texts(boxes: PlateBoxes, words: PlateWords, *, has_keys: bool) -> dict[str, str]:
    """Key and word by action, or on narrow buttons the key alone: all of one plate alike.

    Without keys the word alone, cut where it must be: a key that acts on another alarm would mislead.
    """
    metrics = QFontMetrics(font(boxes.scale.text_px, bold=True))
    named = {action: words.actions.get(action, action) for action, _ in boxes.buttons}
    if not has_keys:
        return {action: _elided(metrics, named[action], rect.width() - 4) for action, rect in boxes.buttons}
    keys = {action: ACTION_KEYS.get(action, action) for action, _ in boxes.buttons}
    whole = {action: f"{keys[action]} {name}" for action, name in named.items()}
    is_roomy = all(metrics.horizontalAdvance(whole[name]) <= rect.width() - 6 for name, rect in boxes.buttons)
    return whole if is_roomy else keys


@lru_cache(maxsize=64)
def _button_image(size: QSize, text: str, scale: PlateScale, ratio: float) -> QImage:
    """Painted once: in a storm every plate of a wall changes ten times a second, its buttons hardly."""
    theme = ON_VIDEO
    image = QImage(size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    rect = QRect(QPoint(0, 0), size)
    painter.setPen(QPen(QColor(theme.line_strong), 1))
    painter.setBrush(colour(theme.video))
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.setFont(font(scale.text_px, bold=True))
    painter.setPen(QColor(theme.video_text))
    painter.drawText(rect, ALIGN_CENTRE, text)
    painter.end()
    return image


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
        painter.fillRect(min(x, x + dx * arm), min(y, y + dy * width), arm, width, ink)
        painter.fillRect(min(x, x + dx * width), min(y, y + dy * arm), width, arm, ink)
