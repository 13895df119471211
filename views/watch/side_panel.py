"""What the questions in the side column have in common: a title, a hint, two buttons, Esc, one alarm."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from services.domain.alarms import Alarm
from ui.queue.words import card_words

MOST_WORDS = 200


class SidePanel(QFrame):
    """Blocks nothing; hidden until it asks. A subclass lays itself out between `_begin` and `_end`, and
    gives its answer in `_give`.

    Signals: left().
    """

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "raised")
        self._alarm: Alarm | None = None
        self._title = QLabel(self)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setWordWrap(True)
        self._hint = QLabel(self)
        self._hint.setProperty("tone", "small")
        self._hint.setWordWrap(True)
        self._confirm = QPushButton(self)
        self._confirm.setProperty("kind", "primary")
        self._cancel = QPushButton(self)
        self._confirm.clicked.connect(self._give)
        self._cancel.clicked.connect(self.leave)
        self.hide()

    @property
    def alarm_id(self) -> str:
        """The alarm it asks about, "" while hidden."""
        return self._alarm.id if self._alarm else ""

    def leave(self) -> None:
        if self._alarm is not None:
            self._alarm = None
            self.hide()
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    @property
    def _place(self) -> str:
        """Of the alarm it asks about, in the language of the moment."""
        return card_words(self._alarm).place if self._alarm else ""

    def _begin(self) -> QVBoxLayout:
        """The column with the title on top."""
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 8, 10, 8)
        box.addWidget(self._title)
        return box

    def _end(self, box: QVBoxLayout) -> None:
        """Hint and buttons at the bottom of the column."""
        box.addWidget(self._hint)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._confirm)
        box.addLayout(buttons)

    def _give(self) -> None:
        """The answer, if it is whole; then leave."""
        raise NotImplementedError

    def _retranslate(self) -> None:
        raise NotImplementedError


def text_line(parent: QWidget) -> QLineEdit:
    line = QLineEdit(parent)
    line.setMaxLength(MOST_WORDS)
    return line


def chip(parent: QWidget, group: QButtonGroup, number: int) -> QPushButton:
    """One of several of which one is chosen."""
    made = QPushButton(parent)
    made.setCheckable(True)
    made.setProperty("kind", "chip")
    group.addButton(made, number)
    return made
