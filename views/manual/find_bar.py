"""Finds words in a text that is read: forwards, backwards, round the end."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QTextBrowser, QWidget


class FindBar(QWidget):
    """Ctrl+F into the field, Enter or F3 to the next, Shift+Enter or Shift+F3 to the one before."""

    def __init__(self, browser: QTextBrowser, parent: QWidget) -> None:
        super().__init__(parent)
        self._browser = browser
        self.field = QLineEdit(self)
        self.field.setClearButtonEnabled(True)
        self.word = QLabel(self)
        self.word.setProperty("tone", "warn")
        self._before, self._after = QPushButton(self), QPushButton(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 8, 8, 4)
        row.addWidget(self.field, 1)
        row.addWidget(self.word)
        for button, way in ((self._before, self.before), (self._after, self.after)):
            button.setProperty("kind", "chip")
            button.clicked.connect(way)
            row.addWidget(button)
        self.field.returnPressed.connect(self.after)
        self.field.textEdited.connect(self._find_typed)
        for key, way in (
            ("Ctrl+F", self.begin),
            ("F3", self.after),
            ("Shift+F3", self.before),
            ("Shift+Return", self.before),
        ):
            QShortcut(QKeySequence(key), parent).activated.connect(way)
        self._retranslate()

    def begin(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def leave(self) -> bool:
        """Back to the text; False when the keyboard was there."""
        if not self.field.hasFocus():
            return False
        self._browser.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def after(self) -> None:
        self._find(QTextDocument.FindFlag(0), QTextCursor.MoveOperation.Start)

    def before(self) -> None:
        self._find(QTextDocument.FindFlag.FindBackward, QTextCursor.MoveOperation.End)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _find_typed(self) -> None:
        """What is typed further is looked for from where its beginning was found."""
        cursor = self._browser.textCursor()
        cursor.setPosition(cursor.selectionStart())
        self._browser.setTextCursor(cursor)
        self.after()

    def _find(self, way: QTextDocument.FindFlag, round_to: QTextCursor.MoveOperation) -> None:
        words, browser = self.field.text().strip(), self._browser
        is_found = not words or browser.find(words, way)
        if not is_found:
            was = browser.textCursor()
            browser.moveCursor(round_to)
            is_found = browser.find(words, way)
            if not is_found:
                browser.setTextCursor(was)
        self.word.setText("" if is_found else self.tr("没有找到"))

    def _retranslate(self) -> None:
        self.field.setPlaceholderText(self.tr("在手册中查找 Ctrl+F"))
        self.field.setAccessibleName(self.tr("在手册中查找"))
        self._before.setText(self.tr("上一处"))
        self._after.setText(self.tr("下一处"))
