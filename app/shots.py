"""Takes pictures of a window: after what matters, and every few seconds."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from services.domain.facts import AlarmChanged, AlarmRaised, DispatchChanged, DispatchSent, Fact
from ui.board import LiveBoard

EVERY_MS = 5000
AFTER_EVENT_MS = 1200


class Photographer(QObject):
    """Saves `<folder>/<window>-<number>-<why>.png`; a picture that cannot be saved is left out."""

    def __init__(self, window: QWidget, folder: Path, name: str) -> None:
        super().__init__(window)
        self._window = window
        self._folder = folder
        self._name = name
        self._count = 0
        self._why: list[str] = []
        self._regular = QTimer(self)
        self._regular.setInterval(EVERY_MS)
        self._regular.timeout.connect(self._take_regular)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(AFTER_EVENT_MS)
        self._soon.timeout.connect(self._take_event)

    def follow(self, live: LiveBoard) -> None:
        """Take a picture after every fact that a person would want to see."""
        live.applied.connect(self._note_facts)

    def start(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._regular.start()

    def stop(self) -> None:
        self._regular.stop()
        self._soon.stop()

    def take_soon(self, why: str) -> None:
        """A picture shortly, when what happened has been painted."""
        self._why.append(why)
        self._soon.start()

    def take(self, why: str) -> Path:
        """A picture now, of the window alone; nothing that lies over it is in the picture."""
        self._count += 1
        path = self._folder / f"{self._name}-{self._count:02d}-{why}.png"
        picture = self._window.grab()
        picture.save(str(path))
        return path

    def _note_facts(self, facts: list[Fact]) -> None:
        for fact in facts:
            match fact:
                case AlarmRaised():
                    self.take_soon("alarm")
                case DispatchSent():
                    self.take_soon("sent")
                case DispatchChanged():
                    self.take_soon(fact.dispatch.state.value)
                case AlarmChanged(change="claimed"):
                    self.take_soon("claimed")

    def _take_regular(self) -> None:
        self.take("every-5-s")

    def _take_event(self) -> None:
        why, self._why = "-".join(dict.fromkeys(self._why)), []
        self.take(why)
