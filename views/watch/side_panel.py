"""What the questions in the side column have in common: a title, a hint, two buttons, Esc, one alarm."""

from __future__ import annotations

from collections.abc import Set
from itertools import pairwise

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
from ui.enter_key import focused_button, is_enter
from ui.queue.words import card_words

MOST_WORDS = 200


class SidePanel(QFrame):
    """Blocks nothing; hidden until it asks. A subclass lays itself out between `_begin` and `_end`, and
    gives its answer in `_give`. What was written about an alarm is there again until it is accepted.

    Signals: left().
    """

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "raised")
        self._alarm: Alarm | None = None
        self._action = ""
        # Words and chip by alarm and action.
        self._kept: dict[tuple[str, str], tuple[str, int]] = {}
        self.words = QLineEdit(self)
        self.words.setMaxLength(MOST_WORDS)
        self.chips = QButtonGroup(self)
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
            self._kept[self._alarm.id, self._action] = self.words.text(), self.chips.checkedId()
            self._alarm = None
            self.hide()
            self.left.emit()

    def forget(self, alarm_id: str, action: str) -> None:
        """What was written about this was accepted."""
        self._kept.pop((alarm_id, action), None)

    def keep_only(self, alarm_ids: Set[str]) -> None:
        """Close, and forget what was written, where the alarm is none of these."""
        if self._alarm is not None and self._alarm.id not in alarm_ids:
            self.leave()
        self._kept = {about: answer for about, answer in self._kept.items() if about[0] in alarm_ids}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter answers from wherever the keyboard is; a button it presses."""
        button = focused_button()
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif not is_enter(event):
            super().keyPressEvent(event)
        elif button is not None:
            button.click()
        else:
            self._give()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    @property
    def _place(self) -> str:
        """Of the alarm it asks about, in the language of the moment."""
        return card_words(self._alarm).place if self._alarm else ""

    def _ask(self, alarm: Alarm, action: str, usual: int = -1) -> None:
        """Begin with what was last written about this; usual: the chip before anybody chose one."""
        self._alarm, self._action = alarm, action
        text, chosen = self._kept.get((alarm.id, action), ("", usual))
        self.words.setText(text)
        if (chip := self.chips.button(chosen)) is not None:
            chip.setChecked(True)
        self._retranslate()
        self.show()

    def _begin(self) -> QVBoxLayout:
        """The column with the title on top."""
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 8, 10, 8)
        box.addWidget(self._title)
        return box

    def _end(self, box: QVBoxLayout, *before: QWidget) -> None:
        """Hint and buttons at the bottom of the column; `before`: what Tab reaches before the words."""
        box.addWidget(self._hint)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._confirm)
        box.addLayout(buttons)
        for one, after in pairwise((*before, self.words, self._confirm, self._cancel)):
            self.setTabOrder(one, after)

    def _give(self) -> None:
        """The answer, if it is whole; then leave."""
        raise NotImplementedError

    def _retranslate(self) -> None:
        raise NotImplementedError


def chip(parent: QWidget, group: QButtonGroup, number: int) -> QPushButton:
    """One of several of which one is chosen."""
    made = QPushButton(parent)
    made.setCheckable(True)
    made.setProperty("kind", "chip")
    group.addButton(made, number)
    return made
