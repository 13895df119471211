"""The actions a review proposes: a line each with who does it and by when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from PySide6.QtCore import QDate, QEvent, Signal
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from services.core.clock import Clock
from services.domain.reviews import Proposal
from services.review.steps import MOST_TEXT
from ui.icons import icon

# A fortnight, if nobody says otherwise.
USUAL_DAYS = 14


class ProposalLines(QWidget):
    """edited(): somebody typed or took a line away."""

    edited = Signal()

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._is_writable = True
        self.lines: list[_Line] = []
        self.add = QPushButton(self)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(4)
        self._box.addWidget(self.add)
        self.add.clicked.connect(self.add_line)
        self._retranslate()

    def proposals(self) -> tuple[Proposal, ...]:
        """Those with text."""
        found = (line.proposal() for line in self.lines)
        return tuple(one for one in found if one.text)

    def show_proposals(self, proposals: Sequence[Proposal]) -> None:
        while self.lines:
            self._drop(self.lines[-1])
        for proposal in proposals:
            self._put(proposal)

    def set_writable(self, is_writable: bool) -> None:
        self._is_writable = is_writable
        self.add.setVisible(is_writable)
        for line in self.lines:
            line.set_writable(is_writable)

    def add_line(self) -> None:
        day = (self._clock.now() + timedelta(days=USUAL_DAYS)).astimezone()
        line = self._put(Proposal("", "", _end_of(day)))
        line.text.setFocus()
        self.edited.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _put(self, proposal: Proposal) -> _Line:
        line = _Line(proposal, self)
        line.set_writable(self._is_writable)
        line.edited.connect(self.edited)
        line.dropped.connect(self._drop_sender)
        self.lines.append(line)
        self._box.insertWidget(self._box.count() - 1, line)
        return line

    def _drop_sender(self) -> None:
        line = self.sender()
        if isinstance(line, _Line):
            self._drop(line)
            self.edited.emit()

    def _drop(self, line: _Line) -> None:
        self.lines.remove(line)
        self._box.removeWidget(line)
        line.hide()
        line.deleteLater()

    def _retranslate(self) -> None:
        self.add.setText(self.tr("添加措施"))


class _Line(QWidget):
    edited = Signal()
    dropped = Signal()

    def __init__(self, proposal: Proposal, parent: QWidget) -> None:
        super().__init__(parent)
        self.text = QLineEdit(proposal.text, self)
        self.owner = QLineEdit(proposal.owner, self)
        for edit in (self.text, self.owner):
            edit.setMaxLength(MOST_TEXT)
        due = proposal.due_at.astimezone()
        self.due = QDateEdit(QDate(due.year, due.month, due.day), self)
        self.due.setCalendarPopup(True)
        self.due.setDisplayFormat("yyyy-MM-dd")
        self.drop = QPushButton(self)
        self.drop.setIcon(icon("close"))
        self.drop.setProperty("kind", "quiet")
        below = QHBoxLayout()
        below.setSpacing(4)
        below.addWidget(self.owner, 1)
        below.addWidget(self.due)
        below.addWidget(self.drop)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 6)
        box.setSpacing(4)
        box.addWidget(self.text)
        box.addLayout(below)
        self.text.textEdited.connect(self.edited)
        self.owner.textEdited.connect(self.edited)
        self.due.dateChanged.connect(self.edited)
        self.drop.clicked.connect(self.dropped)
        self._retranslate()

    def proposal(self) -> Proposal:
        """Due at the end of that day, here."""
        day = self.due.date()
        local = datetime(day.year(), day.month(), day.day()).astimezone()
        return Proposal(self.text.text().strip(), self.owner.text().strip(), _end_of(local))

    def set_writable(self, is_writable: bool) -> None:
        for edit in (self.text, self.owner, self.due):
            edit.setReadOnly(not is_writable)
        self.drop.setVisible(is_writable)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.text.setPlaceholderText(self.tr("要做什么"))
        self.text.setAccessibleName(self.tr("措施"))
        self.owner.setPlaceholderText(self.tr("责任人"))
        self.owner.setAccessibleName(self.tr("责任人"))
        self.due.setAccessibleName(self.tr("期限"))
        self.drop.setAccessibleName(self.tr("去掉这条措施"))
        self.drop.setToolTip(self.tr("去掉这条措施"))


def _end_of(day: datetime) -> datetime:
    """The last second of that local day."""
    return datetime.combine(day.date(), time(23, 59, 59)).astimezone()
