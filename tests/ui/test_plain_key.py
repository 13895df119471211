"""Keys without Ctrl or Alt: a button, a list, a combo box or a text comes before the window."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ui.plain_key import PlainKey, UnsearchedLines

KEYS = {"Space": Qt.Key.Key_Space, "T": Qt.Key.Key_T, "2": Qt.Key.Key_2}


class Cards(UnsearchedLines, QListWidget):
    """As the queue."""


class Room:
    """A window with one of each; `heard`: what its keys were told."""

    def __init__(self) -> None:
        self.window = QWidget()
        self.heard: list[str] = []
        self.button = QPushButton("chip", self.window)
        self.button.setCheckable(True)
        self.list = QListWidget(self.window)
        self.cards = Cards(self.window)
        for lines in (self.list, self.cards):
            lines.addItems(["A gate", "The tower"])
            lines.setCurrentRow(0)
        self.box = QComboBox(self.window)
        self.box.addItems(["1 row", "2 rows", "Three rows"])
        self.text = QLineEdit(self.window)
        column = QVBoxLayout(self.window)
        for widget in (self.button, self.list, self.cards, self.box, self.text):
            column.addWidget(widget)
        for name in KEYS:
            PlainKey(name, self.window, self._listener(name))

    def press(self, widget: QWidget, name: str) -> list[str]:
        """What the window heard of it."""
        self.heard.clear()
        widget.setFocus()
        QTest.keyClick(widget, KEYS[name])
        return list(self.heard)

    def _listener(self, name: str) -> Callable[[], None]:
        return lambda: self.heard.append(name)


@pytest.fixture
def room(qtbot: QtBot) -> Room:
    made = Room()
    qtbot.addWidget(made.window)
    made.window.show()
    qtbot.waitUntil(made.window.isActiveWindow)
    return made


def test_space_presses_a_button_and_other_characters_are_the_windows(room: Room) -> None:
    assert [room.press(room.button, name) for name in KEYS] == [[], ["T"], ["2"]]
    assert room.button.isChecked()


def test_a_letter_finds_a_line_of_a_list_and_a_digit_is_the_windows(room: Room) -> None:
    assert (room.press(room.list, "T"), room.list.currentRow()) == ([], 1)
    assert (room.press(room.list, "Space"), room.press(room.list, "2")) == ([], ["2"])


def test_where_nobody_looks_for_lines_by_letters_all_is_the_windows(room: Room) -> None:
    assert [room.press(room.cards, name) for name in KEYS] == [["Space"], ["T"], ["2"]]
    QTest.keyClick(room.cards, Qt.Key.Key_A)
    QTest.keyClick(room.cards, Qt.Key.Key_T, Qt.KeyboardModifier.ShiftModifier)
    assert room.cards.currentRow() == 0


def test_a_combo_box_keeps_every_character(room: Room) -> None:
    assert (room.press(room.box, "2"), room.box.currentText()) == ([], "2 rows")
    assert (room.press(room.box, "T"), room.box.currentText()) == ([], "2 rows")


def test_a_text_keeps_every_character(room: Room) -> None:
    assert [room.press(room.text, name) for name in KEYS] == [[], [], []]
    assert room.text.text() == " t2"


def test_the_window_hears_its_keys_again_when_the_keyboard_has_moved_on(room: Room) -> None:
    room.press(room.button, "Space")
    assert room.press(room.cards, "Space") == ["Space"]
