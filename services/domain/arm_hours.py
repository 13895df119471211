"""When a group is armed by itself, as "mon-fri 22:00-06:00"; pure, in the site's local time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAILY = "daily"
_SHAPE = re.compile(r"([a-z,-]+) +(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")
_DAY_MINUTES = 24 * 60
# Longer than any pause between two hours of a week.
_LOOK = timedelta(days=8)


@dataclass(frozen=True, slots=True)
class ArmHours:
    """weekdays: 0 = Monday, the day on which it begins. An end not after the start is on the next day."""

    weekdays: tuple[int, ...]
    start_minute: int
    end_minute: int


@dataclass(frozen=True, slots=True)
class Edge:
    """The moment at which hours begin (`is_armed`) or end. Aware UTC."""

    at: datetime
    is_armed: bool


def parse_hours(text: str) -> ArmHours:
    """Of "mon-fri 22:00-06:00", "sat,sun 00:00-24:00", "daily 23:00-05:30". Raises ValueError."""
    found = _SHAPE.fullmatch(text.strip().lower())
    if found is None:
        raise ValueError(f"{text!r} is not like mon-fri 22:00-06:00")
    start, end = _minute(found[2], found[3]), _minute(found[4], found[5])
    if start == _DAY_MINUTES:
        raise ValueError("a day begins at 00:00")
    if start == end:
        raise ValueError(f"{text!r} has no length; the whole day is 00:00-24:00")
    return ArmHours(_weekdays(found[1]), start, end)


def last_edge(schedule: Sequence[str], at: datetime, zone: tzinfo | None) -> Edge | None:
    """The newest edge that is not after `at` (aware); None without hours. zone None: the machine's own."""
    edges = [edge for edge in _edges(schedule, at, zone) if edge.at <= at]
    return edges[-1] if edges else None


def next_edge(schedule: Sequence[str], at: datetime, zone: tzinfo | None) -> Edge | None:
    """The first edge after `at`; None without hours, and where they never end."""
    horizon = at + _LOOK
    return next((edge for edge in _edges(schedule, at, zone) if at < edge.at < horizon), None)


def _minute(hours: str, minutes: str) -> int:
    minute = int(hours) * 60 + int(minutes)
    if int(minutes) > 59 or minute > _DAY_MINUTES:
        raise ValueError(f"{hours}:{minutes} is no time of a day")
    return minute


def _weekdays(text: str) -> tuple[int, ...]:
    if text == _DAILY:
        return tuple(range(7))
    found: set[int] = set()
    for part in text.split(","):
        first, dash, last = part.partition("-")
        if first not in DAYS or (dash and last not in DAYS):
            raise ValueError(f"{part!r} is no weekday; they are {', '.join(DAYS)} and {_DAILY}")
        begin = DAYS.index(first)
        end = DAYS.index(last) if dash else begin
        found.update(day % 7 for day in range(begin, end + 1 if end >= begin else end + 8))
    return tuple(sorted(found))


def _edges(schedule: Sequence[str], at: datetime, zone: tzinfo | None) -> Iterator[Edge]:
    for start, end in _runs(schedule, at, zone):
        yield Edge(start, is_armed=True)
        yield Edge(end, is_armed=False)


def _runs(schedule: Sequence[str], at: datetime, zone: tzinfo | None) -> list[tuple[datetime, datetime]]:
    """In order; those that touch are one, for nothing happens between them."""
    today = at.astimezone(zone).date()
    days = [today + timedelta(days=offset) for offset in range(-_LOOK.days, _LOOK.days + 2)]
    found = sorted(_on_days(map(parse_hours, schedule), days, zone))
    merged: list[tuple[datetime, datetime]] = []
    for start, end in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _on_days(
    hours: Iterator[ArmHours], days: Sequence[date], zone: tzinfo | None
) -> Iterator[tuple[datetime, datetime]]:
    for one in hours:
        for day in days:
            if day.weekday() in one.weekdays:
                ends_next_day = one.end_minute <= one.start_minute
                last_day = day + timedelta(days=1) if ends_next_day else day
                yield _at(day, one.start_minute, zone, 0), _end(last_day, one.end_minute, zone)


def _end(day: date, minute: int, zone: tzinfo | None) -> datetime:
    """In the hour that comes twice the second one: rather an hour too long than one unguarded."""
    return max(_at(day, minute, zone, 0), _at(day, minute, zone, 1))


def _at(day: date, minute: int, zone: tzinfo | None, fold: int) -> datetime:
    # In UTC, because two times of one zone are compared by their clock faces, whatever the offset.
    day, minute = day + timedelta(days=minute // _DAY_MINUTES), minute % _DAY_MINUTES
    return datetime.combine(day, time(minute // 60, minute % 60, fold=fold), zone).astimezone(UTC)
