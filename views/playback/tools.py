"""What may be done with what is played: a row of buttons with their keys, given by whoever can do it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ui.icons import icon
from ui.theme import Size


@dataclass(frozen=True, slots=True)
class Tool:
    """text, tip: in the language of the moment. key: as QKeySequence reads it; glyph: of `ui.icons`."""

    text: Callable[[], str]
    tip: Callable[[], str]
    key: str
    glyph: str
    do: Callable[[], object]


class ToolRow(QWidget):
    """host: where the keys work."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(Size.GAP_XS)
        self._row.addStretch(1)
        self.tools: list[tuple[Tool, QPushButton]] = []

    def add(self, tool: Tool) -> QPushButton:
        """After those that are there."""
        button = QPushButton(self)
        button.setProperty("kind", "chip")
        button.clicked.connect(tool.do)
        self._row.insertWidget(self._row.count() - 1, button)
        key = QShortcut(QKeySequence(tool.key), self._host)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.setAutoRepeat(False)
        key.activated.connect(tool.do)
        self.tools.append((tool, button))
        _word(tool, button)
        return button

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            for tool, button in self.tools:
                _word(tool, button)


def _word(tool: Tool, button: QPushButton) -> None:
    button.setText(tool.text())
    button.setIcon(icon(tool.glyph))
    button.setToolTip(f"{tool.tip()} {tool.key}")
    button.setAccessibleName(tool.tip())
