"""What the duties remember of open alarms is always what the record says."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from services.alarms.center import AlarmCenter
from services.alarms.openalarms import OpenAlarms
from services.domain.alarms import Alarm, AlarmState, Signal
from services.storage import Database, Tx


def _save(alarm: Alarm, tx: Tx) -> None:
    tx.alarms.save(alarm)


def said(alarms: list[Alarm]) -> dict[str, Alarm]:
    return {str(alarm.id): alarm for alarm in alarms}


@pytest.mark.parametrize("seed", range(8))
def test_whatever_happened_meanwhile_it_says_what_the_record_says(
    seed: int, database: Database, center: AlarmCenter, signal: Callable[..., Signal]
) -> None:
    chance, memory = random.Random(seed), OpenAlarms()
    for number in range(30):
        act = chance.choice(["raise", "change", "close", "look"])
        standing = database.read(lambda view: view.alarms.open())
        if act == "raise" or not standing:
            center.receive([signal(fingerprint=f"f{number}", zone=chance.randint(1, 5))])
        elif act == "look":
            assert said(database.read(memory.look)) == said(standing)
        else:
            state = AlarmState.CLOSED if act == "close" else AlarmState.CLAIMED
            changed = replace(chance.choice(standing), state=state)
            database.write(partial(_save, changed))
    assert said(database.read(memory.look)) == said(database.read(lambda view: view.alarms.open()))


def test_what_has_not_changed_is_not_read_again(
    database: Database, center: AlarmCenter, signal: Callable[..., Signal]
) -> None:
    center.receive([signal(fingerprint="a", zone=1), signal(fingerprint="b", zone=2)])
    memory = OpenAlarms()
    before = said(database.read(memory.look))
    (first, second) = before
    database.write(lambda tx: tx.alarms.save(replace(before[first], state=AlarmState.CLAIMED)))
    after = said(database.read(memory.look))
    assert after[second] is before[second]
    assert after[first].state is AlarmState.CLAIMED
