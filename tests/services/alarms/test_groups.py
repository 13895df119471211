"""One verdict for many alarms: of one cause, without anything most urgent, each in the audit."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from services.alarms.center import AlarmCenter
from services.alarms.desk import AlarmDesk
from services.core.clock import ManualClock
from services.domain.alarms import AlarmState, Signal, Verdict
from services.storage import Database
from tests.services.alarms.people import ADMIN, LI, WANG, refusal, stored

MakeSignal = Callable[..., Signal]


@pytest.fixture
def desk(database: Database, clock: ManualClock) -> AlarmDesk:
    return AlarmDesk(database, clock)


@pytest.fixture
def beams(center: AlarmCenter, signal: MakeSignal) -> list[str]:
    signals = [signal("131", zone, account="1002") for zone in (11, 12, 13)]
    return [outcome.alarm for outcome in center.receive(signals)]


def test_a_verdict_on_a_group_is_one_on_each_with_its_own_audit_rows(
    desk: AlarmDesk, beams: list[str], tmp_path: Path
) -> None:
    desk.claim(WANG, beams[0])
    decided = desk.decide_group(WANG, beams, Verdict.FALSE_REPORT, "雷雨")
    assert [(a.state, a.verdict_reason, a.owner) for a in decided] == [(AlarmState.FALSE, "雷雨", "wang")] * 3
    with sqlite3.connect(tmp_path / "shouwang.db") as file:
        rows = file.execute("SELECT object FROM audit WHERE action = 'alarm.decided'").fetchall()
    assert sorted(row for (row,) in rows) == sorted(beams)


def test_an_alarm_of_another_cause_spoils_the_whole_group(
    desk: AlarmDesk, beams: list[str], center: AlarmCenter, signal: MakeSignal, database: Database
) -> None:
    door = center.receive([signal("131", 2)])[0].alarm
    told = refusal(lambda: desk.decide_group(WANG, [*beams, door], Verdict.FALSE_REPORT, "雷雨"))
    assert told.code == "alarm.batch_mixed"
    assert {stored(database, alarm).state for alarm in (*beams, door)} == {AlarmState.NEW}


@pytest.mark.parametrize(
    ("account", "code", "zone"), [("1001", "120", 1), ("1003", "111", 1), ("1001", "137", 2)]
)
def test_panic_fire_and_tamper_are_never_dismissed_by_a_group(
    desk: AlarmDesk,
    center: AlarmCenter,
    signal: MakeSignal,
    database: Database,
    account: str,
    code: str,
    zone: int,
) -> None:
    alarm = center.receive([signal(code, zone, account=account)])[0].alarm
    told = refusal(lambda: desk.decide_group(WANG, [alarm], Verdict.TEST, "测试"))
    assert told.code == "alarm.batch_urgent"
    assert stored(database, alarm).state is AlarmState.NEW


def test_an_alarm_in_other_hands_spoils_the_whole_group(
    desk: AlarmDesk, beams: list[str], database: Database
) -> None:
    desk.claim(LI, beams[2])
    told = refusal(lambda: desk.decide_group(WANG, beams, Verdict.FALSE_REPORT, "雷雨"))
    assert told.code == "alarm.already_claimed"
    assert [stored(database, alarm).owner for alarm in beams] == ["", "", "li"]


def test_a_group_needs_a_reason_a_dismissal_and_someone_who_may(desk: AlarmDesk, beams: list[str]) -> None:
    assert refusal(lambda: desk.decide_group(WANG, beams, Verdict.TEST, " ")).code == "alarm.batch_reason"
    assert refusal(lambda: desk.decide_group(WANG, beams, Verdict.GENUINE, "x")).code == "alarm.batch_genuine"
    assert refusal(lambda: desk.decide_group(ADMIN, beams, Verdict.TEST, "x")).code == "identity.forbidden"
