"""Plays one film of another maker, behind one seam: FFmpeg where it can read it, libVLC where that can."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from av.video.frame import VideoFrame

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.domain.video import FeedStatus, Importance
from services.playback.clips import ORIGIN, ClipFacts, ClipFootage, clip_sounds, probe
from services.playback.clock import PlaybackClock
from services.playback.reader import pixels_of
from services.playback.sound import PastSound
from services.playback.stills import Still
from services.playback.track import PastPicture, Track
from services.playback.vlc_player import LIBVLC, VlcPlayer
from services.video import trouble

FFMPEG = "FFmpeg"


class ClipFeed(Protocol):
    """As `ui.tiles.feed.PictureFeed`."""

    def status(self) -> FeedStatus: ...
    def latest(self, after: int) -> PastPicture | None: ...
    def ask_size(self, width_px: int, height_px: int) -> None: ...
    def set_watched(self, is_watched: bool) -> None: ...
    def set_importance(self, importance: Importance) -> None: ...


class ClipPlayer(Protocol):
    """One open film. Every call but `still` and `stop` returns at once."""

    @property
    def engine(self) -> str: ...
    @property
    def facts(self) -> ClipFacts: ...
    @property
    def feed(self) -> ClipFeed: ...
    @property
    def can_go_back(self) -> bool:
        """It plays backwards and steps back exactly."""
        ...

    @property
    def position_s(self) -> float: ...
    @property
    def speed(self) -> float:
        """0 = it stands."""
        ...

    @property
    def has_own_sound(self) -> bool:
        """The engine plays the sound itself; begins muted."""
        ...

    def play(self, speed: float) -> None: ...
    def seek(self, seconds: float) -> None: ...
    def step(self, by: int) -> None: ...
    def set_muted(self, is_muted: bool) -> None: ...
    def sound(self, rate_hz: int) -> PastSound:
        """Of an engine without a sound of its own."""
        ...

    def still(self) -> Still | None:
        """The picture that is shown, as large as it is in the film. Blocks."""
        ...

    def stop(self) -> None: ...


def open_clip(path: Path, clock: Clock, engine: str = "") -> ClipPlayer:
    """engine: the one to use, "" = FFmpeg, and libVLC for what FFmpeg cannot read. Blocks.

    FFmpeg goes first: it alone plays backwards and steps to the very picture. Raises ServiceError: clip.*;
    video.no_libvlc, video.libvlc_cannot when libVLC was asked for.
    """
    if engine == LIBVLC:
        return _by_libvlc(path)
    try:
        return AvPlayer(probe(path), clock)
    except ServiceError as error:
        if engine or error.code not in ("clip.unreadable", "clip.no_pictures"):
            raise
        try:
            return _by_libvlc(path)
        except ServiceError as other:
            if other.code == trouble.NO_LIBVLC:
                raise ServiceError("clip.unreadable_no_libvlc", name=path.name) from None
            raise error from None


def _by_libvlc(path: Path) -> ClipPlayer:
    try:
        return VlcPlayer(path)
    except trouble.StreamTrouble as error:
        raise ServiceError(error.code) from None


class AvPlayer:
    """The same as for recordings: a track on a clock."""

    engine = FFMPEG
    can_go_back = True
    has_own_sound = False

    def __init__(self, facts: ClipFacts, clock: Clock) -> None:
        self.facts = facts
        self._playback = PlaybackClock(clock, ORIGIN)
        self.feed = Track(facts.path.name, ClipFootage(facts), self._playback, clock)
        self.feed.start()

    @property
    def position_s(self) -> float:
        gone_s = (self._playback.now() - ORIGIN).total_seconds()
        return max(0.0, min(gone_s, self.facts.length_s or gone_s))

    @property
    def speed(self) -> float:
        return self._playback.speed

    def play(self, speed: float) -> None:
        self._playback.play(speed)

    def seek(self, seconds: float) -> None:
        most_s = self.facts.length_s - 1 / self.facts.fps if self.facts.length_s else seconds
        self._playback.seek(ORIGIN + timedelta(seconds=max(0.0, min(seconds, most_s))))

    def step(self, by: int) -> None:
        self._playback.play(0.0)
        self.feed.step(by)

    def set_muted(self, is_muted: bool) -> None:
        """It is heard through the seat's own loudspeaker."""

    def sound(self, rate_hz: int) -> PastSound:
        path = self.facts.path
        return PastSound(
            lambda at, say_silent: clip_sounds(path, at, rate_hz, say_silent),
            self._playback,
            rate_hz,
            silent_code="clip.no_sound",
        )

    def still(self) -> Still | None:
        at = self.feed.shown_at
        if at is None:
            return None
        footage = ClipFootage(self.facts)
        try:
            footage.begin(at)
            while (shown := footage.next()) is not None and shown.until <= at:
                pass
            return _still(shown.frame, shown.at, self.facts) if shown is not None else None
        finally:
            footage.close()

    def stop(self) -> None:
        self.feed.stop()


def _still(frame: VideoFrame, at: datetime, facts: ClipFacts) -> Still:
    source_px = frame.width, frame.height
    return Still(facts.path.name, at, pixels_of(frame, source_px), source_px, FFMPEG)
