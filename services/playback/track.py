"""One camera of a playback as the wall of tiles sees it: a feed whose pictures are of the past."""

from __future__ import annotations

import os
import sys
from collections import deque
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Event

import numpy as np
import numpy.typing as npt
from av.video.reformatter import Interpolation, VideoReformatter

from services.core.clock import Clock
from services.core.workers import Worker
from services.domain.video import FeedStatus, Importance, PictureFormat, StreamState
from services.playback.clock import PlaybackClock, Reading
from services.playback.footage import NOT_THERE, Footage
from services.playback.lanes import Lane
from services.playback.patchwork import ASKING, Patchwork
from services.playback.projector import Projector
from services.playback.reader import Reader
from services.playback.strip import Print
from services.video.decoder import fit
from services.video.picture import FrameRate

# How often a playing clock is looked at: as often as a wall repaints.
LOOK_EVERY_S = 0.015
# A clock that stands wakes whoever waits for it; nobody tells of more recording.
REST_S = 0.5
# Pictures are made ready for the painter so long before they are due.
READY_S = 0.08
MOST_PASSING = 6
PREPARE_S = 4.0
PREPARE_EVERY_S = 1.0
# A picture that takes longer is waited for, and the tile says so.
PATIENCE_S = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class PastPicture:
    """A picture of the past; nobody writes to its pixels. source_px: the size the camera sent."""

    pixels: npt.NDArray[np.uint8]
    width_px: int
    height_px: int
    number: int
    arrived_s: float
    at: datetime
    source_px: tuple[int, int]
    format: PictureFormat = PictureFormat.BGRA


class Track:
    """Runs one thread; every call returns at once.

    The thread decodes ahead of the clock; which of the ready pictures is shown is decided when the wall asks,
    by the clock alone: so all cameras of a playback change at the same moment.
    """

    def __init__(self, camera: str, footage: Footage, playback: PlaybackClock, clock: Clock) -> None:
        self.camera = camera
        self._footage = footage
        self._playback = playback
        self._clock = clock
        self._projector = Projector(footage, playback, clock.monotonic, self._let_pass)
        self._scaler = VideoReformatter()
        self._size_px = (0, 0)
        self._has_new_size = False
        # By time; replaced, never changed: the wall reads it from its own thread.
        self._ready: tuple[PastPicture, ...] = ()
        self._passing: deque[PastPicture] = deque(maxlen=MOST_PASSING)
        self._jumps = -1
        self._waits_since_s: float | None = None
        self._shown: PastPicture | None = None
        self._number = 0
        self._prepared_s = 0.0
        self._is_watched = True
        self._is_longer = False
        self._steps: deque[int] = deque()
        self._rate = FrameRate()
        self._worker = Worker(f"playback-{camera}", self._run)

    def start(self) -> None:
        self._worker.start()

    def request_stop(self) -> None:
        self._worker.request_stop()
        self._playback.wake()

    def stop(self) -> None:
        self.request_stop()
        self._worker.stop()

    def use(self, lane: Lane) -> None:
        """A longer one: recording goes on while it is watched."""
        match self._footage:
            case Reader():
                self._footage.use(lane.segments)
            case Patchwork():
                self._footage.use(lane)
        self._is_longer = True
        self._playback.wake()

    def step(self, by: int) -> None:
        """Move the clock to the next picture of this camera (1), or the one before (-1), while it stands."""
        self._steps.append(by)
        self._playback.wake()

    @property
    def is_watched(self) -> bool:
        """Pictures are decoded: somebody can see them."""
        return self._is_watched

    @property
    def shown_at(self) -> datetime | None:
        """When the picture that is shown now came; None in a gap, and while none is there yet."""
        picture = self._due(self._playback.now())
        return picture.at if picture is not None else None

    # as `ui.tiles.feed.PictureFeed`

    def status(self) -> FeedStatus:
        error = self._footage.trouble_at(self._playback.now())
        picture, now_s = self._shown, self._clock.monotonic()
        waits_s = now_s - self._waits_since_s if self._waits_since_s is not None else 0.0
        is_there = picture is not None and waits_s < PATIENCE_S
        well = StreamState.RECORDED if is_there else StreamState.CONNECTING
        width_px, height_px = picture.source_px if picture is not None else (0, 0)
        troubled = StreamState.MISSING if error in NOT_THERE else StreamState.OFFLINE
        return FeedStatus(
            troubled if error and error != ASKING else well,
            shown_fps=self._rate.fps(now_s),
            width_px=width_px,
            height_px=height_px,
            error=error,
        )

    def latest(self, after: int) -> PastPicture | None:
        """By one thread."""
        picture = self._due(self._playback.now())
        if picture is None:
            return None
        shown = self._shown
        if shown is None or shown.pixels is not picture.pixels:
            self._number += 1
            now_s = self._clock.monotonic()
            self._rate.tick(now_s)
            # Backwards, and when somebody jumps, a picture made earlier comes later.
            self._shown = shown = replace(picture, number=self._number, arrived_s=now_s)
        return shown if shown.number > after else None

    def ask_size(self, width_px: int, height_px: int) -> None:
        if self._size_px != (width_px, height_px):
            self._size_px = (width_px, height_px)
            self._has_new_size = True
            self._playback.wake()

    def set_watched(self, is_watched: bool) -> None:
        self._is_watched = is_watched
        self._playback.wake()

    def set_importance(self, importance: Importance) -> None:
        """All cameras of a playback are equal."""

    def _due(self, now: datetime) -> PastPicture | None:
        ready = self._ready
        if not ready or self._footage.trouble_at(now):
            return None
        gone = [picture for picture in ready if picture.at <= now]
        return gone[-1] if gone else ready[0]

    # inside

    def _run(self, stop: Event) -> None:
        _give_way()
        self._playback.follow(1)
        try:
            while not stop.is_set():
                reading = self._playback.read()
                if not (self._is_watched and self._look(reading)):
                    rest_s = LOOK_EVERY_S if self._is_watched and reading.speed else REST_S
                    self._playback.wait(reading.changes, rest_s)
        finally:
            self._playback.follow(-1)
            self._footage.close()

    def _look(self, reading: Reading) -> bool:
        """True when there is more to decode at once."""
        projector = self._projector
        if self._has_new_size:
            self._has_new_size = False
            projector.use_size(self._size_px)
        if self._is_longer:
            self._is_longer = False
            projector.go_on()
        while self._steps:
            projector.step(self._steps.popleft())
        if reading.jumps != self._jumps:
            self._jumps = reading.jumps
            if not projector.strip.spans(reading.at):
                # While a hand drags, a picture that was made and not yet painted is better than none.
                self._passing.extend(self._ready[-1:] if not self._passing else ())
                self._waits_since_s = self._clock.monotonic()
        has_more = projector.turn(reading)
        self._make_ready(reading)
        if not has_more:
            self._prepare(reading)
        return has_more

    def _prepare(self, reading: Reading) -> None:
        """What is played into soon is opened before it is due: a disk that sleeps takes its time."""
        now_s = self._clock.monotonic()
        if reading.speed and now_s - self._prepared_s >= PREPARE_EVERY_S:
            self._prepared_s = now_s
            self._footage.prepare(reading.at + timedelta(seconds=PREPARE_S * reading.speed))

    def _make_ready(self, reading: Reading) -> None:
        """What is due within a moment, in the painter's colours; nothing else is kept so."""
        strip, at = self._projector.strip, reading.at
        ahead = at + timedelta(seconds=READY_S * reading.speed)
        wanted = strip.between(min(at, ahead), max(at, ahead))
        known = {picture.at: picture for picture in self._ready}
        made = {printed.at: known.get(printed.at) or self._picture(printed) for printed in wanted}
        held = strip.holding(at)
        if held is not None:
            self._passing.clear()
            self._projector.on_screen = held.at
        elif not self._projector.shows_keys_only(reading.speed):
            while len(self._passing) > 1:
                self._passing.popleft()
        made |= {picture.at: picture for picture in self._passing}
        self._ready = tuple(made[moment] for moment in sorted(made))
        if held is not None:
            self._waits_since_s = None

    def _let_pass(self, printed: Print) -> None:
        self._waits_since_s = None
        self._passing.append(self._picture(printed))

    def _picture(self, printed: Print) -> PastPicture:
        width_px, height_px = fit(*printed.source_px, self._size_px)
        frame = self._scaler.reformat(
            printed.frame, width_px, height_px, "bgra", interpolation=Interpolation.FAST_BILINEAR, threads=1
        )
        pixels: npt.NDArray[np.uint8] = np.ascontiguousarray(frame.to_ndarray(), np.uint8)
        return PastPicture(pixels, width_px, height_px, 0, 0.0, printed.at, printed.source_px)


def _give_way() -> None:
    """The window goes first when it wakes."""
    if sys.platform == "linux":
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
