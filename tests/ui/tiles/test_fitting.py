"""A picture that was made for a tile is drawn pixel by pixel, also where its even width left a pixel over."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QRegion
from pytestqt.qtbot import QtBot

from services.domain.video import FeedStatus, StreamState
from services.video.decoder import fit
from services.video.picture import Picture
from ui.theme import Size
from ui.tiles.feed import TileContent
from ui.tiles.tile import Tile


class OnePicture:
    """A feed that has one picture of the asked size."""

    def __init__(self, size: tuple[int, int]) -> None:
        width_px, height_px = size
        pixels = np.zeros((height_px, width_px, 4), np.uint8)
        self._picture = Picture(pixels, width_px, height_px, 1, 0.0)

    def latest(self, after: int) -> Picture | None:
        return self._picture if after < 1 else None

    def status(self) -> FeedStatus:
        return FeedStatus(StreamState.LIVE)


@pytest.mark.parametrize("body", [(238, 111), (237, 200), (477, 246), (959, 517)])
def test_it_is_drawn_as_it_is_and_the_bars_reach_its_edges(qtbot: QtBot, body: tuple[int, int]) -> None:
    assert qtbot is not None
    tile = Tile()
    tile.place(QRect(0, 0, body[0], body[1] + Size.TILE_HEADER))
    assert (tile.body.width(), tile.body.height()) == body
    made = fit(640, 360, body)
    tile.show(TileContent("C01", "东门", OnePicture(made)))  # type: ignore[arg-type]
    tile.poll_picture()
    assert (tile.picture.width(), tile.picture.height()) == made
    assert tile.corner == tile.picture.topLeft()
    covered = QRegion(tile.picture)
    for bar in tile.bars:
        covered |= QRegion(bar)
    assert covered == QRegion(tile.body)
