"""How a tile looks when no alarm is written over it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QImage, QPainter, QPen, QRegion, QTextLayout

from services.domain.video import Economy, StreamState
from ui.icons import state_shape
from ui.text import times
from ui.theme import ALIGN_CENTRE, ALIGN_LEFT, ALIGN_RIGHT, ON_VIDEO, Size, colour, font
from ui.tiles.plate import plate_boxes
from ui.tiles.tile import MOVING_STATES, Tile
from ui.tiles.zoom import badge_rect, badge_text


@dataclass(frozen=True, slots=True)
class TileWords:
    """The tile's words in the language of the moment.

    unseen: of a place that no camera sees. no_picture and unchanged (of a frozen one) hold "{age}";
    rates holds {source} {shown}, dropped {count}.
    """

    states: dict[StreamState, str] = field(default_factory=dict)
    economies: dict[Economy, str] = field(default_factory=dict)
    empty_title: str = ""
    empty_hint: str = ""
    no_feed: str = ""
    unseen: str = ""
    never: str = ""
    no_picture: str = "{age}"
    unchanged: str = "{age}"
    rates: str = "{source} {shown}"
    dropped: str = "{count}"
    unverified: str = ""


def age_text(age_s: float | None) -> str:
    """1.2 s below ten seconds, else as `clock_text`; a dash for none."""
    if age_s is None:
        return "–"
    return times.tenths(max(0.0, age_s)) if age_s < 10 else clock_text(age_s)


def clock_text(age_s: float) -> str:
    """Whole seconds as the queue says them: 12 s, then 3:05 or 1:02:05."""
    return times.age(max(0.0, age_s))


def state_colour(state: StreamState) -> QColor:
    theme = ON_VIDEO
    return QColor(
        {
            StreamState.LIVE: theme.video_ok,
            StreamState.LATE: theme.video_warn,
            StreamState.CONNECTING: theme.video_calm,
            StreamState.RECONNECTING: theme.video_warn,
            StreamState.OFFLINE: theme.video_bad,
            StreamState.FROZEN: theme.video_frozen,
            StreamState.BLACK: theme.video_black,
            StreamState.COVERED: theme.video_covered,
            StreamState.MOVED: theme.video_moved,
            StreamState.RECORDED: theme.video_recorded,
            StreamState.MISSING: theme.video_recorded,
        }[state]
    )


def header_text(tile: Tile, words: TileWords) -> str:
    """What the right end of the header says; changes only when the header must be painted."""
    if tile.content is None:
        return ""
    if tile.content.feed is None:
        return words.no_feed if tile.content.camera_no else ""
    age = age_text(tile.status.age_s)
    if tile.state is StreamState.LIVE:
        economy = words.economies.get(tile.status.economy, "")
        unverified = words.unverified if tile.status.is_unverified else ""
        return "  ".join(part for part in (unverified, economy, age) if part)
    word = _state_word(tile, words)
    has_age = tile.status.age_s is not None and tile.state is not StreamState.RECORDED
    return f"{word}  {age}" if has_age else word


def _state_word(tile: Tile, words: TileWords) -> str:
    """Of a recorded picture also how far it lies behind, where that is known."""
    word = words.states.get(tile.state, "")
    behind = tile.content.behind if tile.content is not None and tile.state is StreamState.RECORDED else ""
    return f"{word} {behind}" if behind else word


def paint_header(painter: QPainter, tile: Tile, words: TileWords, is_chosen: bool) -> None:
    theme, header = ON_VIDEO, tile.header
    painter.fillRect(header, QColor(theme.accent_fill if is_chosen else theme.video_header))
    if tile.content is None:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink = QColor(theme.on_accent) if is_chosen else QColor(theme.video_text)
    side = 9.0
    mark = QRectF(header.x() + 7, header.center().y() + 0.5 - side / 2, side, side)
    painter.fillPath(state_shape(tile.state, mark), ink if is_chosen else state_colour(tile.state))
    face = font(Size.TEXT_S)
    metrics = QFontMetrics(face)
    painter.setFont(face)
    inner = header.adjusted(22, 0, -7, 0)
    right = _header_end(tile, words, metrics, inner.width())
    painter.setPen(ink if is_chosen or tile.state is StreamState.LIVE else state_colour(tile.state))
    painter.drawText(inner, ALIGN_RIGHT, right)
    room = inner.width() - metrics.horizontalAdvance(right) - 8
    name = f"{tile.content.camera_no} {tile.content.title}"
    painter.setPen(ink)
    painter.drawText(inner, ALIGN_LEFT, metrics.elidedText(name, Qt.TextElideMode.ElideRight, room))


def _header_end(tile: Tile, words: TileWords, metrics: QFontMetrics, room_px: int) -> str:
    """The state and age; on a narrow tile the age alone, which the mark and the picture explain.

    Of a live picture that is thinned out the word for it alone.
    """
    if metrics.horizontalAdvance(tile.drawn_header) <= room_px // 2:
        return tile.drawn_header
    if tile.state is StreamState.LIVE or tile.status.age_s is None:
        economy = words.economies.get(tile.status.economy, "")
        return economy if metrics.horizontalAdvance(economy) <= room_px // 2 else ""
    return age_text(tile.status.age_s)


def free_of_plate(tile: Tile) -> QRect:
    """The part of the body under the alarm's plate, or all of it."""
    if not tile.plates:
        return tile.body
    boxes = plate_boxes(tile.body, tile.plates[0], tile.picture)
    if boxes.outer.right() < tile.picture.x():
        return tile.body.adjusted(boxes.outer.right() + 1 - tile.body.x(), 0, 0, 0)
    return tile.body.adjusted(0, boxes.outer.bottom() + 2 - tile.body.y(), 0, 0)


class PicturePainter(Protocol):
    """How a tile's picture comes to `tile.picture`; everything else is painted in one way."""

    def paint(self, painter: QPainter, tile: Tile) -> None: ...


def paint_body(
    painter: QPainter, tile: Tile, words: TileWords, region: QRegion, pictures: PicturePainter
) -> None:
    """The picture when it may be shown as such, else a look that nobody takes for live."""
    if tile.content is None:
        _paint_empty(painter, tile.body, words)
    elif tile.state in MOVING_STATES and tile.held is not None:
        for bar in tile.bars:
            if region.intersects(bar):
                painter.fillRect(bar, QColor(ON_VIDEO.video))
        pictures.paint(painter, tile)
        if tile.state is not StreamState.LIVE:
            _paint_band(painter, tile, words)
    else:
        _paint_not_live(painter, tile, words)


def paint_zoom_badge(painter: QPainter, tile: Tile) -> None:
    """A zoomed tile says so, for it hides the rest of its picture; a click on it shows all again."""
    box = badge_rect(tile.body)
    painter.fillRect(box, colour(ON_VIDEO.video, 0.85))
    painter.setPen(QPen(QColor(ON_VIDEO.accent), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box.adjusted(0, 0, -1, -1))
    painter.setFont(font(Size.TEXT_S, bold=True))
    painter.setPen(QColor(ON_VIDEO.video_text))
    painter.drawText(box.adjusted(0, 0, -16, 0), ALIGN_CENTRE, badge_text(tile.zoom))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(ON_VIDEO.video_text), 1.5))
    cross = QRectF(box.right() - 16, box.center().y() - 3.5, 8, 8)
    painter.drawLine(cross.topLeft(), cross.bottomRight())
    painter.drawLine(cross.topRight(), cross.bottomLeft())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


class RasterPictures:
    """The pictures by QPainter alone."""

    def paint(self, painter: QPainter, tile: Tile) -> None:
        image, target = tile.image, tile.picture
        if image is None:
            return
        if not tile.zoom.is_whole:
            _paint_part(painter, tile, image)
            return
        if tile.corner is not None:
            painter.drawImage(tile.corner, image)
            return
        ratio = painter.device().devicePixelRatioF()
        is_close = (
            abs(image.width() - target.width() * ratio) <= 2
            and abs(image.height() - target.height() * ratio) <= 2
        )
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not (is_close or tile.is_rough))
        if is_close and ratio == 1.0:
            painter.drawImage(target.topLeft(), image, QRect(0, 0, target.width(), target.height()))
        else:
            painter.drawImage(target, image)


def _paint_part(painter: QPainter, tile: Tile, image: QImage) -> None:
    """What the tile's zoom shows of `image`."""
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QRectF(tile.picture), image, tile.zoom.part(image.width(), image.height()))


def _paint_band(painter: QPainter, tile: Tile, words: TileWords) -> None:
    """A frame and a word over a picture that may be seen but not believed."""
    ink = state_colour(tile.state)
    painter.setPen(QPen(ink, 3))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(tile.body.adjusted(1, 1, -2, -2))
    text = _state_word(tile, words)
    if tile.state is StreamState.LATE:
        text = f"{text} {age_text(tile.status.age_s)}"
    face, height = _band_face(text, tile.body)
    metrics = QFontMetrics(face)
    width = min(metrics.horizontalAdvance(text) + 20, tile.body.width() - 6)
    box = QRect(tile.body.center().x() - width // 2, tile.body.bottom() - height - 5, width, height)
    painter.fillRect(box, colour(ON_VIDEO.video, 0.85))
    painter.setFont(face)
    painter.setPen(ink)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width - 6)
    painter.drawText(box, ALIGN_CENTRE, shown)


def _band_face(text: str, body: QRect) -> tuple[QFont, int]:
    """The largest of two faces in which the word fits a tile, and the band's height for it."""
    large = font(Size.TEXT_L, bold=True)
    if QFontMetrics(large).horizontalAdvance(text) + 20 <= body.width() - 6:
        return large, 26
    return font(Size.TEXT_S, bold=True), 20


def _paint_not_live(painter: QPainter, tile: Tile, words: TileWords) -> None:
    theme, body = ON_VIDEO, tile.body
    painter.fillRect(body, QColor(theme.video))
    if tile.still is not None:
        painter.setOpacity(0.30)
        _paint_part(painter, tile, tile.still)
        painter.setOpacity(1.0)
    painter.fillRect(body, QBrush(colour(theme.video_dim, 0.22), Qt.BrushStyle.BDiagPattern))
    _paint_state_words(painter, tile, words)


def _paint_state_words(painter: QPainter, tile: Tile, words: TileWords) -> None:
    body = free_of_plate(tile)
    big = min(Size.TEXT_XXL, max(Size.TEXT_M, body.height() // 7))
    lines = [
        (text, font(Size.TEXT_S) if index else font(big, bold=True), QColor(ON_VIDEO.video_text))
        for index, text in enumerate(_state_lines(tile, words))
    ]
    lines[0] = (*lines[0][:2], state_colour(tile.state))
    room_px = body.width() - 20
    lines = [(part, face, ink) for text, face, ink in lines for part in lines_within(text, face, room_px)]
    heights = [QFontMetrics(face).height() + 2 for _, face, _ in lines]
    while len(lines) > 1 and sum(heights) > body.height() - 4:
        lines.pop()
        heights.pop()
    top = body.center().y() - sum(heights) // 2
    widest = max(QFontMetrics(face).horizontalAdvance(text) for text, face, _ in lines) + 24
    width = min(widest, body.width() - 8)
    ground = QRect(body.center().x() - width // 2, top - 6, width, sum(heights) + 12)
    painter.fillRect(ground, colour(ON_VIDEO.video, 0.82))
    for (text, face, ink), height in zip(lines, heights, strict=True):
        painter.setFont(face)
        painter.setPen(ink)
        shown = QFontMetrics(face).elidedText(text, Qt.TextElideMode.ElideRight, ground.width() - 12)
        painter.drawText(QRect(ground.x(), top, ground.width(), height), ALIGN_CENTRE, shown)
        top += height


def lines_within(text: str, face: QFont, room_px: int) -> list[str]:
    """A sentence over as many lines as it needs, so that no reason ends in dots; a word stays whole."""
    layout = QTextLayout(text, face)
    layout.beginLayout()
    parts = []
    while (part := layout.createLine()).isValid():
        part.setLineWidth(room_px)
        parts.append(text[part.textStart() : part.textStart() + part.textLength()].strip())
    layout.endLayout()
    return parts


def _state_lines(tile: Tile, words: TileWords) -> list[str]:
    """The state, since when, and why; no more than the tile has room for."""
    if tile.content is None or tile.content.feed is None:
        return [words.no_feed if tile.content is None or tile.content.camera_no else words.unseen]
    if tile.state is StreamState.MISSING:
        return [words.states.get(tile.state, ""), tile.content.reason(tile.status.error)]
    age = tile.status.age_s
    told = words.unchanged if tile.state is StreamState.FROZEN else words.no_picture
    since = words.never if age is None else told.format(age=clock_text(age))
    lines = [words.states.get(tile.state, ""), since]
    if tile.status.error and tile.body.height() >= 100:
        lines.append(tile.content.reason(tile.status.error))
    return lines


def _paint_empty(painter: QPainter, body: QRect, words: TileWords) -> None:
    theme = ON_VIDEO
    painter.fillRect(body, QColor(theme.video))
    painter.setPen(QPen(colour(theme.line_strong, 0.7), 1, Qt.PenStyle.DashLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(body.adjusted(8, 8, -9, -9))
    painter.setPen(QColor(theme.video_dim))
    painter.setFont(font(Size.TEXT_M if body.height() > 120 else Size.TEXT_S))
    text = f"{words.empty_title}\n{words.empty_hint}" if body.height() > 120 else words.empty_title
    flags = ALIGN_CENTRE | Qt.TextFlag.TextWordWrap
    painter.drawText(body.adjusted(12, 8, -12, -8), flags, text)
