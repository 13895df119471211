"""Where the alarm stage may stand so that it never covers the tile somebody works on; pure."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect

LEAST_WIDTH_PX = 300
LEAST_HEIGHT_PX = 220
# Room for the title, and for a plate with its buttons.
STRIP_HEIGHT_PX = 156
_MOST_WIDTH_SHARE = 0.46
_MOST_HEIGHT_SHARE = 0.52


@dataclass(frozen=True, slots=True)
class StagePlace:
    """stage and wall in the column's coordinates; side: left, right, top or bottom.

    The wall keeps the whole column unless no free strip is large enough: then it makes room.
    """

    stage: QRect
    wall: QRect
    side: str


def place_stage(column: QRect, working: QRect | None) -> StagePlace:
    """The roomiest strip beside `working` (the chosen tile, None for none), the right one if equal.

    The stage lies inside `column` and never touches `working`, unless the wall has to shrink: then
    it never touches the wall.
    """
    width = min(column.width(), max(LEAST_WIDTH_PX, round(column.width() * _MOST_WIDTH_SHARE)))
    height = min(column.height(), max(LEAST_HEIGHT_PX, round(column.height() * _MOST_HEIGHT_SHARE)))
    busy = working.intersected(column) if working is not None else QRect()
    if busy.isEmpty():
        return StagePlace(_at_side(column, "right", width), QRect(column), "right")
    free = {
        "right": min(width, column.right() - busy.right()),
        "left": min(width, busy.x() - column.x()),
        "bottom": min(height, column.bottom() - busy.bottom()),
        "top": min(height, busy.y() - column.y()),
    }
    fitting = [side for side, extent in free.items() if extent >= _least(side)]
    if not fitting:
        return _beside_wall(column, width, height)
    best = max(fitting, key=lambda side: _surface(_at_side(column, side, free[side])))
    return StagePlace(_at_side(column, best, free[best]), QRect(column), best)


def place_strip(column: QRect, working: QRect | None) -> StagePlace:
    """A low strip for an alarm without pictures: at the bottom, at the top if `working` lies there.

    The wall shrinks only when `working` lies at both ends.
    """
    height = min(column.height(), STRIP_HEIGHT_PX)
    for side in ("bottom", "top"):
        strip = _at_side(column, side, height)
        if working is None or not strip.intersects(working):
            return StagePlace(strip, QRect(column), side)
    return StagePlace(_at_side(column, "bottom", height), column.adjusted(0, 0, 0, -height), "bottom")


def _beside_wall(column: QRect, width: int, height: int) -> StagePlace:
    """The chosen tile leaves no room: the wall gives up a strip of the column's longer way."""
    if column.width() >= column.height():
        stage = _at_side(column, "right", min(width, column.width() - 1))
        return StagePlace(stage, column.adjusted(0, 0, -stage.width(), 0), "right")
    stage = _at_side(column, "bottom", min(height, column.height() - 1))
    return StagePlace(stage, column.adjusted(0, 0, 0, -stage.height()), "bottom")


def _at_side(column: QRect, side: str, extent: int) -> QRect:
    left, top, width, height = column.x(), column.y(), column.width(), column.height()
    match side:
        case "right":
            return QRect(left + width - extent, top, extent, height)
        case "left":
            return QRect(left, top, extent, height)
        case "bottom":
            return QRect(left, top + height - extent, width, extent)
        case _:
            return QRect(left, top, width, extent)


def _least(side: str) -> int:
    return LEAST_WIDTH_PX if side in ("left", "right") else LEAST_HEIGHT_PX


def _surface(rect: QRect) -> int:
    return rect.width() * rect.height()
