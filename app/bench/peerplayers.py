"""Other people's players, each used as its documentation shows, with pictures of one size for every tile."""

from __future__ import annotations

import ctypes
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event, Thread
from typing import Any, Protocol

from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage

FPS = 25.0
_FORMAT = QImage.Format.Format_RGB32


class Players(Protocol):
    """All tiles' players of one library."""

    def latest(self, tile: int) -> tuple[int, QImage] | None:
        """The newest picture and its number."""
        ...

    def stop(self) -> None: ...


class MissingLibraryError(Exception):
    """The library is not on this machine; the text says what is missing."""


class OpenCvPlayers:
    """One thread and one VideoCapture per camera."""

    def __init__(self, addresses: Sequence[str], size_px: tuple[int, int]) -> None:
        self._size_px = size_px
        self._stop = Event()
        self._newest: list[tuple[int, Any]] = [(0, None)] * len(addresses)
        self._threads = [
            Thread(target=self._read, args=(tile, address), daemon=True)
            for tile, address in enumerate(addresses)
        ]
        for thread in self._threads:
            thread.start()

    def latest(self, tile: int) -> tuple[int, QImage] | None:
        number, pixels = self._newest[tile]
        if pixels is None:
            return None
        return number, QImage(pixels.data, *self._size_px, 4 * self._size_px[0], _FORMAT)

    def stop(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(2.0)

    def _read(self, tile: int, address: str) -> None:
        import cv2

        cv2.setNumThreads(1)
        is_file = Path(address).is_file()
        capture = cv2.VideoCapture(address)
        number, due_s = 0, time.monotonic() + tile * 0.0137
        while not self._stop.is_set():
            if is_file and self._stop.wait(max(0.0, due_s - time.monotonic())):
                break
            due_s = max(due_s + 1 / FPS, time.monotonic() - 1.0)
            is_there, frame = capture.read()
            if not is_there:
                capture.set(cv2.CAP_PROP_POS_FRAMES, 0)
                continue
            small = cv2.resize(frame, self._size_px, interpolation=cv2.INTER_AREA)
            number += 1
            self._newest[tile] = (number, cv2.cvtColor(small, cv2.COLOR_BGR2BGRA))
        capture.release()


class VlcPlayers:
    """libVLC with memory callbacks; it scales to the size it is told."""

    def __init__(self, addresses: Sequence[str], size_px: tuple[int, int]) -> None:
        try:
            import vlc

            self._vlc: Any = vlc.Instance("--no-audio", "--quiet", "--no-osd")
        except (ImportError, NameError, OSError) as error:
            raise MissingLibraryError("libvlc is not installed (apt: libvlc5 vlc-plugin-base)") from error
        if self._vlc is None:
            raise MissingLibraryError("libvlc finds no plug-ins (apt: vlc-plugin-base)")
        self._tiles = [_VlcTile(self._vlc, address, size_px) for address in addresses]

    def latest(self, tile: int) -> tuple[int, QImage] | None:
        return self._tiles[tile].latest()

    def stop(self) -> None:
        for tile in self._tiles:
            tile.stop()


class _VlcTile:
    """Two buffers in turn: one is being written while the other is shown."""

    def __init__(self, instance: Any, address: str, size_px: tuple[int, int]) -> None:
        import vlc

        width_px, height_px = size_px
        self._size_px = size_px
        self._buffers = [ctypes.create_string_buffer(width_px * height_px * 4) for _ in range(2)]
        self._number = 0
        media = instance.media_new(address, ":input-repeat=65535", ":network-caching=100", ":rtsp-tcp")
        self._player = instance.media_player_new()
        self._player.set_media(media)
        # The library calls these for as long as it plays.
        self._lock = vlc.CallbackDecorators.VideoLockCb(self._locked)
        self._unlock = vlc.CallbackDecorators.VideoUnlockCb(lambda _self, _picture, _planes: None)
        self._display = vlc.CallbackDecorators.VideoDisplayCb(self._displayed)
        self._player.video_set_callbacks(self._lock, self._unlock, self._display, None)
        self._player.video_set_format("RV32", width_px, height_px, 4 * width_px)
        self._player.play()

    def latest(self) -> tuple[int, QImage] | None:
        number = self._number
        if number == 0:
            return None
        shown = memoryview(self._buffers[number % 2])
        return number, QImage(shown, *self._size_px, 4 * self._size_px[0], _FORMAT)

    def stop(self) -> None:
        self._player.stop()
        self._player.release()

    def _locked(self, _self: Any, planes: Any) -> Any:
        planes[0] = ctypes.addressof(self._buffers[(self._number + 1) % 2])
        return None

    def _displayed(self, _self: Any, _picture: Any) -> None:
        self._number += 1


class QtPlayers:
    """A QMediaPlayer with a QVideoSink per tile."""

    def __init__(self, addresses: Sequence[str], size_px: tuple[int, int]) -> None:
        from PySide6.QtCore import QSize
        from PySide6.QtMultimedia import QMediaPlayer, QVideoFrame, QVideoSink

        self._size = QSize(*size_px)
        self._numbers = [0] * len(addresses)
        self._frames: list[QVideoFrame | None] = [None] * len(addresses)
        self._sinks, self._players = [], []
        for tile, address in enumerate(addresses):
            sink, player = QVideoSink(), QMediaPlayer()
            sink.videoFrameChanged.connect(lambda frame, tile=tile: self._take(tile, frame))
            player.setVideoSink(sink)
            player.setLoops(QMediaPlayer.Loops.Infinite)
            player.setSource(QUrl.fromUserInput(address))
            player.play()
            self._sinks.append(sink)
            self._players.append(player)

    def latest(self, tile: int) -> tuple[int, QImage] | None:
        frame = self._frames[tile]
        if frame is None:
            return None
        return self._numbers[tile], frame.toImage().scaled(self._size)

    def stop(self) -> None:
        for player in self._players:
            player.stop()

    def _take(self, tile: int, frame: Any) -> None:
        self._frames[tile] = frame
        self._numbers[tile] += 1


PLAYERS: dict[str, Callable[[Sequence[str], tuple[int, int]], Players]] = {
    "opencv": OpenCvPlayers,
    "libvlc": VlcPlayers,
    "qt": QtPlayers,
}
