"""A key of a window without Ctrl or Alt: what has the keyboard and a use for the key comes first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QComboBox, QWidget


class UnsearchedLines:
    """Of a list whose lines nobody looks for by their first letters: those stay the window's."""

    def keyboardSearch(self, _typed: str) -> None:
        """Nothing: a letter must not move the choice."""


class PlainKey(QShortcut):
    """Space presses a button; a letter or Space finds a line of a list, any character one of a combo box.
    Digits are the window's on a list, too: they are a camera's number. Text fields need no care, they answer
    before shortcuts do.
    """

    def __init__(self, key: str, window: QWidget, act: Callable[[], object]) -> None:
        """window: the widget whose window's key this is."""
        super().__init__(QKeySequence(key), window)
        self._name = key.rpartition("+")[2]
        self.activated.connect(act)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)

    def _follow(self, _was: QWidget | None, now: QWidget | None) -> None:
        self.setEnabled(not _uses(now, self._name))


def _uses(focused: QWidget | None, name: str) -> bool:
    if isinstance(focused, QAbstractButton):
        return name == "Space"
    if isinstance(focused, QAbstractItemView):
        return not name.isdigit() and not isinstance(focused, UnsearchedLines)
    return isinstance(focused, QComboBox)
