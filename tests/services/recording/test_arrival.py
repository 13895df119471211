"""Pictures are dated by when they were sent, not by when a burst, a jam or a look-ahead let them through."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.recording.arrival import WINDOW_S, ArrivalClock
from tests.services.recording.conftest import AT

FRAME_S = 0.04


def came(number: int, late_s: float, rate: float = 1.0) -> tuple[float, float]:
    """A picture's time in its stream, and when it came (monotonic): sent every 40 ms of a clock at `rate`."""
    return 7.0 + number * FRAME_S * rate, 500.0 + number * FRAME_S + late_s


def test_a_burst_at_the_beginning_is_dated_as_if_it_had_come_in_time() -> None:
    clock = ArrivalClock()
    for number in range(50):
        media_s, at_s = came(number, late_s=max(0.0, 1.0 - number * FRAME_S))
        clock.note(media_s, AT + timedelta(seconds=at_s - 501.0), at_s)
    for number in (0, 10, 49):
        at = clock.at(7.0 + number * FRAME_S)
        assert abs(at - (AT + timedelta(seconds=number * FRAME_S - 1.0))) < timedelta(milliseconds=1)


@given(st.lists(st.floats(0.0, 0.8), min_size=30, max_size=200))
def test_what_waited_on_its_way_is_never_dated_later_than_it_came(waits: list[float]) -> None:
    clock = ArrivalClock()
    for number, wait_s in enumerate(waits):
        media_s, at_s = came(number, wait_s)
        clock.note(media_s, AT + timedelta(seconds=at_s), at_s)
        assert clock.at(media_s) <= AT + timedelta(seconds=at_s, microseconds=2)


def test_a_camera_whose_clock_is_wrong_is_followed_within_a_window() -> None:
    for rate in (1.0002, 0.9998):
        clock = ArrivalClock()
        for number in range(round(3600 / FRAME_S)):
            media_s, at_s = came(number, 0.0, rate)
            clock.note(media_s, AT + timedelta(seconds=at_s), at_s)
        off = abs(clock.at(media_s) - (AT + timedelta(seconds=at_s)))
        assert off <= timedelta(seconds=2 * WINDOW_S * 0.0002 + 0.001)


@given(st.sampled_from([-3600.0, 3600.0, 90.0, -7200.0]))
def test_after_a_clock_was_set_pictures_are_dated_by_what_it_says_now(by_s: float) -> None:
    """A connection may stand for weeks, and be made by a clock that is set right a minute later."""
    clock = ArrivalClock()
    for number in range(100):
        media_s, at_s = came(number, 0.0)
        set_s = by_s if number >= 50 else 0.0
        clock.note(media_s, AT + timedelta(seconds=at_s + set_s), at_s)
    assert abs(clock.at(media_s) - (AT + timedelta(seconds=at_s + by_s))) < timedelta(milliseconds=1)


def test_a_thread_kept_waiting_between_two_looks_at_the_clocks_sets_none() -> None:
    clock = ArrivalClock()
    for number in range(100):
        media_s, at_s = came(number, 0.0)
        kept_s = 3.0 if number == 99 else 0.0
        clock.note(media_s, AT + timedelta(seconds=at_s + kept_s), at_s)
    assert abs(clock.at(media_s) - (AT + timedelta(seconds=at_s))) < timedelta(milliseconds=1)
