from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from services.domain.layouts import Cell, Layout, grid, is_whole, merged, split

units = st.builds(Cell, st.integers(0, 7), st.integers(0, 7))
steps = st.lists(st.tuples(st.booleans(), units, units), max_size=12)


@given(st.integers(1, 8), st.integers(1, 8), steps)
def test_whatever_is_merged_and_split_tiles_never_overlap_and_cover_the_grid(
    columns: int, rows: int, moves: list[tuple[bool, Cell, Cell]]
) -> None:
    layout = grid(columns, rows)
    for is_merge, first, last in moves:
        one, other = _inside(layout, first), _inside(layout, last)
        if is_merge:
            layout = merged(layout, one, other)
        else:
            layout = split(layout, one.column % len(layout.cells))
        assert is_whole(layout)
        # is_whole counts once more in another way: areas add up to the grid's.
        assert sum(cell.columns * cell.rows for cell in layout.cells) == columns * rows


def _inside(layout: Layout, cell: Cell) -> Cell:
    return Cell(min(cell.column, layout.columns - 1), min(cell.row, layout.rows - 1))


def test_merging_across_a_big_tile_takes_all_of_it() -> None:
    layout = merged(grid(3, 3), Cell(0, 0), Cell(1, 1))
    # From (1, 0) to (2, 0): the big tile reaches down to row 1, so row 1 of column 2 comes too.
    assert merged(layout, Cell(1, 0), Cell(2, 0)).cells[0] == Cell(0, 0, 3, 2)


def test_splitting_a_merged_tile_gives_the_grid_back_in_reading_order() -> None:
    assert split(merged(grid(4, 4), Cell(1, 1), Cell(2, 3)), 5) == grid(4, 4)


def test_gaps_overlaps_and_giants_are_not_whole() -> None:
    assert not is_whole(Layout(2, 1, (Cell(0, 0),)))
    assert not is_whole(Layout(2, 1, (Cell(0, 0, 2, 1), Cell(1, 0))))
    assert not is_whole(Layout(2, 1, (Cell(0, 0), Cell(1, 0, 2, 1))))
    assert not is_whole(grid(9, 8))
    assert not is_whole(Layout(1, 1, (Cell(0, 0, 10**9, 10**9),)))
    assert not is_whole(Layout(1, 1, (Cell(0, 0), Cell(0, 0, 0, 1))))
