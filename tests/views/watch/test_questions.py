"""The questions in the side column: whose Enter and Space it is, and what becomes of the words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from services.alarms.handing import Recipient
from services.domain.alarms import AlarmState, Verdict
from services.domain.people import Role
from services.playback.desk import PlaybackDesk
from tests.views.seat import OPERATOR, Campus, Seat
from views.watch.look_tools import LookTools
from views.watch.looking_back import LookingBack
from views.watch.reason_panel import VERDICTS
from views.watch.side_panel import SidePanel

Wait = Callable[..., object]
OpenSeat = Callable[..., Seat]
PANIC, BEAM = "Z01", "Z11"
LI = Recipient("li", Role.OPERATOR, "李值班")


def press(key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)


def button(panel: SidePanel, text: str) -> QPushButton:
    return next(one for one in panel.findChildren(QPushButton) if one.text() == text)


def claimed(campus: Campus, seat: Seat, wait_until: Wait, zone: str) -> str:
    """An alarm that this seat's operator has in hand, the keys on it."""
    alarm_id = campus.ring(zone)
    campus.alarms.claim(OPERATOR, alarm_id)
    wait_until(lambda: alarm_id in seat.live.board.alarms and seat.live.board.alarms[alarm_id].owner)
    seat.watch.pick(alarm_id)
    return alarm_id


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_hands_over_from_list_and_words_but_on_back_goes_back(
    campus: Campus, open_seat: OpenSeat, wait_until: Wait, key: Qt.Key
) -> None:
    seat = open_seat()
    beam = claimed(campus, seat, wait_until, BEAM)
    panel, given = seat.side.transfer, []
    panel.given.connect(lambda *what: given.append(what))
    panel.ask(seat.live.board.alarms[beam], [LI])
    button(panel, "返回 Esc").setFocus()
    press(key)
    assert (panel.isVisible(), given) == (False, [])
    panel.ask(seat.live.board.alarms[beam], [LI])
    panel.words.setFocus()
    press(key)
    assert (panel.isVisible(), given) == (False, [(beam, LI, "")])
    panel.ask(seat.live.board.alarms[beam], [LI])
    press(key)
    assert len(given) == 2


def test_tab_goes_from_the_words_to_the_answer_and_then_to_the_way_back(
    campus: Campus, open_seat: OpenSeat, wait_until: Wait
) -> None:
    seat = open_seat()
    beam = claimed(campus, seat, wait_until, BEAM)
    seat.side.transfer.ask(seat.live.board.alarms[beam], [LI])
    order = [seat.side.transfer.people]
    for _ in range(3):
        press(Qt.Key.Key_Tab)
        order.append(QApplication.focusWidget())
    panel = seat.side.transfer
    assert order == [panel.people, panel.words, button(panel, "转交 Enter"), button(panel, "返回 Esc")]


def test_space_presses_the_button_that_has_the_keyboard(
    campus: Campus, open_seat: OpenSeat, wait_until: Wait, tmp_path: Path
) -> None:
    seat = open_seat()
    desk = PlaybackDesk(campus.database, campus.clock, [tmp_path])
    LookTools(seat.screen.wall, LookingBack(desk, OPERATOR, seat.jobs, campus.clock), seat.screen)
    claimed(campus, seat, wait_until, PANIC)
    seat.watch.press("false")
    panel = seat.side.reason
    chip = panel.chips.button(VERDICTS.index(Verdict.TEST))
    chip.setFocus()
    press(Qt.Key.Key_Space)
    assert chip.isChecked()
    button(panel, "返回 Esc").setFocus()
    press(Qt.Key.Key_Space)
    assert not panel.isVisible()


def test_a_reason_that_was_refused_is_there_again_with_its_verdict(
    campus: Campus, open_seat: OpenSeat, wait_until: Wait
) -> None:
    seat = open_seat()
    panic = claimed(campus, seat, wait_until, PANIC)
    panel = seat.side.reason
    seat.watch.press("false")
    panel.chips.button(VERDICTS.index(Verdict.TEST)).click()
    panel.words.setFocus()
    QTest.keyClicks(panel.words, "monthly test")
    press(Qt.Key.Key_Return)
    wait_until(lambda: [error.code for error in seat.refusals] == ["alarm.view_first"])
    assert not panel.isVisible()
    seat.watch.press("verify")
    wait_until(lambda: seat.live.board.alarms[panic].state is AlarmState.VERIFYING)
    seat.watch.press("false")
    assert (panel.words.text(), panel.chips.checkedId()) == ("monthly test", VERDICTS.index(Verdict.TEST))


def test_a_reason_that_was_accepted_is_not_offered_again(
    campus: Campus, open_seat: OpenSeat, wait_until: Wait
) -> None:
    seat = open_seat()
    beam = claimed(campus, seat, wait_until, BEAM)
    seat.watch.press("shelve")
    QTest.keyClicks(seat.side.shelf.words, "branches")
    press(Qt.Key.Key_Return)
    wait_until(lambda: seat.live.board.alarms[beam].shelf and seat.jobs.is_idle)
    seat.watch.pick(beam)
    seat.watch.press("shelve")
    wait_until(lambda: seat.live.board.alarms[beam].shelf is None and seat.jobs.is_idle)
    seat.watch.press("shelve")
    assert (seat.side.shelf.isVisible(), seat.side.shelf.words.text()) == (True, "")


@pytest.mark.parametrize(("zone", "action"), [(PANIC, "false"), (BEAM, "group")])
def test_enter_without_the_reason_that_is_needed_asks_on(
    campus: Campus, open_seat: OpenSeat, wait_until: Wait, zone: str, action: str
) -> None:
    seat = open_seat()
    alarm_id = claimed(campus, seat, wait_until, zone)
    seat.watch.press(action)
    press(Qt.Key.Key_Return)
    wait_until(lambda: seat.jobs.is_idle)
    assert (seat.side.reason.isVisible(), seat.refusals) == (True, [])
    assert seat.live.board.alarms[alarm_id].state is AlarmState.CLAIMED
