"""The seat's microphone, as 16-bit mono sound at 8 kHz; says plainly when there is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import numpy as np
from PySide6.QtCore import QIODevice, QObject
from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QAudioSource, QMediaDevices

RATE_HZ = 8000

Take = Callable[[bytes], None]


class Microphone(Protocol):
    """What talking needs of the machine."""

    def start(self, take: Take) -> bool:
        """Hand on what is heard, in the caller's thread; False where nothing can be heard."""
        ...

    def stop(self) -> None: ...


class SeatMicrophone(QObject):
    """The machine's own, asked anew every time: people plug and unplug."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source: QAudioSource | None = None
        self._device: QIODevice | None = None
        self._format = QAudioFormat()
        self._take: Take = lambda _pcm: None

    def start(self, take: Take) -> bool:
        self.stop()
        device = QMediaDevices.defaultAudioInput()
        wanted = format_for(device)
        if device.isNull() or wanted is None:
            return False
        self._format, self._take = wanted, take
        self._source = QAudioSource(device, wanted, self)
        self._device = self._source.start()
        self._device.readyRead.connect(self._read)
        return True

    def stop(self) -> None:
        if self._source is not None:
            self._source.stop()
            self._source.deleteLater()
        self._source = self._device = None

    def _read(self) -> None:
        if self._device is not None:
            data = bytes(self._device.readAll().data())
            self._take(at_rate(data, self._format.sampleRate(), self._format.channelCount()))


def format_for(device: QAudioDevice) -> QAudioFormat | None:
    """What we want if the device gives it, else its own rate; None where it has no 16-bit sound."""
    wanted = QAudioFormat()
    wanted.setSampleRate(RATE_HZ)
    wanted.setChannelCount(1)
    wanted.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    if device.isFormatSupported(wanted):
        return wanted
    own = device.preferredFormat()
    own.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    return own if own.sampleRate() > 0 and device.isFormatSupported(own) else None


def at_rate(data: bytes, rate_hz: int, channels: int) -> bytes:
    """16-bit samples of any rate as mono at 8 kHz: the mean of the channels and of what falls together."""
    samples = np.frombuffer(data[: len(data) // (2 * channels) * 2 * channels], np.int16)
    mono = samples.reshape(-1, channels).mean(axis=1)
    if rate_hz != RATE_HZ and len(mono):
        count = max(1, round(len(mono) * RATE_HZ / rate_hz))
        edges = np.linspace(0, len(mono), count, endpoint=False).astype(int)
        mono = np.add.reduceat(mono, edges) / np.diff(np.append(edges, len(mono)))
    return bytes(mono.astype(np.int16).tobytes())
