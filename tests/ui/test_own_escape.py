"""Esc is the innermost part's that has a use for it, and the window's only where there is none."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.own_escape import OwnEscape


class Room:
    """A window with an Esc of its own, a form in it, and a picture with a drawing in the form."""

    def __init__(self, qtbot: QtBot) -> None:
        self.done: list[str] = []
        self.is_drawing = True
        self.window, self.outside = QWidget(), QLineEdit()
        self.form = QWidget()
        self.name, self.picture = QLineEdit(), QLineEdit()
        inside = QVBoxLayout(self.form)
        inside.addWidget(self.name)
        inside.addWidget(self.picture)
        box = QVBoxLayout(self.window)
        box.addWidget(self.outside)
        box.addWidget(self.form)
        QShortcut(QKeySequence("Esc"), self.window).activated.connect(lambda: self.done.append("window"))
        OwnEscape(self.form, lambda: self.done.append("form"))
        OwnEscape(self.picture, lambda: self.done.append("picture"), wanted=lambda: self.is_drawing)
        qtbot.addWidget(self.window)
        self.window.show()
        qtbot.waitExposed(self.window)


@pytest.fixture
def room(qtbot: QtBot) -> Room:
    return Room(qtbot)


@pytest.mark.parametrize(
    ("focus", "is_drawing", "does"),
    [
        ("outside", True, "window"),
        ("name", True, "form"),
        ("picture", True, "picture"),
        ("picture", False, "form"),
    ],
)
def test_escape_is_obeyed_once_and_by_whom_it_belongs_to(
    qtbot: QtBot, room: Room, focus: str, is_drawing: bool, does: str
) -> None:
    room.is_drawing = is_drawing
    field = getattr(room, focus)
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert room.done == [does]


def test_other_keys_are_nobodys_but_the_fields(qtbot: QtBot, room: Room) -> None:
    qtbot.keyClicks(room.name, "e")
    assert (room.name.text(), room.done) == ("e", [])
