"""From looks to hits: which cells a region has, what counts as one movement, what a day's line shows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from services.domain.motion import (
    COLUMNS,
    ROWS,
    WHOLE,
    Look,
    MovingSeconds,
    Sensitivity,
    boxes_of,
    cells_in,
    covers,
    hits_in,
    joined,
    least_cells,
    moving_seconds,
)

AT = datetime(2026, 11, 24, 2, tzinfo=UTC)
S = timedelta(seconds=1)
LEFT_HALF = ((0.0, 0.0), (0.5, 0.0), (0.5, 1.0), (0.0, 1.0))


def looks(text: str) -> list[Look]:
    """Four a second: `.` nothing, `x` one cell, `X` ten."""
    cells = {".": 0, "x": 1, "X": 0x3FF}
    return [Look(AT + number * S / 4, cells[sign]) for number, sign in enumerate(text)]


def test_half_of_the_picture_has_half_of_its_cells() -> None:
    # A corner's own cell belongs too: at x = 0.5 that is the first column of the right half, twice.
    assert cells_in(LEFT_HALF).bit_count() == COLUMNS * ROWS // 2 + 2
    assert cells_in(((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))) == WHOLE


def test_a_triangle_has_the_cells_under_its_slope() -> None:
    share = cells_in(((0.0, 0.0), (1.0, 1.0), (0.0, 1.0))).bit_count() / (COLUMNS * ROWS)
    assert 0.47 < share < 0.55


def test_a_region_thinner_than_a_cell_has_one() -> None:
    assert cells_in(((0.51, 0.51), (0.511, 0.51), (0.511, 0.512))).bit_count() == 1


@given(st.integers(0, WHOLE))
def test_the_boxes_of_a_region_cover_just_its_cells(cells: int) -> None:
    again = 0
    for left, top, right, bottom in boxes_of(cells):
        assert right > left
        assert round((bottom - top) * ROWS) == 1
        for column in range(round(left * COLUMNS), round(right * COLUMNS)):
            again |= 1 << (round(top * ROWS) * COLUMNS + column)
    assert again == cells


@given(st.lists(st.tuples(st.floats(-1, 2), st.floats(-1, 2)), min_size=3, max_size=12))
def test_no_drawn_region_is_empty_or_outside(corners: list[tuple[float, float]]) -> None:
    assert 0 < cells_in(corners) <= WHOLE


def test_motion_with_short_pauses_is_one_hit_and_its_moment_is_the_strongest() -> None:
    (hit,) = hits_in(looks("....xx....xXx...."), WHOLE, 1, timedelta(0))
    assert (hit.since, hit.until) == (AT + S, AT + 13 * S / 4)
    assert (hit.at, hit.cells) == (AT + 11 * S / 4, 10)


def test_motion_after_a_long_pause_is_another_hit() -> None:
    assert len(list(hits_in(looks("xx" + "." * 12 + "xx"), WHOLE, 1, timedelta(0)))) == 2


def test_what_is_shorter_than_asked_is_no_hit() -> None:
    found = looks("....x" + "." * 20 + "xxxxxx....")
    assert [hit.since for hit in hits_in(found, WHOLE, 1, S)] == [AT + 25 * S / 4]


def test_motion_outside_the_region_or_of_too_few_cells_is_no_hit() -> None:
    assert not list(hits_in(looks("xXX"), 1 << 20, 1, timedelta(0)))
    assert [hit.cells for hit in hits_in(looks("xX."), WHOLE, 5, timedelta(0))] == [10]


def test_the_less_sensitive_the_more_must_move() -> None:
    left = cells_in(LEFT_HALF)
    assert [least_cells(left, one) for one in (Sensitivity.HIGH, Sensitivity.MEDIUM, Sensitivity.LOW)] == [
        1,
        4,
        16,
    ]
    assert least_cells(1, Sensitivity.LOW) == 1


def test_a_look_stands_for_no_more_than_a_moment() -> None:
    (hit,) = hits_in([Look(AT, 1), Look(AT + 60 * S, 0)], WHOLE, 1, timedelta(0))
    assert hit.until - hit.since == timedelta(seconds=2.5)


@given(st.sets(st.integers(0, 90)))
def test_the_seconds_of_a_piece_are_its_spans(seconds: set[int]) -> None:
    found = [Look(AT + number * S + S / 3, 1) for number in sorted(seconds)]
    bits = moving_seconds(found, AT)
    spans = list(MovingSeconds("C01", "d", "p", AT, bits).spans())
    covered = {int((since - AT) / S) + n for since, until in spans for n in range(int((until - since) / S))}
    assert covered == seconds
    assert all(later[0] > earlier[1] for earlier, later in pairwise(spans))


def test_spans_near_each_other_are_one() -> None:
    assert joined([(AT, AT + S), (AT + 2 * S, AT + 3 * S), (AT + 9 * S, AT + 10 * S)]) == [
        (AT, AT + 3 * S),
        (AT + 9 * S, AT + 10 * S),
    ]


def test_a_piece_is_covered_only_if_somebody_looked_all_the_time() -> None:
    assert covers(looks("." * 40), AT, AT + 10 * S)
    assert not covers(looks("." * 20), AT, AT + 10 * S)
    assert not covers([], AT, AT + 10 * S)
