"""A connection that breaks is begun again, with waits between that grow until one has stood."""

from __future__ import annotations

from datetime import UTC, datetime
from threading import Event

import pytest

from services.core.backoff import Backoff
from services.core.clock import ManualClock
from services.recording.connecting import STEADY_AFTER_S, broken_connections
from services.video import trouble


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(datetime(2026, 3, 1, tzinfo=UTC))


@pytest.fixture
def waits() -> Backoff:
    return Backoff(0.001, 1000.0, chance=lambda: 0.0)


def test_each_end_of_a_connection_has_its_code(clock: ManualClock, waits: Backoff) -> None:
    ends = iter((TimeoutError(), None, trouble.StreamTrouble(trouble.UNAUTHORIZED)))

    def read(_stop: Event) -> None:
        if (error := next(ends)) is not None:
            raise error

    broken = broken_connections(read, Event(), clock, waits)
    assert [next(broken) for _ in range(3)] == [trouble.TIMEOUT, trouble.ENDED, trouble.UNAUTHORIZED]


def test_waits_grow_until_a_connection_has_stood(clock: ManualClock, waits: Backoff) -> None:
    lasts_s = iter((0.0, 0.0, 0.0, STEADY_AFTER_S + 0.1, 0.0))
    broken = broken_connections(lambda _stop: clock.advance(next(lasts_s)), Event(), clock, waits)
    for _ in range(4):
        next(broken)
    # 1, 2 and 4 ms are over: the next would be 8.
    assert waits.next_s() == pytest.approx(0.008)
    next(broken)
    # The one that stood was followed by the first wait.
    assert waits.next_s() == pytest.approx(0.002)


def test_a_connection_that_ends_because_it_shall_is_the_last(clock: ManualClock, waits: Backoff) -> None:
    stop = Event()
    assert list(broken_connections(lambda _stop: stop.set(), stop, clock, waits)) == [trouble.ENDED]
