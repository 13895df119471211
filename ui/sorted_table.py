"""A table of the site's entries: sorted by what cells mean; a new filling keeps the choice."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem, QWidget

from ui.line_table import show_as_lines
from ui.theme import Size
from ui.tips import plain_tip
from views.zones.cells import Cell

_NO = Qt.ItemDataRole.UserRole
_KEY = Qt.ItemDataRole.UserRole + 1

Line = tuple[str, list[Cell]]


class _Item(QTableWidgetItem):
    """Sorted by what the cell means, not by its text."""

    def __init__(self, no: str, cell: Cell) -> None:
        super().__init__(cell.text)
        self.setData(_NO, no)
        self.setData(_KEY, (*cell.key, cell.text))
        self.setToolTip(plain_tip(cell.hint or cell.text))
        if cell.ink is not None:
            self.setForeground(cell.ink)

    def __lt__(self, other: QTableWidgetItem) -> bool:
        mine, theirs = self.data(_KEY), other.data(_KEY)
        return bool(mine < theirs)


class EntryTable(QTableWidget):
    """Lines are (number, cells)."""

    def __init__(self, columns: int, *, takes_many: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(0, columns, parent)
        show_as_lines(self)
        if takes_many:
            self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.verticalHeader().setDefaultSectionSize(Size.ROW)
        header = self.horizontalHeader()
        header.setStretchLastSection(True)
        header.setSortIndicator(1, Qt.SortOrder.AscendingOrder)

    @property
    def chosen(self) -> list[str]:
        """Numbers of the selected lines, from the top."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return [item.data(_NO) for row in rows if (item := self.item(row, 0)) is not None]

    def show_lines(self, lines: Sequence[Line]) -> None:
        chosen = set(self.chosen)
        self.blockSignals(True)
        self.setSortingEnabled(False)
        self.setRowCount(len(lines))
        for row, (no, cells) in enumerate(lines):
            for column, cell in enumerate(cells):
                self.setItem(row, column, _Item(no, cell))
        self.setSortingEnabled(True)
        self._choose_again(chosen)
        self.blockSignals(False)
        if set(self.chosen) != chosen:
            self.itemSelectionChanged.emit()

    def texts(self) -> list[list[str]]:
        """As it is shown, headings first."""
        columns = range(self.columnCount())
        heads = [head.text() if (head := self.horizontalHeaderItem(c)) else "" for c in columns]
        cells = [
            [item.text() if (item := self.item(row, c)) else "" for c in columns]
            for row in range(self.rowCount())
        ]
        return [heads, *cells]

    def _choose_again(self, chosen: set[str]) -> None:
        self.clearSelection()
        mode = self.selectionModel()
        for row in range(self.rowCount()):
            item = self.item(row, 0)
            if item is not None and item.data(_NO) in chosen:
                flags = mode.SelectionFlag.Select | mode.SelectionFlag.Rows
                mode.select(self.model().index(row, 0), flags)
