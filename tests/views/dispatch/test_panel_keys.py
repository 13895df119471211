"""Whose Enter is in the dispatch panel, with a plan beside the order."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from tests.views.seat import OPERATOR, Campus, Seat

Wait = Callable[..., object]


@pytest.fixture
def seat(campus: Campus, open_seat: Callable[..., Seat], wait_until: Wait) -> Seat:
    """A ranked order in the panel, and a plan's field to write in beside it."""
    alarm_id = campus.ring("Z01")
    campus.alarms.claim(OPERATOR, alarm_id)
    made = open_seat()
    plan = QWidget()
    QVBoxLayout(plan).addWidget(QLineEdit(plan))
    made.panel.host_plan(plan)
    made.shell.resize(1920, 1080)
    wait_until(lambda: alarm_id in made.live.board.alarms)
    made.dispatch.open_alarm(alarm_id)
    wait_until(lambda: made.dispatch.candidates and made.panel.list.hasFocus())
    return made


def send_words(seat: Seat) -> str:
    return next(
        button.text()
        for button in seat.panel.order.findChildren(QPushButton)
        if button.property("kind") == "primary"
    )


def test_the_send_button_names_enter_only_while_it_is_the_one_that_enter_presses(seat: Seat) -> None:
    assert send_words(seat).endswith("） Enter")
    seat.panel.findChild(QLineEdit).setFocus()
    assert send_words(seat).endswith("）")
    seat.panel.order.text.setFocus()
    assert send_words(seat).endswith("） Enter")


def test_a_plans_note_finished_with_enter_sends_nobody(seat: Seat, wait_until: Wait) -> None:
    field = seat.panel.findChild(QLineEdit)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert not seat.dispatch.is_sending
    seat.panel.list.setFocus()
    QTest.keyClick(seat.panel.list, Qt.Key.Key_Return)
    wait_until(lambda: seat.dispatch.dispatches)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_on_the_button_that_closes_the_panel_closes_it_and_sends_nobody(
    seat: Seat, wait_until: Wait, key: Qt.Key
) -> None:
    close = next(one for one in seat.panel.findChildren(QPushButton) if one.text() == "收起 Esc")
    close.setFocus()
    assert send_words(seat).endswith("）")
    QTest.keyClick(close, key)
    wait_until(lambda: seat.jobs.is_idle)
    assert (seat.panel.isVisible(), seat.live.board.dispatches) == (False, {})


def test_enter_on_the_send_button_sends(seat: Seat, wait_until: Wait) -> None:
    seat.panel.order.send_button.setFocus()
    assert send_words(seat).endswith("） Enter")
    QTest.keyClick(seat.panel.order.send_button, Qt.Key.Key_Enter)
    wait_until(lambda: seat.dispatch.dispatches)
