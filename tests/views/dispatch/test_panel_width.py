"""A plan with nothing to show leaves its width to map, guards and order, and stays one press away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.views.seat import OPERATOR, Campus, Seat
from views.dispatch.screen import DispatchPanel

Wait = Callable[..., object]


def test_without_a_plan_guards_and_order_have_its_width(
    campus: Campus, open_seat: Callable[..., Seat], wait_until: Wait
) -> None:
    alarm_id = campus.ring("Z01")
    campus.alarms.claim(OPERATOR, alarm_id)
    seat = open_seat()
    panel, plan = seat.panel, QWidget()
    panel.host_plan(plan)
    seat.shell.resize(1920, 1080)
    wait_until(lambda: alarm_id in seat.live.board.alarms)
    seat.dispatch.open_alarm(alarm_id)
    wait_until(lambda: plan.isVisible() and seat.dispatch.candidates)
    QApplication.processEvents()
    beside_px = panel.list.width() + panel.order.width()
    panel.keep_plan_beside(False)
    QApplication.processEvents()
    assert not plan.isVisible()
    # 5 of 19 parts of the row were the plan's, 8 the list's and the order's: 8/14 are 1.36 times 8/19.
    assert panel.list.width() + panel.order.width() > 1.3 * beside_px
    panel.show_plan()
    assert plan.isVisible()
    panel.keep_plan_beside(True)
    QApplication.processEvents()
    assert plan.isVisible()
    assert panel.list.isVisible()
    assert panel.list.width() + panel.order.width() == beside_px


def test_a_plan_that_gets_its_place_while_the_panel_is_photographed_is_painted(
    qtbot: QtBot, campus: Campus, open_seat: Callable[..., Seat], wait_until: Wait
) -> None:
    """Qt holds back the painting of what it renders unshown, and so of what is laid into it just then."""
    seat = open_seat()
    panel, plan, window = DispatchPanel(seat.dispatch, campus.site, lambda _no: None), QWidget(), QWidget()
    qtbot.addWidget(window)
    panel.host_plan(plan)
    panel.setParent(window)
    window.show()
    panel.resize(1600, 340)
    window.grab()
    panel.show()
    wait_until(plan.isVisible)
    assert plan.updatesEnabled()
