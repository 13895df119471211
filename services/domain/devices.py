"""How cameras are: the state of the moment, and what has happened to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.domain.video import StreamState


class HealthState(StrEnum):
    """What is on record of a camera: one state for all seats."""

    UNKNOWN = "unknown"
    LIVE = "live"
    OFFLINE = "offline"
    FROZEN = "frozen"
    BLACK = "black"
    COVERED = "covered"
    MOVED = "moved"
    UNSTABLE = "unstable"  # comes and goes


# A knock that is answered knows nothing of these: only somebody who sees pictures ends them.
PICTURE_FAULTS = frozenset({HealthState.FROZEN, HealthState.BLACK, HealthState.COVERED, HealthState.MOVED})
TROUBLED_HEALTH = PICTURE_FAULTS | {HealthState.OFFLINE, HealthState.UNSTABLE}

_OF_STREAM = {
    StreamState.LIVE: HealthState.LIVE,
    StreamState.OFFLINE: HealthState.OFFLINE,
    StreamState.RECONNECTING: HealthState.OFFLINE,
    StreamState.FROZEN: HealthState.FROZEN,
    StreamState.BLACK: HealthState.BLACK,
    StreamState.COVERED: HealthState.COVERED,
    StreamState.MOVED: HealthState.MOVED,
}


def health_of(state: StreamState) -> HealthState | None:
    """None for what says nothing of the camera itself: late, connecting, recorded."""
    return _OF_STREAM.get(state)


@dataclass(frozen=True, slots=True)
class CameraReport:
    """What one seat saw of a camera, or what the hub heard when it knocked.

    error: the `video.*` code that explains it. reconnects: since this reporter's last report.
    has_picture: pictures were looked at; False for a knock. bit_rate: bit/s.
    """

    camera: str
    state: HealthState
    at: datetime
    error: str = ""
    source_fps: float | None = None
    bit_rate: float | None = None
    reconnects: int = 0
    has_picture: bool = True


@dataclass(frozen=True, slots=True)
class CameraHealth:
    """A camera as all seats see it.

    since_at: when `state` began. seen_at: the last report; pictures_at: the last from somebody who sees
    pictures. latest: what was reported last, which an unstable camera's state does not follow.
    changes: when it changed within the last minute. folded: changes that "unstable" stands for.
    clock_offset_s (device minus ours), firmware: what the device says of itself, None while not asked.
    """

    camera: str
    state: HealthState
    since_at: datetime
    seen_at: datetime
    latest: HealthState = HealthState.UNKNOWN
    pictures_at: datetime | None = None
    error: str = ""
    source_fps: float | None = None
    bit_rate: float | None = None
    reconnects: int = 0
    last_fault: HealthState | None = None
    last_fault_at: datetime | None = None
    changes: tuple[datetime, ...] = ()
    folded: int = 0
    clock_offset_s: float | None = None
    firmware: str | None = None
    row_version: int = 1

    @property
    def is_troubled(self) -> bool:
        return self.state in TROUBLED_HEALTH


@dataclass(frozen=True, slots=True)
class CameraEvent:
    """One change on record, never rewritten. count: changes it stands for. seat: who saw it."""

    camera: str
    at: datetime
    state: HealthState
    was: HealthState
    error: str = ""
    count: int = 1
    seat: str = ""
