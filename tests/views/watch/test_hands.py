"""Shelving, handing over, groups and notices as two seats see and press them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from services.alarms.handing import Recipient
from services.alarms.response import ResponseClocks
from services.core.clock import ManualClock
from services.domain.alarms import Alarm, AlarmState, Verdict
from services.domain.people import Role, Session, User
from services.storage import Tx
from tests.views.seat import OPERATOR, OTHER, Campus, Seat
from ui.queue.panel import SHELVED
from views.watch.notice_strip import NoticeStrip

Wait = Callable[..., object]
OpenSeat = Callable[..., Seat]
LEADER = Session("zhao", "赵班长", Role.SHIFT_LEADER, "SEAT-3")
TO_LEADER = Recipient("", Role.SHIFT_LEADER)
# Beams of one panel, and a panic button.
BEAMS = ("Z12", "Z13", "Z14")
PANIC = "Z01"


@pytest.fixture
def leader(qapp: QApplication, campus: Campus, wait_until: Wait) -> Iterator[Seat]:
    qapp.processEvents()
    made = Seat(campus, LEADER)
    made.watch.set_accept(made.hands.accept_first)  # as the side column does
    made.start()
    wait_until(lambda: made.jobs.is_idle)
    yield made
    made.close()


def ring(campus: Campus, seat: Seat, wait_until: Wait, *zones: str) -> list[str]:
    ids = [campus.ring(zone) for zone in zones]
    wait_until(lambda: {alarm.id for alarm in seat.watch.queue} >= set(ids))
    return ids


def press(seat: Seat, key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or seat.shell, key)


def test_f7_shelves_with_reason_out_of_sight_and_hearing_and_f7_brings_it_back(
    campus: Campus, open_seat: OpenSeat, wait_until: Wait
) -> None:
    seat = open_seat()
    (beam,) = ring(campus, seat, wait_until, "Z11")
    press(seat, Qt.Key.Key_F7)
    wait_until(seat.side.shelf.isVisible)
    press(seat, Qt.Key.Key_Return)
    assert seat.side.shelf.isVisible(), "no reason, no shelf"
    QTest.keyClicks(QApplication.focusWidget(), "branches")
    press(seat, Qt.Key.Key_Return)
    wait_until(lambda: seat.watch.queue[0].shelf)
    assert seat.side.queue.shown_ids() == []
    assert (seat.watch.plates, seat.watch.staged, seat.watch.map_alarms) == ({}, [], [])
    seat.side.queue.show_tab(SHELVED)
    assert seat.side.queue.shown_ids() == [beam]
    seat.watch.pick(beam)
    press(seat, Qt.Key.Key_F7)
    wait_until(lambda: seat.watch.queue[0].shelf is None)
    assert seat.refusals == []


def test_a_panic_alarm_cannot_be_shelved_or_grouped_by_any_key(
    campus: Campus, open_seat: OpenSeat, wait_until: Wait
) -> None:
    seat = open_seat()
    (panic,) = ring(campus, seat, wait_until, PANIC)
    for key in (Qt.Key.Key_F7, Qt.Key.Key_F10):
        press(seat, key)
        wait_until(lambda: seat.jobs.is_idle)
    assert not seat.side.shelf.isVisible()
    assert not seat.side.reason.isVisible()
    assert campus.database.read(lambda view: view.alarms.get(panic)).shelf is None


def test_f6_hands_over_and_f6_on_the_other_seat_accepts(
    campus: Campus, open_seat: OpenSeat, leader: Seat, wait_until: Wait
) -> None:
    seat = open_seat()
    (beam,) = ring(campus, seat, wait_until, "Z11")
    campus.database.write(enrol)
    press(seat, Qt.Key.Key_F1)
    wait_until(lambda: "transfer" in seat.watch.actions)
    press(seat, Qt.Key.Key_F6)
    wait_until(seat.side.transfer.isVisible)
    names = [seat.side.transfer.people.item(row).text() for row in range(seat.side.transfer.people.count())]
    assert names == ["任何一位值班员", "任何一位班长", "赵班长 · 班长"]
    seat.side.transfer.people.setCurrentRow(2)
    press(seat, Qt.Key.Key_Return)
    wait_until(lambda: leader.hands.asked_of_me)
    assert seat.watch.queue[0].owner == OPERATOR.user
    wait_until(seat.side.strip.isVisible)
    leader.watch.press("transfer")
    wait_until(lambda: seat.watch.queue[0].owner == LEADER.user)
    wait_until(lambda: leader.hands.asked_of_me == [])
    assert campus.database.read(lambda view: view.alarms.get(beam)).state is AlarmState.CLAIMED


def test_a_leader_takes_over_by_f6_what_somebody_else_has_in_hand(
    campus: Campus, open_seat: OpenSeat, wait_until: Wait
) -> None:
    seat = open_seat(LEADER)
    (beam,) = ring(campus, seat, wait_until, "Z11")
    campus.alarms.claim(OPERATOR, beam)
    wait_until(lambda: seat.watch.queue[0].owner == OPERATOR.user)
    seat.watch.pick(beam)
    assert "F6 接管" in [button.text() for button in seat.side.action_bar.findChildren(QPushButton)]
    press(seat, Qt.Key.Key_F6)
    wait_until(seat.side.reason.isVisible)
    press(seat, Qt.Key.Key_Return)
    wait_until(lambda: seat.watch.queue[0].owner == LEADER.user)
    assert not seat.side.reason.isVisible()
    assert seat.refusals == []


def test_an_operator_takes_nothing_away_from_anybody(
    campus: Campus, open_seat: OpenSeat, wait_until: Wait
) -> None:
    seat = open_seat()
    (beam,) = ring(campus, seat, wait_until, "Z11")
    campus.alarms.claim(OTHER, beam)
    wait_until(lambda: seat.watch.queue[0].owner == OTHER.user)
    seat.watch.pick(beam)
    press(seat, Qt.Key.Key_F6)
    wait_until(lambda: seat.jobs.is_idle)
    assert "transfer" not in seat.watch.actions
    assert not seat.side.reason.isVisible()
    assert not seat.side.transfer.isVisible()


def test_whose_alarm_is_taken_over_hears_of_it(campus: Campus, open_seat: OpenSeat, wait_until: Wait) -> None:
    seat = open_seat()
    (beam,) = ring(campus, seat, wait_until, "Z11")
    lost: list[Alarm] = []
    seat.hands.lost.connect(lost.append)
    campus.alarms.claim(OPERATOR, beam)
    campus.alarms.take_over(LEADER, beam, "交接")
    wait_until(lambda: lost)
    assert (lost[0].id, lost[0].owner_name) == (beam, "赵班长")


def enrol(tx: Tx) -> None:
    tx.users.add(User(LEADER.user, LEADER.display_name, LEADER.role), "x")
    tx.users.add(User("chen", "陈科长", Role.SUPERVISOR), "x")


def test_what_nobody_accepted_comes_back_with_a_word(campus: Campus, seat: Seat, wait_until: Wait) -> None:
    (beam,) = ring(campus, seat, wait_until, "Z11")
    back: list[object] = []
    seat.hands.returned.connect(back.append)
    campus.alarms.claim(OPERATOR, beam)
    campus.handing.ask(OPERATOR, beam, TO_LEADER)
    wait_until(lambda: seat.hands.asked_by_me)
    later = ManualClock(campus.clock.now() + timedelta(seconds=16))
    ResponseClocks(campus.database, later).tick()
    wait_until(lambda: back)
    assert seat.watch.queue[0].owner == OPERATOR.user


def test_f10_dismisses_the_alarms_of_one_cause_and_no_other(
    campus: Campus, open_seat: OpenSeat, wait_until: Wait
) -> None:
    seat = open_seat()
    ids = ring(campus, seat, wait_until, *BEAMS, PANIC)
    campus.alarms.claim(OTHER, ids[2])
    wait_until(lambda: any(alarm.owner == OTHER.user for alarm in seat.watch.queue))
    seat.watch.pick(ids[0])
    press(seat, Qt.Key.Key_F10)
    wait_until(seat.side.reason.isVisible)
    QTest.keyClicks(QApplication.focusWidget(), "storm")
    press(seat, Qt.Key.Key_Return)

    def states() -> list[AlarmState]:
        return [campus.database.read(lambda view, id_=one: view.alarms.get(id_)).state for one in ids]

    wanted = [AlarmState.FALSE, AlarmState.FALSE, AlarmState.CLAIMED, AlarmState.NEW]
    wait_until(lambda: states() == wanted)
    assert seat.refusals == []


def test_a_notice_is_shown_to_whom_it_is_for_until_it_was_read(
    campus: Campus, seat: Seat, leader: Seat, wait_until: Wait
) -> None:
    (panic,) = ring(campus, seat, wait_until, PANIC)
    later = ManualClock(campus.clock.now() + timedelta(seconds=21))
    ResponseClocks(campus.database, later).tick()
    wait_until(lambda: leader.hands.notices)
    assert seat.hands.notices == []
    assert [(notice.alarm, notice.level) for notice, _ in leader.hands.notices] == [(panic, 1)]
    leader.hands.note_all_seen(leader.hands.notices)
    wait_until(lambda: not leader.hands.notices)
    (kept,) = campus.database.read(lambda view: view.notices.of(panic))
    assert kept.seen_by == LEADER.user


def test_a_notice_says_whose_the_alarm_is_and_to_its_owner_that_it_is_overdue(
    qtbot: QtBot, campus: Campus, leader: Seat, wait_until: Wait
) -> None:
    (panic,) = ring(campus, leader, wait_until, PANIC)
    ResponseClocks(campus.database, ManualClock(campus.clock.now() + timedelta(seconds=21))).tick()
    strip = NoticeStrip()
    qtbot.addWidget(strip)
    strip.follow(leader.hands)
    told = strip.lines[0].text
    wait_until(lambda: "无人处置" in told.text())
    campus.alarms.claim(OPERATOR, panic)
    wait_until(lambda: f"{OPERATOR.display_name} 已接警，超时未核实" in told.text())
    campus.alarms.take_over(LEADER, panic)
    wait_until(lambda: "您接的" in told.text() and "超时未核实" in told.text())


def test_a_notice_goes_away_when_the_alarm_is_answered(
    campus: Campus, leader: Seat, wait_until: Wait
) -> None:
    (panic,) = ring(campus, leader, wait_until, PANIC)
    ResponseClocks(campus.database, ManualClock(campus.clock.now() + timedelta(seconds=21))).tick()
    wait_until(lambda: leader.hands.notices)
    campus.alarms.claim(OPERATOR, panic)
    campus.alarms.decide(OPERATOR, panic, Verdict.GENUINE)
    wait_until(lambda: not leader.hands.notices)


def test_a_shelved_alarm_that_was_picked_keeps_the_keys_while_others_speak(
    campus: Campus, seat: Seat, wait_until: Wait
) -> None:
    beam, _other = ring(campus, seat, wait_until, "Z11", "Z12")
    campus.shelving.shelve(OPERATOR, beam, 30, "检修")
    wait_until(lambda: any(alarm.shelf for alarm in seat.watch.queue))
    assert seat.watch.highlighted is not None
    assert seat.watch.highlighted.id != beam
    seat.watch.pick(beam)
    ring(campus, seat, wait_until, "Z13")
    assert seat.watch.highlighted.id == beam
    assert seat.watch.actions == ("shelve", "claim")
