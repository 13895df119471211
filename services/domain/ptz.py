"""Who steers a camera: one person at a time, the higher role first, and not for ever."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from services.domain.people import Role, Session
from services.domain.site import CameraNo

LEASE = timedelta(seconds=30)
# DB31/T 329.1: back to its place 2 min ± 0.5 min after the last operation.
HOME_AFTER = timedelta(minutes=2)
RANK: dict[Role, int] = {
    Role.OPERATOR: 1,
    Role.SHIFT_LEADER: 2,
    Role.SUPERVISOR: 3,
    Role.ADMINISTRATOR: 3,
}


@dataclass(frozen=True, slots=True)
class PtzControl:
    """Who steers, or steered last. operated_at: their last operation.

    is_away: the camera has not been sent home since. is_released: they gave it up themselves.
    """

    camera: CameraNo
    user: str
    display_name: str
    role: Role
    workstation: str
    operated_at: datetime
    is_away: bool = True
    is_released: bool = False
    row_version: int = 1

    def is_held(self, now: datetime) -> bool:
        return not self.is_released and now - self.operated_at < LEASE

    def is_of(self, session: Session) -> bool:
        return (self.user, self.workstation) == (session.user, session.workstation)

    def yields_to(self, session: Session, now: datetime) -> bool:
        """Free, one's own, or held by a lower role."""
        return not self.is_held(now) or self.is_of(session) or RANK[session.role] > RANK[self.role]

    def is_due_home(self, now: datetime) -> bool:
        return self.is_away and now - self.operated_at >= HOME_AFTER


@dataclass(frozen=True, slots=True)
class PtzPreset:
    """A position that a camera remembers, as our people know it. thumbnail: a JPEG in base64, "" = none."""

    camera: CameraNo
    token: str
    name: str
    thumbnail: str = ""
    row_version: int = 1
