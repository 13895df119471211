"""Esc for whoever is typing: it belongs to the innermost part of the window that has a use for it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget


class OwnEscape(QObject):
    """While the keyboard is in `part`, Esc does `deed` there and not what it does in the window.

    The alarms' own Esc is a shortcut of every window: it would come before the part's key press, and with a
    second shortcut on the same key Qt obeys neither. wanted: whether the part has a use for it just now.
    """

    def __init__(
        self, part: QWidget, deed: Callable[[], object], wanted: Callable[[], bool] | None = None
    ) -> None:
        super().__init__(part)
        self._deed = deed
        self._wanted = wanted
        part.installEventFilter(self)

    def eventFilter(self, _part: QObject, event: QEvent) -> bool:
        is_escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if not is_escape or event.type() not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            return False
        if self._wanted is not None and not self._wanted():
            return False
        event.accept()
        if event.type() is QEvent.Type.KeyPress:
            self._deed()
        return True
