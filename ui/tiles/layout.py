"""How a surface is cut into tiles; pure, so that every rectangle can be tested."""

from __future__ import annotations

from PySide6.QtCore import QRect

from services.domain.layouts import LAYOUTS, Cell, Layout, grid

__all__ = ["LAYOUTS", "Cell", "Layout", "grid", "letterbox", "tile_rects"]


def tile_rects(layout: Layout, area: QRect, gap_px: int) -> list[QRect]:
    """One rectangle per cell, `gap_px` apart, together filling `area` to the last pixel."""
    lefts = _edges(area.x(), area.width(), layout.columns, gap_px)
    tops = _edges(area.y(), area.height(), layout.rows, gap_px)
    rects = []
    for cell in layout.cells:
        left, top = lefts[cell.column], tops[cell.row]
        right = lefts[cell.column + cell.columns] - gap_px
        bottom = tops[cell.row + cell.rows] - gap_px
        rects.append(QRect(left, top, max(1, right - left), max(1, bottom - top)))
    return rects


def letterbox(area: QRect, width_px: int, height_px: int) -> QRect:
    """The largest rectangle of the proportions width_px : height_px centred in `area`."""
    if width_px <= 0 or height_px <= 0 or area.isEmpty():
        return QRect(area)
    if area.width() * height_px <= area.height() * width_px:
        width, height = area.width(), max(1, round(area.width() * height_px / width_px))
    else:
        width, height = max(1, round(area.height() * width_px / height_px)), area.height()
    left = area.x() + (area.width() - width) // 2
    return QRect(left, area.y() + (area.height() - height) // 2, width, height)


def _edges(start: int, length: int, count: int, gap_px: int) -> list[int]:
    """Where each of `count` cells begins, and one more where the next would."""
    return [start + round(index * (length + gap_px) / count) for index in range(count + 1)]
