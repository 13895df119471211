"""What is known of the alarm, as label and value; nothing to type."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from ui.elided import ElidedLabel
from ui.queue.words import card_words
from ui.text.places import local
from ui.text.times import clock_time
from ui.text.titles import incident_title
from views.dispatch.presenter import Subject

_ROWS = 5


class FactList(QWidget):
    """Plain text only: names and places come from panels and files."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._subject: Subject | None = None
        self._labels = [QLabel(self) for _ in range(_ROWS)]
        self._values = [ElidedLabel(self) for _ in range(_ROWS)]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        for row, (label, value) in enumerate(zip(self._labels, self._values, strict=True)):
            label.setProperty("tone", "dim")
            grid.addWidget(label, row, 0)
            grid.addWidget(value, row, 1)

    def show_subject(self, subject: Subject) -> None:
        self._subject = subject
        self._fill()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._fill()

    def _fill(self) -> None:
        if self._subject is None:
            return
        rows = self._rows(self._subject)
        for row, (label, value) in enumerate(zip(self._labels, self._values, strict=True)):
            name, said = rows[row] if row < len(rows) else ("", "")
            label.setText(name)
            value.setText(said)
            label.setVisible(row < len(rows))
            value.setVisible(row < len(rows))

    def _rows(self, subject: Subject) -> list[tuple[str, str]]:
        rows = []
        if subject.alarm is not None:
            words = card_words(subject.alarm)
            rows += [
                (self.tr("类别"), f"P{subject.alarm.priority:d} {words.title} {words.count}".strip()),
                (self.tr("地点"), words.place),
                (self.tr("时间"), clock_time(subject.alarm.received_at)),
            ]
        if subject.incident is not None:
            if subject.alarm is None:
                rows += [(self.tr("地点"), local(subject.incident.place))]
            rows += [(self.tr("警情"), f"{subject.incident.incident_no} {incident_title(subject.incident)}")]
        elif subject.alarm is not None:
            rows += [(self.tr("报警号"), subject.alarm.event_no)]
        return rows
