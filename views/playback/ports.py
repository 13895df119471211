"""What the playback page needs from outside; everything but `track` and `sound` blocks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from threading import Event
from typing import Protocol

from services.domain.bookmarks import Bookmark, MarkKind
from services.domain.people import Session
from services.domain.recordings import Protection
from services.playback.clock import PlaybackClock
from services.playback.lanes import Lane, Span
from services.playback.marks import Scene
from services.playback.motion_search import Answer, Progress, Question
from services.playback.sound import PastSound, Segments
from services.playback.stills import Still
from services.playback.track import Track
from services.recording.custody import Wanted
from services.wall.snapshots import SavedShot, Shot


class Recordings(Protocol):
    """Of `services.playback.desk.PlaybackDesk`."""

    def open(self, session: Session, cameras: Sequence[str], at: datetime) -> None: ...
    def look_over(self, session: Session, camera: str, since: datetime, until: datetime) -> None: ...
    def span(self, session: Session, cameras: Sequence[str], since: datetime, until: datetime) -> Span: ...
    def track(self, lane: Lane, playback: PlaybackClock) -> Track: ...
    def scene_of_incident(self, session: Session, incident_id: str) -> Scene: ...
    def sound(self, segments: Segments, playback: PlaybackClock, rate_hz: int) -> PastSound: ...
    def next_mark(
        self, session: Session, cameras: Sequence[str], kind: MarkKind, at: datetime, direction: int
    ) -> datetime | None: ...
    def days_with_video(
        self, session: Session, cameras: Sequence[str], days: Sequence[tuple[datetime, datetime]]
    ) -> list[bool]: ...
    def still(
        self,
        session: Session,
        camera: str,
        at: datetime,
        *,
        size_px: tuple[int, int] = (0, 0),
        only_keys: bool = False,
    ) -> Still | None: ...


class MotionSearches(Protocol):
    """Of `services.playback.motion_search.MotionSearchDesk`."""

    def search(
        self, session: Session, question: Question, tell: Callable[[Progress], None], stop: Event
    ) -> Answer: ...


class BookmarkCommands(Protocol):
    """Of `services.playback.bookmarks.BookmarkDesk`."""

    def make(
        self,
        session: Session,
        cameras: Sequence[str],
        since: datetime,
        text: str,
        until: datetime | None = None,
    ) -> Bookmark: ...
    def edit(self, session: Session, bookmark: Bookmark, text: str) -> Bookmark: ...
    def end(self, session: Session, bookmark: Bookmark, reason: str = "") -> Bookmark: ...
    def find(self, session: Session, words: str = "") -> list[Bookmark]: ...


class KeepingCommands(Protocol):
    """Of `services.recording.custody.CustodyDesk`."""

    def protect(self, session: Session, wanted: Wanted) -> list[Protection]: ...
    def release(self, session: Session, protection: Protection, reason: str) -> Protection: ...


class ShotKeeper(Protocol):
    """`services.wall.snapshots.Snapshots`."""

    def save(self, session: Session, shot: Shot) -> SavedShot: ...
