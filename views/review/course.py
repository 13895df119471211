"""What happened and how long it took, as two tables that are read and not written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from services.review.desk import Story
from services.review.moments import EntryMoment
from ui.text.times import clock_time, date_time
from ui.theme import tokens
from views.review.document import course_headings, times_headings, times_rows
from views.review.words import moment_words, since

_SINCE, _TEXT, _WHO = 1, 3, 4


# Of the course, in a narrow table: names of people break, and how long after the alarm is left out.
NARROW_PX = 640
WHO_PX = 88
# What the sheet and Qt leave free around a cell's text, both sides together.
PADDED_PX = 18


class ReadTable(QTableWidget):
    """Rows of text; the column `wide` takes what room there is and breaks its lines.

    room: below so many pixels of the table a column is left out.
    """

    def __init__(
        self,
        columns: int,
        wide: int,
        parent: QWidget | None = None,
        *,
        room: Mapping[int, int] | None = None,
    ) -> None:
        super().__init__(0, columns, parent)
        self._keys: list[str] = []
        self._room = dict(room or {})
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Wrapping(self, wide))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)

    @property
    def chosen(self) -> str:
        """The key of the row that is chosen; "" for none."""
        items = self.selectedItems()
        return self._keys[items[0].row()] if items and self._keys else ""

    def choose(self, key: str) -> None:
        """Quietly; nothing is chosen when no row has that key."""
        self.blockSignals(True)
        self.clearSelection()
        if key in self._keys:
            self.selectRow(self._keys.index(key))
        self.blockSignals(False)

    def fill(
        self,
        rows: Sequence[Sequence[str]],
        marked: frozenset[int] = frozenset(),
        keys: Sequence[str] = (),
        tips: Sequence[str] = (),
    ) -> None:
        """marked: rows in the colour of what was late; the words say so too. keys: by which rows are chosen;
        tips: about a row's first cell."""
        self.blockSignals(True)
        self._keys = list(keys)
        self.setRowCount(len(rows))
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                item = QTableWidgetItem(text)
                item.setTextAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
                if number in marked:
                    item.setForeground(QColor(tokens().warn))
                if column == 0 and tips:
                    item.setToolTip(tips[number])
                self.setItem(number, column, item)
        self.blockSignals(False)
        self.resizeRowsToContents()

    def lines(self) -> list[list[str]]:
        """What stands there, for those who read it aloud and for tests."""
        columns, rows = range(self.columnCount()), range(self.rowCount())
        items = [[self.item(row, column) for column in columns] for row in rows]
        return [[item.text() if item is not None else "" for item in row] for row in items]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for column, least_px in self._room.items():
            self.setColumnHidden(column, event.size().width() < least_px)
        self.resizeRowsToContents()


class _Wrapping(QStyledItemDelegate):
    """Gives a row the height of its broken lines: Qt forgets what the sheet pads on both sides."""

    def __init__(self, table: QTableWidget, wide: int) -> None:
        super().__init__(table)
        self._table = table
        self._wide = wide

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        if index.column() != self._wide:
            return size
        room = QRect(0, 0, self._table.columnWidth(self._wide) - PADDED_PX, 1 << 16)
        flags = int(Qt.TextFlag.TextWordWrap)
        needed = self._table.fontMetrics().boundingRect(room, flags, str(index.data()))
        return size.expandedTo(QSize(0, needed.height() + PADDED_PX))


class CourseTable(ReadTable):
    """One row for each moment, oldest first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(5, _TEXT, parent, room={_SINCE: NARROW_PX})
        self._retranslate()

    def show_story(self, story: Story | None) -> None:
        if story is None:
            self.setRowCount(0)
            return
        history = story.history
        start_at = min((alarm.received_at for alarm in history.alarms), default=history.incident.received_at)
        rows, late = [], set()
        for number, moment in enumerate(history.moments):
            said = moment_words(moment)
            rows.append((clock_time(moment.at), since(start_at, moment.at), said.source, said.text, said.who))
            if isinstance(moment, EntryMoment) and moment.entry.what.endswith("_late"):
                late.add(number)
        self.fill(rows, frozenset(late), tips=[date_time(moment.at) for moment in history.moments])

    def resizeEvent(self, event: QResizeEvent) -> None:
        is_narrow = event.size().width() < NARROW_PX
        mode = QHeaderView.ResizeMode
        self.horizontalHeader().setSectionResizeMode(_WHO, mode.Fixed if is_narrow else mode.ResizeToContents)
        if is_narrow:
            self.setColumnWidth(_WHO, WHO_PX)
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.setHorizontalHeaderLabels(list(course_headings()))
        self.setAccessibleName(self.tr("经过"))


class TimesTable(ReadTable):
    """Actual against target times."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(5, 1, parent)
        self._retranslate()

    def show_story(self, story: Story | None) -> None:
        if story is None:
            self.setRowCount(0)
            return
        late = frozenset(number for number, timing in enumerate(story.timings) if timing.is_late)
        self.fill(times_rows(story), late)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.setHorizontalHeaderLabels(list(times_headings()))
        self.setAccessibleName(self.tr("用时与目标"))
