"""Pictures give way to a storm of alarms, and to nothing less."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QApplication

from services.core.clock import ManualClock
from services.domain.alarms import AlarmId
from services.domain.board import Board
from services.domain.facts import AlarmChanged, AlarmRaised, AlarmRepeated, Fact
from tests.alarms import BEAM
from ui.board import LiveBoard
from ui.storm import GIVE_WAY_S, STORM_ALARMS, StormWatch

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


class Seat:
    def __init__(self) -> None:
        self.clock = ManualClock(NOON)
        self.live = LiveBoard(Board())
        self.given: list[float] = []
        self.storm = StormWatch(self.live, self.given.append, self.clock)
        self._count = 0

    def raised(self, count: int) -> list[Fact]:
        facts: list[Fact] = []
        for _ in range(count):
            self._count += 1
            facts.append(AlarmRaised(replace(BEAM, id=AlarmId(f"a{self._count}"))))
        return facts


@pytest.fixture
def seat(qapp: QApplication) -> Seat:
    qapp.processEvents()
    return Seat()


def test_a_storm_in_one_list_or_in_many_makes_pictures_give_way(seat: Seat) -> None:
    seat.live.apply(seat.raised(STORM_ALARMS))
    assert seat.given == [GIVE_WAY_S]
    seat.clock.advance(60.0)
    for _ in range(STORM_ALARMS):
        seat.live.apply(seat.raised(1))
        seat.clock.advance(0.04)
    assert seat.given == [GIVE_WAY_S] * 2


def test_alarms_that_speak_again_storm_too(seat: Seat) -> None:
    seat.live.apply([AlarmRepeated(BEAM)] * STORM_ALARMS)
    assert seat.given == [GIVE_WAY_S]


def test_as_many_over_a_longer_time_are_no_storm(seat: Seat) -> None:
    for _ in range(3 * STORM_ALARMS):
        seat.live.apply(seat.raised(1))
        seat.clock.advance(0.06)
    assert seat.given == []


def test_what_people_do_with_many_alarms_is_no_storm(seat: Seat) -> None:
    seat.live.apply(seat.raised(STORM_ALARMS - 1))
    seat.live.apply([AlarmChanged(BEAM, "claimed")] * 100)
    assert seat.given == []
