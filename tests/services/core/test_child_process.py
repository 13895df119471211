from __future__ import annotations

from services.video.process import BEGIN_LIMIT_S, SILENT_AFTER_S, hangs


def test_a_process_that_was_heard_is_given_up_when_it_falls_silent() -> None:
    assert not hangs(100.0 + SILENT_AFTER_S, began_s=0.0, heard_s=100.0)
    assert hangs(100.1 + SILENT_AFTER_S, began_s=0.0, heard_s=100.0)


def test_a_process_that_is_still_loading_is_given_longer_but_not_for_ever() -> None:
    assert not hangs(SILENT_AFTER_S + 1.0, began_s=0.0, heard_s=None)
    assert not hangs(BEGIN_LIMIT_S, began_s=0.0, heard_s=None)
    assert hangs(BEGIN_LIMIT_S + 0.1, began_s=0.0, heard_s=None)
