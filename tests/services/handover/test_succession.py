"""Whoever took the shift over takes what the last one has in hand: all of it, once, and nobody else does."""

from __future__ import annotations

import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Barrier

import pytest

from services.domain.alarms import Alarm, AlarmId, Ask, Shelf
from services.domain.classes import AlarmClass
from services.domain.incidents import Incident, IncidentId, IncidentState
from services.domain.people import Limit, Permission, Role, Session
from services.handover.succession import Left, Succession
from services.storage import Database, Tx
from tests.services.handover.conftest import START, WANG, Night, code_of, night_on
from tests.waiting import LIMIT_S

LI = Session("li", "李值班", Role.OPERATOR, "SEAT-2")
INCIDENT = Incident(IncidentId("i1"), "JQ1", "打架", "fight", "食堂", None, "两人", "wang", "王值班", START)


@pytest.fixture
def succession(night: Night) -> Succession:
    return Succession(night.database, night.clock)


def rung(night: Night, owner: str, **more: object) -> Alarm:
    """An alarm that `owner` claimed now."""
    return night.ring(AlarmClass.INTRUSION, owner, claimed_at=night.clock.now(), **more)


def hand_over(night: Night) -> None:
    night.handovers.prepare(WANG)
    night.sign_out()
    night.sign_in()
    night.pass_time(minutes=1)


def owner_of(night: Night, alarm: Alarm) -> str:
    return night.database.read(lambda view: view.alarms.get(alarm.id)).owner


def one_level_up(alarm_id: AlarmId, tx: Tx) -> None:
    tx.alarms.save(replace(tx.alarms.get(alarm_id), escalation_level=1))


def numbers(left: Left | None) -> list[str]:
    assert left is not None
    return [alarm.event_no for alarm in left.alarms] + [incident.incident_no for incident in left.incidents]


def test_all_that_the_last_shift_has_in_hand_is_the_takers_after_one_command(
    night: Night, succession: Succession
) -> None:
    night.database.write(lambda tx: tx.incidents.add(INCIDENT))
    asked = rung(night, "wang", ask=Ask("zhang", Role.OPERATOR, "张", START))
    shelved = rung(night, "wang", shelf=Shelf("wang", "王值班", "在修", START, START + timedelta(hours=9)))
    hand_over(night)
    assert numbers(succession.left(LI)) == [asked.event_no, shelved.event_no, "JQ1"]
    assert numbers(succession.take(LI)) == [asked.event_no, shelved.event_no, "JQ1"]
    assert (owner_of(night, asked), owner_of(night, shelved)) == ("li", "li")
    now = night.database.read(lambda view: (view.alarms.get(shelved.id), view.incidents.get("i1")))
    assert now[0].shelf == shelved.shelf
    assert (now[1].owner, now[1].owner_name, now[1].had_by) == ("li", "李值班", ("wang",))
    assert succession.left(LI) is None
    assert succession.take(LI) is None


def test_audit_timeline_and_a_fact_for_the_one_who_had_them_tell_of_it(
    night: Night, succession: Succession, tmp_path: Path
) -> None:
    night.database.write(lambda tx: tx.incidents.add(INCIDENT))
    rung(night, "wang")
    hand_over(night)
    succession.take(LI)
    with sqlite3.connect(tmp_path / "watch.db") as connection:
        audit = connection.execute("SELECT action, actor FROM audit ORDER BY seq DESC LIMIT 3").fetchall()
    connection.close()
    deeds = ["handover.left_taken", "incident.succeeded", "alarm.succeeded"]
    assert audit == [(deed, "li") for deed in deeds]
    (line,) = night.database.read(lambda view: view.timeline_of(INCIDENT.id))
    assert (line.what, line.actor_name, line.params) == ("incident.succeeded", "李值班", {"was": "王值班"})
    told = night.database.read(lambda view: view.changes_after(0, 100))[-1]
    fact = json.loads(told.payload)
    assert (told.kind, fact["change"]) == ("HandoverChanged", "left_taken")
    assert (fact["loser"], fact["count"]) == ("wang", 2)


def test_only_the_one_who_took_this_shift_over_may(night: Night, succession: Succession) -> None:
    alarm = rung(night, "wang")
    assert succession.left(LI) is None
    hand_over(night)
    for person in (WANG, replace(LI, user="zhang")):
        assert succession.take(person) is None
    zhao = Session("zhao", "赵处长", Role.SUPERVISOR, "SEAT-3")
    assert code_of(lambda: succession.take(zhao)) == "identity.forbidden"
    assert owner_of(night, alarm) == "wang"


def test_what_others_have_and_what_was_claimed_later_stays_where_it_is(
    night: Night, succession: Succession
) -> None:
    others = rung(night, "zhang")
    mine = rung(night, "wang")
    closed = replace(INCIDENT, state=IncidentState.CLOSED)
    night.database.write(lambda tx: tx.incidents.add(closed))
    hand_over(night)
    later = rung(night, "wang")
    assert numbers(succession.take(LI)) == [mine.event_no]
    assert [owner_of(night, alarm) for alarm in (others, later)] == ["zhang", "wang"]


def test_a_place_that_is_barred_to_the_taker_is_left_out(night: Night, succession: Succession) -> None:
    barred = rung(night, "wang", place="实验楼")
    free = rung(night, "wang")
    hand_over(night)
    limited = replace(LI, limits=(Limit(Permission.HANDLE_ALARM, places=("实验楼",)),))
    assert numbers(succession.take(limited)) == [free.event_no]
    assert owner_of(night, barred) == "wang"


def test_seats_that_take_at_once_while_alarms_escalate_take_each_once_and_undo_nothing(
    postgres_record: str,
) -> None:
    with night_on(postgres_record) as night, ExitStack() as open_seats, ThreadPoolExecutor(3) as pool:
        alarms = [rung(night, "wang") for _ in range(10)]
        hand_over(night)
        seats = [Database(postgres_record, night.clock) for _ in range(3)]
        for seat in seats:
            seat.open()
            open_seats.callback(seat.close)
        start = Barrier(3, timeout=LIMIT_S)

        def take(seat: Database) -> int:
            start.wait()
            left = Succession(seat, night.clock).take(LI)
            return 0 if left is None else len(left.alarms)

        def escalate(seat: Database) -> int:
            start.wait()
            for alarm in alarms:
                seat.write(partial(one_level_up, alarm.id))
            return 0

        done = [pool.submit(take, seat) for seat in seats[:2]] + [pool.submit(escalate, seats[2])]
        assert sorted(one.result(LIMIT_S) for one in done) == [0, 0, len(alarms)]
        now = night.database.read(lambda view: [view.alarms.get(alarm.id) for alarm in alarms])
        assert {(alarm.owner, alarm.escalation_level) for alarm in now} == {("li", 1)}
