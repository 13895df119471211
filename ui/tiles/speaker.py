"""The mark on the tile whose camera is heard."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from ui.theme import ON_VIDEO, colour

_SIDE, _GAP = 24, 6


def speaker_rect(body: QRect) -> QRect:
    """Low at the left: away from plates, header and the zoom's badge."""
    return QRect(body.x() + _GAP, body.bottom() - _SIDE - _GAP, _SIDE, _SIDE)


def paint_speaker(painter: QPainter, body: QRect) -> None:
    box = QRectF(speaker_rect(body))
    painter.fillRect(box, colour(ON_VIDEO.video, 0.85))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink = QColor(ON_VIDEO.video_text)
    x, middle = box.x(), box.center().y()
    horn = QPainterPath()
    corners = [(5, -2.5), (8, -2.5), (12, -6), (12, 6), (8, 2.5), (5, 2.5)]
    horn.addPolygon(QPolygonF([QPointF(x + dx, middle + dy) for dx, dy in corners]))
    horn.closeSubpath()
    painter.fillPath(horn, ink)
    painter.setPen(QPen(ink, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for radius in (4.0, 7.0):
        around = QRectF(x + 12 - radius, middle - radius, 2 * radius, 2 * radius)
        painter.drawArc(around, -50 * 16, 100 * 16)
