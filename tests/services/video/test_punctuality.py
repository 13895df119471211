"""Pictures that arrive ever later are not of the present, whatever they look like."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.video.punctuality import BEHIND_FOR_S, BEHIND_S, BELIEVED_AFTER_S, DRIFT, Punctuality

STEP_S = 0.04


class Line:
    """A camera's stamps and the moments at which they arrive; any zero."""

    def __init__(self) -> None:
        self.punctuality = Punctuality()
        self.stamp_s = 7000.0
        self.now_s = 100.0

    def run(self, for_s: float, *, stamps: float = 1.0) -> float:
        """Pictures for so long; how late the last was. stamps: its seconds for each of ours."""
        behind_s = 0.0
        for _ in range(round(for_s / STEP_S)):
            self.now_s += STEP_S
            self.stamp_s += STEP_S * stamps
            behind_s = self.punctuality.behind_s(self.stamp_s, self.now_s)
        return behind_s


@pytest.fixture
def line() -> Line:
    """Whose camera has shown that its stamps are true."""
    line = Line()
    line.run(BELIEVED_AFTER_S + 1.0)
    return line


def test_what_comes_at_its_pace_is_not_behind(line: Line) -> None:
    assert line.run(600.0) == pytest.approx(0.0, abs=0.01)
    assert not line.punctuality.is_hopeless


def test_a_line_that_carries_half_the_stream_is_told_within_five_seconds(line: Line) -> None:
    # Half a second more each second: 1.5 s after three, and a little for the drift that is allowed.
    assert line.run(3.2, stamps=0.5) > BEHIND_S
    assert line.run(10.0, stamps=0.5) == pytest.approx(13.2 / 2, abs=0.2)


def test_what_was_held_up_and_then_comes_in_a_burst_is_of_the_present_again(line: Line) -> None:
    line.now_s += 4.0
    assert line.punctuality.behind_s(line.stamp_s + STEP_S, line.now_s) == pytest.approx(4.0, abs=0.1)
    line.stamp_s += 4.0
    assert line.run(1.0) == pytest.approx(0.0, abs=0.1)


def test_one_that_stays_behind_is_hopeless_until_it_is_connected_anew(line: Line) -> None:
    line.now_s += 4.0
    line.run(BEHIND_FOR_S - 1.0)
    assert not line.punctuality.is_hopeless
    line.run(1.5)
    assert line.punctuality.is_hopeless
    line.punctuality.connect()
    assert line.run(5.0) == pytest.approx(0.0, abs=0.01)
    assert not line.punctuality.is_hopeless


def test_a_line_still_too_slow_after_a_new_connection_is_told_again(line: Line) -> None:
    line.run(20.0, stamps=0.5)
    line.punctuality.connect()
    assert line.run(4.0, stamps=0.5) > BEHIND_S


def test_a_camera_that_stamps_by_a_rate_it_does_not_keep_is_never_called_late() -> None:
    # Thirty pictures a second by its stamps, twenty-five by its sensor.
    line = Line()
    assert line.run(600.0, stamps=25 / 30) == 0.0
    assert line.run(600.0, stamps=30 / 25) == 0.0


def test_the_first_group_sent_at_once_makes_what_follows_neither_late_nor_doubtful() -> None:
    line = Line()
    for _ in range(50):
        line.stamp_s += STEP_S
        line.now_s += 0.001
        line.punctuality.behind_s(line.stamp_s, line.now_s)
    assert line.run(BELIEVED_AFTER_S + 1.0) == pytest.approx(0.0, abs=0.01)
    assert line.run(4.0, stamps=0.5) > BEHIND_S


def test_a_clock_thrown_back_and_forth_by_an_hour_is_not_lateness(line: Line) -> None:
    for hour in (3600.0, -3600.0, 3600.0, -3600.0):
        line.stamp_s += hour
        assert line.run(4.0) == pytest.approx(0.0, abs=0.01)
    assert not line.punctuality.is_hopeless


@given(skew=st.floats(-DRIFT / 2, DRIFT / 2), seed=st.integers(0, 1000))
def test_no_clock_a_little_off_and_no_jitter_ever_makes_a_camera_late(skew: float, seed: int) -> None:
    line, chance = Line(), random.Random(seed)
    worst_s = 0.0
    for number in itertools.count():
        line.now_s += STEP_S
        line.stamp_s += STEP_S * (1.0 + skew)
        # Pictures change places, and a network holds some up for a tenth of a second.
        stamp_s = line.stamp_s - STEP_S * chance.randrange(3)
        worst_s = max(worst_s, line.punctuality.behind_s(stamp_s, line.now_s + chance.random() * 0.1))
        if number > 120 / STEP_S:
            break
    assert worst_s < BEHIND_S / 2
    assert not line.punctuality.is_hopeless
    # It is believed all the same.
    assert line.run(4.0, stamps=0.5) > BEHIND_S
