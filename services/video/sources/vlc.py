"""A stream read and decoded by libVLC, for a camera that asks for it; libVLC need not be installed."""

from __future__ import annotations

import ctypes
import importlib
import socket
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Condition, Event
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from av.packet import Packet
from av.video.stream import VideoStream

from services.video import trouble
from services.video.address import StreamAddress
from services.video.sources.base import Codec, RawPicture, whole_picture

# `--rtsp-tcp` and the like make Instance() None where a build has not that module: only general ones.
ARGUMENTS = (
    *("--quiet", "--no-audio", "--no-spu", "--no-video-title-show", "--no-stats", "--no-osd"),
    *("--no-media-library", "--no-lua", "--network-caching=300", "--live-caching=300", "--file-caching=300"),
)
PIXELS = "bgra"
CHROMA = b"BGRA"
BYTES_PER_PIXEL = 4
ALIGN_BYTES = 32
MOST_PIXELS = 36_000_000
# Pictures that wait for the decoder's turn; older ones give way.
MOST_WAITING = 3
FIRST_PICTURE_S = 8.0
SILENT_AFTER_S = 10.0
_LOOK_EVERY_S = 0.1
_PORTS = {"rtsp": 554, "rtsps": 322, "http": 80, "https": 443}

_Setup = ctypes.CFUNCTYPE(
    ctypes.c_uint,
    ctypes.c_void_p,
    ctypes.c_void_p,
    *(ctypes.POINTER(ctypes.c_uint),) * 4,
)
_Cleanup = ctypes.CFUNCTYPE(None, ctypes.c_void_p)
_Lock = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.POINTER(ctypes.c_void_p))
_Unlock = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p, ctypes.POINTER(ctypes.c_void_p))
_Display = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p)


class VlcSource:
    """Any address libVLC plays; it delivers whole BGRA pictures. `file://…?loop` begins again at its end."""

    def __init__(
        self, address: StreamAddress, patience_s: float, first_picture_s: float = FIRST_PICTURE_S
    ) -> None:
        vlc = load_vlc()
        _knock(address, patience_s)
        self._is_looping = address.has_option("loop")
        self._ended = vlc.State.Ended
        self._broken = vlc.State.Error
        self._canvas = Canvas()
        self._instance = vlc.Instance(*ARGUMENTS)
        if self._instance is None:
            raise trouble.StreamTrouble(trouble.NO_LIBVLC)
        self._media = self._instance.media_new(mrl_of(address))
        self._player = self._instance.media_player_new()
        self._canvas.hang(vlc, self._player)
        self._player.set_media(self._media)
        try:
            self._play(max(patience_s, first_picture_s))
        except BaseException:
            self.close()
            raise
        width_px, height_px = self._canvas.size
        self.codec = Codec("rawvideo", picture=RawPicture(width_px, height_px, PIXELS))

    def packets(self, stop: Event) -> Iterator[Packet[VideoStream]]:
        heard_s = time.monotonic()
        while not stop.is_set():
            picture = self._canvas.take(_LOOK_EVERY_S)
            if picture is not None:
                heard_s = time.monotonic()
                yield whole_picture(picture)
                continue
            state = self._player.get_state()
            if state == self._ended:
                if not self._is_looping:
                    return
                # After its end a media plays again only when it is given anew.
                self._player.set_media(self._media)
                self._player.play()
            elif state == self._broken:
                raise trouble.StreamTrouble(trouble.ENDED)
            if time.monotonic() - heard_s > SILENT_AFTER_S:
                raise trouble.StreamTrouble(trouble.TIMEOUT)

    def close(self) -> None:
        # Waits for its threads: after that no callback writes into the canvas.
        self._player.stop()
        self._player.release()
        self._media.release()
        self._instance.release()

    def _play(self, limit_s: float) -> None:
        """Until the size of the pictures is known."""
        self._player.play()
        until_s = time.monotonic() + limit_s
        while not self._canvas.wait_for_size(_LOOK_EVERY_S):
            state = self._player.get_state()
            if state in (self._broken, self._ended) or time.monotonic() > until_s:
                raise trouble.StreamTrouble(trouble.LIBVLC_CANNOT)


class Canvas:
    """The memory libVLC paints into, from its own threads; finished pictures are copied out."""

    def __init__(self) -> None:
        self.size = (0, 0)
        self._memory: Any = None
        self._address = 0
        self._visible_size: Callable[[], tuple[int, int] | None] = lambda: None
        self._waiting: deque[bytes] = deque(maxlen=MOST_WAITING)
        self._changed = Condition()
        # Kept here: libVLC holds no reference to them.
        self._callbacks = (
            _Lock(self._lock),
            _Unlock(self._unlock),
            _Display(self._display),
            _Setup(self._setup),
            _Cleanup(self._cleanup),
        )

    def hang(self, vlc: Any, player: Any) -> None:
        lock, unlock, display, setup, cleanup = self._callbacks
        self._visible_size = lambda: _size_told(player)
        player.video_set_callbacks(
            ctypes.cast(lock, vlc.CallbackDecorators.VideoLockCb),
            ctypes.cast(unlock, vlc.CallbackDecorators.VideoUnlockCb),
            ctypes.cast(display, vlc.CallbackDecorators.VideoDisplayCb),
            None,
        )
        player.video_set_format_callbacks(
            ctypes.cast(setup, vlc.CallbackDecorators.VideoFormatCb),
            ctypes.cast(cleanup, vlc.CallbackDecorators.VideoCleanupCb),
        )

    def wait_for_size(self, limit_s: float) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: self.size != (0, 0), limit_s)

    def take(self, limit_s: float) -> bytes | None:
        with self._changed:
            self._changed.wait_for(lambda: bool(self._waiting), limit_s)
            return self._waiting.popleft() if self._waiting else None

    def _setup(self, _opaque: Any, chroma: int, width: Any, height: Any, pitches: Any, lines: Any) -> int:
        """Returns how many pictures there is room for; 0 refuses."""
        if self.size == (0, 0):
            # libVLC tells the size with the codec's padding, which it would stretch into the picture.
            width_px, height_px = self._visible_size() or (int(width[0]), int(height[0]))
            if not 0 < width_px * height_px <= MOST_PIXELS:
                return 0
            self._memory = ctypes.create_string_buffer(width_px * height_px * BYTES_PER_PIXEL + ALIGN_BYTES)
            self._address = -(-ctypes.addressof(self._memory) // ALIGN_BYTES) * ALIGN_BYTES
            with self._changed:
                self.size = (width_px, height_px)
                self._changed.notify_all()
        # A stream that changes its size goes on in the first one: libVLC scales.
        ctypes.memmove(chroma, CHROMA, len(CHROMA))
        width[0], height[0] = self.size
        pitches[0], lines[0] = self.size[0] * BYTES_PER_PIXEL, self.size[1]
        return 1

    def _cleanup(self, _opaque: Any) -> None:
        return

    def _lock(self, _opaque: Any, planes: Any) -> None:
        planes[0] = self._address

    def _unlock(self, _opaque: Any, _picture: Any, _planes: Any) -> None:
        return

    def _display(self, _opaque: Any, _picture: Any) -> None:
        body = ctypes.string_at(self._address, self.size[0] * self.size[1] * BYTES_PER_PIXEL)
        with self._changed:
            self._waiting.append(body)
            self._changed.notify_all()


def _size_told(player: Any) -> tuple[int, int] | None:
    """What the container or the stream's head says; None while it says nothing."""
    size: tuple[int, int] = player.video_get_size(0)
    return size if all(size) else None


def load_vlc() -> Any:
    """The binding; raises StreamTrouble("video.no_libvlc")."""
    try:
        return importlib.import_module("vlc")
    except (ImportError, NameError, OSError):
        # Without the library the binding itself breaks with a NameError.
        pass
    raise trouble.StreamTrouble(trouble.NO_LIBVLC)


def mrl_of(address: StreamAddress) -> str:
    """What libVLC is given; for the opening only, it holds the password."""
    if address.scheme == "file":
        return Path(address.path).as_uri()
    parts = urlsplit(address.joined())
    return urlunsplit(parts._replace(fragment=""))


def _knock(address: StreamAddress, patience_s: float) -> None:
    """libVLC does not say why it failed: whether anybody is there is found out first. Raises OSError."""
    if address.scheme == "file":
        if not Path(address.path).is_file():
            raise trouble.StreamTrouble(trouble.NOT_FOUND)
        return
    parts = urlsplit(address.url)
    if parts.hostname is None or address.scheme not in _PORTS:
        raise trouble.StreamTrouble(trouble.UNSUPPORTED)
    port = parts.port or _PORTS[address.scheme]
    socket.create_connection((parts.hostname, port), timeout=patience_s).close()
