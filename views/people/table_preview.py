"""What was understood of a table before it is taken in, and each bad row by its line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QPushButton, QVBoxLayout, QWidget

from services.core.errors import ServiceError
from ui.text import sentence
from ui.theme import Size


class ReadRow(Protocol):
    """One row of whatever table; error: what keeps it out."""

    @property
    def line(self) -> int: ...
    @property
    def said(self) -> str: ...
    @property
    def error(self) -> ServiceError | None: ...


class TablePreview(QWidget):
    """Signals: accepted(rows); left()."""

    accepted = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[ReadRow] = ()
        self.summary = QLabel(self)
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.summary.setWordWrap(True)
        self.lines = QListWidget(self)
        self.take_in = QPushButton(self)
        self.take_in.setProperty("kind", "primary")
        self.leave = QPushButton(self)
        last = QHBoxLayout()
        last.addStretch(1)
        last.addWidget(self.leave)
        last.addWidget(self.take_in)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, Size.GAP_S, 0, 0)
        box.setSpacing(Size.GAP_S)
        box.addWidget(self.summary)
        box.addWidget(self.lines, 1)
        box.addLayout(last)
        self.take_in.clicked.connect(self._take_in)
        self.leave.clicked.connect(self.left)
        self._retranslate()

    def show_rows(self, rows: Sequence[ReadRow]) -> None:
        self._rows = rows
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _take_in(self) -> None:
        self.accepted.emit(self._rows)

    def _retranslate(self) -> None:
        bad = [row for row in self._rows if row.error is not None]
        self.lines.clear()
        for row in bad:
            assert row.error is not None
            words = self.tr("第 {line} 行（{said}）：{trouble}")
            self.lines.addItem(words.format(line=row.line, said=row.said, trouble=sentence(row.error)))
        good = len(self._rows) - len(bad)
        if bad:
            words = self.tr("读懂 {good} 行，{bad} 行有误。有误的改好之前，一行也不导入。")
            self.summary.setText(words.format(good=good, bad=len(bad)))
        else:
            self.summary.setText(self.tr("全部 {good} 行都读懂了，可以导入。").format(good=good))
        self.take_in.setEnabled(bool(self._rows) and not bad)
        self.take_in.setText(self.tr("导入全部"))
        self.leave.setText(self.tr("不导入"))
        self.lines.setAccessibleName(self.tr("有误的行"))
