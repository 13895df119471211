"""An empty list says what it is empty of, and nothing once it has a line."""

from __future__ import annotations

from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from ui.line_table import LineTable


def picture(table: LineTable) -> QImage:
    return table.viewport().grab().toImage()


def test_an_empty_table_says_why_and_a_line_takes_its_place(qtbot: QtBot) -> None:
    table = LineTable()
    qtbot.addWidget(table)
    table.resize(400, 200)
    table.show()
    table.show_lines([["名称"]])
    blank = picture(table)
    table.empty.say("还没有交接过班")
    assert table.empty.is_shown
    assert picture(table) != blank
    assert table.accessibleDescription() == "还没有交接过班"
    table.show_lines([["名称"], ["甲"]])
    assert not table.empty.is_shown
    with_line = picture(table)
    table.empty.say("")
    assert picture(table) == with_line
