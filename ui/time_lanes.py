"""What a line of time shows: plain values, in the order of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from services.domain.classes import Priority
from services.domain.recordings import Cause


class MarkLook(Enum):
    ALARM = "alarm"
    INCIDENT = "incident"
    BOOKMARK = "bookmark"
    EXPORT = "export"


@dataclass(frozen=True, slots=True)
class TimeBand:
    """A span of unbroken recording, or of motion; any zone, but aware. is_elsewhere: on another recorder."""

    since: datetime
    until: datetime
    cause: Cause = Cause.CONTINUOUS
    is_elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class TimeGap:
    """A span without recording where there should be one. text: why, as far as it is known."""

    since: datetime
    until: datetime
    text: str


@dataclass(frozen=True, slots=True)
class TimeKept:
    """A span that nothing deletes; until None: it goes on. text: until when, by whom and why."""

    since: datetime
    until: datetime | None
    text: str


@dataclass(frozen=True, slots=True)
class TimeLane:
    """One camera's line. motion: when something moved in its picture; hits: what a search found; kept: what
    is protected."""

    name: str
    bands: tuple[TimeBand, ...] = ()
    motion: tuple[TimeBand, ...] = ()
    gaps: tuple[TimeGap, ...] = ()
    hits: tuple[TimeBand, ...] = ()
    kept: tuple[TimeKept, ...] = ()

    def band_at(self, at: datetime) -> TimeBand | None:
        return _at(self.bands, at)

    def motion_at(self, at: datetime) -> TimeBand | None:
        return _at(self.motion, at)

    def gap_at(self, at: datetime) -> TimeGap | None:
        return next((gap for gap in self.gaps if gap.since <= at < gap.until), None)

    def kept_at(self, at: datetime) -> list[TimeKept]:
        return [one for one in self.kept if one.since <= at and (one.until is None or at < one.until)]


@dataclass(frozen=True, slots=True)
class TimeMark:
    """Something that happened. text: what a hovering pointer is told. priority: of an alarm.

    until: of a span; None = a moment.
    """

    at: datetime
    priority: Priority
    text: str
    look: MarkLook = MarkLook.ALARM
    until: datetime | None = None


def _at(bands: Sequence[TimeBand], at: datetime) -> TimeBand | None:
    return next((band for band in bands if band.since <= at < band.until), None)
