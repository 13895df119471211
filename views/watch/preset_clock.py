"""Brings up presets by the time of day: once per slot, never while an alarm is being handled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from services.core.clock import Clock
from services.domain.wall_schedule import Due, due_preset
from services.domain.walls import WallItemKind
from ui.jobs import UiJobs
from ui.preferences import Preferences
from views.watch.wall_hand import WallHand
from views.watch.wall_library import WallLibrary

LOOK_EVERY_MS = 2000


class PresetClock(QObject):
    """What the operator changes afterwards stays until the next slot begins.

    Signals: switched(name) when a preset came up; waiting(name) when an alarm holds it back;
    changed() when `is_on` did. is_usual: whether it is on until somebody says otherwise.
    """

    switched = Signal(str)
    waiting = Signal(str)
    changed = Signal()

    def __init__(
        self,
        *,
        hand: WallHand,
        library: WallLibrary,
        preferences: Preferences,
        jobs: UiJobs,
        key: str,
        clock: Clock,
        zone: tzinfo,
        is_handling: Callable[[], bool],
        is_usual: bool = True,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._hand = hand
        self._library = library
        self._preferences = preferences
        self._jobs = jobs
        self._key = key
        self._clock = clock
        self._zone = zone
        self._is_handling = is_handling
        self._mark = ""
        self._told = ""
        self._is_over = False
        self._is_usual = is_usual
        self.is_on = is_usual
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Read what was kept first: a slot that came up before a restart does not come up again."""
        self._jobs.run(partial(self._preferences.load, self._key), self._restore)

    def stop(self) -> None:
        self._is_over = True
        self._timer.stop()

    def set_on(self, is_on: bool) -> None:
        if is_on != self.is_on:
            self.is_on = is_on
            self._keep()
            self.changed.emit()
            self.look()

    def look(self) -> None:
        presets = self._library.items(WallItemKind.PRESET)
        due = due_preset(self._clock.now(), presets, self._zone) if self.is_on else None
        if due is None or due.mark == self._mark:
            return
        if self._is_handling():
            self._tell_waiting(due)
            return
        preset = self._library.preset(due.item)
        if preset is not None:
            self._mark = due.mark
            self._keep()
            self._hand.show_preset(preset)
            self.switched.emit(self._name(due))

    def _tell_waiting(self, due: Due) -> None:
        if self._told != due.mark:
            self._told = due.mark
            self.waiting.emit(self._name(due))

    def _name(self, due: Due) -> str:
        item = self._library.find(due.item)
        return item.name if item is not None else ""

    def _keep(self) -> None:
        kept: dict[str, object] = {"mark": self._mark, "is_on": self.is_on}
        self._jobs.run(partial(self._preferences.save, self._key, kept))

    def _restore(self, kept: dict[str, object] | None) -> None:
        if self._is_over:
            return
        self._mark = str((kept or {}).get("mark", ""))
        self.is_on = (kept or {}).get("is_on", self._is_usual) is True
        self.changed.emit()
        self._timer.start()
        self.look()
