"""What the watch screen needs from outside: streams, and commands on alarms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from services.core.errors import ServiceError
from services.domain.alarms import Alarm, Verdict
from services.domain.people import Session
from services.domain.walls import WallItem
from ui.tiles.feed import PictureFeed

MAIN = "main"
SUB = "sub"


class VideoPort(Protocol):
    """Opens streams by camera number; both calls return at once."""

    def open(self, camera_no: str, stream: str) -> PictureFeed:
        """stream: MAIN or SUB. Raises ServiceError("video.unknown_camera", camera)."""
        ...

    def close(self, feed: PictureFeed) -> None: ...


class AlarmCommands(Protocol):
    """The commands of `services.alarms.desk.AlarmDesk` that this screen gives; they block."""

    def claim(self, session: Session, alarm_id: str) -> Alarm: ...
    def verify(self, session: Session, alarm_id: str) -> Alarm: ...
    def decide(self, session: Session, alarm_id: str, verdict: Verdict, reason: str = "") -> Alarm: ...
    def silence(self, session: Session, alarm_id: str) -> Alarm: ...
    def silence_all(self, session: Session, alarm_ids: Sequence[str]) -> dict[str, ServiceError]: ...
    def reset(self, session: Session, alarm_id: str, reason: str = "") -> Alarm: ...


class DisplayLog(Protocol):
    """Writes down when alarms were first seen; blocks. [(alarm id, displayed_at, first_frame_at)]"""

    def __call__(self, reports: Iterable[tuple[str, datetime | None, datetime | None]]) -> object: ...


class WallCommands(Protocol):
    """The commands of `services.wall.WallDesk`; they block."""

    def save(self, session: Session, item: WallItem) -> WallItem: ...
    def rename(self, session: Session, item: WallItem, name: str) -> WallItem: ...
    def share(self, session: Session, item: WallItem, is_shared: bool) -> WallItem: ...
    def delete(self, session: Session, item: WallItem) -> None: ...
