"""Own recordings first; what a recorder has fills what they leave open, and no moment is there twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.playback.elsewhere import Heard, Stretch, with_elsewhere, without
from services.playback.lanes import Band, Lane, Missing

AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def stretch(begins: int, ends: int) -> Stretch:
    return AT + timedelta(minutes=begins), AT + timedelta(minutes=ends)


stretches = st.lists(
    st.tuples(st.integers(0, 50), st.integers(1, 20)).map(lambda pair: stretch(pair[0], sum(pair))),
    max_size=6,
)


@given(stretches, stretches)
def test_every_minute_is_own_or_elsewhere_or_nowhere(own: list[Stretch], others: list[Stretch]) -> None:
    left = [part for one in others for part in without(one, own)]
    for minute in range(80):
        moment = AT + timedelta(minutes=minute, seconds=30)
        is_own = any(since <= moment < until for since, until in own)
        is_other = any(since <= moment < until for since, until in others)
        assert any(since <= moment < until for since, until in left) == (is_other and not is_own)


def test_a_hole_that_the_recorder_fills_is_no_hole() -> None:
    lane = Lane("C01", (), (Band(*stretch(0, 10)),), missing=(Missing(*stretch(10, 30), "disk_full"),))
    filled = with_elsewhere(lane, Heard((stretch(5, 20),)))
    assert filled.bands == (Band(*stretch(0, 10)), Band(*stretch(10, 20), is_elsewhere=True))
    assert filled.missing == (Missing(*stretch(20, 30), "disk_full"),)


def test_a_lane_says_that_its_recorder_is_asked_and_why_it_cannot() -> None:
    lane = Lane("C01", (), ())
    assert with_elsewhere(lane, Heard(is_asking=True)).is_asking
    assert with_elsewhere(lane, Heard(error="video.timeout")).error == "video.timeout"
