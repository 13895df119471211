"""The full screen: pictures without chrome, but never without alarms or without word of trouble."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QMainWindow, QWidget

from ui.shell.words import LampState


class FullScreen:
    """Takes the rail and the top bar away, and brings them back as they were.

    The top bar returns for as long as a lamp is bad, for a dead receiver must not hide behind a clean
    screen, and while somebody searches.
    The side column and the line for notices are never touched.
    """

    def __init__(self, window: QMainWindow, top_bar: QWidget, rail: QWidget) -> None:
        self._window = window
        self._top_bar = top_bar
        self._rail = rail
        self._bad: set[str] = set()
        self._is_searching = False
        self._before = QByteArray()
        self.is_on = False

    def toggle(self) -> None:
        self.is_on = not self.is_on
        if self.is_on:
            self._before = self._window.saveGeometry()
        # The flag alone: a window that was maximised is maximised again afterwards.
        self._window.setWindowState(self._window.windowState() ^ Qt.WindowState.WindowFullScreen)
        self._rail.setVisible(not self.is_on)
        self._show_bar()

    def note_lamp(self, name: str, state: LampState) -> None:
        if state is LampState.BAD:
            self._bad.add(name)
        else:
            self._bad.discard(name)
        self._show_bar()

    def note_search(self, is_searching: bool) -> None:
        self._is_searching = is_searching
        self._show_bar()

    def geometry_before(self) -> QByteArray | None:
        """Where the window stood before, None while it is not full."""
        return self._before if self.is_on else None

    def _show_bar(self) -> None:
        self._top_bar.setVisible(not self.is_on or bool(self._bad) or self._is_searching)
