"""A read-only table that sorts by what its cells mean; a new filling keeps the choice."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem, QWidget

from ui.line_table import show_as_lines
from ui.theme import Size
from ui.tips import plain_tip

_NO = Qt.ItemDataRole.UserRole
_KEY = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Cell:
    """key: sorts before the text does; hint: the tool tip, "" = the text."""

    text: str
    key: tuple[object, ...] = ()
    hint: str = ""
    ink: QColor | None = None
    icon: QIcon | None = None


Line = tuple[str, list[Cell]]


class SortedItem(QTableWidgetItem):
    """no: of the line it stands in."""

    def __init__(self, no: str, cell: Cell) -> None:
        super().__init__(cell.text)
        self.setData(_NO, no)
        self.setData(_KEY, (*cell.key, cell.text))
        self.setToolTip(plain_tip(cell.hint or cell.text))
        if cell.ink is not None:
            self.setForeground(cell.ink)
        if cell.icon is not None:
            self.setIcon(cell.icon)

    @property
    def no(self) -> str:
        return str(self.data(_NO))

    def __lt__(self, other: QTableWidgetItem) -> bool:
        mine, theirs = self.data(_KEY), other.data(_KEY)
        return bool(mine < theirs)


class SortedTable(QTableWidget):
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
        chosen, current = set(self.chosen), self.item(self.currentRow(), 0)
        stood_on = current.data(_NO) if current is not None else ""
        with QSignalBlocker(self):
            self.setSortingEnabled(False)
            self.setRowCount(len(lines))
            for row, (no, cells) in enumerate(lines):
                for column, cell in enumerate(cells):
                    self.setItem(row, column, SortedItem(no, cell))
            self.setSortingEnabled(True)
            self._stand_on({stood_on})
            self.choose(chosen)
        if set(self.chosen) != chosen:
            self.itemSelectionChanged.emit()

    def choose(self, numbers: Collection[str]) -> None:
        """Those of them that are there, and no others; the keyboard goes on from one of them."""
        self.clearSelection()
        mode = self.selectionModel()
        for row in range(self.rowCount()):
            item = self.item(row, 0)
            if item is not None and item.data(_NO) in numbers:
                flags = mode.SelectionFlag.Select | mode.SelectionFlag.Rows
                mode.select(self.model().index(row, 0), flags)
        if not mode.isRowSelected(self.currentRow()):
            self._stand_on(numbers)

    def _stand_on(self, numbers: Collection[str]) -> None:
        """The keyboard's place on the first of these lines; nothing is chosen or scrolled by it."""
        items = (self.item(row, 0) for row in range(self.rowCount()))
        found = next((item for item in items if item is not None and item.data(_NO) in numbers), None)
        if found is not None:
            at = self.model().index(found.row(), max(0, self.currentColumn()))
            follows, flags = self.hasAutoScroll(), self.selectionModel().SelectionFlag.NoUpdate
            self.setAutoScroll(False)
            self.selectionModel().setCurrentIndex(at, flags)
            self.setAutoScroll(follows)

    def texts(self) -> list[list[str]]:
        """As it is shown, headings first."""
        columns = range(self.columnCount())
        heads = [head.text() if (head := self.horizontalHeaderItem(c)) else "" for c in columns]
        cells = [
            [item.text() if (item := self.item(row, c)) else "" for c in columns]
            for row in range(self.rowCount())
        ]
        return [heads, *cells]
