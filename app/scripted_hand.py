"""A hand that works at a seat by a script, with real keys on the real window, for the demo."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.desk import OperatorDesk

LOOK_MS = 200
SETTLE_S = 0.8  # a key so soon after the highlight has moved is not taken
PICTURE_S = 1.8  # so long until what happened is painted and photographed
# Seconds of reading, or what must be true before the hand goes on.
Wait = float | Callable[[], object]


class ScriptedHand(QObject):
    """Goes through a script as fast as the seat answers. Signals: arrived(station) at what is worth a
    picture; finished()."""

    arrived = Signal(str)
    finished = Signal()

    def __init__(self, desk: OperatorDesk, pace: float = 1.0) -> None:
        super().__init__(desk)
        self._desk = desk
        self._pace = pace
        self._steps: Iterator[Wait] = iter(())
        self._wait: Wait = 0.0
        self._since_s = time.monotonic()
        self._timer = QTimer(self)
        self._timer.setInterval(max(10, round(LOOK_MS / pace)))
        self._timer.timeout.connect(self._turn)

    @property
    def is_working(self) -> bool:
        return self._timer.isActive()

    def start(self) -> None:
        self._steps = self.script()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def script(self) -> Iterator[Wait]:
        """What this hand does; every kind gives its own."""
        raise NotImplementedError

    def _turn(self) -> None:
        waited_s = time.monotonic() - self._since_s
        is_due = self._wait() if callable(self._wait) else waited_s * self._pace >= self._wait
        if not is_due:
            return
        following = next(self._steps, None)
        if following is None:
            self._timer.stop()
            self.finished.emit()
            return
        self._wait, self._since_s = following, time.monotonic()

    def _arrive(self, station: str) -> Iterator[Wait]:
        """Something worth a picture; it stays until the picture is taken."""
        self.arrived.emit(station)
        yield PICTURE_S

    def _press(self, key: Qt.Key) -> Iterator[Wait]:
        """A real key on the real window, once it is in front."""
        shell = self._desk.shell
        shell.activateWindow()
        yield shell.isActiveWindow
        focused = QApplication.focusWidget()
        is_here = focused is not None and focused.window() is shell
        QTest.keyClick(focused if is_here and focused is not None else shell, key)

    def _press_on(self, alarm_id: str, key: Qt.Key) -> Iterator[Wait]:
        """A key that acts on the highlighted alarm, when the eye had time to see which one that is."""
        self._desk.presenters.watch.pick(alarm_id)
        yield SETTLE_S * self._pace
        yield from self._press(key)
