"""The rate at which pictures come."""

from __future__ import annotations

from services.video.picture import FrameRate


def test_the_rate_is_frames_over_the_time_they_took() -> None:
    rate = FrameRate()
    for index in range(26):
        rate.tick(100.0 + index * 0.04)

    # 25 steps in one second.
    assert rate.fps(101.0) == 25.0


def test_the_rate_falls_to_zero_when_nothing_comes() -> None:
    rate = FrameRate()
    for index in range(26):
        rate.tick(100.0 + index * 0.04)

    assert rate.fps(103.5) == 0.0


def test_a_burst_at_the_start_is_no_rate() -> None:
    rate = FrameRate()
    for index in range(20):
        rate.tick(100.0 + index * 0.0001)

    assert rate.fps(100.1) == 0.0
