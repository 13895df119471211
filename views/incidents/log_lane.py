"""What happened lately in all incidents, newest first; a line leads to its incident."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from services.domain.board import Board
from services.domain.incidents import TimelineEntry
from ui.text.places import local
from ui.text.timeline import timeline_text
from ui.text.times import clock_time

MOST_LINES = 150
_INCIDENT = Qt.ItemDataRole.UserRole


class LogLane(QListWidget):
    """Signals: incident_chosen(id)."""

    incident_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.itemClicked.connect(self._tell)
        self.itemActivated.connect(self._tell)

    def show_log(self, board: Board) -> None:
        entries = newest(board)
        while self.count() > len(entries):
            self.takeItem(self.count() - 1)
        while self.count() < len(entries):
            self.addItem(QListWidgetItem())
        for row, entry in enumerate(entries):
            item = self.item(row)
            item.setData(_INCIDENT, entry.incident)
            said = log_words(entry, board)
            if item.text() != said:
                item.setText(said)

    def _tell(self, item: QListWidgetItem) -> None:
        self.incident_chosen.emit(str(item.data(_INCIDENT)))


def newest(board: Board, most: int = MOST_LINES) -> list[TimelineEntry]:
    # The newest of each incident are enough: no more than `most` can be among the newest of all.
    lines = [entry for entries in board.timeline.values() for entry in entries[-most:]]
    return sorted(lines, key=lambda entry: (entry.at, entry.id), reverse=True)[:most]


def log_words(entry: TimelineEntry, board: Board) -> str:
    incident = board.incidents.get(entry.incident)
    number = f"#{incident.short_no} " if incident is not None else ""
    return f"{clock_time(entry.at)}  {number}{local(entry.actor_name) or '–'}  {timeline_text(entry)}"
