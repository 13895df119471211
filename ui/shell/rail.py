"""The column of screens at the left edge."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout, QWidget

from ui.icons import icon
from ui.shell.words import ScreenEntry
from ui.theme import Size


class Rail(QFrame):
    """screen_chosen(name) when a person picks a screen."""

    screen_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "rail")
        self.setFixedWidth(Size.RAIL_WIDTH)
        self._entries: tuple[ScreenEntry, ...] = ()
        self._buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._tell)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(Size.GAP_XS, Size.GAP_S, Size.GAP_XS, Size.GAP_S)
        self._column.setSpacing(Size.GAP_XS)
        self._column.addStretch(1)

    def set_entries(self, entries: Sequence[ScreenEntry]) -> None:
        for button in self._buttons.values():
            self._group.removeButton(button)
            button.deleteLater()
        self._entries = tuple(entries)
        self._buttons = {entry.name: self._add(index, entry) for index, entry in enumerate(entries)}

    def label(self, name: str, text: str) -> None:
        """Two characters in Chinese; also the accessible name."""
        button = self._buttons[name]
        button.setText(text)
        button.setAccessibleName(text)

    def mark(self, name: str) -> None:
        """Show that this screen is in front."""
        self._buttons[name].setChecked(True)

    def renew_icons(self) -> None:
        """After a change of theme."""
        for entry in self._entries:
            self._buttons[entry.name].setIcon(icon(entry.icon))

    def _add(self, index: int, entry: ScreenEntry) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("kind", "rail")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setIcon(icon(entry.icon))
        button.setIconSize(QSize(22, 22))
        button.setCheckable(True)
        button.setFixedSize(Size.RAIL_WIDTH - 2 * Size.GAP_XS - 1, 54)
        self._group.addButton(button, index)
        self._column.insertWidget(index, button)
        return button

    def _tell(self, index: int) -> None:
        self.screen_chosen.emit(self._entries[index].name)
