"""Whoever waits for an export hears of it often enough, however slowly it goes on."""

from __future__ import annotations

from datetime import UTC, datetime
from threading import Event

import pytest

from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.evidence.pace import Pace
from services.evidence.wish import Progress, Stage


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(datetime(2026, 11, 24, 2, 0, tzinfo=UTC))


def test_little_steps_are_told_of_after_some_seconds_of_silence(clock: ManualClock) -> None:
    """A day of recording that comes in a day: a second of it is no step by itself."""
    told: list[Progress] = []
    pace = Pace(told.append, Event(), clock)
    pace.begin(Stage.FETCHING, 86_400_000)
    for _ in range(12):
        clock.advance(1.0)
        pace.done(1000)
    assert [round(one.share * 86_400) for one in told] == [0, 5, 10]


def test_many_steps_in_no_time_are_told_of_by_their_share(clock: ManualClock) -> None:
    told: list[Progress] = []
    pace = Pace(told.append, Event(), clock)
    pace.begin(Stage.CUTTING, 1024)
    for _ in range(1024):
        pace.done(1)
    # Six of them make more than half a percent, five do not: 170 times, after the first word.
    assert len(told) == 171


def test_a_stop_ends_the_work_with_its_next_word(clock: ManualClock) -> None:
    stop = Event()
    pace = Pace(lambda _progress: None, stop, clock)
    pace.begin(Stage.FETCHING, 1000)
    stop.set()
    with pytest.raises(ServiceError) as stopped:
        pace.done(0)
    assert stopped.value.code == "evidence.stopped"
