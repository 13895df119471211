"""How the watch is doing: load, bad zones, how soon alarms are answered, how soon pictures come."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from services.core.clock import Clock
from services.domain.alarms import Alarm, Verdict
from services.storage import AlarmRecord, Database

BUCKET = timedelta(minutes=10)
# GB 50395-2007 5.0.4-4: alarm to linked picture within 4 s.
LINKAGE_LIMIT_MS = 4000
# EEMUA 191, as a reference: what one operator can take, and where a flood begins, in ten minutes.
STEADY_IN_TEN_MINUTES = 1
FLOOD_IN_TEN_MINUTES = 10

_FALSE = frozenset({Verdict.FALSE_REPORT, Verdict.ACCIDENTAL, Verdict.DEVICE_FAULT})
_JUDGED = _FALSE | {Verdict.GENUINE}


class Step(StrEnum):
    """How far an alarm has come; each time counts from its arrival."""

    CLAIM = "claim"
    VERIFY = "verify"
    DISPATCH = "dispatch"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Spread:
    """Of `count` values in one unit; nearest-rank percentiles, None when there is none."""

    count: int
    p50: float | None = None
    p95: float | None = None
    most: float | None = None


@dataclass(frozen=True, slots=True)
class Load:
    """Alarms that came in the ten minutes from `begins_at`."""

    begins_at: datetime
    count: int


@dataclass(frozen=True, slots=True)
class OperatorFigures:
    """Of the alarms first claimed by them, whoever had them later. busiest: most that came within any ten
    minutes. mean: per ten minutes of the whole time asked for as far as it is over, quiet ones too, as
    EEMUA 191 averages; the record does not say when an operator was on duty."""

    user: str
    name: str
    handled: int
    busiest: int
    mean: float


@dataclass(frozen=True, slots=True)
class ZoneFigures:
    """judged: with a verdict that says genuine or false; tests and duplicates say nothing about a zone."""

    zone: str
    name: str
    name_en: str
    place: str
    alarms: int
    occurrences: int
    judged: int
    false: int

    @property
    def false_rate(self) -> float | None:
        return self.false / self.judged if self.judged else None


@dataclass(frozen=True, slots=True)
class AlarmFigures:
    """Without drills. zones: most occurrences first. linkage: milliseconds; steps: seconds."""

    since: datetime
    until: datetime
    total: int
    loads: tuple[Load, ...]
    operators: tuple[OperatorFigures, ...]
    zones: tuple[ZoneFigures, ...]
    steps: tuple[tuple[Step, Spread], ...]
    linkage: Spread
    within_limit: int


class AlarmReports:
    """Blocks; a month of alarms takes seconds."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def figures(self, since: datetime, until: datetime) -> AlarmFigures:
        records = self._database.read(lambda view: view.figures.alarms(since, until), deadline_s=60.0)
        return figures_of(records, since, until, self._clock.now())


def figures_of(
    records: Iterable[AlarmRecord], since: datetime, until: datetime, now: datetime
) -> AlarmFigures:
    """records: those received from `since` on and before `until`, oldest first."""
    counted = [record for record in records if not record.alarm.is_drill]
    linkage = [r.alarm.linkage_ms for r in counted if r.alarm.linkage_ms is not None]
    return AlarmFigures(
        since=since,
        until=until,
        total=len(counted),
        loads=_loads(counted, since, until),
        operators=_operators(counted, min(until, now) - since),
        zones=_zones(counted),
        steps=tuple((step, spread_of(_times(counted, reached))) for step, reached in _REACHED.items()),
        linkage=spread_of(linkage),
        within_limit=sum(ms <= LINKAGE_LIMIT_MS for ms in linkage),
    )


def spread_of(values: Sequence[float]) -> Spread:
    ordered = sorted(values)
    if not ordered:
        return Spread(0)
    return Spread(len(ordered), _rank(ordered, 0.50), _rank(ordered, 0.95), ordered[-1])


def _rank(ordered: Sequence[float], share: float) -> float:
    """Nearest rank: the smallest value with at least `share` of all at or below it."""
    return ordered[max(1, math.ceil(share * len(ordered))) - 1]


_REACHED: dict[Step, Callable[[AlarmRecord], datetime | None]] = {
    Step.CLAIM: lambda record: record.alarm.first_claimed_at or record.alarm.claimed_at,
    Step.VERIFY: lambda record: record.alarm.viewed_at,
    Step.DISPATCH: lambda record: record.sent_at,
    Step.CLOSE: lambda record: record.alarm.reset_at,
}


def _times(records: Iterable[AlarmRecord], reached: Callable[[AlarmRecord], datetime | None]) -> list[float]:
    """Seconds from arrival; an alarm that joined an older incident was answered at once."""
    found = ((record.alarm.received_at, reached(record)) for record in records)
    return [max(0.0, (at - received_at).total_seconds()) for received_at, at in found if at is not None]


def _bucket(at: datetime, since: datetime) -> int:
    return (at - since) // BUCKET


def _loads(records: Iterable[AlarmRecord], since: datetime, until: datetime) -> tuple[Load, ...]:
    counts = [0] * max(0, math.ceil((until - since) / BUCKET))
    for record in records:
        counts[_bucket(record.alarm.received_at, since)] += 1
    return tuple(Load(since + number * BUCKET, count) for number, count in enumerate(counts))


def _operators(records: Iterable[AlarmRecord], asked: timedelta) -> tuple[OperatorFigures, ...]:
    """asked: how long the time asked for has lasted by now."""
    names: dict[str, str] = {}
    received: dict[str, list[datetime]] = {}
    for record in records:
        user, name = _first_owner(record.alarm)
        if user:
            names[user] = name
            received.setdefault(user, []).append(record.alarm.received_at)
    tens = max(1.0, asked / BUCKET)
    found = [
        OperatorFigures(user, names[user], len(mine), _most_within(BUCKET, mine), len(mine) / tens)
        for user, mine in received.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.handled, one.user)))


def _first_owner(alarm: Alarm) -> tuple[str, str]:
    """Log-in name and name; the present owner where an older version did not keep the first."""
    if alarm.first_owner:
        return alarm.first_owner, alarm.first_owner_name
    return alarm.owner, alarm.owner_name


def _most_within(window: timedelta, moments: Iterable[datetime]) -> int:
    """Of a window that begins anywhere: a burst over the edge of two tens of minutes is one burst."""
    ordered = sorted(moments)
    first, most = 0, 0
    for last, at in enumerate(ordered):
        while at - ordered[first] >= window:
            first += 1
        most = max(most, last - first + 1)
    return most


def _zones(records: Iterable[AlarmRecord]) -> tuple[ZoneFigures, ...]:
    by_zone: dict[tuple[str, str], list[AlarmRecord]] = {}
    for record in records:
        alarm = record.alarm
        by_zone.setdefault((alarm.zone, "" if alarm.zone else alarm.name), []).append(record)
    found = []
    for mine in by_zone.values():
        newest = mine[-1].alarm
        verdicts = [record.alarm.verdict for record in mine]
        found.append(
            ZoneFigures(
                zone=newest.zone,
                name=newest.name,
                name_en=newest.name_en,
                place=newest.place,
                alarms=len(mine),
                occurrences=sum(record.alarm.occurrence_count for record in mine),
                judged=sum(verdict in _JUDGED for verdict in verdicts),
                false=sum(verdict in _FALSE for verdict in verdicts),
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.occurrences, one.zone, one.name)))
