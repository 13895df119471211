"""A film played by libVLC: by its own clock and with its own sound, where FFmpeg cannot read it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

import numpy as np
import numpy.typing as npt
from av.video.frame import VideoFrame

from services.core.errors import ServiceError
from services.core.workers import Worker
from services.domain.video import FeedStatus, Importance, StreamState
from services.playback.clips import ORIGIN, ClipFacts
from services.playback.reader import pixels_of
from services.playback.sound import PastSound
from services.playback.stills import Still
from services.playback.track import PastPicture
from services.video import trouble
from services.video.sources.vlc import ARGUMENTS, BYTES_PER_PIXEL, Canvas, load_vlc

LIBVLC = "libVLC"
_MUTE = "--no-audio"
_LOOK_EVERY_S = 0.05
_OPEN_S = 8.0


class VlcPlayer:
    """As `services.playback.players.ClipPlayer`; pictures come through memory."""

    engine = LIBVLC
    can_go_back = False
    has_own_sound = True

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise trouble.StreamTrouble(trouble.NOT_FOUND)
        vlc = load_vlc()
        self._instance = vlc.Instance(*(argument for argument in ARGUMENTS if argument != _MUTE))
        if self._instance is None:
            raise trouble.StreamTrouble(trouble.NO_LIBVLC)
        self._ended = (vlc.State.Ended, vlc.State.Error)
        self._canvas = Canvas()
        self._media = self._instance.media_new(path.absolute().as_uri())
        self._player = self._instance.media_player_new()
        self._canvas.hang(vlc, self._player)
        self._player.set_media(self._media)
        self._speed = 0.0
        try:
            self._show_first()
        except BaseException:
            self._release()
            raise
        self.facts = self._facts_of(path)
        self.feed = VlcFeed(self._canvas, self._player.get_time)
        self.feed.start()

    @property
    def position_s(self) -> float:
        return max(0.0, float(self._player.get_time()) / 1000)

    @property
    def speed(self) -> float:
        return 0.0 if self._player.get_state() in self._ended else self._speed

    def play(self, speed: float) -> None:
        """Backwards it cannot."""
        self._speed = max(0.0, speed)
        if self._speed:
            if self._player.get_state() in self._ended:
                self._player.set_media(self._media)
                self._player.play()
            self._player.set_rate(self._speed)
        self._player.set_pause(0 if self._speed else 1)

    def seek(self, seconds: float) -> None:
        self._player.set_time(round(max(0.0, seconds) * 1000))

    def step(self, by: int) -> None:
        """On: the very next picture. Back: about one picture."""
        self.play(0.0)
        if by > 0:
            self._player.next_frame()
        else:
            self.seek(self.position_s - 1.5 / self.facts.fps)

    def set_muted(self, is_muted: bool) -> None:
        self._player.audio_set_mute(is_muted)

    def sound(self, rate_hz: int) -> PastSound:  # noqa: ARG002  of the seam
        raise ServiceError("clip.no_sound")

    def still(self) -> Still | None:
        newest = self.feed.newest
        if newest is None:
            return None
        body, at = newest
        pixels = scaled(body, self._canvas.size, self._canvas.size)
        return Still(self.facts.path.name, at, pixels, self._canvas.size, LIBVLC)

    def stop(self) -> None:
        self.feed.stop()
        self._release()

    def _show_first(self) -> None:
        self._player.play()
        self._player.audio_set_mute(True)
        until_s = time.monotonic() + _OPEN_S
        while not self._canvas.wait_for_size(_LOOK_EVERY_S):
            if self._player.get_state() in self._ended or time.monotonic() > until_s:
                raise trouble.StreamTrouble(trouble.LIBVLC_CANNOT)
        self._player.set_pause(1)

    def _facts_of(self, path: Path) -> ClipFacts:
        length_s = max(0, self._player.get_length()) / 1000
        fps = float(self._player.get_fps()) or 25.0
        has_sound = self._player.audio_get_track_count() > 0
        return ClipFacts(path, path.stat().st_size, "", "", self._canvas.size, fps, length_s, has_sound)

    def _release(self) -> None:
        # Waits for its threads: after that no callback writes into the canvas.
        self._player.stop()
        self._player.release()
        self._media.release()
        self._instance.release()


class VlcFeed:
    """The newest picture of a canvas, scaled in a thread of its own. place_ms: where in the film it is."""

    def __init__(self, canvas: Canvas, place_ms: Callable[[], int]) -> None:
        self._canvas = canvas
        self._place_ms = place_ms
        self._size_px = (0, 0)
        self._picture: PastPicture | None = None
        # As it came, and when in the film.
        self.newest: tuple[bytes, datetime] | None = None
        self._worker = Worker("clip-libvlc", self._run)

    def start(self) -> None:
        self._worker.start()

    def stop(self) -> None:
        self._worker.stop()

    def status(self) -> FeedStatus:
        width_px, height_px = self._canvas.size
        state = StreamState.RECORDED if self._picture is not None else StreamState.CONNECTING
        return FeedStatus(state, width_px=width_px, height_px=height_px)

    def latest(self, after: int) -> PastPicture | None:
        picture = self._picture
        return picture if picture is not None and picture.number > after else None

    def ask_size(self, width_px: int, height_px: int) -> None:
        self._size_px = (width_px, height_px)

    def set_watched(self, is_watched: bool) -> None:
        """It plays on: its sound is heard."""

    def set_importance(self, importance: Importance) -> None:
        """There is no other."""

    def _run(self, stop: Event) -> None:
        number = 0
        while not stop.is_set():
            body = self._canvas.take(_LOOK_EVERY_S)
            if body is None:
                continue
            number += 1
            at = ORIGIN + timedelta(milliseconds=max(0, self._place_ms()))
            pixels = scaled(body, self._canvas.size, self._size_px)
            height_px, width_px = pixels.shape[:2]
            self.newest = body, at
            self._picture = PastPicture(
                pixels, width_px, height_px, number, time.monotonic(), at, self._canvas.size
            )


def scaled(body: bytes, source_px: tuple[int, int], size_px: tuple[int, int]) -> npt.NDArray[np.uint8]:
    """BGRA bytes as pixels that fit `size_px`."""
    width_px, height_px = source_px
    rows = np.frombuffer(body, np.uint8).reshape(height_px, width_px, BYTES_PER_PIXEL)
    return pixels_of(VideoFrame.from_ndarray(rows, "bgra"), size_px)
