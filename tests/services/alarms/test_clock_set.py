"""Somebody sets the machine's clock: nothing is escalated too early, and nothing waits an hour longer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from services.alarms.center import AlarmCenter
from services.alarms.desk import AlarmDesk
from services.alarms.response import ResponseClocks
from services.core.clock import ManualClock
from services.domain.people import Role, Session
from services.storage import Database

HOUR_S = 3600.0
WANG = Session("wang", "王某", Role.SHIFT_LEADER, "SEAT1")


@pytest.fixture
def response(database: Database, clock: ManualClock, expected_log: Callable[..., None]) -> ResponseClocks:
    expected_log("clock.was_set")
    return ResponseClocks(database, clock)


def level(database: Database) -> int:
    (alarm,) = database.read(lambda view: view.alarms.open())
    return alarm.escalation_level


@pytest.mark.parametrize("set_by_s", [HOUR_S, -HOUR_S])
def test_an_alarm_that_waited_five_seconds_is_escalated_fifteen_seconds_later(
    set_by_s: float,
    response: ResponseClocks,
    center: AlarmCenter,
    database: Database,
    clock: ManualClock,
    signal: Callable[..., object],
    log_events: list[dict[str, object]],
) -> None:
    center.receive([signal(fingerprint="f")])  # type: ignore[list-item]
    clock.advance(5)
    response.tick()
    clock.set_wall(set_by_s)
    response.tick()
    assert level(database) == 0
    clock.advance(14)
    response.tick()
    assert level(database) == 0
    clock.advance(1)
    response.tick()
    assert level(database) == 1
    told = [event for event in log_events if event["event"] == "clock.was_set"]
    assert [event["by_s"] for event in told] == [set_by_s]


@pytest.mark.parametrize("set_by_s", [HOUR_S, -HOUR_S])
def test_an_alarm_that_comes_after_the_clock_was_set_has_its_full_time(
    set_by_s: float,
    response: ResponseClocks,
    center: AlarmCenter,
    database: Database,
    clock: ManualClock,
    signal: Callable[..., object],
) -> None:
    response.tick()
    clock.set_wall(set_by_s)
    response.tick()
    center.receive([signal(fingerprint="f")])  # type: ignore[list-item]
    response.tick()
    clock.advance(19)
    response.tick()
    assert level(database) == 0
    clock.advance(1)
    response.tick()
    assert level(database) == 1


@pytest.mark.parametrize("set_by_s", [HOUR_S, -HOUR_S])
def test_an_owner_has_the_same_time_to_answer_however_the_clock_is_set(
    set_by_s: float,
    response: ResponseClocks,
    center: AlarmCenter,
    database: Database,
    clock: ManualClock,
    signal: Callable[..., object],
) -> None:
    (outcome,) = center.receive([signal(fingerprint="f")])  # type: ignore[list-item]
    AlarmDesk(database, clock).claim(WANG, outcome.alarm)
    response.tick()
    clock.set_wall(set_by_s)
    clock.advance(119)
    response.tick()
    assert database.read(lambda view: view.alarms.get(outcome.alarm)).offered_at is None
    clock.advance(1)
    response.tick()
    assert database.read(lambda view: view.alarms.get(outcome.alarm)).offered_at is not None
