"""What is known of a tile's stream, written over its picture on demand."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from ui.theme import ALIGN_LEFT, ON_VIDEO, Size, colour, font
from ui.tiles.paint import TileWords, age_text, free_of_plate
from ui.tiles.tile import MOVING_STATES, Tile

# A lower tile without a live picture has room only for the words that say so.
LEAST_BESIDE_WORDS_PX = 150
_LINE_PX = 15
_MARGIN_PX = 6
_BETWEEN = "  "


def paint_details(painter: QPainter, tile: Tile, words: TileWords) -> None:
    """Along the top of the body, in as many lines as it takes; under an alarm below its plate."""
    if tile.content is None or tile.content.feed is None:
        return
    if tile.state not in MOVING_STATES and tile.body.height() < LEAST_BESIDE_WORDS_PX:
        return
    face = font(Size.TEXT_XS)
    metrics = QFontMetrics(face)
    free = free_of_plate(tile)
    room_px = free.width() - 2 * _MARGIN_PX
    most = max(1, (free.height() - 6) // _LINE_PX)
    lines = wrapped(detail_parts(tile, words), metrics, room_px)[:most]
    strip = QRect(free.x(), free.y(), free.width(), 4 + _LINE_PX * len(lines))
    painter.fillRect(strip, colour(ON_VIDEO.video, 0.8))
    painter.setFont(face)
    painter.setPen(QColor(ON_VIDEO.video_text))
    for index, line in enumerate(lines):
        box = QRect(strip.x() + _MARGIN_PX, strip.y() + 2 + _LINE_PX * index, room_px, _LINE_PX)
        painter.drawText(box, ALIGN_LEFT, line)


def detail_parts(tile: Tile, words: TileWords) -> list[str]:
    """Most telling first: on a small tile the last ones do not fit."""
    status, content = tile.status, tile.content
    parts = [
        age_text(status.age_s),
        words.rates.format(source=f"{status.source_fps:.1f}", shown=f"{status.shown_fps:.1f}"),
        words.dropped.format(count=status.dropped),
        content.detail if content else "",
        status.codec,
        words.unverified if status.is_unverified else "",
        f"{status.width_px}×{status.height_px}" if status.width_px else "",
        words.economies.get(status.economy, ""),
    ]
    return [part for part in parts if part]


def wrapped(parts: list[str], metrics: QFontMetrics, room_px: int) -> list[str]:
    """Whole parts, as many to a line as it has room for."""
    lines: list[str] = []
    for part in parts:
        longer = f"{lines[-1]}{_BETWEEN}{part}" if lines else part
        if lines and metrics.horizontalAdvance(longer) <= room_px:
            lines[-1] = longer
        else:
            lines.append(part)
    return lines
