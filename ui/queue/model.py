"""The alarms of one queue tab as rows that are moved and changed, never rebuilt."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from services.domain.alarms import Alarm
from ui.queue.words import card_words

ALARM_ROLE = Qt.ItemDataRole.UserRole + 1
_ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class QueueModel(QAbstractListModel):
    """Rows in the order given; ALARM_ROLE gives the Alarm."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._alarms: list[Alarm] = []
        self._ids: set[str] = set()

    def show(self, alarms: Sequence[Alarm]) -> None:
        """Become `alarms`: remove what left, move and insert what came, mark what changed."""
        wanted = {alarm.id for alarm in alarms}
        for row in range(len(self._alarms) - 1, -1, -1):
            if self._alarms[row].id not in wanted:
                self._remove(row)
        for row, alarm in enumerate(alarms):
            self._settle(row, alarm)

    def alarm(self, row: int) -> Alarm:
        return self._alarms[row]

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
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole):
            return card_words(alarm).spoken
        return None

    def _remove(self, row: int) -> None:
        self.beginRemoveRows(_ROOT, row, row)
        self._ids.discard(self._alarms[row].id)
        del self._alarms[row]
        self.endRemoveRows()

    def _settle(self, row: int, alarm: Alarm) -> None:
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
