"""The pictures that came since a surface was last painted: in most ticks nothing else changes."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QRegion

from ui.tiles.tile import Tile


class FreshPictures:
    """Which tiles have one, and where. A paint of exactly that region need not ask all tiles what changed."""

    def __init__(self) -> None:
        self._tiles: dict[Tile, None] = {}
        self.region = QRegion()

    def add(self, tile: Tile, damage: QRect) -> None:
        self._tiles[tile] = None
        self.region += damage

    def take(self, region: QRegion) -> tuple[Tile, ...]:
        """All of them when `region` is theirs and no more, else none; then they are forgotten."""
        tiles = tuple(self._tiles) if region == self.region else ()
        if self._tiles:
            self._tiles, self.region = {}, QRegion()
        return tiles
