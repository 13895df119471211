"""Asks to whom an alarm shall go, in the side column; the other must agree within 15 seconds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from services.alarms.handing import Recipient
from services.domain.alarms import Alarm
from ui.text.names import name_of
from views.watch.side_panel import SidePanel

_RECIPIENT = Qt.ItemDataRole.UserRole
_LIST_PX = 88


class TransferPanel(SidePanel):
    """Signals: given(alarm_id, Recipient, note), left()."""

    given = Signal(str, object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.people = QListWidget(self)
        self.people.setFixedHeight(_LIST_PX)
        self.people.itemDoubleClicked.connect(self._give)
        self._build()
        self._retranslate()

    def ask(self, alarm: Alarm, recipients: Sequence[Recipient]) -> None:
        self.people.clear()
        for recipient in recipients:
            item = QListWidgetItem(recipient_text(recipient))
            item.setData(_RECIPIENT, recipient)
            self.people.addItem(item)
        self.people.setCurrentRow(0)
        self._ask(alarm, "transfer")
        self.people.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _build(self) -> None:
        box = self._begin()
        box.addWidget(self.people)
        box.addWidget(self.words)
        self._end(box, self.people)

    def _give(self) -> None:
        item = self.people.currentItem()
        if self._alarm is None or item is None:
            return
        self.given.emit(self._alarm.id, item.data(_RECIPIENT), self.words.text().strip())
        self.leave()

    def _retranslate(self) -> None:
        self._title.setText(self.tr("转交：{place}").format(place=self._place))
        self.people.setAccessibleName(self.tr("转交给谁"))
        self.words.setPlaceholderText(self.tr("附言（可不填）"))
        self.words.setAccessibleName(self.tr("附言"))
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
