"""Python's collector of cycles, bound to the GUI thread."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_MS = 500
# Whatever has lived for long is looked through as seldom as this: it takes some tens of milliseconds.
FULL_EVERY_LOOKS = 1200


class GuiCollector(QObject):
    """From `start` on no other thread collects: a window that ends up in a cycle and is taken apart in the
    thread of a job, where Python's own collector may run, brings the program down.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._looks = 0
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """What is there now is there to stay, and is not looked through again."""
        gc.disable()
        gc.collect()
        gc.freeze()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()
        gc.enable()

    def _look(self) -> None:
        """Young objects by Python's own measure, all of them now and then."""
        self._looks += 1
        (young, middle, _old), (most_young, most_middle, _) = gc.get_count(), gc.get_threshold()
        if self._looks % FULL_EVERY_LOOKS == 0:
            gc.collect()
        elif middle > most_middle:
            gc.collect(1)
        elif young > most_young:
            gc.collect(0)
