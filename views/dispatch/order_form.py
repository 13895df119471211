"""The order itself: its text, the channel it goes by, its deadlines and the button that sends it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from services.domain.incidents import Channel
from ui.text.names import name_of

_CHANNELS = tuple(Channel)


class _OrderText(QPlainTextEdit):
    """Enter sends, Shift+Enter makes a new line."""

    sent = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        ):
            if not event.isAutoRepeat():
                self.sent.emit()
            return
        super().keyPressEvent(event)


class OrderForm(QWidget):
    """Signals: written(text) as a person types; channel_chosen(Channel); send_asked()."""

    written = Signal(str)
    channel_chosen = Signal(object)
    send_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = _OrderText(self)
        self.text.setTabChangesFocus(True)
        self._channels = QButtonGroup(self)
        self._deadlines = QLabel(self)
        self._deadlines.setProperty("tone", "small")
        self._deadlines.setWordWrap(True)
        self.send_button = QPushButton(self)
        self.send_button.setProperty("kind", "primary")
        self._build()
        self._channels.idClicked.connect(self._choose_channel)
        self.send_button.clicked.connect(self.send_asked)
        self.text.sent.connect(self.send_asked)
        self.text.textChanged.connect(self._tell_text)
        self._retranslate()

    def show_order(self, text: str, channel: Channel) -> None:
        """The text only where it differs: a person may be typing in it."""
        if self.text.toPlainText() != text:
            self.text.blockSignals(True)
            self.text.setPlainText(text)
            self.text.blockSignals(False)
        self._channels.button(_CHANNELS.index(channel)).setChecked(True)

    def show_send(self, words: str, deadlines: str) -> None:
        """What the button says, and what the guard will be held to."""
        self.send_button.setText(words)
        self._deadlines.setText(deadlines)

    def allow_send(self, is_allowed: bool) -> None:
        self.send_button.setEnabled(is_allowed)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        chips = QHBoxLayout()
        for number, _channel in enumerate(_CHANNELS):
            chip = QPushButton(self)
            chip.setCheckable(True)
            chip.setProperty("kind", "chip")
            self._channels.addButton(chip, number)
            chips.addWidget(chip)
        chips.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.text, 1)
        box.addLayout(chips)
        box.addWidget(self._deadlines)
        box.addWidget(self.send_button)

    def _choose_channel(self, number: int) -> None:
        self.channel_chosen.emit(_CHANNELS[number])

    def _tell_text(self) -> None:
        self.written.emit(self.text.toPlainText())

    def _retranslate(self) -> None:
        self.text.setAccessibleName(self.tr("派警指令"))
        self.text.setToolTip(self.tr("Enter 派出，Shift+Enter 换行"))
        for number, channel in enumerate(_CHANNELS):
            self._channels.button(number).setText(name_of(channel))
