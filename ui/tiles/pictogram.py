"""Small drawings of layouts, for menus and lists."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from services.domain.layouts import Layout
from ui.theme import tokens
from ui.tiles.layout import tile_rects

WIDTH_PX = 26
HEIGHT_PX = 18


def layout_icon(layout: Layout) -> QIcon:
    """The layout's tiles, in the text colour of the theme of the moment."""
    application = QApplication.instance()
    ratio = application.devicePixelRatio() if isinstance(application, QApplication) else 1.0
    width, height = round(WIDTH_PX * ratio), round(HEIGHT_PX * ratio)
    pixmap = QPixmap(width, height)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    for rect in tile_rects(layout, QRect(0, 0, width, height), max(1, round(ratio))):
        painter.fillRect(rect, QColor(tokens().text_dim))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return QIcon(pixmap)
