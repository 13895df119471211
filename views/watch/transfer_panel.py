"""Asks to whom an alarm shall go, in the side column; the other must agree within 15 seconds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from services.alarms.handing import Recipient
from services.domain.alarms import Alarm
from ui.queue.words import card_words
from ui.text.names import name_of

_RECIPIENT = Qt.ItemDataRole.UserRole
_LIST_PX = 88


class TransferPanel(QFrame):
    """Signals: given(alarm_id, Recipient, note), left()."""

    given = Signal(str, object, str)
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
        self.people = QListWidget(self)
        self.people.setFixedHeight(_LIST_PX)
        self.note = QLineEdit(self)
        self.note.setMaxLength(200)
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

    def ask(self, alarm: Alarm, recipients: Sequence[Recipient]) -> None:
        self._alarm = alarm
        self.note.clear()
        self.people.clear()
        for recipient in recipients:
            item = QListWidgetItem(recipient_text(recipient))
            item.setData(_RECIPIENT, recipient)
            self.people.addItem(item)
        self.people.setCurrentRow(0)
        self._retranslate()
        self.show()
        self.people.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        if self._alarm is not None:
            self._alarm = None
            self.hide()
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The list has no use for Enter, so it arrives here."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._give()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 8, 10, 8)
        box.addWidget(self._title)
        box.addWidget(self.people)
        box.addWidget(self.note)
        box.addWidget(self._hint)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._confirm)
        box.addLayout(buttons)
        self._confirm.clicked.connect(self._give)
        self.people.itemDoubleClicked.connect(self._give)
        self._cancel.clicked.connect(self.leave)

    def _give(self) -> None:
        item = self.people.currentItem()
        if self._alarm is None or item is None:
            return
        self.given.emit(self._alarm.id, item.data(_RECIPIENT), self.note.text().strip())
        self.leave()

    def _retranslate(self) -> None:
        place = card_words(self._alarm).place if self._alarm else ""
        self._title.setText(self.tr("转交：{place}").format(place=place))
        self.people.setAccessibleName(self.tr("转交给谁"))
        self.note.setPlaceholderText(self.tr("附言（可不填）"))
        self.note.setAccessibleName(self.tr("附言"))
        self._hint.setText(self.tr("对方 15 秒内按 F6 接收才算转交；否则仍归您。"))
        self._confirm.setText(self.tr("转交 Enter"))
        self._cancel.setText(self.tr("返回 Esc"))
        for row in range(self.people.count()):
            item = self.people.item(row)
            item.setText(recipient_text(item.data(_RECIPIENT)))


def recipient_text(recipient: Recipient) -> str:
    role = name_of(recipient.role)
    if recipient.user:
        return f"{recipient.name or recipient.user} · {role}"
    return QCoreApplication.translate("TransferPanel", "任何一位{role}").format(role=role)
