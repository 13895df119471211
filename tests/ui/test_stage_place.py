from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect

from ui.stage_place import LEAST_HEIGHT_PX, LEAST_WIDTH_PX, STRIP_HEIGHT_PX, place_stage, place_strip
from ui.tiles.layout import LAYOUTS, tile_rects

COLUMNS = st.builds(QRect, st.just(0), st.just(0), st.integers(640, 3840), st.integers(480, 2160))


@given(COLUMNS, st.sampled_from(sorted(LAYOUTS)), st.integers(0, 24))
def test_the_stage_never_covers_the_tile_somebody_works_on(column: QRect, name: int, index: int) -> None:
    rects = tile_rects(LAYOUTS[name], column, 3)
    working = rects[index % len(rects)]
    place = place_stage(column, working)
    assert column.contains(place.stage)
    assert place.stage.width() >= LEAST_WIDTH_PX or place.stage.height() >= LEAST_HEIGHT_PX
    if place.wall == column:
        assert not place.stage.intersects(working)
    else:
        assert not place.stage.intersects(place.wall)
        assert place.wall.isValid()


@given(COLUMNS)
def test_without_a_chosen_tile_the_stage_stands_at_the_right(column: QRect) -> None:
    place = place_stage(column, None)
    assert place.side == "right"
    assert place.stage.right() == column.right()
    assert place.wall == column


@given(COLUMNS)
def test_a_tile_that_fills_the_wall_makes_the_wall_give_room(column: QRect) -> None:
    place = place_stage(column, column)
    assert not place.stage.intersects(place.wall)
    assert place.stage.united(place.wall) == column


def test_on_a_small_screen_with_25_tiles_the_middle_tile_stays_free() -> None:
    # 1366 x 768 less rail, side and top bar leaves 959 x 720; the middle tile of five by five.
    column = QRect(0, 0, 959, 720)
    working = tile_rects(LAYOUTS["25"], column, 3)[12]
    place = place_stage(column, working)
    assert not place.stage.intersects(working)
    assert place.wall == column


@given(COLUMNS, st.sampled_from(sorted(LAYOUTS)), st.integers(0, 24))
def test_an_alarm_without_pictures_takes_a_low_strip_off_that_tile(
    column: QRect, name: int, index: int
) -> None:
    rects = tile_rects(LAYOUTS[name], column, 3)
    working = rects[index % len(rects)]
    place = place_strip(column, working)
    assert column.contains(place.stage)
    assert place.stage.height() == STRIP_HEIGHT_PX
    assert not place.stage.intersects(working if place.wall == column else place.wall)


def test_the_strip_is_at_the_bottom_unless_somebody_works_there() -> None:
    column = QRect(0, 0, 900, 600)
    assert place_strip(column, None).side == "bottom"
    assert place_strip(column, QRect(0, 400, 300, 200)).side == "top"
    assert place_strip(column, column).wall == QRect(0, 0, 900, 600 - STRIP_HEIGHT_PX)
