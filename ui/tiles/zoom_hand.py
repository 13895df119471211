"""What a mouse does to a zoomed tile: the wheel at the cursor, dragging, a click on the badge."""

from __future__ import annotations

from PySide6.QtCore import QPoint

from ui.tiles.surface import TileSurface
from ui.tiles.zoom import WHOLE, share_of


class ZoomHand:
    """Belongs to one surface; every call returns at once."""

    def __init__(self, surface: TileSurface) -> None:
        self._surface = surface
        self._index: int | None = None
        self._last = QPoint()

    @property
    def is_dragging(self) -> bool:
        return self._index is not None

    def turn(self, index: int, point: QPoint, steps: float) -> None:
        """Zoom about `point`; a tile without a picture stays as it is."""
        surface = self._surface
        if surface.has_picture(index):
            x, y = share_of(surface.picture_rect(index), point)
            surface.set_zoom(index, surface.zoom(index).turned(steps, x, y))

    def press(self, index: int, point: QPoint) -> bool:
        """True when the press was the badge's, which resets, and is thereby answered."""
        surface = self._surface
        if surface.badge_rect(index).contains(point):
            surface.set_zoom(index, WHOLE)
            return True
        if not surface.zoom(index).is_whole:
            self._index, self._last = index, point
        return False

    def drag(self, point: QPoint) -> bool:
        """True while a zoomed picture is held; it follows."""
        if self._index is None or self._index >= self._surface.tile_count:
            self._index = None
            return False
        step, self._last = point - self._last, point
        picture = self._surface.picture_rect(self._index)
        zoom = self._surface.zoom(self._index)
        shares = step.x() / max(1, picture.width()), step.y() / max(1, picture.height())
        self._surface.set_zoom(self._index, zoom.dragged(*shares))
        return True

    def let_go(self) -> None:
        self._index = None
