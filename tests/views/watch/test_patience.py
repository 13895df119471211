"""A storm is waited for once; little, and a storm that does not end, are written down at once."""

from __future__ import annotations

from views.watch.patience import MANY, STORM_PAUSE_MS, Patience


def test_little_is_written_at_once() -> None:
    assert Patience().pause_ms(MANY) == 0


def test_a_storm_is_waited_for_once_and_the_next_one_again() -> None:
    patience = Patience()
    assert patience.pause_ms(MANY + 1) == STORM_PAUSE_MS
    assert patience.pause_ms(10 * MANY) == 0, "it has gone on meanwhile"
    assert patience.pause_ms(MANY) == 0, "it is over"
    assert patience.pause_ms(MANY + 1) == STORM_PAUSE_MS
