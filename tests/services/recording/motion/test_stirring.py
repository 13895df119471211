"""A flicker is not worth recording; somebody who stops for a step is still worth it."""

from __future__ import annotations

import pytest

from services.recording.motion.stirring import Stirring

ONE, FOUR = 1, 0b1111


@pytest.mark.parametrize(
    ("cells", "stirs"),
    [
        ([0, FOUR, 0, 0, FOUR, 0, 0, 0], []),
        ([ONE, ONE, ONE, ONE, ONE], []),
        ([0, FOUR, FOUR, FOUR, 0], [3, 4]),
        ([FOUR, 0, FOUR, FOUR, 0, 0, 0, ONE, 0, 0, 0, 0, 0], [3, 4, 5, 6, 7, 8, 9, 10]),
    ],
    ids=["flicker", "too little", "begins at the third look", "goes on over a pause"],
)
def test_when_it_stirs(cells: list[int], stirs: list[int]) -> None:
    stirring = Stirring()
    assert [number for number, one in enumerate(cells) if stirring.look(one)] == stirs
