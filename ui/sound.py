"""The alarm sound of a workstation: one looping sound, that of the most urgent alarm."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

import structlog
from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtMultimedia import QMediaDevices, QSoundEffect

from services.core.errors import ServiceError
from services.core.paths import resource
from services.domain.alarms import Alarm
from services.domain.classes import Priority
from ui.sound_policy import sounding_priority

log = structlog.get_logger(__name__)


class SoundPlayer(Protocol):
    """Plays one priority's sound in a loop."""

    def play(self, priority: Priority) -> None: ...
    def stop(self) -> None: ...


class AlarmSound(QObject):
    """Turns the open alarms into sound.

    Signals: changed(int) the priority that sounds, 0 for silence; unheard(ServiceError) once, when an
    alarm should sound and the machine cannot.
    """

    changed = Signal(int)
    unheard = Signal(object)

    def __init__(
        self,
        player: SoundPlayer | None = None,
        has_device: Callable[[], bool] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._player: SoundPlayer = player or LoopPlayer(self)
        self._has_device = has_device or has_sound_device
        self._sounding: Priority | None = None
        self._is_lack_told = False

    @property
    def sounding(self) -> Priority | None:
        return self._sounding

    @property
    def is_heard(self) -> bool:
        """An alarm sounds, and there is something to hear it by."""
        return self._sounding is not None and self._has_device()

    def apply(self, alarms: Iterable[Alarm]) -> None:
        """Play what `alarms`, all the open ones, ask for; call it after every change."""
        wanted = sounding_priority(alarms)
        if wanted is self._sounding:
            return
        self._sounding = wanted
        self._player.stop()
        if wanted is not None:
            self._start(wanted)
        self.changed.emit(int(wanted or 0))

    def stop(self) -> None:
        """Be silent, for the end of the program."""
        self._player.stop()
        self._sounding = None

    def _start(self, priority: Priority) -> None:
        if self._has_device():
            self._is_lack_told = False
            self._player.play(priority)
        elif not self._is_lack_told:
            self._is_lack_told = True
            log.warning("sound.no_device")
            self.unheard.emit(ServiceError("ui.sound_missing"))


class LoopPlayer(QObject):
    """One QSoundEffect per priority, made when it is first needed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._effects: dict[Priority, QSoundEffect] = {}

    def play(self, priority: Priority) -> None:
        self._effect(priority).play()

    def stop(self) -> None:
        for effect in self._effects.values():
            effect.stop()

    def _effect(self, priority: Priority) -> QSoundEffect:
        effect = self._effects.get(priority)
        if effect is None:
            effect = QSoundEffect(self)
            effect.setSource(QUrl.fromLocalFile(str(resource("sounds", f"p{priority:d}.wav"))))
            # int(): PySide6 takes the enum only as a number here.
            effect.setLoopCount(int(QSoundEffect.Loop.Infinite.value))
            self._effects[priority] = effect
        return effect


def has_sound_device() -> bool:
    """Whether there is anything to play on now."""
    return not QMediaDevices.defaultAudioOutput().isNull()
