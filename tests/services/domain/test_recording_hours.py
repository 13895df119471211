"""What a camera records at which moment, over midnight, the week's end and the change of clocks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.domain.recording_hours import OUTSIDE_HOURS, mode_at
from services.domain.recordings import RecordingMode
from services.domain.site import Camera, CameraNo

BERLIN = ZoneInfo("Europe/Berlin")
SHANGHAI = ZoneInfo("Asia/Shanghai")
SCHEDULED, CONTINUOUS, OFF = RecordingMode.SCHEDULED, RecordingMode.CONTINUOUS, RecordingMode.OFF


def camera(
    *hours: str, mode: RecordingMode = SCHEDULED, outside: RecordingMode = RecordingMode.ALARM
) -> Camera:
    return Camera(
        CameraNo("C01"),
        "东门",
        "East",
        "东门",
        (1.0, 1.0),
        3.0,
        0.0,
        90.0,
        30.0,
        "rtsp://c",
        "rtsp://c",
        recording=mode,
        recording_hours=hours,
        recording_outside=outside,
    )


def shanghai(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=SHANGHAI).astimezone(UTC)  # type: ignore[arg-type,misc]


def test_two_spans_of_a_day_and_a_night_over_midnight() -> None:
    gate = camera("mon-fri 06:30-08:30", "mon-fri 16:00-18:30", "sat 22:00-02:00", outside=OFF)
    # 23 November 2026 is a Monday.
    modes = {
        (23, 6, 29): OFF,
        (23, 6, 30): CONTINUOUS,
        (23, 8, 29): CONTINUOUS,
        (23, 8, 30): OFF,
        (23, 17, 0): CONTINUOUS,
        (28, 17, 0): OFF,
        (28, 23, 59): CONTINUOUS,
        (29, 1, 59): CONTINUOUS,
        (29, 2, 0): OFF,
    }
    assert {at: mode_at(gate, shanghai(2026, 11, *at), SHANGHAI) for at in modes} == modes


def test_hours_end_with_the_second_that_they_name() -> None:
    gate = camera("daily 08:00-09:00")
    last = shanghai(2026, 11, 24, 8, 59, 59) + timedelta(microseconds=999_999)
    assert mode_at(gate, last, SHANGHAI) is CONTINUOUS
    assert mode_at(gate, last + timedelta(microseconds=1), SHANGHAI) is RecordingMode.ALARM


@pytest.mark.parametrize("mode", [m for m in RecordingMode if m is not SCHEDULED])
def test_a_camera_without_a_schedule_asks_no_clock(mode: RecordingMode) -> None:
    assert mode_at(camera("mon 08:00-09:00", mode=mode), shanghai(2026, 11, 24, 3), SHANGHAI) is mode


def test_a_schedule_without_hours_records_always() -> None:
    assert mode_at(camera(), shanghai(2026, 11, 24, 3), SHANGHAI) is CONTINUOUS


def test_the_hour_that_comes_twice_is_recorded_twice() -> None:
    # On 25 October 2026 the clocks of Berlin show 02:00 to 03:00 at 00:00 and again at 01:00 UTC.
    night = camera("sun 02:00-03:00", outside=OFF)
    times = [datetime(2026, 10, 25, 0, 0, tzinfo=UTC) + timedelta(minutes=30 * half) for half in range(-1, 5)]
    assert [mode_at(night, at, BERLIN) is CONTINUOUS for at in times] == [
        False,
        True,
        True,
        True,
        True,
        False,
    ]


@given(
    minute=st.integers(0, 2 * 365 * 24 * 60),
    start=st.integers(0, 1439),
    length=st.integers(1, 1439),
    days=st.sets(st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]), min_size=1),
    outside=st.sampled_from(OUTSIDE_HOURS),
)
def test_at_any_moment_the_clock_on_the_wall_decides(
    minute: int, start: int, length: int, days: set[str], outside: RecordingMode
) -> None:
    """Counted apart: in a zone without a change of clocks hours are minutes of a week."""
    end = (start + length) % 1440
    hours = f"{','.join(sorted(days))} {start // 60}:{start % 60:02}-{end // 60}:{end % 60:02}"
    wall = datetime(2026, 1, 5) + timedelta(minutes=minute)
    names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    week = 7 * 1440
    of_week = minute % week
    is_within = any((of_week - names.index(day) * 1440 - start) % week < length for day in days)
    at = wall.replace(tzinfo=SHANGHAI).astimezone(UTC)
    expected = CONTINUOUS if is_within else outside
    assert mode_at(camera(hours, outside=outside), at, SHANGHAI) is expected
