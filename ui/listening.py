"""Lets an operator hear one camera, from its reader to the loudspeaker; says so when that fails."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QIODevice, QObject, QTimer, Signal
from PySide6.QtMultimedia import QAudioFormat, QAudioSink, QMediaDevices, QtAudio

from services.core.errors import ServiceError

FEED_EVERY_MS = 20
# While an alarm sounds, a camera must not drown it.
DUCKED = 0.15
_GONE = frozenset({QtAudio.Error.OpenError, QtAudio.Error.IOError, QtAudio.Error.FatalError})


class Sound(Protocol):
    """What one camera hears; every call returns at once. `services.video.sound.SoundReader`."""

    @property
    def error(self) -> str:
        """A `ServiceError` code once it has ended by itself."""
        ...

    def start(self) -> None: ...
    def request_stop(self) -> None: ...
    def take(self, most_bytes: int) -> bytes: ...


class Speaker(Protocol):
    """Plays int16 samples in two channels."""

    def start(self) -> int:
        """Begin; returns the rate in Hz, 0 where nothing can be played."""
        ...

    def room_bytes(self) -> int:
        """How much it takes now; negative when the device has gone."""
        ...

    def play(self, data: bytes) -> None: ...
    def set_volume(self, volume: float) -> None: ...
    def stop(self) -> None: ...


class Listening(QObject):
    """One camera at a time.

    open_sound: by camera number and rate; raises ServiceError("video.unknown_camera", camera).
    Signals: changed(camera_no), "" for silence; refused(ServiceError).
    """

    changed = Signal(str)
    refused = Signal(object)

    def __init__(
        self,
        open_sound: Callable[[str, int], Sound],
        speaker: Speaker | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._open_sound = open_sound
        self._speaker: Speaker = speaker or LoudSpeaker()
        self._sound: Sound | None = None
        self._camera_no = ""
        self._timer = QTimer(self)
        self._timer.setInterval(FEED_EVERY_MS)
        self._timer.timeout.connect(self.feed)

    @property
    def camera_no(self) -> str:
        """The camera that is heard, "" for none."""
        return self._camera_no

    def toggle(self, camera_no: str) -> None:
        """Hear this camera instead of another, or stop hearing it."""
        was = self._camera_no
        self.stop()
        if camera_no and camera_no != was:
            self._listen(camera_no)

    def keep_only(self, camera_nos: frozenset[str]) -> None:
        """Stop when the camera is on none of the tiles that can be seen: nobody would know what they hear."""
        if self._camera_no and self._camera_no not in camera_nos:
            self.stop()

    def duck(self, sounding: int) -> None:
        """An alarm sounds (its priority), or none does any more (0)."""
        self._speaker.set_volume(DUCKED if sounding else 1.0)

    def stop(self) -> None:
        if self._sound is None:
            return
        self._timer.stop()
        self._sound.request_stop()
        self._speaker.stop()
        self._sound, self._camera_no = None, ""
        self.changed.emit("")

    def feed(self) -> None:
        """Give the loudspeaker what has come."""
        if self._sound is None:
            return
        error = self._sound.error
        if error:
            camera_no = self._camera_no
            self.stop()
            self.refused.emit(ServiceError(error, camera=camera_no))
            return
        room = self._speaker.room_bytes()
        if room < 0:
            self.stop()
            self.refused.emit(ServiceError("listen.no_device"))
            return
        data = self._sound.take(room) if room > 0 else b""
        if data:
            self._speaker.play(data)

    def _listen(self, camera_no: str) -> None:
        rate_hz = self._speaker.start()
        if not rate_hz:
            self.refused.emit(ServiceError("listen.no_device"))
            return
        try:
            sound = self._open_sound(camera_no, rate_hz)
        except ServiceError as error:
            self._speaker.stop()
            self.refused.emit(error)
            return
        sound.start()
        self._sound, self._camera_no = sound, camera_no
        self._timer.start()
        self.changed.emit(camera_no)


class LoudSpeaker:
    """The machine's own loudspeaker, asked anew every time: people plug and unplug."""

    BUFFER_S = 0.2

    def __init__(self) -> None:
        self._sink: QAudioSink | None = None
        self._device: QIODevice | None = None
        self._volume = 1.0

    def start(self) -> int:
        output = QMediaDevices.defaultAudioOutput()
        wanted = output.preferredFormat()
        wanted.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        wanted.setChannelCount(2)
        if output.isNull() or not output.isFormatSupported(wanted):
            return 0
        self._sink = QAudioSink(output, wanted)
        self._sink.setBufferSize(int(self.BUFFER_S * wanted.sampleRate()) * 4)
        self._sink.setVolume(self._volume)
        self._device = self._sink.start()
        return wanted.sampleRate()

    def room_bytes(self) -> int:
        if self._sink is None or self._sink.error() in _GONE:
            return -1
        return int(self._sink.bytesFree())

    def play(self, data: bytes) -> None:
        if self._device is not None:
            self._device.write(data)

    def set_volume(self, volume: float) -> None:
        self._volume = volume
        if self._sink is not None:
            self._sink.setVolume(volume)

    def stop(self) -> None:
        if self._sink is not None:
            self._sink.stop()
        self._sink = self._device = None
