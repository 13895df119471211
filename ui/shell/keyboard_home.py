"""The keyboard stays on its screen when the form that had it goes away."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from shiboken6 import isValid


class KeyboardHome(QObject):
    """Qt gives the keyboard to whatever comes next by Tab, which may be a button of the top bar: the next
    Space would press it, and the screen's own keys would be dead.
    """

    def __init__(self, screens: QStackedWidget) -> None:
        super().__init__(screens)
        self._screens = screens
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)

    def _follow(self, was: QWidget | None, now: QWidget | None) -> None:
        screen = self._screens.currentWidget()
        if screen is None or now is None or was is None or not isValid(was):
            return
        has_gone = not (was.isVisible() and was.isEnabled())
        is_elsewhere = now.window() is screen.window() and not _holds(screen, now)
        if has_gone and is_elsewhere and screen.isVisible() and _holds(screen, was):
            screen.setFocus()


def _holds(screen: QWidget, widget: QWidget) -> bool:
    return screen is widget or screen.isAncestorOf(widget)
