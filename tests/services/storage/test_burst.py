"""What a burst adds together is found as if each had been written at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from services.core.errors import ServiceError
from services.domain.alarms import Alarm, AlarmSource, AlarmState
from services.domain.classes import AlarmClass
from services.domain.facts import AlarmChanged, AlarmRaised, AlarmRepeated
from services.domain.linkage import feeds_rule
from services.domain.linkage_runs import ActionRun, LinkageRun
from services.storage import Database, Tx
from services.storage.ledger import to_json
from services.storage.rows import AlarmRows

AT = datetime(2026, 11, 24, 2, 0, 0, 123456, tzinfo=UTC)
Open = Callable[[str], Database]
Make = Callable[..., Alarm]


@pytest.fixture
def database(url: str, open_database: Open) -> Database:
    return open_database(url)


def run_of(alarm: Alarm) -> LinkageRun:
    rule = feeds_rule()
    actions = tuple(ActionRun(action) for action in rule.actions)
    return LinkageRun(alarm.id, alarm.id, rule.id, 1, rule.name, rule.name_en, AT, actions)


def test_what_waits_is_found_by_every_question_of_its_own_transaction(
    database: Database, make_alarm: Make
) -> None:
    one, other = make_alarm("BJ20261124-0001"), make_alarm("BJ20261124-0002", zone_number=2)

    def work(tx: Tx) -> None:
        tx.alarms.add_later(one)
        assert tx.alarms.open_of_zone("A1", 1, AlarmClass.PANIC) == one
        tx.alarms.add_later(other)
        assert tx.alarms.get(other.id) == other
        tx.linkage_runs.add_later(run_of(one))
        assert tx.linkage_runs.of_alarm(one.id) == [run_of(one)]

    database.write(work)
    assert {alarm.id for alarm in database.read(lambda view: view.alarms.open())} == {one.id, other.id}


def test_what_still_waits_at_the_end_is_written(database: Database, make_alarm: Make) -> None:
    alarms = [make_alarm(f"BJ20261124-{number:04d}") for number in range(1, 4)]
    database.write(lambda tx: [tx.linkage_runs.add_later(run_of(tx.alarms.add_later(a))) for a in alarms])
    page = database.read(lambda view: view.alarms.page(10))
    assert {alarm.id for alarm in page} == {alarm.id for alarm in alarms}
    assert database.read(lambda view: view.linkage_runs.of_alarm(alarms[2].id)) == [run_of(alarms[2])]


def test_a_number_taken_twice_undoes_the_whole_burst(database: Database, make_alarm: Make) -> None:
    twice = [make_alarm("BJ20261124-0001"), make_alarm("BJ20261124-0001")]
    with pytest.raises(ServiceError, match=r"storage\.conflict"):
        database.write(lambda tx: [tx.alarms.add_later(alarm) for alarm in twice])
    assert database.read(lambda view: view.alarms.page(10)) == []


def test_what_was_read_ahead_follows_every_change_made_since(database: Database, make_alarm: Make) -> None:
    old = database.write(lambda tx: tx.alarms.add(make_alarm("BJ20261124-0001")))
    newer = make_alarm("BJ20261124-0002", received_at=AT + timedelta(seconds=1))

    def work(tx: Tx) -> None:
        def found(name: str = "") -> Alarm | None:
            return tx.alarms.open_of_zone("A1", 1, AlarmClass.PANIC, lambda one: name in ("", one.name))

        tx.alarms.look_for_zones([("A1", 1), ("A1", 9)])
        assert found() == old
        assert tx.alarms.open_of_zone("A1", 9, AlarmClass.PANIC) is None
        assert tx.alarms.open_of_zone("A1", 1, AlarmClass.FIRE) is None
        repeated = tx.alarms.save(replace(old, occurrence_count=2))
        assert found() == repeated
        tx.alarms.add_later(newer)
        assert found() == newer
        tx.alarms.save(replace(newer, state=AlarmState.CLOSED))
        assert found() == repeated
        assert found("another name") is None
        tx.alarms.save(replace(repeated, state=AlarmState.CLOSED))
        assert found() is None

    database.write(work)
    assert database.read(lambda view: view.alarms.open()) == []


def test_the_alarms_of_a_point_are_those_of_the_moment_oldest_first(
    database: Database, make_alarm: Make
) -> None:
    at_point = {"source": AlarmSource.GB26875, "point": "1.1.2"}
    old = database.write(lambda tx: tx.alarms.add(make_alarm("BJ20261124-0001", **at_point)))
    newer = make_alarm("BJ20261124-0002", received_at=AT + timedelta(seconds=1), **at_point)
    others = [
        make_alarm("BJ20261124-0003", source=AlarmSource.GB26875, point="1.1.3"),
        make_alarm("BJ20261124-0004", source=AlarmSource.DC09, point="1.1.2"),
        make_alarm("BJ20261124-0005", panel="A2", **at_point),
    ]

    def work(tx: Tx) -> None:
        def found() -> list[Alarm]:
            return tx.alarms.open_of_point("A1", AlarmSource.GB26875, "1.1.2")

        assert found() == [old]
        for alarm in (newer, *others):
            tx.alarms.add_later(alarm)
        assert found() == [old, newer]
        repeated = tx.alarms.save(replace(old, occurrence_count=2))
        assert found() == [repeated, newer]
        tx.alarms.save(replace(repeated, state=AlarmState.CLOSED))
        assert found() == [newer]

    database.write(work)
    assert database.read(lambda view: len(view.alarms.open())) == 4


def test_a_panel_is_read_once_however_many_of_its_points_speak(
    database: Database, make_alarm: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    plain = AlarmRows.open_of_panel

    def counted(rows: AlarmRows, panel: str) -> list[Alarm]:
        asked.append(panel)
        return plain(rows, panel)

    monkeypatch.setattr(AlarmRows, "open_of_panel", counted)

    def work(tx: Tx) -> None:
        tx.alarms.add(make_alarm("BJ20261124-0001"))
        for number in range(9):
            tx.alarms.open_of_point("A1", AlarmSource.GB26875, f"1.1.{number}")

    database.write(work)
    assert asked == ["A1"]


def test_a_zone_that_was_not_read_ahead_is_asked_for(database: Database, make_alarm: Make) -> None:
    alarm = database.write(lambda tx: tx.alarms.add(make_alarm("BJ20261124-0001")))

    def work(tx: Tx) -> Alarm | None:
        tx.alarms.look_for_zones([("A1", 7)])
        return tx.alarms.open_of_zone("A1", 1, AlarmClass.PANIC)

    assert database.write(work) == alarm


def test_an_alarm_written_once_reads_the_same_in_its_row_and_in_each_of_its_facts(
    database: Database, make_alarm: Make
) -> None:
    alarm = make_alarm("BJ20261124-0001", name="东门 “一键”")

    def work(tx: Tx) -> Alarm:
        tx.record(AlarmRaised(tx.alarms.add_later(alarm)))
        saved = tx.alarms.save(replace(alarm, owner="zhang"))
        tx.record(AlarmRepeated(saved))
        tx.record(AlarmChanged(saved, "claimed"))
        return saved

    saved = database.write(work)
    rows = database.read(lambda view: view.changes_after(0, 10))
    facts = [AlarmRaised(alarm), AlarmRepeated(saved), AlarmChanged(saved, "claimed")]
    assert [row.payload for row in rows] == [to_json(fact) for fact in facts]
    assert database.read(lambda view: view.alarms.get(alarm.id)) == saved
