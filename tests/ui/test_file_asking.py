"""A question for a file holds nothing up, and leaves nothing behind."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from ui.file_asking import PAPER_KINDS, TABLE_KINDS, FileDialog, ask_file_to_open, ask_file_to_save

Ask = Callable[[QPushButton, Callable[[str], object]], FileDialog]


def to_save(parent: QPushButton, then: Callable[[str], object]) -> FileDialog:
    return ask_file_to_save(parent, "导出", PAPER_KINDS, "report", then)


def to_open(parent: QPushButton, then: Callable[[str], object]) -> FileDialog:
    return ask_file_to_open(parent, "导入", TABLE_KINDS, then)


@pytest.fixture
def seat(qtbot: QtBot) -> QPushButton:
    """A window with something to click."""
    made = QPushButton("F1")
    qtbot.addWidget(made)
    made.show()
    return made


def bury() -> None:
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.mark.parametrize("ask", [to_save, to_open])
def test_keys_and_clicks_of_the_seat_act_while_the_question_stands(
    seat: QPushButton, ask: Ask, qtbot: QtBot
) -> None:
    pressed: list[str] = []
    QShortcut(QKeySequence("F1"), seat).activated.connect(partial(pressed.append, "F1"))
    seat.clicked.connect(lambda: pressed.append("click"))
    dialog = ask(seat, pressed.append)
    assert dialog.isVisible()
    assert QApplication.activeModalWidget() is None
    seat.activateWindow()
    qtbot.waitUntil(seat.isActiveWindow, timeout=60_000)
    window = seat.windowHandle()
    QTest.keyClick(window, Qt.Key.Key_F1)
    QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=seat.rect().center())
    assert pressed == ["F1", "click"]
    assert dialog.isVisible()
    dialog.close()


@pytest.mark.parametrize("ask", [to_save, to_open])
def test_a_question_that_is_over_is_gone(seat: QPushButton, ask: Ask) -> None:
    dialog = ask(seat, str)
    dialog.reject()
    bury()
    assert not shiboken6.isValid(dialog)
    assert seat.findChildren(QFileDialog) == []


def test_the_same_question_asked_twice_stands_once(seat: QPushButton) -> None:
    first, second = to_save(seat, str), to_save(seat, str)
    bury()
    assert not shiboken6.isValid(first)
    assert seat.findChildren(QFileDialog) == [second]
    second.close()


@pytest.mark.parametrize(("kind", "ending"), list(zip(PAPER_KINDS, ("pdf", "docx", "xlsx"), strict=True)))
def test_a_name_without_an_ending_gets_that_of_the_kind(
    seat: QPushButton, tmp_path: Path, kind: str, ending: str
) -> None:
    told: list[str] = []
    dialog = to_save(seat, told.append)
    dialog.setDirectory(str(tmp_path))
    dialog.selectNameFilter(kind)
    dialog.filterSelected.emit(kind)
    dialog.selectFile("outcome")
    dialog.accept()
    assert told == [str(tmp_path / f"outcome.{ending}")]
