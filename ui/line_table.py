"""Read-only tables: how they look, and one of texts, headings first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from ui.empty_words import EmptyWords
from ui.tips import plain_tip

KEY = Qt.ItemDataRole.UserRole


def show_as_lines(table: QTableWidget) -> None:
    """One whole line is chosen, nothing is typed, and Tab leaves the table."""
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.setAlternatingRowColors(True)
    table.setWordWrap(False)
    table.verticalHeader().hide()
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)


class LineTable(QTableWidget):
    """Signals: those of QTableWidget. empty: what stands there while there is no line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 0, parent)
        show_as_lines(self)
        self.horizontalHeader().setStretchLastSection(True)
        self.empty = EmptyWords(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_last()

    def show_lines(self, lines: Sequence[Sequence[str]], keys: Sequence[int] = ()) -> None:
        """keys: what `key` gives for each line below the headings."""
        chosen = self.key()
        headings = list(lines[0])
        self.blockSignals(True)
        self.setColumnCount(len(headings))
        self.setHorizontalHeaderLabels(headings)
        self.setRowCount(len(lines) - 1)
        for row, line in enumerate(lines[1:]):
            for column, text in enumerate(line):
                item = QTableWidgetItem(text)
                item.setToolTip(plain_tip(text))
                if column == 0 and row < len(keys):
                    item.setData(KEY, keys[row])
                self.setItem(row, column, item)
        self.clearSelection()
        if chosen is not None and chosen in keys:
            self.selectRow(list(keys).index(chosen))
        self.blockSignals(False)
        self._fit_last()

    def _fit_last(self) -> None:
        """The last column takes what is left over, and never less than its texts need."""
        last, header = self.columnCount() - 1, self.horizontalHeader()
        if last >= 0:
            needed_px = max(self.sizeHintForColumn(last), header.sectionSizeHint(last))
            room_px = self.viewport().width() - header.sectionPosition(last)
            header.setStretchLastSection(needed_px <= room_px)

    def fit_height(self, most_rows: int) -> None:
        """As high as its rows, or the first `most_rows` of them."""
        rows = min(most_rows, self.rowCount())
        head_px = self.horizontalHeader().sizeHint().height()
        rows_px = sum(self.rowHeight(row) for row in range(rows))
        is_whole = self.horizontalHeader().stretchLastSection()
        bar_px = 0 if is_whole else self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(head_px + rows_px + bar_px + 2 * self.frameWidth() + 2)

    def key(self) -> int | None:
        """Of the selected line."""
        items = self.selectedItems()
        first = self.item(items[0].row(), 0) if items else None
        value = None if first is None else first.data(KEY)
        return value if isinstance(value, int) else None
