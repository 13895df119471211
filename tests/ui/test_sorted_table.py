"""A table that is filled anew keeps what is chosen and where the keyboard is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.sorted_table import Cell, SortedTable

WELL, AWAY = (5, "well"), (0, "away")
NUMBERS = [f"C{number:02d}" for number in range(1, 41)]


@pytest.fixture
def table(qtbot: QtBot) -> SortedTable:
    """Forty cameras, those in trouble first, then by number."""
    made = SortedTable(2)
    qtbot.addWidget(made)
    made.resize(300, 200)
    made.show()
    made.horizontalHeader().setSortIndicator(0, Qt.SortOrder.AscendingOrder)
    fill(made)
    return made


def fill(table: SortedTable, *away: str) -> None:
    lines = []
    for number in NUMBERS:
        rank, word = AWAY if number in away else WELL
        lines.append((number, [Cell(word, (rank, number)), Cell(number)]))
    table.show_lines(lines)


def test_the_arrow_goes_on_from_the_chosen_line_when_that_has_moved(table: SortedTable, qtbot: QtBot) -> None:
    fill(table, "C06")
    table.selectRow(2)
    fill(table, "C06", "C07", "C08")
    assert (table.chosen, table.currentRow()) == (["C02"], 4)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert table.chosen == ["C03"]


def test_what_is_chosen_from_outside_is_where_the_arrow_goes_on(table: SortedTable, qtbot: QtBot) -> None:
    table.choose({"C05"})
    qtbot.keyClick(table, Qt.Key.Key_Up)
    assert table.chosen == ["C04"]


def test_a_new_filling_does_not_scroll(table: SortedTable) -> None:
    fill(table, "C29", "C30")
    table.selectRow(2)
    table.scrollToBottom()
    low = table.verticalScrollBar().value()
    fill(table, "C30")
    assert (table.chosen, table.currentRow()) == (["C01"], 1)
    assert table.verticalScrollBar().value() == low > 0
