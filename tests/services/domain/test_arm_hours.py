"""Hours of arming in local time, over midnight and over the change of clocks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.domain.arm_hours import ArmHours, Edge, last_edge, next_edge, parse_hours

SHANGHAI = ZoneInfo("Asia/Shanghai")  # UTC+8, no change of clocks
BERLIN = ZoneInfo("Europe/Berlin")  # 2026: forward on 29 March at 02:00, back on 25 October at 03:00


def local(zone: ZoneInfo, *parts: int, fold: int = 0) -> datetime:
    return datetime(*parts, tzinfo=zone, fold=fold).astimezone(UTC)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("mon-fri 22:00-06:00", ArmHours((0, 1, 2, 3, 4), 1320, 360)),
        ("sat,sun 00:00-24:00", ArmHours((5, 6), 0, 1440)),
        ("fri-mon 8:30-9:15", ArmHours((0, 4, 5, 6), 510, 555)),
        ("Daily  23:00-05:30", ArmHours((0, 1, 2, 3, 4, 5, 6), 1380, 330)),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, hours: ArmHours) -> None:
    assert parse_hours(text) == hours


@pytest.mark.parametrize(
    "text",
    [
        "",
        "22:00-06:00",
        "mon 22-06",
        "mon-fri 22:60-06:00",
        "mon 25:00-26:00",
        "mon 24:00-01:00",
        "feiertag 22:00-06:00",
        "mon 08:00-08:00",
        "mon- 08:00-09:00",
        ",mon 08:00-09:00",
    ],
)
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is|begins"):
        parse_hours(text)


def test_friday_night_lasts_into_saturday_and_saturday_has_none() -> None:
    hours = ("mon-fri 22:00-06:00",)
    friday_ends = Edge(local(SHANGHAI, 2026, 11, 28, 6), is_armed=False)
    assert last_edge(hours, local(SHANGHAI, 2026, 11, 28, 5), SHANGHAI) == Edge(
        local(SHANGHAI, 2026, 11, 27, 22), is_armed=True
    )
    assert last_edge(hours, local(SHANGHAI, 2026, 11, 29, 23), SHANGHAI) == friday_ends
    assert next_edge(hours, local(SHANGHAI, 2026, 11, 28, 5), SHANGHAI) == friday_ends


def test_hours_that_touch_are_one() -> None:
    hours = ("sat 18:00-24:00", "sun 00:00-06:00")
    assert next_edge(hours, local(SHANGHAI, 2026, 11, 28, 19), SHANGHAI) == Edge(
        local(SHANGHAI, 2026, 11, 29, 6), is_armed=False
    )


def test_hours_that_never_end_have_no_next_edge() -> None:
    assert next_edge(("daily 00:00-24:00",), local(SHANGHAI, 2026, 11, 28, 19), SHANGHAI) is None


def test_hours_in_the_skipped_hour_still_happen() -> None:
    # 02:10 and 02:40 do not exist on 29 March; they are 03:10 and 03:40 summer time = 01:10, 01:40 UTC.
    edge = next_edge(("sun 02:10-02:40",), datetime(2026, 3, 29, 0, 30, tzinfo=UTC), BERLIN)
    assert edge == Edge(datetime(2026, 3, 29, 1, 10, tzinfo=UTC), is_armed=True)


def test_hours_that_end_in_the_doubled_hour_end_with_the_second() -> None:
    # 02:30 on 25 October comes at 00:30 UTC and again at 01:30 UTC.
    edge = next_edge(("sat 22:00-02:30",), datetime(2026, 10, 25, 0, 0, tzinfo=UTC), BERLIN)
    assert edge == Edge(datetime(2026, 10, 25, 1, 30, tzinfo=UTC), is_armed=False)


@given(minute=st.integers(0, 365 * 24 * 60), start=st.integers(0, 1439), length=st.integers(1, 1439))
def test_the_edges_around_any_moment_are_neighbours(minute: int, start: int, length: int) -> None:
    end = (start + length) % 1440
    hours = (f"mon,wed,sat {start // 60}:{start % 60:02}-{end // 60}:{end % 60:02}",)
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
    before, after = last_edge(hours, at, BERLIN), next_edge(hours, at, BERLIN)
    assert before is not None
    assert after is not None
    assert before.at <= at < after.at
    assert before.is_armed is not after.is_armed
    assert last_edge(hours, after.at, BERLIN) == after
