"""What is on the screen after a paint of new pictures alone is what a paint of everything would show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from services.core.clock import ManualClock
from services.domain.classes import Priority
from services.domain.video import StreamState
from services.video.decoder import fit
from tests.ui.pictures import START_AT, HandFeed
from ui.theme import Size
from ui.tiles.feed import AlarmPlate, TileContent
from ui.tiles.wall import WallSurface
from ui.tiles.zoom import Zoom

BLUE_BGR, RED_BGR = (200, 60, 40), (30, 40, 220)


def four_cameras(wall: WallSurface) -> list[HandFeed]:
    """With lenses; their pictures fill their tiles, so that whatever is shown lies on them."""
    wall.resize(806, 2 * (Size.TILE_HEADER + 226) + Size.TILE_GAP)
    feeds = [HandFeed() for _ in range(4)]
    for index, feed in enumerate(feeds):
        wall.set_tile(index, TileContent(f"C{index + 1:02d}", "东门", feed, "子码流", has_lens=True))
    return feeds


def show(wall: WallSurface, feeds: list[HandFeed], clock: ManualClock, bgr: tuple[int, int, int]) -> None:
    """A picture of the tile's own size for every camera, painted."""
    for feed, tile in zip(feeds, wall.tiles, strict=True):
        size_px = fit(640, 360, (tile.body.width(), tile.body.height()))
        feed.put(bgr, clock.monotonic(), size_px)
    wall.tick()
    QApplication.processEvents()


def on_screen(wall: WallSurface) -> QImage:
    seen = wall.screen().grabWindow(wall.winId()).toImage()
    return seen.convertToFormat(QImage.Format.Format_RGB32)


def painted_anew(wall: WallSurface) -> QImage:
    return wall.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def with_plate(wall: WallSurface) -> None:
    wall.set_alarms({"C01": AlarmPlate("a1", Priority.P1, "一键报警", "东门岗亭", START_AT)})


def with_lock(wall: WallSurface) -> None:
    content = wall.content(0)
    assert content is not None
    wall.set_tile(0, replace(content, lock="王芳"))


SITUATIONS: dict[str, Callable[[WallSurface], None]] = {
    "nothing lies on the pictures": lambda _wall: None,
    "one is chosen": lambda wall: wall.choose(0),
    "one has an alarm": with_plate,
    "details are shown": lambda wall: wall.show_details(True),
    "one is steered by somebody": with_lock,
    "one is zoomed": lambda wall: wall.set_zoom(0, Zoom(2.0, 0.2, 0.2)),
    "one is heard": lambda wall: wall.show_heard("C01"),
}


@pytest.mark.parametrize("situation", SITUATIONS)
def test_new_pictures_alone_leave_all_else_as_it_is(
    wall: WallSurface, clock: ManualClock, qtbot: QtBot, situation: str
) -> None:
    feeds = four_cameras(wall)
    qtbot.waitExposed(wall)
    show(wall, feeds, clock, BLUE_BGR)
    SITUATIONS[situation](wall)
    QApplication.processEvents()

    show(wall, feeds, clock, RED_BGR)

    shown = on_screen(wall)
    assert shown.pixelColor(wall.picture_rect(1).center()) == QColor(220, 40, 30)
    assert shown == painted_anew(wall)


def test_a_state_that_changes_with_a_picture_is_painted_too(
    wall: WallSurface, clock: ManualClock, qtbot: QtBot
) -> None:
    feeds = four_cameras(wall)
    qtbot.waitExposed(wall)
    show(wall, feeds, clock, BLUE_BGR)
    before = on_screen(wall)

    clock.advance(1.0)
    feeds[0].become(StreamState.LATE, 2.4)
    show(wall, feeds, clock, BLUE_BGR)

    assert on_screen(wall) != before
    assert on_screen(wall) == painted_anew(wall)
