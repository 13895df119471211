"""One camera of a playback as the wall of tiles sees it: a feed whose pictures are of the past."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event

import numpy as np
import numpy.typing as npt

from services.core.clock import Clock
from services.core.workers import Worker
from services.domain.recordings import Segment
from services.domain.video import FeedStatus, Importance, PictureFormat, StreamState
from services.playback.clock import PlaybackClock
from services.playback.reader import Locate, Reader, Shown, pixels_of
from services.video.picture import FrameRate

# How often the clock is looked at: as often as a wall repaints.
LOOK_EVERY_S = 0.015
# From this speed on only key pictures are decoded: more could not be seen.
KEYS_FROM_SPEED = 8.0
NO_RECORDING = "playback.no_recording"


@dataclass(frozen=True, slots=True, eq=False)
class PastPicture:
    """A picture of the past; nobody writes to its pixels."""

    pixels: npt.NDArray[np.uint8]
    width_px: int
    height_px: int
    number: int
    arrived_s: float
    at: datetime
    format: PictureFormat = PictureFormat.BGRA


class Track:
    """Runs one thread; every call returns at once. segments: of one stream, by their beginning."""

    def __init__(
        self, camera: str, segments: Sequence[Segment], locate: Locate, playback: PlaybackClock, clock: Clock
    ) -> None:
        self.camera = camera
        self._reader = Reader(segments, locate)
        self._playback = playback
        self._clock = clock
        self._size_px = (0, 0)
        self._picture: PastPicture | None = None
        self._shown_at: datetime | None = None
        self._group: list[Shown] = []
        self._jumps = -1
        self._number = 0
        self._is_watched = True
        self._is_in_gap = False
        self._rate = FrameRate()
        self._worker = Worker(f"playback-{camera}", self._run)

    def start(self) -> None:
        self._worker.start()

    def request_stop(self) -> None:
        self._worker.request_stop()

    def stop(self) -> None:
        self._worker.stop()

    def use(self, segments: Sequence[Segment]) -> None:
        """A longer list: recording goes on while it is watched."""
        self._reader.use(segments)

    @property
    def is_watched(self) -> bool:
        """Pictures are decoded: somebody can see them."""
        return self._is_watched

    @property
    def shown_at(self) -> datetime | None:
        """When the picture that is shown now came; None in a gap."""
        return None if self._is_in_gap else self._shown_at

    # as `ui.tiles.feed.PictureFeed`

    def status(self) -> FeedStatus:
        error = self._reader.error or (NO_RECORDING if self._is_in_gap else "")
        picture = self._picture
        well = StreamState.RECORDED if picture is not None else StreamState.CONNECTING
        return FeedStatus(
            StreamState.OFFLINE if error else well,
            shown_fps=self._rate.fps(self._clock.monotonic()),
            width_px=picture.width_px if picture else 0,
            height_px=picture.height_px if picture else 0,
            error=error,
        )

    def latest(self, after: int) -> PastPicture | None:
        picture = self._picture
        return picture if picture is not None and picture.number > after and not self._is_in_gap else None

    def ask_size(self, width_px: int, height_px: int) -> None:
        self._size_px = (width_px, height_px)

    def set_watched(self, is_watched: bool) -> None:
        self._is_watched = is_watched

    def set_importance(self, importance: Importance) -> None:
        """All cameras of a playback are equal."""

    # inside

    def _run(self, stop: Event) -> None:
        try:
            while not stop.wait(LOOK_EVERY_S):
                if self._is_watched:
                    self._look()
        finally:
            self._reader.close()

    def _look(self) -> None:
        at, speed, jumps = self._playback.now(), self._playback.speed, self._playback.jumps
        if jumps != self._jumps:
            self._jumps, self._group = jumps, []
        shown = self._backwards(at) if speed < 0 else self._forwards(at, speed)
        self._is_in_gap = shown is None
        if shown is not None and shown.at != self._shown_at:
            self._show(shown)

    def _forwards(self, at: datetime, speed: float) -> Shown | None:
        self._group = []
        return self._reader.at(at, only_keys=speed >= KEYS_FROM_SPEED)

    def _backwards(self, at: datetime) -> Shown | None:
        """Group by group: each is decoded once, forwards, and shown from its end."""
        while self._group and self._group[-1].at > at:
            if len(self._group) == 1:
                at_least = self._group[0].at
                self._group = self._reader.group_before(min(at, at_least - timedelta(microseconds=1)))
            else:
                self._group.pop()
        if not self._group:
            self._group = self._reader.group_before(at)
        return self._group[-1] if self._group else None

    def _show(self, shown: Shown) -> None:
        pixels = pixels_of(shown.frame, self._size_px)
        self._number += 1
        self._shown_at = shown.at
        now_s = self._clock.monotonic()
        self._rate.tick(now_s)
        height, width = pixels.shape[:2]
        self._picture = PastPicture(pixels, width, height, self._number, now_s, shown.at)
