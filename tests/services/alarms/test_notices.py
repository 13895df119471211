"""An alarm that nobody answers is told along the duty list: each level once, whoever was away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from services.alarms.center import AlarmCenter
from services.alarms.desk import AlarmDesk
from services.alarms.orders import KEY, SCOPE, OrdersDesk
from services.alarms.response import ResponseClocks
from services.core.clock import ManualClock
from services.domain.alarms import Signal, Verdict
from services.domain.board import Board
from services.domain.notices import DutyRung, Notice, Rung, StandingOrders
from services.domain.people import Role
from services.storage import Database
from tests.services.alarms.people import ADMIN, CHEN, LI, WANG, ZHAO, enrol, refusal, stored

MakeSignal = Callable[..., Signal]


@pytest.fixture
def panic(center: AlarmCenter, signal: MakeSignal) -> str:
    return center.receive([signal("120", 1)])[0].alarm


@pytest.fixture
def kit(database: Database, clock: ManualClock) -> SimpleNamespace:
    enrol(database)
    return SimpleNamespace(
        desk=AlarmDesk(database, clock),
        orders=OrdersDesk(database, clock),
        response=ResponseClocks(database, clock),
    )


def notices(database: Database, alarm: str) -> list[Notice]:
    return database.read(lambda view: view.notices.of(alarm))


def test_each_level_is_told_once_at_its_time_to_its_rung(
    kit: SimpleNamespace, panic: str, database: Database, clock: ManualClock
) -> None:
    told = []
    for seconds in (19, 1, 1, 39, 120, 1000):
        clock.advance(seconds)
        kit.response.tick()
        kit.response.tick()
        told.append([notice.level for notice in notices(database, panic)])
    # P1: shift leader at 20 s, security office at 60 s, college leader at 180 s.
    assert told == [[], [1], [1], [1, 2], [1, 2, 3], [1, 2, 3]]
    roles = [notice.role for notice in notices(database, panic)]
    assert roles == [Role.SHIFT_LEADER, Role.SUPERVISOR, Role.SUPERVISOR]


def test_a_hub_that_was_away_tells_every_level_it_missed(
    kit: SimpleNamespace, panic: str, database: Database, clock: ManualClock
) -> None:
    clock.advance(3600)
    kit.response.tick()
    assert [notice.level for notice in notices(database, panic)] == [1, 2, 3]


def test_two_hubs_at_the_same_moment_tell_once(panic: str, database: Database, clock: ManualClock) -> None:
    clock.advance(61)
    for _ in range(2):
        ResponseClocks(database, clock).tick()
    assert [notice.level for notice in notices(database, panic)] == [1, 2]


def test_an_answered_alarm_is_told_to_nobody_more(
    kit: SimpleNamespace, panic: str, database: Database, clock: ManualClock
) -> None:
    clock.advance(21)
    kit.response.tick()
    kit.desk.claim(WANG, panic)
    kit.desk.decide(WANG, panic, Verdict.GENUINE)
    clock.advance(1000)
    kit.response.tick()
    assert [notice.level for notice in notices(database, panic)] == [1]


def test_claiming_and_silencing_do_not_stop_the_escalation(
    kit: SimpleNamespace, panic: str, database: Database, clock: ManualClock
) -> None:
    kit.desk.claim(WANG, panic)
    kit.desk.silence(WANG, panic)
    clock.advance(61)
    kit.response.tick()
    assert [notice.level for notice in notices(database, panic)] == [1, 2]


def test_the_duty_list_names_users_and_whom_to_call(
    kit: SimpleNamespace, panic: str, database: Database, clock: ManualClock
) -> None:
    duty = (
        DutyRung(Rung.SHIFT_LEADER, ("zhao",)),
        DutyRung(Rung.SECURITY_OFFICE),
        DutyRung(Rung.COLLEGE_LEADER, (), "张副院长 13800000000"),
    )
    kit.orders.lay_down(CHEN, StandingOrders(duty))
    clock.advance(200)
    kit.response.tick()
    first, second, third = notices(database, panic)
    assert (first.users, third.call) == (("zhao",), "张副院长 13800000000")
    assert first.is_for("zhao", Role.OPERATOR)
    assert not first.is_for("other", Role.SHIFT_LEADER)
    assert second.is_for("chen", Role.SUPERVISOR)
    assert not second.is_for("wang", Role.OPERATOR)


def test_a_screen_that_follows_the_feed_has_the_notices_a_new_snapshot_has(
    kit: SimpleNamespace, panic: str, database: Database, clock: ManualClock
) -> None:
    from tests.services.alarms.test_law import read_fact

    followed = Board()
    clock.advance(61)
    kit.response.tick()
    kit.orders.note_seen(ZHAO, panic, 1)
    for row in database.read(lambda view: view.changes_after(0, 100)):
        followed.apply(read_fact(row.kind, row.payload))
    board = database.read(lambda view: view.board())
    assert followed.notices == board.notices
    assert board.notices[panic][1].seen_by == "zhao"
    kit.desk.claim(WANG, panic)
    kit.desk.decide(WANG, panic, Verdict.GENUINE)
    kit.desk.reset(WANG, panic, "已复原")
    assert database.read(lambda view: view.board()).notices == {}


def test_only_whom_a_notice_is_for_says_that_it_was_read_and_the_first_one_counts(
    kit: SimpleNamespace, panic: str, database: Database, clock: ManualClock
) -> None:
    clock.advance(21)
    kit.response.tick()
    kit.orders.note_seen(LI, panic, 1)
    assert notices(database, panic)[0].seen_at is None
    kit.orders.note_seen(ZHAO, panic, 1)
    seen_at = clock.now()
    clock.advance(5)
    kit.orders.note_seen(ZHAO, panic, 1)
    assert notices(database, panic)[0].seen_at == seen_at


def test_only_leaders_lay_down_standing_orders(kit: SimpleNamespace) -> None:
    for person in (WANG, ADMIN):
        assert refusal(lambda p=person: kit.orders.lay_down(p, StandingOrders())).code == "identity.forbidden"
    wrong = StandingOrders((DutyRung(Rung.SHIFT_LEADER, ("nobody",)),))
    assert refusal(lambda: kit.orders.lay_down(ZHAO, wrong)).code == "orders.unknown_user"
    assert refusal(lambda: kit.orders.lay_down(ZHAO, StandingOrders(sound_again_s=-1))).code == (
        "orders.bad_seconds"
    )
    kit.orders.lay_down(ZHAO, StandingOrders(sound_again_s=45.0))
    assert kit.orders.read().sound_again_s == 45.0


def test_broken_standing_orders_do_not_stop_the_escalation(
    kit: SimpleNamespace,
    panic: str,
    database: Database,
    clock: ManualClock,
    expected_log: Callable[..., None],
) -> None:
    expected_log("orders.unreadable")
    database.write(lambda tx: tx.put_preference(SCOPE, KEY, {"duty": 7}))
    clock.advance(21)
    kit.response.tick()
    assert [notice.level for notice in notices(database, panic)] == [1]


def test_a_silenced_p1_alarm_sounds_again_30_s_later_until_it_is_reset(
    kit: SimpleNamespace, panic: str, database: Database, clock: ManualClock
) -> None:
    kit.desk.claim(WANG, panic)
    kit.desk.decide(WANG, panic, Verdict.GENUINE)
    kit.desk.silence(WANG, panic)
    clock.advance(29)
    kit.response.tick()
    assert stored(database, panic).silenced_at is not None
    clock.advance(1)
    kit.response.tick()
    assert stored(database, panic).silenced_at is None
    kit.desk.silence(WANG, panic)
    kit.desk.reset(WANG, panic, "已复原")
    closed = stored(database, panic)
    clock.advance(60)
    kit.response.tick()
    assert stored(database, panic) == closed


def test_the_site_chooses_when_silence_holds(
    kit: SimpleNamespace, panic: str, database: Database, clock: ManualClock
) -> None:
    kit.orders.lay_down(ZHAO, StandingOrders(sounds_until_reset=False))
    kit.desk.claim(WANG, panic)
    kit.desk.silence(WANG, panic)
    clock.advance(31)
    kit.response.tick()
    assert stored(database, panic).silenced_at is None
    kit.desk.decide(WANG, panic, Verdict.GENUINE)
    kit.desk.silence(WANG, panic)
    clock.advance(3600)
    kit.response.tick()
    assert stored(database, panic).silenced_at is not None
    kit.orders.lay_down(ZHAO, StandingOrders(sound_again_s=0.0))
    clock.advance(3600)
    kit.response.tick()
    assert stored(database, panic).silenced_at is not None


def test_a_silenced_intrusion_stays_silent(
    kit: SimpleNamespace, center: AlarmCenter, signal: MakeSignal, database: Database, clock: ManualClock
) -> None:
    beam = center.receive([signal("131", 11, account="1002")])[0].alarm
    kit.desk.silence(WANG, beam)
    clock.advance(100)
    kit.response.tick()
    assert stored(database, beam).silenced_at is not None


def test_what_time_does_is_in_the_audit(
    kit: SimpleNamespace, panic: str, clock: ManualClock, tmp_path: Path
) -> None:
    import sqlite3

    clock.advance(61)
    kit.response.tick()
    with sqlite3.connect(tmp_path / "shouwang.db") as file:
        rows = file.execute("SELECT actor, action FROM audit WHERE object = ?", (panic,)).fetchall()
    assert rows == [("system", "alarm.escalated")]
