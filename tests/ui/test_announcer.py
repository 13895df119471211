"""New urgent alarms are called out where somebody asked for it, and only there."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QObject

from services.core.clock import ManualClock
from services.domain.board import Board
from services.domain.classes import AlarmClass, Priority
from services.domain.facts import AlarmRaised
from tests.ui.test_sound import alarm
from ui.announcer import LEAST_GAP_S, Announcer
from ui.board import LiveBoard


class Mouth(QObject):
    """A voice that writes down what it is to say."""

    def __init__(self, *, can_speak: bool = True) -> None:
        super().__init__()
        self.said: list[str] = []
        self._can_speak = can_speak

    def say(self, text: str) -> bool:
        self.said.append(text)
        return self._can_speak

    def stop(self) -> None:
        self.said.append("stop")


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(datetime(2026, 11, 24, 12, tzinfo=UTC))


@pytest.mark.usefixtures("qapp")
def test_the_most_urgent_of_what_came_is_said_once_and_a_flood_is_not_read_out(clock: ManualClock) -> None:
    live, mouth = LiveBoard(Board()), Mouth()
    announcer = Announcer(live, clock, mouth)  # type: ignore[arg-type]
    panic = alarm(Priority.P1, alarm_class=AlarmClass.PANIC)
    live.apply([AlarmRaised(panic)])
    assert mouth.said == []
    announcer.set_on(True)
    live.apply([AlarmRaised(alarm()), AlarmRaised(panic)])
    live.apply([AlarmRaised(alarm())])
    assert mouth.said == ["一键报警，北围墙红外 1"]
    clock.advance(LEAST_GAP_S)
    live.apply([AlarmRaised(alarm(Priority.P3))])
    live.apply([AlarmRaised(alarm())])
    assert mouth.said[1:] == ["入侵报警，北围墙红外 1"]


@pytest.mark.usefixtures("qapp")
def test_a_machine_that_cannot_speak_says_so_and_stays_off(clock: ManualClock) -> None:
    announcer = Announcer(LiveBoard(Board()), clock, Mouth(can_speak=False))  # type: ignore[arg-type]
    assert not announcer.set_on(True, tries=True)
    assert not announcer.is_on
