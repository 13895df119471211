"""Which span is protected or asked for: between the marks, what is shown, or around the moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from views.playback.span_marks import span_shown

AT = datetime(2026, 11, 28, 2, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("shown", "asked"),
    [
        # In minutes from the moment: as shown up to a quarter of an hour, then a minute around it.
        ((-5, 5), (-5, 5)),
        ((-7, 8), (-7, 8)),
        ((-8, 8), (-1, 1)),
        ((-600, 600), (-1, 1)),
    ],
)
def test_a_short_line_of_time_is_asked_for_whole(shown: tuple[int, int], asked: tuple[int, int]) -> None:
    found = span_shown(AT + shown[0] * MINUTE, AT + shown[1] * MINUTE, AT)
    assert found == (AT + asked[0] * MINUTE, AT + asked[1] * MINUTE)
