"""Recordings: pieces of a camera's stream on a disk, what protects them, and how they are named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

# What a recording by alarm or motion holds of the past, and how long it goes on, unless the camera says else.
BEFORE_S = 30.0
AFTER_ALARM_S = 120.0
AFTER_MOTION_S = 20.0


class Cause(StrEnum):
    """Why a piece was recorded."""

    CONTINUOUS = "continuous"
    ALARM = "alarm"
    MOTION = "motion"


class RecordingMode(StrEnum):
    """What a camera records by itself."""

    OFF = "off"
    # Only around alarms, with what came before them.
    ALARM = "alarm"
    # Around alarms, and while something moves in the picture.
    MOTION = "motion"
    # Continuous in its hours; outside them, what the camera says beside.
    SCHEDULED = "scheduled"
    CONTINUOUS = "continuous"


class RecordedStream(StrEnum):
    MAIN = "main"
    SUB = "sub"


@dataclass(frozen=True, slots=True)
class Segment:
    """One finished file of one stream, about a minute long.

    disk: the id of the disk it lies on, `path` relative to that disk's root, with `/`.
    begins_at, ends_at: when its first packet came and its last one ended, by this machine's clock.
    """

    camera: str
    stream: str
    begins_at: datetime
    ends_at: datetime
    cause: Cause
    disk: str
    path: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Protection:
    """A span of a camera's recording that nothing deletes; expires_at None = until somebody ends it.

    until None: it goes on. alarm: the one that set it, "" for a person's own.
    """

    id: str
    camera: str
    since: datetime
    until: datetime | None
    reason: str
    owner: str
    owner_name: str
    set_at: datetime
    expires_at: datetime | None = None
    ended_at: datetime | None = None
    alarm: str = ""
    row_version: int = 1

    def holds(self, segment: Segment, now: datetime) -> bool:
        """Whether it keeps `segment` at the moment `now`."""
        if self.ended_at is not None or (self.expires_at is not None and self.expires_at <= now):
            return False
        if self.camera != segment.camera:
            return False
        return self.since < segment.ends_at and (self.until is None or segment.begins_at < self.until)


@dataclass(frozen=True, slots=True)
class RecordingState:
    """How the hub's recording is. cameras: that should be recorded; well: of them, without trouble."""

    has_disk: bool
    cameras: int
    well: int


@dataclass(frozen=True, slots=True)
class Gap:
    """A span without recording where there should be one."""

    since: datetime
    until: datetime


# Pieces that follow each other closer than this are one recording: a camera's clock and ours differ.
SEAM_S = 2.0


def gaps_between(segments: list[Segment], since: datetime, until: datetime) -> list[Gap]:
    """What is missing of [since, until); `segments` by their beginning."""
    return gaps_in(((segment.begins_at, segment.ends_at) for segment in segments), since, until)


def gaps_in(spans: Iterable[tuple[datetime, datetime]], since: datetime, until: datetime) -> list[Gap]:
    """What is missing of [since, until); spans by their beginning."""
    gaps, covered = [], since
    for begins_at, ends_at in spans:
        if (begins_at - covered).total_seconds() > SEAM_S:
            gaps.append(Gap(covered, min(begins_at, until)))
        covered = max(covered, ends_at)
    if (until - covered).total_seconds() > SEAM_S:
        gaps.append(Gap(covered, until))
    return gaps
