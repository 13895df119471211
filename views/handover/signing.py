"""The place where the one whose turn it is signs, by name and password."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from services.domain.handovers import HandoverState

_FIELD_PX = 150
_LONGEST_NAME, _LONGEST_PASSWORD, _LONGEST_REMARK = 64, 128, 200


class SignPanel(QWidget):
    """Beside the paper, not in front of it; a password never outlives its use.

    Signals: submitted(str name, str password, str remark).
    """

    submitted = Signal(str, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: HandoverState | None = None
        self.who = QLabel(self)
        self.who.setProperty("tone", "title")
        self.name, self.password, self.remark = QLineEdit(self), QLineEdit(self), QLineEdit(self)
        self.name.setMaxLength(_LONGEST_NAME)
        self.password.setMaxLength(_LONGEST_PASSWORD)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.remark.setMaxLength(_LONGEST_REMARK)
        for field in (self.name, self.password):
            field.setMaximumWidth(_FIELD_PX)
        self.button = QPushButton(self)
        self.button.setProperty("kind", "primary")
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        for widget in (self.who, self.name, self.password):
            box.addWidget(widget)
        box.addWidget(self.remark, 1)
        box.addWidget(self.button)
        self.name.returnPressed.connect(self.password.setFocus)
        for field in (self.password, self.remark):
            field.returnPressed.connect(self._submit)
        self.button.clicked.connect(self._submit)
        self._retranslate()

    def ask(self, state: HandoverState | None, user: str, *, is_free: bool) -> None:
        """For the next signature of a paper in `state`; user: who sits here, and usually hands over."""
        if state is not self._state:
            self._state = state
            self.name.setText(user if state is HandoverState.PREPARED else "")
            self.password.clear()
            self.remark.clear()
            self._retranslate()
            if state is HandoverState.OUT_SIGNED and (self.password.hasFocus() or self.remark.hasFocus()):
                # The next one sits down at the keyboard as the last one left it.
                self.name.setFocus()
        self.setVisible(state is not None)
        self.button.setEnabled(is_free)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.password.clear()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _submit(self) -> None:
        name, password = self.name.text().strip(), self.password.text()
        if not name:
            self.name.setFocus()
        elif not password:
            self.password.setFocus()
        elif self.button.isEnabled():
            self.password.clear()
            self.submitted.emit(name, password, self.remark.text())

    def _retranslate(self) -> None:
        is_taking = self._state is HandoverState.OUT_SIGNED
        self.who.setText(self.tr("接班人签字") if is_taking else self.tr("交班人签字"))
        self.button.setText(self.tr("签字接班") if is_taking else self.tr("签字交班"))
        self.name.setPlaceholderText(self.tr("用户名"))
        self.name.setAccessibleName(self.tr("签字人的用户名"))
        self.password.setPlaceholderText(self.tr("密码"))
        self.password.setAccessibleName(self.tr("签字人的密码"))
        self.remark.setPlaceholderText(self.tr("意见（可不填）"))
        self.remark.setAccessibleName(self.tr("签字人的意见"))
