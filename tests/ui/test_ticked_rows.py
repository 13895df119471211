"""A ticked row of a list shows its tick in a box, as an unticked one shows its box."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QListWidget, QListWidgetItem
from pytestqt.qtbot import QtBot

from ui.theme import DAY, NIGHT, Tokens, style_sheet

ROW_PX = 40


def ticked_row(qtbot: QtBot, theme: Tokens) -> QImage:
    rows = QListWidget()
    qtbot.addWidget(rows)
    rows.setStyleSheet(style_sheet(theme))
    item = QListWidgetItem("东门", rows)
    item.setCheckState(Qt.CheckState.Checked)
    rows.resize(200, ROW_PX)
    return rows.grab().toImage()


@pytest.mark.parametrize("theme", [NIGHT, DAY], ids=lambda theme: theme.name)
def test_a_ticked_row_has_a_filled_box_with_its_tick(qtbot: QtBot, theme: Tokens) -> None:
    image = ticked_row(qtbot, theme)
    colours = [image.pixelColor(x, y) for x in range(ROW_PX) for y in range(ROW_PX)]
    assert colours.count(QColor(theme.accent_fill)) > 50
    assert colours.count(QColor(theme.on_accent)) > 4
