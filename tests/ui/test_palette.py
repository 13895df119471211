from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from ui.palette import MOST_SHOWN, Entry, Palette

ENTRIES = [Entry("camera:C01", "C01 东门"), Entry("camera:C16", "C16 图书馆南门"), Entry("f4", "派警", "F4")]


class Desk(QWidget):
    """A window with a field that has the keyboard, and the palette."""

    def __init__(self) -> None:
        super().__init__()
        self.chosen: list[str] = []
        self.listed = ENTRIES
        self.field = QLineEdit(self)
        self.palette_field = Palette(self.entries, self)
        box = QVBoxLayout(self)
        box.addWidget(self.field)
        box.addWidget(self.palette_field)
        self.palette_field.entry_chosen.connect(self.chosen.append)

    def entries(self) -> list[Entry]:
        return self.listed


@pytest.fixture
def desk(qapp: QApplication, wait_until: Callable[..., object]) -> Iterator[Desk]:
    made = Desk()
    made.show()
    made.activateWindow()
    wait_until(made.isActiveWindow)
    made.field.setFocus()
    yield made
    made.close()
    made.deleteLater()
    qapp.processEvents()


def test_ctrl_k_initials_and_enter_choose_and_give_the_keyboard_back(desk: Desk) -> None:
    QTest.keyClick(desk.field, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert desk.palette_field.hasFocus()
    QTest.keyClicks(desk.palette_field, "tsg")
    assert desk.palette_field.found() == ["camera:C16"]
    QTest.keyClick(desk.palette_field, Qt.Key.Key_Return)
    assert desk.chosen == ["camera:C16"]
    assert desk.field.hasFocus()


def test_arrows_move_and_stay_inside_the_list(desk: Desk) -> None:
    desk.palette_field.open()
    for _ in range(5):
        QTest.keyClick(desk.palette_field, Qt.Key.Key_Down)
    QTest.keyClick(desk.palette_field, Qt.Key.Key_Return)
    assert desk.chosen == ["f4"]


def test_escape_leaves_without_choosing(desk: Desk) -> None:
    desk.palette_field.open()
    QTest.keyClick(desk.palette_field, Qt.Key.Key_Escape)
    assert (desk.chosen, desk.field.hasFocus(), desk.palette_field.text()) == ([], True, "")


def test_nothing_found_chooses_nothing(desk: Desk) -> None:
    desk.palette_field.open()
    QTest.keyClicks(desk.palette_field, "zzz")
    QTest.keyClick(desk.palette_field, Qt.Key.Key_Return)
    assert (desk.palette_field.found(), desk.chosen) == ([], [])


def test_a_long_list_is_cut(desk: Desk) -> None:
    desk.listed = [Entry(f"c{number}", f"C{number:02d}") for number in range(60)]
    desk.palette_field.open()
    assert len(desk.palette_field.found()) == MOST_SHOWN
