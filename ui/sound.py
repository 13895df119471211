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
from ui.sound_policy import sound_name, sounding_alarm

log = structlog.get_logger(__name__)


class SoundPlayer(Protocol):
    """Plays one sound of `sound_policy.sound_name` in a loop."""

    def play(self, name: str) -> None: ...
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
        self._name = ""
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
        heard = sounding_alarm(alarms)
        name = sound_name(heard) if heard is not None else ""
        if name == self._name:
            return
        self._name = name
        self._sounding = heard.priority if heard is not None else None
        self._player.stop()
        if name:
            self._start(name)
        self.changed.emit(int(self._sounding or 0))

    def stop(self) -> None:
        """Be silent, for the end of the program."""
        self._player.stop()
        self._sounding, self._name = None, ""

    def _start(self, name: str) -> None:
        if self._has_device():
            self._is_lack_told = False
            self._player.play(name)
        elif not self._is_lack_told:
            self._is_lack_told = True
            log.warning("sound.no_device")
            self.unheard.emit(ServiceError("ui.sound_missing"))


class LoopPlayer(QObject):
    """One QSoundEffect per sound, made when it is first needed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._effects: dict[str, QSoundEffect] = {}

    def play(self, name: str) -> None:
        self._effect(name).play()

    def stop(self) -> None:
        for effect in self._effects.values():
            effect.stop()

    def _effect(self, name: str) -> QSoundEffect:
        effect = self._effects.get(name)
        if effect is None:
            effect = QSoundEffect(self)
            effect.setSource(QUrl.fromLocalFile(str(resource("sounds", f"{name}.wav"))))
            # int(): PySide6 takes the enum only as a number here.
            effect.setLoopCount(int(QSoundEffect.Loop.Infinite.value))
            self._effects[name] = effect
        return effect


def has_sound_device() -> bool:
    """Whether there is anything to play on now."""
    return not QMediaDevices.defaultAudioOutput().isNull()
