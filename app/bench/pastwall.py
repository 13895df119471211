"""The product's wall surface with recordings on it, watched: which moment was painted when."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QPaintEvent

from app.bench.figures import Spread
from services.domain.video import FeedStatus, Importance
from services.playback.clock import PlaybackClock
from services.playback.track import PastPicture, Track
from ui.tiles.feed import TileContent
from ui.tiles.wall import WallSurface


class WatchedTrack:
    """Passes everything on and remembers the picture that was taken but not yet painted."""

    def __init__(self, track: Track) -> None:
        self.track = track
        self.unpainted: PastPicture | None = None
        self.painted: PastPicture | None = None

    def status(self) -> FeedStatus:
        return self.track.status()

    def latest(self, after: int) -> PastPicture | None:
        picture = self.track.latest(after)
        if picture is not None:
            self.unpainted = picture
        return picture

    def ask_size(self, width_px: int, height_px: int) -> None:
        self.track.ask_size(width_px, height_px)

    def set_watched(self, is_watched: bool) -> None:
        self.track.set_watched(is_watched)

    def set_importance(self, importance: Importance) -> None:
        self.track.set_importance(importance)


@dataclass(slots=True)
class Seen:
    """What was painted since the last `begin`. apart: the most that two cameras were apart (s)."""

    painted: list[int]
    gaps: Spread = field(default_factory=Spread)
    apart_s: float = 0.0
    backwards: int = 0


class PastWall(WallSurface):
    """A picture counts when it has been painted, not when it was taken."""

    def __init__(self, playback: PlaybackClock, tracks: list[Track], size_px: tuple[int, int]) -> None:
        super().__init__()
        self._playback = playback
        self.feeds = [WatchedTrack(track) for track in tracks]
        columns = math.ceil(math.sqrt(len(tracks)))
        self.set_layout(columns, math.ceil(len(tracks) / columns))
        self.resize(*size_px)
        for index, feed in enumerate(self.feeds):
            self.set_tile(index, TileContent(feed.track.camera, "bench", feed))
        self.begin()
        self.show()

    def begin(self) -> None:
        """Forget what was counted so far."""
        self.seen = Seen([0] * len(self.feeds))
        self._ticked_s = time.monotonic()

    def run_until(self, is_enough: Callable[[], bool], limit_s: float) -> bool:
        """Let the application live; looked at after each repaint and every 2 ms."""
        loop, until_s = QEventLoop(), time.monotonic() + limit_s
        timer = QTimer(loop)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(lambda: loop.quit() if is_enough() or time.monotonic() > until_s else None)
        timer.start(2)
        loop.exec()
        return is_enough()

    def run_for(self, seconds: float) -> None:
        self.run_until(lambda: False, seconds)

    def tick(self) -> None:
        now_s = time.monotonic()
        self.seen.gaps.add(now_s - self._ticked_s)
        self._ticked_s = now_s
        super().tick()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        region = event.region()
        for index, feed in enumerate(self.feeds):
            if feed.unpainted is not None and region.intersects(self._tiles[index].body):
                if feed.painted is not None and feed.unpainted.at < feed.painted.at:
                    self.seen.backwards += 1
                feed.painted, feed.unpainted = feed.unpainted, None
                self.seen.painted[index] += 1
        self._compare()

    def _compare(self) -> None:
        """How far the cameras are from the clock, and so from each other."""
        now = self._playback.now()
        behind = [(now - feed.painted.at).total_seconds() for feed in self.feeds if feed.painted is not None]
        if len(behind) == len(self.feeds):
            self.seen.apart_s = max(self.seen.apart_s, max(behind) - min(behind))


def is_of_moment(feed: WatchedTrack, at: datetime, within: timedelta) -> bool:
    """What is painted came at or before the moment, and no longer before than this."""
    return feed.painted is not None and timedelta(0) <= at - feed.painted.at < within
