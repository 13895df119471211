from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from ui.i18n import speak
from ui.no_site import NoSiteNote


@pytest.fixture
def note(qtbot: QtBot) -> Iterator[NoSiteNote]:
    made = NoSiteNote()
    qtbot.addWidget(made)
    made.show()
    yield made
    speak("zh")


def test_a_fresh_installation_is_told_the_command_in_both_languages(note: NoSiteNote) -> None:
    assert note.command.text() == "shouwang site import 校区文件.toml"
    speak("en")
    QApplication.processEvents()
    assert note.command.text() == "shouwang site import campus.toml"
    assert all(label.text().isascii() for label in note.findChildren(QLabel))
