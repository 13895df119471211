"""The alarm keys of one window: F1 to F8, Esc and the way through the queue; every window has its own."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QSignalMapper, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ui.tiles.feed import ACTION_KEYS
from views.watch.presenter import WatchPresenter


class AlarmKeys(QObject):
    """The same in every window of a seat, so that it never matters which one has the keyboard.

    Not shortcuts of the whole program: those would act in a log-in or password dialog, too.
    Signals: pressed(action) after the presenter has it.
    """

    pressed = Signal(str)

    def __init__(self, presenter: WatchPresenter, window: QWidget, escape: Callable[[], None]) -> None:
        """window: the widget whose window's keys these are; escape: what Esc does there."""
        super().__init__(window)
        self._presenter = presenter
        self._window = window
        self._keys = QSignalMapper(self)
        self._keys.mappedString.connect(self._press)
        for action, key in ACTION_KEYS.items():
            shortcut = self.bind(key, self._keys.map)
            self._keys.setMapping(shortcut, action)
        self.bind("Esc", escape)
        self.bind("Ctrl+Down", self._next)
        self.bind("Ctrl+Up", self._previous)
        self.bind("Shift+F1", self._open_manual)

    def bind(self, key: str, slot: Callable[[], None]) -> QShortcut:
        """One more key of this window; a key held down repeats, a command must not."""
        shortcut = QShortcut(QKeySequence(key), self._window)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(slot)
        return shortcut

    def _press(self, action: str) -> None:
        self._presenter.press(action)
        self.pressed.emit(action)

    def _next(self) -> None:
        self._presenter.step(1)

    def _previous(self) -> None:
        self._presenter.step(-1)

    def _open_manual(self) -> None:
        self._presenter.manual_wanted.emit()
