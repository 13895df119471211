"""When a linkage rule applies: a tree of conditions on an alarm, judged without asking anybody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum
from itertools import pairwise

from services.domain.alarms import Alarm
from services.domain.arm_hours import last_edge, parse_hours
from services.domain.classes import AlarmClass
from services.domain.site import Point

MOST_WITHIN_S = 3600.0
MOST_DEPTH = 6
MOST_CONDITIONS = 60
MOST_VALUES = 200
LONGEST_VALUE = 64


class TriggerKind(StrEnum):
    """The first eight look at one alarm, the last four combine `parts`."""

    CLASS = "class"
    CODE = "code"
    ZONE = "zone"
    PLACE = "place"
    AREA = "area"
    SCHEDULE = "schedule"
    ARMED = "armed"
    PRIORITY = "priority"
    ALL = "all"
    ANY = "any"
    NOT = "not"
    COUNT = "count"


COMBINING = frozenset({TriggerKind.ALL, TriggerKind.ANY, TriggerKind.NOT, TriggerKind.COUNT})


@dataclass(frozen=True, slots=True)
class Trigger:
    """One condition with what lies below it.

    values: alarm classes, codes, zone numbers, places (Chinese, as records keep them), spans of time, arm
    groups (all of them armed), or the least urgent priority. area: at least three corners on the plan.
    COUNT: at least `least` of the parts were met by alarms within `within_s`, this one among them; with one
    part: it was met so often.
    """

    kind: TriggerKind
    values: tuple[str, ...] = ()
    area: tuple[Point, ...] = ()
    parts: tuple[Trigger, ...] = ()
    least: int = 0
    within_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Happening:
    """An alarm was raised, or spoke again, at a moment; alarm: as it was then."""

    alarm: Alarm
    at: datetime


@dataclass(frozen=True, slots=True)
class Moment:
    """What else a rule may look at. recent: happenings before this one, not older than MOST_WITHIN_S.

    zone: whose clocks spans of time go by, None: this machine's.
    """

    zone: tzinfo | None = None
    armed: frozenset[str] = frozenset()
    recent: Sequence[Happening] = ()


def is_met(trigger: Trigger, happening: Happening, moment: Moment) -> bool:
    """The same answer for the same arguments, always."""
    match trigger.kind:
        case TriggerKind.ALL:
            return all(is_met(part, happening, moment) for part in trigger.parts)
        case TriggerKind.ANY:
            return any(is_met(part, happening, moment) for part in trigger.parts)
        case TriggerKind.NOT:
            return not any(is_met(part, happening, moment) for part in trigger.parts)
        case TriggerKind.COUNT:
            return _is_counted(trigger, happening, moment)
        case TriggerKind.SCHEDULE:
            return _is_within(trigger.values, happening.at, moment.zone)
        case TriggerKind.ARMED:
            return moment.armed.issuperset(trigger.values)
        case _:
            return _fits(trigger, happening.alarm)


def _fits(trigger: Trigger, alarm: Alarm) -> bool:
    match trigger.kind:
        case TriggerKind.CLASS:
            return alarm.alarm_class.value in trigger.values
        case TriggerKind.CODE:
            return alarm.code_raw in trigger.values
        case TriggerKind.ZONE:
            return bool(alarm.zone) and alarm.zone in trigger.values
        case TriggerKind.PLACE:
            return alarm.place in trigger.values
        case TriggerKind.PRIORITY:
            return any(str(alarm.priority.value) <= value for value in trigger.values)
        case TriggerKind.AREA:
            return alarm.at is not None and is_inside(alarm.at, trigger.area)
        case _:
            return False


def _is_within(hours: Sequence[str], at: datetime, zone: tzinfo | None) -> bool:
    edge = last_edge(hours, at, zone)
    return edge is not None and edge.is_armed


def _is_counted(trigger: Trigger, happening: Happening, moment: Moment) -> bool:
    """This one must be of those counted: a rule must not run because of an alarm it says nothing about."""
    if not any(is_met(part, happening, moment) for part in trigger.parts):
        return False
    since = happening.at - timedelta(seconds=trigger.within_s)
    counted = [*(past for past in moment.recent if since <= past.at <= happening.at), happening]
    if len(trigger.parts) == 1:
        return sum(is_met(trigger.parts[0], one, moment) for one in counted) >= trigger.least
    met = sum(any(is_met(part, one, moment) for one in counted) for part in trigger.parts)
    return met >= trigger.least


def is_inside(point: Point, outline: Sequence[Point]) -> bool:
    """By the even-odd rule; a point on the edge counts as inside."""
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in pairwise([*outline, *outline[:1]]):
        cross = (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1)
        if cross == 0 and min(x1, x2) <= x <= max(x1, x2) and min(y1, y2) <= y <= max(y1, y2):
            return True
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            inside = not inside
    return inside


def conditions(trigger: Trigger) -> Iterator[Trigger]:
    """It and all below it."""
    yield trigger
    for part in trigger.parts:
        yield from conditions(part)


def longest_within_s(trigger: Trigger) -> float:
    """How far back it looks."""
    return max(one.within_s for one in conditions(trigger))


def counts_counts(trigger: Trigger) -> bool:
    """A count stands within a count: each of the alarms remembered would be counted for each of them, while
    others wait to be stored."""
    counts = (one for one in conditions(trigger) if one.kind is TriggerKind.COUNT)
    inner = (one for count in counts for part in count.parts for one in conditions(part))
    return any(one.kind is TriggerKind.COUNT for one in inner)


def fault_of_trigger(trigger: Trigger, depth: int = 1) -> str:
    """What is wrong with it, as the last part of an error code; "" for nothing."""
    if depth > MOST_DEPTH:
        return "too_deep"
    if depth == 1 and sum(1 for _ in conditions(trigger)) > MOST_CONDITIONS:
        return "too_many_conditions"
    if trigger.kind in COMBINING:
        return _fault_of_parts(trigger, depth)
    if trigger.kind is TriggerKind.AREA:
        return "" if 3 <= len(trigger.area) <= MOST_VALUES else "area_invalid"
    return _fault_of_values(trigger)


def _fault_of_parts(trigger: Trigger, depth: int) -> str:
    if not trigger.parts or (trigger.kind is TriggerKind.NOT and len(trigger.parts) != 1):
        return "condition_empty"
    if trigger.kind is TriggerKind.COUNT:
        most = len(trigger.parts) if len(trigger.parts) > 1 else 100
        if not 1 <= trigger.least <= most or not 0 < trigger.within_s <= MOST_WITHIN_S:
            return "count_invalid"
        if counts_counts(trigger):
            return "count_nested"
    return next(filter(None, (fault_of_trigger(part, depth + 1) for part in trigger.parts)), "")


def _fault_of_values(trigger: Trigger) -> str:
    values = trigger.values
    if not values or len(values) > MOST_VALUES or not all(map(_is_value, values)):
        return "condition_empty"
    match trigger.kind:
        case TriggerKind.CLASS:
            return "" if set(values) <= {one.value for one in AlarmClass} else "class_unknown"
        case TriggerKind.PRIORITY:
            return "" if len(values) == 1 and values[0] in ("1", "2", "3", "4") else "priority_invalid"
        case TriggerKind.SCHEDULE:
            return "" if all(map(_is_hours, values)) else "schedule_invalid"
        case _:
            return ""


def _is_value(text: str) -> bool:
    return 0 < len(text) <= LONGEST_VALUE and text.isprintable()


def _is_hours(text: str) -> bool:
    try:
        parse_hours(text)
    except ValueError:
        return False
    return True
