"""A scripted operator for demonstrations: presses F1, F4 and Enter when the first panic alarm comes."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from services.domain.classes import AlarmClass
from ui.board import LiveBoard

LOOK_MS = 500
# A person reads before pressing; each key waits so long after the one before.
KEYS: tuple[tuple[float, Qt.Key], ...] = (
    (4.0, Qt.Key.Key_F1),
    (3.0, Qt.Key.Key_F4),
    (4.0, Qt.Key.Key_Return),
)


class Actor(QObject):
    """Presses real keys on the real window, so everything a person's key does happens."""

    def __init__(self, window: QWidget, live: LiveBoard) -> None:
        super().__init__(window)
        self._window = window
        self._live = live
        self._keys = iter(KEYS)
        self._next_key: Qt.Key | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._turn)

    def start(self) -> None:
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _turn(self) -> None:
        """Wait for a panic alarm, then press one key per turn."""
        if self._next_key is not None:
            self._press(self._next_key)
        elif not any(alarm.alarm_class is AlarmClass.PANIC for alarm in self._live.board.alarms.values()):
            return
        wait_s, self._next_key = next(self._keys, (0.0, None))
        if self._next_key is None:
            self._timer.stop()
        else:
            self._timer.start(round(wait_s * 1000))

    def _press(self, key: Qt.Key) -> None:
        self._window.activateWindow()
        focused = QApplication.focusWidget()
        QTest.keyClick(focused if focused is not None else self._window, key)
