from __future__ import annotations

import pytest

from ui.search import matches


@pytest.mark.parametrize("query", ["东门", "dongmen", "dm", "DM", "c01", "c01 dm", ""])
def test_a_camera_is_found_by_name_pinyin_initials_and_number(query: str) -> None:
    assert matches(query, "C01 东门")


@pytest.mark.parametrize("query", ["西门", "ximen", "xm", "c01 xm"])
def test_what_does_not_fit_is_not_found(query: str) -> None:
    assert not matches(query, "C01 东门")
