"""Notices when the pictures of a wall stand, so that a demo begins where there is something to see."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer, Signal

from services.core.clock import Clock, SystemClock
from services.domain.video import StreamState

LOOK_MS = 250
# A camera that never comes holds nothing up for longer.
LONGEST_S = 60.0


class FirstPictures(QObject):
    """Signals: stand(), once, when every open stream has been live, or after LONGEST_S.

    states: of the open streams, by camera.
    """

    stand = Signal()

    def __init__(
        self,
        states: Callable[[], Mapping[str, StreamState]],
        clock: Clock | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._states = states
        self._clock: Clock = clock or SystemClock()
        self._begun_s = self._clock.monotonic()
        self._live: set[str] = set()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        self._begun_s = self._clock.monotonic()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def look(self) -> None:
        states = self._states()
        self._live |= {camera for camera, state in states.items() if state is StreamState.LIVE}
        is_late = self._clock.monotonic() - self._begun_s >= LONGEST_S
        if is_late or (states and self._live >= states.keys()):
            self.stop()
            self.stand.emit()
