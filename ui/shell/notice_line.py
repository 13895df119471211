"""The line below the screens where notices stand, and after each what it said, for whoever looked away."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from services.core.clock import Clock
from ui.elided import ElidedLabel
from ui.shell.banner import Banner
from ui.shell.words import Severity
from ui.text.times import clock_time
from ui.theme import Size


class NoticeLine(QFrame):
    """Its room is its own even while there is none: as one comes and goes nothing moves under the pointer,
    and nothing lies under it.
    """

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "notices")
        self.setFixedHeight(Size.NOTICE)
        self._clock = clock
        self.banner = Banner(self)
        self.last = ElidedLabel(self)
        self.last.setProperty("tone", "small")
        line = QVBoxLayout(self)
        line.setContentsMargins(0, 1, 0, 0)
        line.addWidget(self.banner)
        self.last.setContentsMargins(Size.GAP_L, 0, Size.GAP_S, 0)
        self.banner.dismissed.connect(self._step_back)

    def say(self, sentence: str, severity: Severity) -> None:
        """No sentence takes the notice away."""
        self.banner.say(sentence, severity)
        if sentence:
            self.last.setText(f"{clock_time(self._clock.now())}  {sentence}")
        self._step_back()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Both have all of the room, one at a time."""
        super().resizeEvent(event)
        self.last.setGeometry(self.contentsRect())

    def _step_back(self) -> None:
        self.last.setVisible(not self.banner.text)
