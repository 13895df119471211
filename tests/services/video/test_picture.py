"""The slot keeps the newest picture and loses count of none."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from services.video.picture import FrameRate, LatestSlot

PIXELS = np.zeros((2, 2, 4), np.uint8)


@given(st.lists(st.sampled_from(["put", "take", "miss"]), max_size=60))
def test_every_picture_is_shown_or_counted_as_dropped_or_still_in_the_slot(steps: list[str]) -> None:
    slot, after, made, shown, missed = LatestSlot(), 0, 0, 0, 0
    for step in steps:
        if step == "put":
            made += 1
            assert slot.put(PIXELS, float(made)).number == made
        elif step == "miss":
            missed += 1
            slot.miss()
        else:
            picture = slot.take(after)
            if picture is not None:
                assert picture.number == made, "only the newest is ever handed out"
                after, shown = picture.number, shown + 1
    waiting = 1 if made > after else 0
    assert shown + (slot.dropped - missed) + waiting == made


def test_two_places_can_show_the_same_picture_and_nothing_is_dropped() -> None:
    slot = LatestSlot()
    slot.put(PIXELS, 1.0)

    assert slot.take(0) is slot.take(0)
    slot.put(PIXELS, 2.0)
    assert slot.dropped == 0


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
