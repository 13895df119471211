"""Presets by time of day, in Berlin because Beijing has no summer time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from services.domain.layouts import grid
from services.domain.wall_schedule import Due, due_preset
from services.domain.walls import DAY_MINUTES, Preset, Slot, WallItem, WallItemKind

BERLIN = ZoneInfo("Europe/Berlin")
BEIJING = ZoneInfo("Asia/Shanghai")
EVERY_DAY = tuple(range(7))


def preset(name: str, *slots: Slot) -> WallItem:
    return WallItem(
        name, WallItemKind.PRESET, name, "", "wang", preset=Preset("4", grid(2, 2), (), -1, slots)
    )


def local(*when: int, zone: ZoneInfo = BEIJING) -> datetime:
    return datetime(*when, tzinfo=zone).astimezone(UTC)  # type: ignore[misc, arg-type]


NIGHT = preset("night", Slot((4,), 22 * 60, 6 * 60))
WORK = preset("work", Slot((0, 1, 2, 3, 4), 8 * 60, 18 * 60))


def test_a_slot_runs_from_its_first_minute_to_before_its_last() -> None:
    # 2026-11-24 is a Tuesday.
    begin, end = local(2026, 11, 24, 8, 0), local(2026, 11, 24, 18, 0)
    second = timedelta(seconds=1)
    found = [due_preset(at, [WORK], BEIJING) for at in (begin - second, begin, end - second, end)]
    assert found == [None, Due("work", begin), Due("work", begin), None]


def test_a_slot_over_midnight_belongs_to_the_day_it_begins_on() -> None:
    friday = local(2026, 11, 27, 22, 0)
    assert due_preset(local(2026, 11, 28, 5, 59), [NIGHT], BEIJING) == Due("night", friday)
    assert due_preset(local(2026, 11, 28, 6, 0), [NIGHT], BEIJING) is None
    assert due_preset(local(2026, 11, 28, 23, 0), [NIGHT], BEIJING) is None
    assert due_preset(local(2026, 11, 27, 5, 0), [NIGHT], BEIJING) is None


def test_of_two_slots_the_one_that_began_last_is_due() -> None:
    noon = preset("noon", Slot(EVERY_DAY, 12 * 60, 13 * 60))
    assert due_preset(local(2026, 11, 24, 12, 30), [noon, WORK], BEIJING) == Due(
        "noon", local(2026, 11, 24, 12, 0)
    )
    assert due_preset(local(2026, 11, 24, 13, 0), [noon, WORK], BEIJING) == Due(
        "work", local(2026, 11, 24, 8, 0)
    )


def test_a_slot_that_ends_when_it_begins_runs_the_whole_day() -> None:
    always = preset("always", Slot((1,), 480, 480))
    assert due_preset(local(2026, 11, 25, 7, 59), [always], BEIJING) is not None
    assert due_preset(local(2026, 11, 25, 8, 0), [always], BEIJING) is None


def test_in_the_night_of_summer_time_a_skipped_slot_runs_an_hour_later() -> None:
    # On 2026-03-29 Berlin goes from 02:00 CET to 03:00 CEST, which is 01:00 UTC.
    early = preset("early", Slot(EVERY_DAY, 2 * 60 + 15, 2 * 60 + 45))
    assert due_preset(datetime(2026, 3, 29, 0, 59, tzinfo=UTC), [early], BERLIN) is None
    # 02:15 CET would be 01:15 UTC; 02:45 CET 01:45 UTC.
    assert due_preset(datetime(2026, 3, 29, 1, 15, tzinfo=UTC), [early], BERLIN) is not None
    assert due_preset(datetime(2026, 3, 29, 1, 45, tzinfo=UTC), [early], BERLIN) is None


def test_a_night_over_the_end_of_summer_time_lasts_an_hour_longer() -> None:
    # 2026-10-25, 03:00 CEST becomes 02:00 CET: Saturday 22:00 is 20:00 UTC, Sunday 06:00 is 05:00 UTC.
    night = preset("night", Slot((5,), 22 * 60, 6 * 60))
    begin = datetime(2026, 10, 24, 20, 0, tzinfo=UTC)
    assert due_preset(begin + timedelta(hours=8, minutes=59), [night], BERLIN) == Due("night", begin)
    assert due_preset(begin + timedelta(hours=9), [night], BERLIN) is None


def test_in_the_hour_that_comes_twice_a_slot_runs_once() -> None:
    early = preset("early", Slot(EVERY_DAY, 2 * 60, 2 * 60 + 30))
    first, second = datetime(2026, 10, 25, 0, 10, tzinfo=UTC), datetime(2026, 10, 25, 1, 10, tzinfo=UTC)
    assert (first.astimezone(BERLIN).hour, second.astimezone(BERLIN).hour) == (2, 2)
    assert due_preset(first, [early], BERLIN) is not None
    assert due_preset(second, [early], BERLIN) is None


minutes = st.integers(0, DAY_MINUTES - 1)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),
    st.builds(
        Slot, st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))), minutes, minutes
    ),
)
def test_where_clocks_never_change_a_slot_is_due_by_the_clock_face(now: datetime, slot: Slot) -> None:
    face = now.astimezone(BEIJING)
    minute, today = face.hour * 60 + face.minute, face.weekday()
    yesterday = (today - 1) % 7
    if slot.start_minute < slot.end_minute:
        is_due = today in slot.weekdays and slot.start_minute <= minute < slot.end_minute
    else:
        is_due = (today in slot.weekdays and minute >= slot.start_minute) or (
            yesterday in slot.weekdays and minute < slot.end_minute
        )
    assert (due_preset(now, [preset("p", slot)], BEIJING) is not None) == is_due
