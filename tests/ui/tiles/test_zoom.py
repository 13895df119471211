from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from services.core.clock import ManualClock
from tests.ui.pictures import FlatPicture, HandFeed
from ui.tiles.feed import TileContent
from ui.tiles.wall import WallSurface
from ui.tiles.zoom import MOST, WHOLE, Zoom, asked_size, badge_rect, share_of

LEFT, NO_KEYS, CTRL = (
    Qt.MouseButton.LeftButton,
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
)
SHARES = st.floats(0, 1)
TURNS = st.lists(st.tuples(st.floats(-4, 4), SHARES, SHARES), max_size=12)
RED, GREEN, BLUE, GREY = (0, 0, 255), (0, 255, 0), (255, 0, 0), (90, 90, 90)


@given(TURNS, st.floats(-2, 2), st.floats(-2, 2))
def test_what_is_shown_never_leaves_the_picture(
    turns: list[tuple[float, float, float]], dx: float, dy: float
) -> None:
    zoom = WHOLE
    for steps, x, y in turns:
        zoom = zoom.turned(steps, x, y).dragged(dx, dy)
        part = zoom.part(640, 360)
        assert 1.0 <= zoom.factor <= MOST
        assert part.left() >= -1e-6
        assert part.top() >= -1e-6
        assert part.right() <= 640 + 1e-6
        assert part.bottom() <= 360 + 1e-6


@given(st.floats(0.5, 4), SHARES, SHARES)
def test_the_point_under_the_cursor_stays_under_it(steps: float, x: float, y: float) -> None:
    before, after = Zoom(2.0, 0.25, 0.25), Zoom(2.0, 0.25, 0.25).turned(steps, x, y)
    assert after.left + x / after.factor == pytest.approx(before.left + x / before.factor)
    assert after.top + y / after.factor == pytest.approx(before.top + y / before.factor)


def test_zooming_out_to_the_end_shows_the_whole_picture() -> None:
    assert WHOLE.turned(3, 0.9, 0.1).turned(-3, 0.2, 0.2) is WHOLE


def test_a_zoomed_tile_asks_for_more_but_never_for_more_than_the_camera_gives() -> None:
    shown, source, twice = (400, 300), (640, 360), Zoom(2.0)
    assert asked_size(shown, source, WHOLE) == shown
    assert asked_size(shown, (1920, 1080), twice) == (800, 600)
    assert asked_size(shown, source, twice) == (640, 360)
    assert asked_size(shown, (0, 0), twice) == shown, "an unknown size is not exceeded either"


def test_a_point_beside_the_picture_counts_as_its_edge() -> None:
    assert share_of(QRect(100, 50, 200, 100), QPoint(0, 100)) == (0.0, 0.5)


@pytest.fixture
def feed(wall: WallSurface, clock: ManualClock) -> HandFeed:
    """On the first tile: four quarters, red green over blue grey."""
    made = HandFeed()
    pixels = np.empty((360, 640, 4), np.uint8)
    for rows, columns, bgr in (
        (slice(0, 180), slice(0, 320), RED),
        (slice(0, 180), slice(320, 640), GREEN),
        (slice(180, 360), slice(0, 320), BLUE),
        (slice(180, 360), slice(320, 640), GREY),
    ):
        pixels[rows, columns] = (*bgr, 255)
    made._picture = FlatPicture(pixels, 640, 360, 1, clock.monotonic())
    wall.set_tile(0, TileContent("C01", "东门", made))
    wall.choose(0)
    wall.tick()
    return made


@pytest.fixture
def colour_at(wall: WallSurface) -> Callable[[float, float], tuple[int, ...]]:
    """The colour at shares of the first tile's picture, as b, g, r."""

    def look(x: float, y: float) -> tuple[int, ...]:
        image: QImage = wall.grab().toImage()
        box = wall.picture_rect(0)
        colour = image.pixelColor(box.x() + round(x * box.width()), box.y() + round(y * box.height()))
        return colour.blue(), colour.green(), colour.red()

    return look


def turn(wall: WallSurface, at: QPoint, steps: int, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
    event = QWheelEvent(
        QPointF(at), QPointF(wall.mapToGlobal(at)), QPoint(), QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton, keys, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(wall, event)


@pytest.mark.usefixtures("feed")
def test_the_wheel_zooms_into_what_is_under_the_cursor(
    wall: WallSurface, colour_at: Callable[[float, float], tuple[int, ...]]
) -> None:
    assert colour_at(0.25, 0.25) == RED
    turn(wall, wall.picture_rect(0).topRight() - QPoint(2, -2), 4)
    assert wall.zoom(0).factor == pytest.approx(1.25**4)
    assert {colour_at(0.05, 0.05), colour_at(0.95, 0.05), colour_at(0.05, 0.6)} == {GREEN}


@pytest.mark.usefixtures("feed")
def test_a_drag_moves_the_zoomed_picture_and_starts_no_camera_drag(
    qtbot: QtBot, wall: WallSurface, colour_at: Callable[[float, float], tuple[int, ...]]
) -> None:
    wall.set_zoom(0, Zoom(2.0))
    middle, box = wall.picture_rect(0).center(), wall.picture_rect(0)
    qtbot.mousePress(wall, LEFT, NO_KEYS, middle)
    # A camera drag would block here until somebody lets go.
    qtbot.mouseMove(wall, middle - QPoint(box.width(), box.height()))
    qtbot.mouseRelease(wall, LEFT, NO_KEYS, middle)
    assert (wall.zoom(0).left, wall.zoom(0).top) == (0.5, 0.5)
    assert colour_at(0.5, 0.2) == GREY


def test_a_zoomed_tile_gets_a_larger_picture(wall: WallSurface, feed: HandFeed) -> None:
    plain = feed.asked[-1]
    wall.set_zoom(0, Zoom(2.0))
    assert feed.asked[-1] == (640, 360)
    wall.set_zoom(0, WHOLE)
    assert feed.asked[-1] == plain


@pytest.mark.usefixtures("feed")
def test_a_zoomed_tile_counts_as_tall_as_its_whole_picture_so_that_a_better_stream_may_come(
    qtbot: QtBot, wall: WallSurface
) -> None:
    plain = wall.tile_heights_px()
    with qtbot.waitSignal(wall.tiles_placed, timeout=60_000):
        wall.set_zoom(0, Zoom(2.0))
    assert wall.tile_heights_px() == [2 * plain[0], *plain[1:]]


@pytest.mark.usefixtures("feed")
def test_a_click_on_the_badge_shows_the_whole_picture(qtbot: QtBot, wall: WallSurface) -> None:
    wall.set_zoom(0, Zoom(2.0))
    box = wall.badge_rect(0)
    assert wall.tile_rect(0).contains(box)
    qtbot.mouseClick(wall, LEFT, NO_KEYS, box.center())
    assert wall.zoom(0).is_whole
    assert wall.badge_rect(0).isEmpty()


@pytest.mark.usefixtures("feed")
def test_a_double_click_on_a_zoomed_tile_still_opens_it(qtbot: QtBot, wall: WallSurface) -> None:
    wall.set_zoom(0, Zoom(2.0))
    with qtbot.waitSignal(wall.tile_opened, timeout=60_000) as opened:
        qtbot.mouseDClick(wall, LEFT, NO_KEYS, wall.picture_rect(0).center())
    assert opened.args == [0]
    assert wall.zoom(0) == Zoom(2.0)


@pytest.mark.usefixtures("feed")
def test_another_camera_on_the_tile_is_shown_whole(wall: WallSurface) -> None:
    wall.set_zoom(0, Zoom(2.0))
    wall.set_tile(0, TileContent("C02", "西门", HandFeed()))
    assert wall.zoom(0).is_whole


def test_the_wheel_over_a_camera_with_a_lens_turns_the_lens_and_ctrl_wheel_the_picture(
    wall: WallSurface, feed: HandFeed
) -> None:
    asked: list[tuple[int, float]] = []
    wall.lens_turned.connect(lambda index, steps: asked.append((index, steps)))
    wall.set_tile(0, TileContent("C01", "东门", feed, has_lens=True))
    middle = wall.picture_rect(0).center()
    turn(wall, middle, 2)
    assert (asked, wall.zoom(0).is_whole) == ([(0, 2.0)], True)
    turn(wall, middle, 1, CTRL)
    assert (asked, wall.zoom(0).is_whole) == ([(0, 2.0)], False)


def test_the_badge_lies_inside_the_smallest_tile() -> None:
    assert QRect(0, 0, 160, 60).contains(badge_rect(QRect(0, 0, 160, 60)))
