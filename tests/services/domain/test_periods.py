from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from services.domain.periods import PeriodKind, period_before, period_of

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("kind", "day", "first", "last"),
    [
        (PeriodKind.DAY, date(2026, 11, 28), date(2026, 11, 28), date(2026, 11, 28)),
        # 28 November 2026 is a Saturday.
        (PeriodKind.WEEK, date(2026, 11, 28), date(2026, 11, 23), date(2026, 11, 29)),
        (PeriodKind.MONTH, date(2028, 2, 29), date(2028, 2, 1), date(2028, 2, 29)),
        (PeriodKind.MONTH, date(2026, 12, 31), date(2026, 12, 1), date(2026, 12, 31)),
        (PeriodKind.QUARTER, date(2026, 11, 28), date(2026, 10, 1), date(2026, 12, 31)),
        (PeriodKind.QUARTER, date(2026, 1, 1), date(2026, 1, 1), date(2026, 3, 31)),
    ],
)
def test_a_period_has_whole_days(kind: PeriodKind, day: date, first: date, last: date) -> None:
    period = period_of(kind, day, SHANGHAI)

    assert (period.first_on, period.last_on) == (first, last)
    assert period.since == datetime(first.year, first.month, first.day, tzinfo=SHANGHAI)
    assert len(period.days) == (last - first).days + 1


@pytest.mark.parametrize("kind", list(PeriodKind))
def test_periods_follow_without_gap_or_overlap(kind: PeriodKind) -> None:
    period = period_of(kind, date(2026, 1, 1), SHANGHAI)

    following = period_of(kind, period.until.astimezone(SHANGHAI).date(), SHANGHAI)
    assert period_before(period, SHANGHAI).until == period.since
    assert period_before(following, SHANGHAI) == period


def test_a_day_of_twenty_five_hours_is_one_day() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    period = period_of(PeriodKind.DAY, date(2026, 10, 25), berlin)

    assert (period.until - period.since).total_seconds() == 25 * 3600
