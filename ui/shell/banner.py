"""A notice or trouble in one or two lines: stays until dismissed, never blocks, can be copied."""

from __future__ import annotations

from bisect import bisect_left

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from ui.shell.words import Severity
from ui.theme import Size, font
from ui.tips import plain_tip
from ui.tone import restyle


class Banner(QFrame):
    """dismissed: a person has closed it."""

    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "banner")
        self._severity = Severity.NOTICE
        self._sentence = ""
        self.setProperty("severity", self._severity.value)
        self._text = QLabel(self)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setWordWrap(True)
        self._text.installEventFilter(self)
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
        self._sentence = sentence
        self._text.setToolTip(plain_tip(sentence))
        self.setAccessibleName(sentence)
        self.setVisible(bool(sentence))
        self._fit()

    @property
    def severity(self) -> Severity:
        return self._severity

    @property
    def text(self) -> str:
        return self._sentence

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The banner itself is told of its size before its parts have theirs."""
        if event.type() is QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """Smaller letters where the usual ones would cut the sentence; "…" where it is cut all the same, in
        a window less wide than the smallest screen."""
        room = self._text.contentsRect()
        usual, small = QFontMetrics(font(Size.TEXT_M)), QFontMetrics(font(Size.TEXT_S))
        fits = _fits(self._sentence, usual, room)
        restyle(self._text, "letters", "" if fits else "small")
        self._text.setText(self._sentence if fits else _cut(self._sentence, small, room))

    def _copy_text(self) -> None:
        QGuiApplication.clipboard().setText(self._sentence)

    def _dismiss(self) -> None:
        self.say("")
        self.dismissed.emit()

    def _retranslate(self) -> None:
        self._copy.setText(self.tr("复制"))
        self._close.setText(self.tr("关闭"))


def _fits(text: str, metrics: QFontMetrics, room: QRect) -> bool:
    """Broken into lines."""
    return metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, text).height() <= room.height()


def _cut(text: str, metrics: QFontMetrics, room: QRect) -> str:
    """`text`, or as much of it as fits and "…"."""
    if _fits(text, metrics, room):
        return text
    length = bisect_left(range(len(text)), True, key=lambda n: not _fits(f"{text[:n]}…", metrics, room))
    return f"{text[: max(0, length - 1)]}…"
