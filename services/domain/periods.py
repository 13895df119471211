"""The stretches of days that reports are about; a day begins at midnight by the wall clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum


class PeriodKind(StrEnum):
    """值班日报、周检查、月调度、季考核."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


@dataclass(frozen=True, slots=True)
class Period:
    """From midnight of `first_on` to the midnight that ends `last_on`."""

    kind: PeriodKind
    first_on: date
    last_on: date
    since: datetime
    until: datetime

    @property
    def days(self) -> list[date]:
        return [self.first_on + timedelta(days=n) for n in range((self.last_on - self.first_on).days + 1)]


def period_of(kind: PeriodKind, day: date, zone: tzinfo) -> Period:
    """The one that `day` lies in; weeks begin on Monday."""
    first_on, following = _bounds(kind, day)
    return Period(
        kind,
        first_on,
        following - timedelta(days=1),
        _midnight(first_on, zone),
        _midnight(following, zone),
    )


def period_before(period: Period, zone: tzinfo) -> Period:
    return period_of(period.kind, period.first_on - timedelta(days=1), zone)


def _bounds(kind: PeriodKind, day: date) -> tuple[date, date]:
    """The first day, and the first of the next."""
    match kind:
        case PeriodKind.DAY:
            return day, day + timedelta(days=1)
        case PeriodKind.WEEK:
            monday = day - timedelta(days=day.weekday())
            return monday, monday + timedelta(days=7)
        case PeriodKind.MONTH:
            return day.replace(day=1), _months_on(day.replace(day=1), 1)
        case PeriodKind.QUARTER:
            first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
            return first, _months_on(first, 3)


def _months_on(first: date, months: int) -> date:
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
