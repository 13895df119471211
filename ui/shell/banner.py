"""A notice or trouble in one or two lines: stays until dismissed, never blocks, can be copied."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from ui.shell.words import Severity
from ui.theme import Size, font
from ui.tips import plain_tip


class Banner(QFrame):
    """dismissed: a person has closed it."""

    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "banner")
        self._severity = Severity.NOTICE
        self.setProperty("severity", self._severity.value)
        self._text = QLabel(self)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._copy = QPushButton(self)
        self._copy.setProperty("kind", "quiet")
        self._copy.clicked.connect(self._copy_text)
        self._close = QPushButton(self)
        self._close.setProperty("kind", "quiet")
        self._close.clicked.connect(self._dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(Size.GAP_L, 0, Size.GAP_S, 0)
        row.addWidget(self._text, 1)
        row.addWidget(self._copy)
        row.addWidget(self._close)
        for button in (self._copy, self._close):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        self._retranslate()

    def say(self, sentence: str, severity: Severity = Severity.NOTICE) -> None:
        """Show `sentence`; a newer one replaces it. Red is kept for what stops alarms."""
        if severity is not self._severity:
            self._severity = severity
            self.setProperty("severity", severity.value)
            for widget in (self, self._text, self._copy, self._close):
                widget.style().unpolish(widget)
                widget.style().polish(widget)
        self._text.setText(sentence)
        self._text.setToolTip(plain_tip(sentence))
        self.setAccessibleName(sentence)
        self.setVisible(bool(sentence))
        self._fit()

    @property
    def severity(self) -> Severity:
        return self._severity

    @property
    def text(self) -> str:
        return self._text.text()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Smaller letters where the usual ones would cut the sentence."""
        usual = QFontMetrics(font(Size.TEXT_M))
        room = self._text.contentsRect()
        wrapped = usual.boundingRect(room, Qt.TextFlag.TextWordWrap, self._text.text())
        letters = "small" if wrapped.height() > room.height() else ""
        if self._text.property("letters") != letters:
            self._text.setProperty("letters", letters)
            self._text.style().unpolish(self._text)
            self._text.style().polish(self._text)

    def _copy_text(self) -> None:
        QGuiApplication.clipboard().setText(self._text.text())

    def _dismiss(self) -> None:
        self.say("")
        self.dismissed.emit()

    def _retranslate(self) -> None:
        self._copy.setText(self.tr("复制"))
        self._close.setText(self.tr("关闭"))
