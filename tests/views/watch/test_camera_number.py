from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from services.domain.site import CameraNo
from tests.campus import read_demo_site
from tests.views.seat import Campus, Seat
from ui.theme import Size
from views.watch.camera_number import FORGET_AFTER_S, RECALL_AFTER_S, Outcome, TypedNumber, camera_by_number

Wait = Callable[..., object]
OpenSeat = Callable[..., Seat]
CAMERAS = read_demo_site().cameras


@pytest.mark.parametrize(
    ("typed", "number"),
    [("12", "C12"), ("012", "C12"), ("1", "C01"), ("24", "C24"), ("25", None), ("0", None)],
)
def test_a_camera_is_meant_by_its_own_number(typed: str, number: str | None) -> None:
    camera = camera_by_number(CAMERAS, typed)
    assert (camera.no if camera else None) == number


def test_a_camera_without_a_number_is_meant_by_its_position() -> None:
    cameras = [replace(CAMERAS[0], no=CameraNo("gate")), replace(CAMERAS[1], no=CameraNo("N-7-east"))]
    first, seventh = camera_by_number(cameras, "1"), camera_by_number(cameras, "7")
    assert [camera.no for camera in (first, seventh) if camera] == ["gate", "N-7-east"]


def test_a_digit_alone_becomes_a_layout_and_more_become_nothing() -> None:
    typed = TypedNumber()
    typed.add("4")
    assert typed.waits_s == RECALL_AFTER_S
    assert typed.settle() == (Outcome.LAYOUT, 4)
    assert typed.text == ""
    for digit in "12":
        typed.add(digit)
    assert typed.waits_s == FORGET_AFTER_S
    assert typed.settle() == (Outcome.NOTHING, 0)
    typed.add("0")
    assert typed.settle() == (Outcome.NOTHING, 0)


def keys(seat: Seat, *pressed: Qt.Key) -> None:
    seat.shell.activateWindow()
    QApplication.processEvents()
    for key in pressed:
        QTest.keyClick(QApplication.focusWidget() or seat.shell, key)


def test_a_number_and_enter_bring_that_camera_to_the_chosen_tile(open_seat: OpenSeat) -> None:
    seat = open_seat()
    seat.wall.choose(3)
    keys(seat, Qt.Key.Key_2, Qt.Key.Key_2)
    box = seat.screen.numbers.box
    assert box.isVisible()
    assert "22_ → C22 实验楼" in box.text()
    assert not box.hasFocus()
    keys(seat, Qt.Key.Key_Return)
    assert seat.wall.plan.cameras[3] == "C22"
    assert not box.isVisible()


def test_backspace_corrects_and_escape_forgets_the_number_only(open_seat: OpenSeat) -> None:
    seat = open_seat()
    seat.wall.toggle_single(0)
    keys(seat, Qt.Key.Key_2, Qt.Key.Key_9)
    assert "没有这台摄像机" in seat.screen.numbers.box.text()
    keys(seat, Qt.Key.Key_Return)
    assert seat.screen.numbers.typed == "29"
    keys(seat, Qt.Key.Key_Backspace, Qt.Key.Key_3)
    assert seat.screen.numbers.typed == "23"
    keys(seat, Qt.Key.Key_Escape)
    assert seat.screen.numbers.typed == ""
    assert seat.wall.plan.single == 0
    keys(seat, Qt.Key.Key_Escape)
    assert seat.wall.plan.single is None


def test_an_alarm_key_ends_the_number_so_that_enter_belongs_to_the_order(
    campus: Campus, open_seat: OpenSeat, wait_until: Wait
) -> None:
    seat = open_seat()
    campus.ring("Z01")
    wait_until(lambda: seat.watch.highlighted)
    before = seat.wall.plan.cameras
    keys(seat, Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_F4)
    assert seat.screen.numbers.typed == ""
    keys(seat, Qt.Key.Key_Return)
    assert seat.wall.plan.cameras == before
    wait_until(seat.panel.isVisible)


def test_digits_in_a_text_field_stay_text_and_going_there_ends_the_number(open_seat: OpenSeat) -> None:
    seat = open_seat()
    keys(seat, Qt.Key.Key_1, Qt.Key.Key_2)
    seat.screen.bar.show_list(True)
    seat.screen.tree.focus_filter()
    assert seat.screen.numbers.typed == ""
    keys(seat, Qt.Key.Key_5)
    assert (seat.screen.numbers.typed, seat.screen.tree.filter.text()) == ("", "5")


def test_the_box_lies_where_no_plate_can_be(open_seat: OpenSeat) -> None:
    seat = open_seat()
    keys(seat, Qt.Key.Key_1, Qt.Key.Key_2)
    box, bar, wall = seat.screen.numbers.box, seat.screen.bar, seat.screen.wall
    on_screen = QRect(box.mapToGlobal(QPoint(0, 0)), box.size())
    assert QRect(bar.mapToGlobal(QPoint(0, 0)), bar.size()).contains(on_screen)
    bar.hide()
    QApplication.sendPostedEvents()
    keys(seat, Qt.Key.Key_3)
    below_headers = wall.mapToGlobal(QPoint(0, wall.tile_rect(0).y() + Size.TILE_HEADER)).y()
    assert box.isVisible()
    assert box.mapToGlobal(QPoint(0, box.height())).y() <= below_headers
