"""What the hub says about itself stands once, and ends whichever hub is there by then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from services.alarms.center import AlarmCenter
from services.alarms.meaning import RECORDING_SHORT, RECORDING_STOPPED
from services.core.clock import ManualClock
from services.domain.alarms import Alarm
from services.hub.own_alarm import OwnAlarm
from services.storage import Database
from tests.campus import read_demo_site
from tests.records import new_record


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with new_record(tmp_path / "shouwang.db") as database:
        yield database


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(datetime(2026, 11, 24, 6, 0, tzinfo=UTC))


def alarm_of(database: Database, clock: ManualClock, code: str = RECORDING_STOPPED) -> OwnAlarm:
    """As a hub that has just begun has it."""
    center = AlarmCenter(database, clock, read_demo_site(), lambda _place: ())
    return OwnAlarm(code, database, clock, lambda: center)


def standing(database: Database) -> list[Alarm]:
    return [alarm for alarm in database.read(lambda view: view.alarms.open()) if alarm.source_active]


def test_what_goes_on_is_said_once_and_ended_once(database: Database, clock: ManualClock) -> None:
    alarm = alarm_of(database, clock)
    for stands in (False, True, True):
        alarm.tell(stands=stands)
        clock.advance(1)
    assert [(one.code_raw, one.occurrence_count) for one in standing(database)] == [(RECORDING_STOPPED, 1)]
    alarm.tell(stands=False)
    alarm.tell(stands=False)
    assert standing(database) == []


def test_the_next_hub_ends_what_an_earlier_one_said(database: Database, clock: ManualClock) -> None:
    alarm_of(database, clock).tell(stands=True)
    clock.advance(timedelta(minutes=5).total_seconds())
    later = alarm_of(database, clock)
    assert later.is_told
    later.tell(stands=False)
    assert standing(database) == []


def test_another_alarm_of_the_hub_s_is_not_taken_for_it(database: Database, clock: ManualClock) -> None:
    alarm_of(database, clock, RECORDING_SHORT).tell(stands=True)
    alarm = alarm_of(database, clock)
    assert not alarm.is_told
    alarm.tell(stands=False)
    assert [one.code_raw for one in standing(database)] == [RECORDING_SHORT]
