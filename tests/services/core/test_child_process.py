from __future__ import annotations

from services.core.child_process import Patience

PATIENCE = Patience(
    first_wait_s=0.5, most_wait_s=15.0, silent_after_s=10.0, begin_limit_s=60.0, stop_limit_s=2.0
)


def test_a_process_that_was_heard_is_given_up_when_it_falls_silent() -> None:
    assert not PATIENCE.is_over(110.0, began_s=0.0, heard_s=100.0)
    assert PATIENCE.is_over(110.1, began_s=0.0, heard_s=100.0)


def test_a_process_that_is_still_loading_is_given_longer_but_not_for_ever() -> None:
    assert not PATIENCE.is_over(11.0, began_s=0.0, heard_s=None)
    assert not PATIENCE.is_over(60.0, began_s=0.0, heard_s=None)
    assert PATIENCE.is_over(60.1, began_s=0.0, heard_s=None)
