"""A tick stands in a box, in rows of lists and beside words, as the box without it does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QCheckBox, QListWidget, QListWidgetItem, QWidget
from pytestqt.qtbot import QtBot

from ui.theme import DAY, NIGHT, Tokens, style_sheet

ROW_PX = 40


def ticked_row() -> QWidget:
    rows = QListWidget()
    QListWidgetItem("东门", rows).setCheckState(Qt.CheckState.Checked)
    return rows


def ticked_words() -> QWidget:
    words = QCheckBox("由程序模拟保安")
    words.setChecked(True)
    return words


def picture(qtbot: QtBot, widget: QWidget, theme: Tokens) -> QImage:
    qtbot.addWidget(widget)
    widget.setStyleSheet(style_sheet(theme))
    widget.resize(200, ROW_PX)
    return widget.grab().toImage()


@pytest.mark.parametrize("theme", [NIGHT, DAY], ids=lambda theme: theme.name)
@pytest.mark.parametrize("ticked", [ticked_row, ticked_words])
def test_a_tick_stands_in_a_filled_box(qtbot: QtBot, ticked: Callable[[], QWidget], theme: Tokens) -> None:
    image = picture(qtbot, ticked(), theme)
    colours = [image.pixelColor(x, y) for x in range(ROW_PX) for y in range(ROW_PX)]
    assert colours.count(QColor(theme.accent_fill)) > 50
    assert colours.count(QColor(theme.on_accent)) > 4
