"""Recordings on motion go on while a camera says that it moves, and no longer."""

from __future__ import annotations

from datetime import UTC, datetime

from services.core.clock import ManualClock
from services.hub.motion import MOST_MOVING_S, Movements

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)


def test_a_camera_is_told_at_once_and_while_it_moves() -> None:
    told: list[str] = []
    movements = Movements(ManualClock(NOW), told.append)
    movements.note("C01", "MotionAlarm", True)
    assert told == ["C01"]
    movements.tick()
    movements.note("C01", "MotionAlarm", False)
    movements.tick()
    assert told == ["C01", "C01"]


def test_while_one_of_two_rules_sees_something_it_moves() -> None:
    told: list[str] = []
    movements = Movements(ManualClock(NOW), told.append)
    movements.note("C01", "field", True)
    movements.note("C01", "line", True)
    movements.note("C01", "field", False)
    told.clear()
    movements.tick()
    assert told == ["C01"]


def test_a_passing_moment_is_told_once() -> None:
    told: list[str] = []
    movements = Movements(ManualClock(NOW), told.append)
    movements.note("C01", "line", None)
    movements.tick()
    assert told == ["C01"]


def test_a_camera_that_never_says_that_it_is_quiet_does_not_move_for_ever() -> None:
    told: list[str] = []
    clock = ManualClock(NOW)
    movements = Movements(clock, told.append)
    movements.note("C01", "MotionAlarm", True)
    clock.advance(MOST_MOVING_S)
    movements.tick()
    assert len(told) == 2
    clock.advance(1)
    movements.tick()
    assert len(told) == 2
