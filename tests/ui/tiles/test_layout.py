from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect

from services.domain.layouts import is_whole
from ui.stage import stage_layout
from ui.tiles.layout import LAYOUTS, Cell, Layout, grid, letterbox, tile_rects

AREAS = st.builds(
    QRect, st.integers(0, 50), st.integers(0, 50), st.integers(200, 4000), st.integers(150, 2200)
)


def test_the_offered_layouts_have_as_many_tiles_as_their_name_says() -> None:
    for name, layout in LAYOUTS.items():
        assert len(layout.cells) == sum(int(part) for part in name.split("+"))
        assert is_whole(layout)


def test_the_digit_keys_recall_the_common_layouts_in_this_order() -> None:
    assert list(LAYOUTS)[:9] == ["1", "4", "9", "16", "25", "1+5", "1+7", "36", "64"]
    assert set(LAYOUTS) == {"1", "4", "9", "16", "25", "36", "49", "64", "1+5", "1+7", "2+8", "1+12"}


@given(AREAS, st.sampled_from(sorted(LAYOUTS)), st.integers(0, 8))
def test_tiles_stay_inside_reach_every_edge_and_never_overlap(area: QRect, name: int, gap_px: int) -> None:
    rects = tile_rects(LAYOUTS[name], area, gap_px)
    whole = QRect()
    for index, rect in enumerate(rects):
        whole = whole.united(rect)
        assert area.contains(rect)
        assert not any(rect.intersects(other) for other in rects[index + 1 :])
    assert whole == area


def test_a_merged_cell_covers_the_tiles_it_replaces() -> None:
    layout = Layout(2, 2, (Cell(0, 0, 2, 1), Cell(0, 1), Cell(1, 1)))
    rects = tile_rects(layout, QRect(0, 0, 202, 102), 2)
    assert rects == [QRect(0, 0, 202, 50), QRect(0, 52, 100, 50), QRect(102, 52, 100, 50)]


def test_a_grid_without_tiles_is_refused() -> None:
    with pytest.raises(ValueError, match="0 x 3"):
        grid(0, 3)


@given(AREAS, st.integers(16, 4000), st.integers(16, 4000))
def test_a_letterboxed_picture_keeps_its_proportions_to_a_pixel(area: QRect, width: int, height: int) -> None:
    box = letterbox(area, width, height)
    assert area.contains(box)
    assert box.width() == area.width() or box.height() == area.height()
    assert abs(box.width() - box.height() * width / height) <= width / height + 1


def test_a_wide_picture_in_a_square_gets_bars_above_and_below() -> None:
    # 160 x 160 for 16:9 leaves 160 x 90, 35 pixels above and below.
    assert letterbox(QRect(0, 0, 160, 160), 1920, 1080) == QRect(0, 35, 160, 90)


@pytest.mark.parametrize("is_tall", [True, False])
@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_the_stage_shows_the_best_feed_largest(count: int, is_tall: bool) -> None:
    rects = tile_rects(stage_layout(count, is_tall=is_tall), QRect(0, 0, 600, 600), 3)
    areas = [rect.width() * rect.height() for rect in rects]
    assert len(rects) == count
    assert all(areas[0] > other for other in areas[1:])
    assert not any(a.intersects(b) for i, a in enumerate(rects) for b in rects[i + 1 :])
