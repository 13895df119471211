"""A short list of entries of one kind, written straight into its cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from services.plans.durations import seconds_of
from services.plans.writing import moved
from views.plans.words import duration

Entry = TypeVar("Entry")


class CellKind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    SECONDS = "seconds"
    CHOICE = "choice"
    FLAG = "flag"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Column:
    """field: of the entry. is_english: shown only while English is written too. width_px: 0 = what is left.

    WORDS is a tuple of texts with 、 between them.
    """

    field: str
    heading: str
    kind: CellKind = CellKind.TEXT
    is_english: bool = False
    width_px: int = 140


Options = Sequence[tuple[str, object]]
_ROW_PX = 36
_HEAD_PX = 34


class EntryTable(QWidget, Generic[Entry]):
    """Signal: changed() when a person changed something; `entries` is what stands there now."""

    changed = Signal()

    def __init__(self, make: Callable[[Sequence[Entry]], Entry], parent: QWidget | None = None) -> None:
        """make: a new entry, given those there are."""
        super().__init__(parent)
        self._make = make
        self._columns: Sequence[Column] = ()
        self._options: dict[str, Options] = {}
        self._values: dict[tuple[int, str], list[object]] = {}
        self.entries: tuple[Entry, ...] = ()
        self._has_english = False
        self._is_filling = False
        self.table = QTableWidget(0, 0, self)
        self.add = QPushButton(self)
        self.remove = QPushButton(self)
        self.up = QPushButton(self)
        self.down = QPushButton(self)
        self._build()
        self._connect()
        self._retranslate()

    def name(self, name: str, columns: Sequence[Column]) -> None:
        """name: for those who hear the screen."""
        self.table.setAccessibleName(name)
        self._columns = columns
        self.show_entries(self.entries)

    def offer(self, field: str, options: Options) -> None:
        """What a CHOICE may be: words and value."""
        self._options[field] = options

    def write_english(self, has_english: bool) -> None:
        self._has_english = has_english
        self._hide_english()

    def show_entries(self, entries: tuple[Entry, ...]) -> None:
        self._is_filling = True
        self.entries = entries
        row, column = self.table.currentRow(), self.table.currentColumn()
        self.table.setColumnCount(len(self._columns))
        self.table.setHorizontalHeaderLabels([column.heading for column in self._columns])
        self.table.setRowCount(len(entries))
        for at, entry in enumerate(entries):
            for number, one in enumerate(self._columns):
                self._fill(at, number, one, getattr(entry, one.field))
        self._lay_out()
        self.table.setCurrentCell(min(row, len(entries) - 1), column)
        self._is_filling = False
        self._enable()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    # inside

    def _build(self) -> None:
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(_ROW_PX)
        self.table.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        buttons = QHBoxLayout()
        for button in (self.add, self.remove, self.up, self.down):
            button.setProperty("kind", "chip")
            buttons.addWidget(button)
        buttons.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.table)
        box.addLayout(buttons)

    def _connect(self) -> None:
        self.table.itemChanged.connect(self._take)
        self.table.currentCellChanged.connect(self._enable)
        self.add.clicked.connect(self._add)
        self.remove.clicked.connect(self._remove)
        self.up.clicked.connect(self._up)
        self.down.clicked.connect(self._down)
        for key, slot in (
            ("Alt+Up", self._up),
            ("Alt+Down", self._down),
            ("Ctrl+Return", self._add),
            ("Ctrl+Delete", self._remove),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def _fill(self, row: int, number: int, column: Column, value: object) -> None:
        if column.kind is CellKind.CHOICE:
            self.table.setItem(row, number, QTableWidgetItem())
            self.table.setCellWidget(row, number, self._box(row, column, value))
            return
        item = QTableWidgetItem(_shown(column.kind, value))
        if column.kind is CellKind.FLAG:
            item.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled)
            item.setCheckState(Qt.CheckState.Checked if value else Qt.CheckState.Unchecked)
        self.table.setItem(row, number, item)

    def _box(self, row: int, column: Column, value: object) -> QComboBox:
        box = QComboBox(self.table)
        box.setAccessibleName(column.heading)
        options = list(self._options.get(column.field, ()))
        if value not in [one for _text, one in options]:
            options.append((str(value), value))
        box.addItems([text for text, _one in options])
        box.setCurrentIndex([one for _text, one in options].index(value))
        # By place: a box of Qt gives back the bare word of an enum.
        self._values[(row, column.field)] = [one for _text, one in options]
        box.setProperty("row", row)
        box.setProperty("field", column.field)
        box.activated.connect(self._take_choice)
        return box

    def _take(self, item: QTableWidgetItem) -> None:
        if self._is_filling:
            return
        column = self._columns[item.column()]
        value: object
        if column.kind is CellKind.FLAG:
            value = item.checkState() is Qt.CheckState.Checked
        else:
            value = _read(column.kind, item.text())
        if value is None:
            # Not what the column takes: as it was.
            self.show_entries(self.entries)
            return
        self._set(item.row(), column.field, value)

    def _take_choice(self, index: int) -> None:
        box = self.sender()
        if isinstance(box, QComboBox):
            row, field = int(box.property("row")), str(box.property("field"))
            self._set(row, field, self._values[(row, field)][index])

    def _set(self, row: int, field: str, value: object) -> None:
        entry: Any = self.entries[row]
        changed = replace(entry, **{field: value})
        self.entries = (*self.entries[:row], changed, *self.entries[row + 1 :])
        self.changed.emit()

    def _add(self) -> None:
        self._become((*self.entries, self._make(self.entries)), len(self.entries))
        first = next((at for at, one in enumerate(self._columns) if one.kind is CellKind.TEXT), 0)
        self.table.setCurrentCell(len(self.entries) - 1, first)
        item = self.table.item(len(self.entries) - 1, first)
        if item is not None:
            self.table.editItem(item)

    def _remove(self) -> None:
        row = self.table.currentRow()
        if 0 <= row < len(self.entries):
            self._become((*self.entries[:row], *self.entries[row + 1 :]), row)

    def _up(self) -> None:
        self._move(-1)

    def _down(self) -> None:
        self._move(1)

    def _move(self, by: int) -> None:
        row = self.table.currentRow()
        self._become(moved(self.entries, row, row + by), row + by)

    def _become(self, entries: tuple[Entry, ...], row: int) -> None:
        if entries != self.entries:
            self.show_entries(entries)
            self.table.setCurrentCell(min(row, len(entries) - 1), max(0, self.table.currentColumn()))
            self.changed.emit()

    def _enable(self, *_: object) -> None:
        row = self.table.currentRow()
        has_one = 0 <= row < len(self.entries)
        self.remove.setEnabled(has_one)
        self.up.setEnabled(has_one and row > 0)
        self.down.setEnabled(has_one and row < len(self.entries) - 1)

    def _lay_out(self) -> None:
        header = self.table.horizontalHeader()
        for number, column in enumerate(self._columns):
            stretches = column.width_px == 0
            mode = QHeaderView.ResizeMode
            header.setSectionResizeMode(number, mode.Stretch if stretches else mode.Interactive)
            if not stretches:
                self.table.setColumnWidth(number, column.width_px)
        self._hide_english()
        rows = min(max(len(self.entries), 1), 8)
        self.table.setMinimumHeight(_HEAD_PX + rows * _ROW_PX + 16)

    def _hide_english(self) -> None:
        for number, column in enumerate(self._columns):
            self.table.setColumnHidden(number, column.is_english and not self._has_english)

    def _retranslate(self) -> None:
        for button, text in (
            (self.add, self.tr("添加")),
            (self.remove, self.tr("删除")),
            (self.up, self.tr("上移")),
            (self.down, self.tr("下移")),
        ):
            button.setText(text)


def _shown(kind: CellKind, value: object) -> str:
    match kind:
        case CellKind.FLAG:
            return ""
        case CellKind.SECONDS:
            return duration(float(value)) if isinstance(value, (int, float)) and value else ""
        case CellKind.WORDS:
            return "、".join(value) if isinstance(value, tuple) else ""
        case _:
            return str(value)


def _read(kind: CellKind, text: str) -> object:
    """None for what the column does not take."""
    text = text.strip()
    match kind:
        case CellKind.NUMBER:
            return int(text) if text.isdecimal() and len(text) < 7 else None
        case CellKind.SECONDS:
            return seconds_of(text) if text and text != "–" else 0.0
        case CellKind.WORDS:
            return tuple(
                word.strip()
                for word in text.replace("，", "、").replace(",", "、").split("、")
                if word.strip()
            )
        case _:
            return text
