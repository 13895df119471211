"""When very many alarms become due at once: all are told, the most urgent first, and other writers go on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from services.alarms.response import LONGEST_S, PART, ResponseClocks
from services.core.clock import ManualClock
from services.domain.alarms import Alarm, AlarmId
from services.domain.classes import Priority
from services.storage import Database, Tx
from tests.alarms import PANIC

# Later than the first two limits of P1 (20 s, 60 s) and the first of P2 (60 s).
ALL_DUE_S = 61.0
P1_LEVELS, P2_LEVELS = [1, 2], [1]


@pytest.fixture
def response(database: Database, clock: ManualClock) -> ResponseClocks:
    return ResponseClocks(database, clock)


def alarms_at(clock: ManualClock, count: int, priority: Priority) -> list[Alarm]:
    """A few milliseconds apart, the youngest first."""
    made = []
    for number in range(count):
        no, at = f"{priority.name}-{number:03}", clock.now() - timedelta(milliseconds=number)
        alarm = replace(PANIC, id=AlarmId(no), event_no=no, dedup_key=no, priority=priority)
        made.append(replace(alarm, received_at=at, last_occurrence_at=at))
    return made


def put(database: Database, alarms: list[Alarm]) -> list[str]:
    """The alarms' ids, the oldest first."""

    def work(tx: Tx) -> None:
        for alarm in alarms:
            tx.alarms.add_later(alarm)

    database.write(work)
    return [alarm.id for alarm in sorted(alarms, key=lambda one: one.received_at)]


def told(database: Database) -> list[str]:
    """The alarms that were told, in the order of their first notice."""
    newest = database.read(lambda view: view.notices.newest(1000))
    return list(dict.fromkeys(notice.alarm for notice in reversed(newest)))


def levels(database: Database, alarm: str) -> list[int]:
    return [notice.level for notice in database.read(lambda view: view.notices.of(alarm))]


def test_many_that_are_due_are_told_once_each_in_short_transactions_the_most_urgent_first(
    response: ResponseClocks, database: Database, clock: ManualClock
) -> None:
    second = put(database, alarms_at(clock, 30, Priority.P2))
    first = put(database, alarms_at(clock, 90, Priority.P1))
    clock.advance(ALL_DUE_S)
    commits: list[Tx] = []
    database.after_commit(commits.append)
    assert response.tick() == 120
    assert len(commits) == 3  # 50 + 50 + 20
    order = told(database)
    assert set(order[:PART]) == set(first[:PART])
    assert set(order[PART : 2 * PART]) == {*first[PART:], *second[:10]}
    assert set(order[2 * PART :]) == set(second[10:])
    assert response.tick() == 0
    assert all(levels(database, alarm) == P1_LEVELS for alarm in first)
    assert all(levels(database, alarm) == P2_LEVELS for alarm in second)


def test_what_takes_long_goes_on_in_the_next_round_so_that_the_hub_can_beat(
    response: ResponseClocks, database: Database, clock: ManualClock
) -> None:
    put(database, alarms_at(clock, 120, Priority.P1))
    clock.advance(ALL_DUE_S)
    database.after_commit(lambda _tx: clock.advance(LONGEST_S / 2))
    assert response.tick() == 2 * PART
    assert response.tick() == 20


def test_an_alarm_that_cannot_be_saved_keeps_no_other_from_being_told(
    response: ResponseClocks, database: Database, clock: ManualClock
) -> None:
    ids = put(database, alarms_at(clock, 60, Priority.P1))
    stuck = ids[0]
    refuse = f"CREATE TRIGGER stuck BEFORE UPDATE ON alarm WHEN old.id = '{stuck}'"
    spoil = text(f"{refuse} BEGIN SELECT RAISE(ABORT, 'stuck'); END")
    database.write(lambda tx: tx._connection.execute(spoil))
    clock.advance(ALL_DUE_S)
    found = []
    for _ in range(3):
        with pytest.raises(IntegrityError, match="stuck"):
            response.tick()
        found.append(set(told(database)))
    assert found == [set(), set(ids[PART:]), set(ids[1:])]
    database.write(lambda tx: tx._connection.execute(text("DROP TRIGGER stuck")))
    assert response.tick() == 1
    assert all(levels(database, alarm) == P1_LEVELS for alarm in ids)
