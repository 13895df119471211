"""What may be done with what is played: a row of buttons with their keys, given by whoever can do it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ui.icons import icon
from ui.theme import Size

# A button without its word.
_SIGN_PX = 44


@dataclass(frozen=True, slots=True)
class Tool:
    """text, tip: in the language of the moment. key: as QKeySequence reads it; glyph: of `ui.icons`."""

    text: Callable[[], str]
    tip: Callable[[], str]
    key: str
    glyph: str
    do: Callable[[], object]


class ToolRow(QWidget):
    """Where there is no room for all their words the buttons show their signs alone; the words stay on the
    tips. host: where the keys work.
    """

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(Size.GAP_XS)
        self._row.addStretch(1)
        self.tools: list[tuple[Tool, QPushButton]] = []
        self._wanted_px = 0

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
        self._say()
        return button

    def minimumSizeHint(self) -> QSize:
        """Of the signs alone."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), len(self.tools) * _SIGN_PX), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.StyleChange):
            self._say()

    def _say(self) -> None:
        for tool, button in self.tools:
            button.setText(tool.text())
            button.setIcon(icon(tool.glyph))
            button.setToolTip(f"{tool.tip()} {tool.key}")
            button.setAccessibleName(tool.tip())
        gaps_px = max(0, len(self.tools) - 1) * self._row.spacing()
        self._wanted_px = sum(button.sizeHint().width() for _, button in self.tools) + gaps_px
        self._fit()

    def _fit(self) -> None:
        is_roomy = self.width() >= self._wanted_px
        for tool, button in self.tools:
            button.setText(tool.text() if is_roomy else "")
