"""The line below the board for those who type; it completes, and says what it did or what is wrong."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from ui.i18n import is_english
from ui.jobs import Answered
from ui.text import sentence
from ui.tone import set_tone
from views.incidents.command_words import done_words, error_words
from views.incidents.commands import Command, CommandError, completions, read
from views.incidents.presenter import IncidentsPresenter

KEY = "Ctrl+J"
_MOST_LENGTH = 600


class CommandLine(QWidget):
    """Runs what is typed through the presenter; the arrow keys bring earlier lines back."""

    def __init__(self, presenter: IncidentsPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._past: list[str] = []
        self._at = 0
        self._running: dict[int, Command] = {}
        self._label = QLabel(self)
        self._label.setProperty("tone", "dim")
        self.line = QLineEdit(self)
        self.line.setMaxLength(_MOST_LENGTH)
        self._label.setBuddy(self.line)
        self.reply = QLabel(self)
        self.reply.setTextFormat(Qt.TextFormat.PlainText)
        self.reply.setWordWrap(True)
        self.reply.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self.line)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.line.setCompleter(completer)
        row = QHBoxLayout()
        row.addWidget(self._label)
        row.addWidget(self.line, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 0, 4, 8)
        box.setSpacing(2)
        box.addLayout(row)
        box.addWidget(self.reply)
        self.line.returnPressed.connect(self._run)
        self.line.textEdited.connect(self._offer)
        self.line.installEventFilter(self)
        presenter.answered.connect(self._on_answered)
        self._retranslate()

    def show_reply(self, text: str, *, is_good: bool) -> None:
        self.reply.setText(text)
        set_tone(self.reply, "ok" if is_good else "bad")

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Up and down, unless the list of completions wants them."""
        if watched is self.line and event.type() is QEvent.Type.KeyPress:
            key = event.key()  # type: ignore[attr-defined]  # a QKeyEvent
            if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self._recall(-1 if key == Qt.Key.Key_Up else 1)
                return True
        return False

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _offer(self, text: str) -> None:
        presenter = self._presenter
        known = completions(text, presenter.board, presenter.site, in_english=is_english())
        self._names.setStringList(known)

    def _run(self) -> None:
        text = self.line.text().strip()
        if not text:
            return
        try:
            command = read(text, self._presenter.board, self._presenter.site)
        except CommandError as error:
            self.show_reply(error_words(error), is_good=False)
            return
        self._past.append(text)
        self._at = len(self._past)
        self.line.clear()
        number = self._presenter.run(command)
        if number:
            self._running[number] = command
        self.show_reply(f"{done_words(command)} …" if number else done_words(command), is_good=True)

    def _recall(self, step: int) -> None:
        self._at = max(0, min(len(self._past), self._at + step))
        self.line.setText(self._past[self._at] if self._at < len(self._past) else "")

    def _on_answered(self, answer: Answered[int]) -> None:
        command = self._running.pop(answer.of, None)
        if command is None:
            return
        if answer.error is not None:
            self.show_reply(sentence(answer.error), is_good=False)
        else:
            self.show_reply(f"✓ {done_words(command)}", is_good=True)

    def _retranslate(self) -> None:
        self._label.setText(self.tr("命令 {key}").format(key=KEY))
        self.line.setPlaceholderText(self.tr("派 12 3 ｜ 退 12 3 原因 ｜ 结 12 结果 ｜ ? 帮助"))
        self.line.setAccessibleName(self.tr("命令行"))
