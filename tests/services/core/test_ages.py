"""How long things have waited, over a clock that somebody sets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from services.core.ages import Ages
from services.core.clock import ManualClock

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)


def test_what_waited_before_the_first_look_is_believed_and_counted_on() -> None:
    clock = ManualClock(NOW)
    ages = Ages(clock)
    first = ("a", NOW - timedelta(seconds=40))
    assert ages.look([first, ("b", NOW + timedelta(hours=1))]) == {
        first: 40.0,
        ("b", NOW + timedelta(hours=1)): 0,
    }
    clock.advance(2)
    clock.set_wall(-3600)
    assert ages.look([first]) == {first: 42.0}


@pytest.mark.parametrize("behind_s", [0, 3600])
def test_what_is_new_has_waited_no_longer_than_since_the_look_before(behind_s: float) -> None:
    """Also where the clock of who wrote it is an hour behind."""
    clock = ManualClock(NOW)
    ages = Ages(clock)
    ages.look([])
    clock.advance(1)
    new = ("a", NOW - timedelta(seconds=behind_s))
    assert ages.look([new]) == {new: 1.0}


def test_what_begins_again_counts_anew() -> None:
    clock = ManualClock(NOW)
    ages = Ages(clock)
    ages.look([("a", NOW)])
    clock.advance(30)
    again = ("a", clock.now())
    assert ages.look([again]) == {again: 0.0}
