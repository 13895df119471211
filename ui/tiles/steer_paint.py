"""Signs of steering on a tile: arrows where a press turns the camera, and who has it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPolygonF

from ui.theme import ALIGN_CENTRE, ON_VIDEO, Size, colour, font
from ui.tiles.tile import MOVING_STATES, Tile

_ARROW_PX = 11.0
_INSET_PX = 14.0
_RING_SHARE = 0.09
_DIRECTIONS = ((0, -1), (1, 0), (0, 1), (-1, 0))


def paint_steering(painter: QPainter, tile: Tile, *, is_chosen: bool) -> None:
    """Over the picture of a camera with a lens; arrows on the chosen tile, the name on every one."""
    content = tile.content
    if content is None or not content.has_lens:
        return
    if is_chosen and tile.state in MOVING_STATES and tile.picture.width() >= 160:
        _paint_arrows(painter, tile.picture)
    if content.lock:
        _paint_lock(painter, tile.body, content.lock)


def _paint_arrows(painter: QPainter, picture: QRect) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle = QPointF(picture.center())
    for right, down in _DIRECTIONS:
        tip = QPointF(
            middle.x() + right * (picture.width() / 2 - _INSET_PX),
            middle.y() + down * (picture.height() / 2 - _INSET_PX),
        )
        _paint_arrow(painter, tip, right, down)
    side = picture.height() * _RING_SHARE
    painter.setBrush(colour(ON_VIDEO.video, 0.0))
    painter.setPen(QPen(colour(ON_VIDEO.video_text, 0.45), 1.5))
    painter.drawEllipse(middle, side, side)
    painter.restore()


def _paint_arrow(painter: QPainter, tip: QPointF, right: int, down: int) -> None:
    back, side = _ARROW_PX, _ARROW_PX * 0.8
    wings = [
        QPointF(tip.x() - right * back + down * side * sign, tip.y() - down * back + right * side * sign)
        for sign in (1, -1)
    ]
    painter.setBrush(colour(ON_VIDEO.video_text, 0.75))
    painter.setPen(QPen(colour(ON_VIDEO.video, 0.6), 1.0))
    painter.drawPolygon(QPolygonF([tip, *wings]))


def _paint_lock(painter: QPainter, body: QRect, text: str) -> None:
    face = font(Size.TEXT_S)
    metrics = QFontMetrics(face)
    width = min(body.width() - 12, metrics.horizontalAdvance(text) + 16)
    box = QRect(body.x() + 6, body.bottom() - 27, width, 22)
    painter.fillRect(box, colour(ON_VIDEO.accent_fill, 0.9))
    painter.setFont(face)
    painter.setPen(QColor(ON_VIDEO.on_accent))
    painter.drawText(
        box, ALIGN_CENTRE, metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width() - 8)
    )
