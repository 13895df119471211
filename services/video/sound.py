"""What one camera hears, decoded for a loudspeaker: a connection of its own that asks for sound alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from threading import Event, Lock

import av
import av.error
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.container import InputContainer

from services.core.workers import Worker
from services.video import trouble
from services.video.address import StreamAddress
from services.video.sources.rtsp import BY_TRANSPORT, READ_TIMEOUT_S
from services.video.sources.rtsps import TlsTunnel, inside_address

NO_SOUND = "listen.no_sound"
CHANNELS = 2
SAMPLE_BYTES = 2
OPEN_PATIENCE_S = 4.0
# More than this is not kept: sound must not fall behind the picture.
MOST_WAITING_S = 0.6

_OPTIONS = {
    "allowed_media_types": "audio",
    "probesize": "32768",
    "analyzeduration": "0",
}


class SoundReader:
    """Plays the first of `addresses` that has sound; every call returns at once.

    rate_hz: of the loudspeaker. Ends by itself when the stream breaks; `error` then says why.
    """

    def __init__(self, addresses: Sequence[StreamAddress], rate_hz: int) -> None:
        self._addresses = addresses
        self._rate_hz = rate_hz
        self._waiting = bytearray()
        self._lock = Lock()
        self._error = ""
        self._has_begun = False
        self._worker = Worker("listen", self._run)

    def start(self) -> None:
        self._worker.start()

    def request_stop(self) -> None:
        self._worker.request_stop()

    @property
    def is_alive(self) -> bool:
        return self._worker.is_alive

    @property
    def has_begun(self) -> bool:
        """Sound has come."""
        return self._has_begun

    @property
    def error(self) -> str:
        """A `listen.*` or `video.*` code once it has ended by itself, "" before."""
        return self._error

    def take(self, most_bytes: int) -> bytes:
        """Up to so many bytes of what waits, whole samples: int16, little endian, two channels."""
        size = min(most_bytes, len(self._waiting)) // (CHANNELS * SAMPLE_BYTES) * CHANNELS * SAMPLE_BYTES
        with self._lock:
            taken = bytes(self._waiting[:size])
            del self._waiting[:size]
        return taken

    def _run(self, stop: Event) -> None:
        error = NO_SOUND
        for address in self._addresses:
            try:
                self._play(address, stop)
                error = trouble.ENDED
            except Exception as failure:  # noqa: BLE001  libraries raise anything; their text holds the password
                error = NO_SOUND if isinstance(failure, _SILENT) else trouble.code_of(failure)
            if stop.is_set() or error != NO_SOUND:
                break
        self._error = "" if stop.is_set() else error

    def _play(self, address: StreamAddress, stop: Event) -> None:
        with ExitStack() as held:
            container = held.enter_context(closing(_opened(address, held)))
            if not container.streams.audio:
                raise _Silent
            resampler = AudioResampler(format="s16", layout="stereo", rate=self._rate_hz)
            for frame in _frames(container, stop):
                for piece in resampler.resample(frame):
                    self._put(piece.to_ndarray().tobytes())

    def _put(self, data: bytes) -> None:
        most = int(MOST_WAITING_S * self._rate_hz) * CHANNELS * SAMPLE_BYTES
        with self._lock:
            self._waiting += data
            if len(self._waiting) > most:
                del self._waiting[: len(self._waiting) - most]
        self._has_begun = True


class _Silent(Exception):
    """The stream has no sound."""


# FFmpeg sets nothing up where only pictures are offered, and the camera refuses to play nothing.
_SILENT = (_Silent, av.error.HTTPOtherClientError)


def _opened(address: StreamAddress, held: ExitStack) -> InputContainer:
    """Only RTSP, plain or inside TLS, can be asked for sound alone; `held` closes what it needs beside it."""
    if address.scheme == "rtsps":
        tunnel = TlsTunnel(address, OPEN_PATIENCE_S)
        held.callback(tunnel.close)
        address = inside_address(address, tunnel.port)
    elif address.scheme != "rtsp":
        raise _Silent
    options = {**_OPTIONS, **BY_TRANSPORT[address.transport]}
    try:
        url = address.joined_short()
    except ValueError:
        raise trouble.StreamTrouble(trouble.LOGIN_TOO_LONG) from None
    return av.open(url, options=options, timeout=(OPEN_PATIENCE_S, READ_TIMEOUT_S), metadata_errors="replace")


def _frames(container: InputContainer, stop: Event) -> Iterator[AudioFrame]:
    for packet in container.demux(container.streams.audio[0]):
        if stop.is_set():
            return
        yield from packet.decode()
