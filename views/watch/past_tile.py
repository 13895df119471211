"""A camera's recording in the place of its live picture: what both looking back and an alarm's loop play."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from services.core.clock import Clock
from services.domain.people import Session
from services.domain.video import FeedStatus, Importance
from services.playback.clock import PlaybackClock
from services.playback.lanes import Lane
from ui.tiles.feed import FeedPicture


class PastFeed(Protocol):
    """`services.playback.track.Track`; every call returns at once."""

    def start(self) -> None: ...
    def request_stop(self) -> None: ...
    def use(self, lane: Lane) -> None: ...
    def status(self) -> FeedStatus: ...
    def latest(self, after: int) -> FeedPicture | None: ...
    def ask_size(self, width_px: int, height_px: int) -> None: ...
    def set_watched(self, is_watched: bool) -> None: ...
    def set_importance(self, importance: Importance) -> None: ...


class PastRecordings(Protocol):
    """Of `services.playback.desk.PlaybackDesk`; the first two block."""

    def look_back(self, session: Session, camera: str, since: datetime, until: datetime) -> Lane: ...
    def recent(self, session: Session, camera: str, since: datetime, until: datetime) -> Lane: ...
    def track(self, lane: Lane, playback: PlaybackClock) -> PastFeed: ...


class PastTile:
    """One camera from `since` to `until`, playing by a clock of its own."""

    def __init__(
        self, recordings: PastRecordings, lane: Lane, clock: Clock, since: datetime, until: datetime
    ) -> None:
        self.camera = lane.camera
        self.since = since
        self.until = until
        self.playback = PlaybackClock(clock, since)
        self.feed = recordings.track(lane, self.playback)
        self.feed.start()
        self.playback.play(1.0)

    @property
    def is_over(self) -> bool:
        return self.playback.now() >= self.until

    def begin_again(self, since: datetime | None = None) -> None:
        """From its beginning, or from an earlier one."""
        self.since = since or self.since
        self.playback.seek(self.since)

    def stop(self) -> None:
        self.feed.request_stop()
