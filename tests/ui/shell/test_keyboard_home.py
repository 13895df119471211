"""A form that closes takes the keyboard away from no screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.pictures import manual_clock
from ui.shell import ScreenEntry, Shell


class Room:
    """A window whose first screen has a form with one line; a button stands outside of it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.shell = Shell(clock=manual_clock())
        qtbot.addWidget(self.shell)
        self.shell.set_screens([ScreenEntry("incidents", "incidents"), ScreenEntry("watch", "watch")])
        self.screen, self.other = QWidget(), QLineEdit()
        self.form = QWidget(self.screen)
        self.line = QLineEdit(self.form)
        QVBoxLayout(self.form).addWidget(self.line)
        QVBoxLayout(self.screen).addWidget(self.form)
        self.shell.add_screen("incidents", self.screen)
        self.shell.add_screen("watch", self.other)
        self.outside = QPushButton("password")
        self.shell.set_side(self.outside)
        self.shell.show_screen("incidents")
        with qtbot.waitActive(self.shell):
            self.shell.show()
            self.shell.activateWindow()
        self.line.setFocus()
        qtbot.waitUntil(self.line.hasFocus, timeout=60_000)


@pytest.fixture
def room(qtbot: QtBot) -> Room:
    return Room(qtbot)


@pytest.mark.parametrize("end", [lambda room: room.form.hide(), lambda room: room.line.setEnabled(False)])
def test_the_keyboard_stays_on_the_screen(room: Room, end: Callable[[Room], None]) -> None:
    end(room)
    focused = QApplication.focusWidget()
    assert focused is None or focused is room.screen
    assert not room.outside.hasFocus()


def test_a_hidden_form_gives_it_to_its_screen(room: Room) -> None:
    room.form.hide()
    assert QApplication.focusWidget() is room.screen


def test_whoever_goes_elsewhere_is_not_called_back(room: Room) -> None:
    room.outside.setFocus()
    assert QApplication.focusWidget() is room.outside
    room.line.setFocus()
    room.outside.setFocus()
    room.form.hide()
    assert QApplication.focusWidget() is room.outside


def test_another_screen_in_front_has_its_own(room: Room) -> None:
    room.shell.show_screen("watch")
    room.other.setFocus()
    assert QApplication.focusWidget() is room.other
