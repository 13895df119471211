"""Enter in a panel that answers to it from everywhere: on a button it presses that one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def is_enter(event: QKeyEvent) -> bool:
    """Of the letters or of the number pad, once per press."""
    return event.key() in _ENTER and not event.isAutoRepeat()


def focused_button() -> QAbstractButton | None:
    """The button that has the keyboard."""
    focused = QApplication.focusWidget()
    return focused if isinstance(focused, QAbstractButton) else None
