"""Two persons stand for a dangerous order, one after the other, each by name and password."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from services.domain.outputs import OutputOrder
from ui.text.lists import listed


class TwoPersons(QWidget):
    """Beside the table, not in front of it: an alarm may come meanwhile. What was typed goes with it.

    Signals: vouched(str name, str password).
    """

    vouched = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._order: OutputOrder | None = None
        self._intro = QLabel(self)
        self._intro.setWordWrap(True)
        self._intro.setTextFormat(Qt.TextFormat.PlainText)
        self._intro.setProperty("tone", "warn")
        self.name = QLineEdit(self)
        self.name.setMaxLength(64)
        self.password = QLineEdit(self)
        self.password.setMaxLength(128)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self._name_label, self._password_label = QLabel(self), QLabel(self)
        self._name_label.setBuddy(self.name)
        self._password_label.setBuddy(self.password)
        self.button = QPushButton(self)
        self.button.setProperty("kind", "danger")
        form = QFormLayout()
        form.addRow(self._name_label, self.name)
        form.addRow(self._password_label, self.password)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self._intro)
        box.addLayout(form)
        box.addWidget(self.button)
        self.name.returnPressed.connect(self.password.setFocus)
        self.password.returnPressed.connect(self._submit)
        self.button.clicked.connect(self._submit)
        self._retranslate()

    def ask(self, order: OutputOrder | None, *, is_busy: bool) -> None:
        """Show what `order` still needs; None: nothing waits. A person who has confirmed makes room."""
        if order is not None and (self._order is None or _count(order) != _count(self._order)):
            self.clear()
        self._order = order
        self.button.setEnabled(not is_busy)
        self.setVisible(order is not None)
        self._retranslate()

    def clear(self) -> None:
        self.name.clear()
        self.password.clear()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.clear()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _submit(self) -> None:
        if self.button.isEnabled() and self.name.text().strip() and self.password.text():
            name, password = self.name.text(), self.password.text()
            self.password.clear()
            self.vouched.emit(name, password)

    def _retranslate(self) -> None:
        given = self._order.confirmations if self._order else ()
        if given:
            names = listed(confirmation.display_name for confirmation in given)
            text = self.tr("{names} 已确认。还要另一个人输入自己的用户名和密码。").format(names=names)
        else:
            text = self.tr("危险输出：须两个人先后输入各自的用户名和密码。第一个人：")
        self._intro.setText(text)
        self._name_label.setText(self.tr("用户名"))
        self._password_label.setText(self.tr("密码"))
        self.name.setAccessibleName(self.tr("确认人的用户名"))
        self.password.setAccessibleName(self.tr("确认人的密码"))
        self.button.setText(self.tr("确认这条命令（回车）"))


def _count(order: OutputOrder) -> tuple[str, int]:
    return order.id, len(order.confirmations)
