"""Public holidays and substituted working days 调休 of mainland China, as far as they are known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

import holidays


class DayKind(StrEnum):
    """HOLIDAY: off, with its name. SHIFTED_WORK: a weekend day that is worked instead of another."""

    ORDINARY = "ordinary"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    SHIFTED_WORK = "shifted_work"


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """name, name_en: of the holiday, "" for other days.

    is_settled: the State Council's arrangement of that year is in the library; else the festivals are known
    and the substituted days are not.
    """

    day: date
    kind: DayKind
    name: str = ""
    name_en: str = ""
    is_settled: bool = True


def calendar_day(day: date) -> CalendarDay:
    chinese, english = _years(day.year)
    is_settled = day.year in chinese.special_public_holidays
    if day in chinese:
        return CalendarDay(day, DayKind.HOLIDAY, chinese[day], english.get(day, ""), is_settled)
    if day in chinese.weekend_workdays:
        return CalendarDay(day, DayKind.SHIFTED_WORK, is_settled=is_settled)
    kind = DayKind.WEEKEND if day.weekday() >= 5 else DayKind.ORDINARY
    return CalendarDay(day, kind, is_settled=is_settled)


def is_workday(day: date) -> bool:
    return calendar_day(day).kind in (DayKind.ORDINARY, DayKind.SHIFTED_WORK)


def calendar_week(monday: date) -> tuple[CalendarDay, ...]:
    return tuple(calendar_day(monday + timedelta(days=n)) for n in range(7))


@cache
def _years(year: int) -> tuple[holidays.HolidayBase, holidays.HolidayBase]:
    return (
        holidays.country_holidays("CN", years=year, language="zh_CN"),
        holidays.country_holidays("CN", years=year, language="en_US"),
    )
