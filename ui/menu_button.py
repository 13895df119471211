"""A button that opens a list of things to choose, and of commands below them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QMenu, QPushButton, QWidget


@dataclass(frozen=True)
class MenuLine:
    """id: what `chosen` carries, "" for a line between groups. checked: None = cannot be checked."""

    id: str = ""
    text: str = ""
    key: str = ""
    icon: QIcon | None = None
    checked: bool | None = None


BETWEEN = MenuLine()


class MenuButton(QPushButton):
    """Signals: chosen(id)."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "chip")
        self._lines: Sequence[MenuLine] = ()
        self.list = QMenu(self)
        self.setMenu(self.list)
        self.list.triggered.connect(self._tell)

    def show_lines(self, lines: Sequence[MenuLine]) -> None:
        """Replace all lines."""
        self._lines = tuple(lines)
        for old in self.list.actions():
            self.list.removeAction(old)
            # Later: the line that was just chosen may be the reason why all are replaced.
            old.deleteLater()
        for line in self._lines:
            if not line.id:
                between = QAction(self.list)
                between.setSeparator(True)
                self.list.addAction(between)
                continue
            text = line.text.replace("&", "&&")
            action = QAction(f"{text}\t{line.key}" if line.key else text, self.list)
            action.setData(line.id)
            if line.icon is not None:
                action.setIcon(line.icon)
            if line.checked is not None:
                action.setCheckable(True)
                _check(action, line.checked)
            self.list.addAction(action)

    def check_only(self, line_id: str) -> None:
        """Of the lines that can be checked, this one; "" = none."""
        for action in self.list.actions():
            if action.isCheckable():
                _check(action, action.data() == line_id)

    def _tell(self, action: QAction) -> None:
        self.chosen.emit(str(action.data()))


def _check(action: QAction, is_checked: bool) -> None:
    """In bold as well, for an icon hides the tick of the style."""
    action.setChecked(is_checked)
    face = action.font()
    face.setBold(is_checked)
    action.setFont(face)
