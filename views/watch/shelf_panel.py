"""Asks how long and why an alarm is laid aside, in the side column; it blocks nothing."""

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

MINUTES = (15, 60, 240, 1440)
_USUAL = 1


class ShelfPanel(QFrame):
    """Signals: given(alarm_id, minutes, reason), left()."""

    given = Signal(str, int, str)
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
        self.times = QButtonGroup(self)
        self.reason = QLineEdit(self)
        self.reason.setMaxLength(200)
        self._confirm = QPushButton(self)
        self._confirm.setProperty("kind", "primary")
        self._cancel = QPushButton(self)
        self._build()
        self._retranslate()
        self.hide()

    @property
    def alarm_id(self) -> str:
        """The alarm it asks about, "" while hidden."""
        return self._alarm.id if self._alarm else ""

    def ask(self, alarm: Alarm) -> None:
        self._alarm = alarm
        self.reason.clear()
        self.times.button(_USUAL).setChecked(True)
        self._retranslate()
        self.show()
        self.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)

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

    def _build(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 8, 10, 8)
        box.addWidget(self._title)
        row = QHBoxLayout()
        row.setSpacing(4)
        for number, _minutes in enumerate(MINUTES):
            chip = QPushButton(self)
            chip.setCheckable(True)
            chip.setProperty("kind", "chip")
            self.times.addButton(chip, number)
            row.addWidget(chip)
        row.addStretch(1)
        box.addLayout(row)
        box.addWidget(self.reason)
        box.addWidget(self._hint)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._confirm)
        box.addLayout(buttons)
        self._confirm.clicked.connect(self._give)
        self.reason.returnPressed.connect(self._give)
        self._cancel.clicked.connect(self.leave)

    def _give(self) -> None:
        if self._alarm is None:
            return
        if not self.reason.text().strip():
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        minutes = MINUTES[max(0, self.times.checkedId())]
        self.given.emit(self._alarm.id, minutes, self.reason.text().strip())
        self.leave()

    def _retranslate(self) -> None:
        place = card_words(self._alarm).place if self._alarm else ""
        self._title.setText(self.tr("搁置：{place}").format(place=place))
        words = (self.tr("15 分钟"), self.tr("1 小时"), self.tr("4 小时"), self.tr("24 小时"))
        for number, word in enumerate(words):
            self.times.button(number).setText(word)
        self.reason.setPlaceholderText(self.tr("原因（必填），例如：树枝晃动，已报修"))
        self.reason.setAccessibleName(self.tr("搁置原因"))
        self._hint.setText(self.tr("到时自动取回并鸣响；期间照常计数，升级时限不停。"))
        self._confirm.setText(self.tr("搁置 Enter"))
        self._cancel.setText(self.tr("返回 Esc"))
