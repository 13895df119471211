"""Forms of labelled fields with one sentence below them, and the small dialog around one."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFormLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from services.core.errors import ServiceError
from services.domain.people import LEAST_CHARACTERS
from ui.text import sentence
from ui.tone import Tone, set_tone

Field = TypeVar("Field", bound=QWidget)


class Message(QLabel):
    """One sentence below a form: trouble or success; it follows the language."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._error: ServiceError | None = None
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setWordWrap(True)

    def say(self, text: str, *, is_good: bool = False) -> None:
        self._error = None
        self._show(text, "ok" if is_good else "bad")

    def refuse(self, error: ServiceError) -> None:
        self._show(sentence(error), "bad")
        self._error = error

    def wipe(self) -> None:
        self.say("")

    def retranslate(self) -> None:
        """An error is said anew; what was said in passing goes."""
        if self._error is not None:
            self.refuse(self._error)
        else:
            self.wipe()

    def _show(self, text: str, tone: Tone) -> None:
        set_tone(self, tone)
        self.setText(text)


class Form(QFormLayout):
    """Rows of a label and a field that are named anew with the language. Signal: edited."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.setVerticalSpacing(6)
        self._labels: dict[QWidget, QLabel] = {}

    def add_line(self, *, is_secret: bool = False, longest: int = 128) -> QLineEdit:
        line = QLineEdit()
        line.setMaxLength(longest)
        if is_secret:
            line.setEchoMode(QLineEdit.EchoMode.Password)
        line.textEdited.connect(self.edited)
        return self.add_named(line)

    def add_named(self, field: Field) -> Field:
        label = QLabel()
        label.setBuddy(field)
        self._labels[field] = label
        self.addRow(label, field)
        return field

    def begin(self) -> None:
        """The keyboard to the first field."""
        for field in list(self._labels)[:1]:
            field.setFocus()

    def name(self, field: QWidget, text: str) -> None:
        self._labels[field].setText(text)
        field.setAccessibleName(text)


class FormDialog(QDialog):
    """What it is for, a form, one sentence about it, one button."""

    def __init__(self, width_px: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._intro = QLabel(self)
        self._intro.setTextFormat(Qt.TextFormat.PlainText)
        self._intro.setWordWrap(True)
        self._intro.setProperty("tone", "dim")
        self._form = Form()
        self.message = Message(self)
        # Room for two lines from the start: a message must not squeeze the fields.
        self.message.setMinimumHeight(2 * self.message.fontMetrics().lineSpacing() + 4)
        self.button = QPushButton(self)
        self.button.setProperty("kind", "primary")
        self.button.setDefault(True)
        self._box = box = QVBoxLayout(self)
        box.setContentsMargins(28, 24, 28, 24)
        box.setSpacing(12)
        box.addWidget(self._intro)
        box.addLayout(self._form)
        box.addWidget(self.message)
        box.addWidget(self.button)
        self.setMinimumWidth(width_px)
        self.button.clicked.connect(self._submit)
        self._form.edited.connect(self.message.wipe)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Qt would begin at the button, which was there before the fields.
        self._form.begin()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _submit(self) -> None:
        """What was typed goes to its presenter; every kind gives its own."""
        raise NotImplementedError

    def _retranslate(self) -> None:
        self.message.retranslate()


def password_complaint(password: str, again: str) -> str:
    """What keeps a password typed twice from being sent; "" when nothing does."""
    if len(password) < LEAST_CHARACTERS:
        return QCoreApplication.translate("Passwords", "密码至少要 8 个字符。")
    if password != again:
        return QCoreApplication.translate("Passwords", "两次输入的密码不一样。")
    return ""
