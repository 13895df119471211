"""The rows of one queue tab, alarms and groups of them, moved and changed, never rebuilt."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from services.domain.floods import AlarmGroup
from ui.queue.lists import Row, row_with
from ui.queue.words import card_words, group_words

ALARM_ROLE = Qt.ItemDataRole.UserRole + 1
OPEN_ROLE = Qt.ItemDataRole.UserRole + 2
MEMBER_ROLE = Qt.ItemDataRole.UserRole + 3
_ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class QueueModel(QAbstractListModel):
    """Rows in the order given; ALARM_ROLE gives the Alarm or AlarmGroup, OPEN_ROLE whether a group is open,
    MEMBER_ROLE whether an alarm stands below its group."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._alarms: list[Row] = []
        self._opened: frozenset[str] = frozenset()
        self._ids: set[str] = set()

    def show(self, alarms: Sequence[Row], opened: frozenset[str] = frozenset()) -> None:
        """Become `alarms`: remove what left, move and insert what came, mark what changed."""
        self._opened = opened
        wanted = {alarm.id for alarm in alarms}
        for row in range(len(self._alarms) - 1, -1, -1):
            if self._alarms[row].id not in wanted:
                self._remove(row)
        for row, alarm in enumerate(alarms):
            self._settle(row, alarm)

    def row(self, number: int) -> Row:
        return self._alarms[number]

    def row_with(self, alarm_id: str) -> int:
        """An alarm's own row or that of its closed group; -1 when it is nowhere."""
        return row_with(self._alarms, alarm_id)

    def row_of(self, alarm_id: str) -> int:
        """-1 when no row shows it."""
        return next((row for row, alarm in enumerate(self._alarms) if alarm.id == alarm_id), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._alarms)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._alarms):
            return None
        alarm = self._alarms[index.row()]
        if role == ALARM_ROLE:
            return alarm
        if role == OPEN_ROLE:
            return alarm.id in self._opened
        if role == MEMBER_ROLE:
            return self._is_member(index.row())
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole):
            if isinstance(alarm, AlarmGroup):
                return group_words(alarm, is_open=alarm.id in self._opened).spoken
            return card_words(alarm).spoken
        return None

    def _is_member(self, number: int) -> bool:
        """Its group stands open above it."""
        row = self._alarms[number]
        if not self._opened or isinstance(row, AlarmGroup):
            return False
        for above in reversed(self._alarms[:number]):
            if isinstance(above, AlarmGroup):
                return above.id in self._opened and any(alarm.id == row.id for alarm in above.alarms)
        return False

    def _remove(self, row: int) -> None:
        self.beginRemoveRows(_ROOT, row, row)
        self._ids.discard(self._alarms[row].id)
        del self._alarms[row]
        self.endRemoveRows()

    def _settle(self, row: int, alarm: Row) -> None:
        """Make `row` show `alarm`; all rows above are settled already."""
        if row >= len(self._alarms) or self._alarms[row].id != alarm.id:
            was = self.row_of(alarm.id) if alarm.id in self._ids else -1
            if was < 0:
                self._ids.add(alarm.id)
                self.beginInsertRows(_ROOT, row, row)
                self._alarms.insert(row, alarm)
                self.endInsertRows()
                return
            self.beginMoveRows(_ROOT, was, was, _ROOT, row)
            self._alarms.insert(row, self._alarms.pop(was))
            self.endMoveRows()
        # The board keeps unchanged alarms as the same object; comparing all fields of all would cost.
        if self._alarms[row] is not alarm:
            self._alarms[row] = alarm
            index = self.index(row)
            self.dataChanged.emit(index, index)
