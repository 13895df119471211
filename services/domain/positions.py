"""Where guards say they are: what a report holds, which of many are worth writing, how long one counts."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from services.domain.people import READY, WORKING, GuardState, GuardStatus
from services.domain.site import Point, Site

POST, CHECKPOINT, FEED, PHONE, SIM = "post", "checkpoint", "feed", "phone", "sim"

# A feed that lives speaks at least once a minute; a patrol meets a checkpoint about every half hour.
FRESH: dict[str, timedelta] = {
    FEED: timedelta(seconds=150),
    SIM: timedelta(seconds=150),
    PHONE: timedelta(seconds=150),
    CHECKPOINT: timedelta(minutes=40),
}
# A row of the feed costs 0.25 kB: 44 guards who report each second for a day are 1 GB, thinned 10 to 60 MB.
STILL_THERE = timedelta(seconds=60)
_FOLLOWED = frozenset({*WORKING, GuardStatus.DURESS})
_PACE = {True: (timedelta(seconds=3), 5.0), False: (timedelta(seconds=15), 10.0)}


@dataclass(frozen=True, slots=True)
class GuardReport:
    """What a radio, phone or checkpoint says about one guard.

    at: None where it only calls or checks in. told_at: by its own clock. by: the panel it came through.
    """

    guard: str
    at: Point | None
    by: str
    told_at: datetime | None = None
    source: str = FEED
    is_duress: bool = False
    is_check_in: bool = False
    text: str = ""


class Heard(Enum):
    """What became of reports. LOST: a call is not in the record, its sender must say it again. STORED: what
    they say stands in the record. NOTED: nothing of it had to.
    """

    LOST = auto()
    STORED = auto()
    NOTED = auto()


def is_inside(site: Site, at: Point) -> bool:
    x, y = at
    return math.isfinite(x) and math.isfinite(y) and 0 <= x <= site.width_m and 0 <= y <= site.height_m


def seen_at(report: GuardReport, now: datetime) -> datetime:
    """When the guard was there; a device whose clock is ahead is not believed."""
    return min(report.told_at or now, now)


def is_worth_writing(state: GuardState, report: GuardReport, now: datetime) -> bool:
    """Often while somebody waits for them, seldom else, and once a minute from one who stands still.

    Never what is older than what is known.
    """
    if report.at is None:
        return False
    is_new_call = report.is_duress and state.status is not GuardStatus.DURESS
    if report.source != state.position_source or is_new_call:
        return seen_at(report, now) > state.position_at
    waited = seen_at(report, now) - state.position_at
    pause, metres = _PACE[state.status in _FOLLOWED]
    has_moved = math.dist(report.at, state.at) >= metres
    return waited >= STILL_THERE or (has_moved and waited >= pause)


def age_of(state: GuardState, now: datetime) -> timedelta:
    return max(timedelta(), now - state.position_at)


def is_stale(state: GuardState, now: datetime) -> bool:
    """Nobody may walk there on the word of this.

    Whoever is ready is taken to be at the post; so is a simulated guard, who reports only while walking.
    """
    fresh = FRESH.get(state.position_source)
    if state.position_source in (POST, SIM) and state.status in READY:
        return False
    return fresh is None or age_of(state, now) > fresh
