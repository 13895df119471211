"""A part of the picture is drawn by the mouse or by keys alone, and means the same either way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.region import RegionPicker, Shape

LEFT, NONE, SHIFT = (
    Qt.MouseButton.LeftButton,
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


@pytest.fixture
def picker(qapp: QApplication) -> Iterator[RegionPicker]:
    picker = RegionPicker()
    picker.resize(320, 180)
    picker.show()
    yield picker
    picker.deleteLater()
    qapp.processEvents()


def at(x: float, y: float) -> QPoint:
    return QPoint(round(x * 320), round(y * 180))


def drag(picker: RegionPicker, begin: QPoint, end: QPoint) -> None:
    QTest.mousePress(picker, LEFT, NONE, begin)
    QTest.mouseMove(picker, end)
    QTest.mouseRelease(picker, LEFT, NONE, end)


def test_a_dragged_rectangle_is_the_region(picker: RegionPicker) -> None:
    drag(picker, at(0.75, 0.75), at(0.25, 0.5))
    assert set(picker.region) == {(0.75, 0.75), (0.25, 0.75), (0.25, 0.5), (0.75, 0.5)}


def test_a_slip_of_the_hand_changes_nothing(picker: RegionPicker) -> None:
    drag(picker, at(0.25, 0.25), at(0.75, 0.75))
    before = picker.region
    drag(picker, at(0.5, 0.5), at(0.5, 0.5) + QPoint(1, 1))
    assert picker.region == before


def test_an_outline_is_closed_at_its_first_corner(picker: RegionPicker) -> None:
    picker.set_shape(Shape.POLYGON)
    corners = [(0.25, 0.25), (0.75, 0.25), (0.5, 0.75)]
    for corner in [*corners, corners[0]]:
        QTest.mouseClick(picker, LEFT, NONE, at(*corner))
    assert list(picker.region) == corners


def test_a_rectangle_is_drawn_by_keys_alone(picker: RegionPicker) -> None:
    picker.setFocus()
    QTest.keyClick(picker, Qt.Key.Key_Left, SHIFT)
    QTest.keyClick(picker, Qt.Key.Key_Space)
    QTest.keyClick(picker, Qt.Key.Key_Right, SHIFT)
    QTest.keyClick(picker, Qt.Key.Key_Right)
    QTest.keyClick(picker, Qt.Key.Key_Down, SHIFT)
    QTest.keyClick(picker, Qt.Key.Key_Space)
    left, right = 0.5 - 1 / 16, 0.5 + 1 / 64
    assert picker.region == ((left, 0.5), (right, 0.5), (right, 0.5 + 1 / 16), (left, 0.5 + 1 / 16))


def test_an_outline_is_drawn_and_corrected_by_keys_alone(picker: RegionPicker) -> None:
    picker.set_shape(Shape.POLYGON)
    picker.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left):
        QTest.keyClick(picker, Qt.Key.Key_Space)
        QTest.keyClick(picker, key, SHIFT)
    QTest.keyClick(picker, Qt.Key.Key_Space)
    QTest.keyClick(picker, Qt.Key.Key_Backspace)
    QTest.keyClick(picker, Qt.Key.Key_Return)
    assert picker.region == ((0.5, 0.5), (0.5625, 0.5), (0.5625, 0.5625))
    QTest.keyClick(picker, Qt.Key.Key_Delete)
    assert picker.region == ()


def test_two_corners_are_no_outline(picker: RegionPicker) -> None:
    picker.set_shape(Shape.POLYGON)
    picker.setFocus()
    QTest.keyClick(picker, Qt.Key.Key_Space)
    QTest.keyClick(picker, Qt.Key.Key_Up)
    QTest.keyClick(picker, Qt.Key.Key_Space)
    QTest.keyClick(picker, Qt.Key.Key_Return)
    assert picker.region == ()
