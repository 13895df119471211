from __future__ import annotations

import pytest

from ui.search import SearchIndex, matches


@pytest.mark.parametrize("query", ["东门", "dongmen", "dm", "DM", "c01", "c01 dm", ""])
def test_a_camera_is_found_by_name_pinyin_initials_and_number(query: str) -> None:
    assert matches(query, "C01 东门")


@pytest.mark.parametrize("query", ["西门", "ximen", "xm", "c01 xm"])
def test_what_does_not_fit_is_not_found(query: str) -> None:
    assert not matches(query, "C01 东门")


NAMES = (
    ("C01 东门", "C01 East Gate"),
    ("C16 图书馆南门", "C16 Library South Door"),
    ("C20 田径场",),
    ("C03 西门",),
)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [0, 1, 2, 3]),
        ("tsg", [1]),
        ("libary", [1]),  # a letter too few
        ("tushugaun", [1]),  # two letters the wrong way round
        ("tianjinchang", [2]),  # a letter too many
        ("图书管", [1]),  # another character of the same sound
        ("dm", [0]),
        ("c2", [2]),
        ("16 nan", [1]),
        ("zzzzzz", []),
        ("c99", []),
    ],
)
def test_slips_of_the_key_still_find_what_was_meant(query: str, found: list[int]) -> None:
    assert SearchIndex(NAMES).find(query) == found


def test_what_fits_as_typed_leaves_no_room_for_guesses() -> None:
    # ximen is one letter from "shimen", but it is written so in C03: only that is found.
    index = SearchIndex([*NAMES, ("C04 石门",)])
    assert index.find("ximen") == [3]
