"""How many days there are, when they will be too few, and what is missing in between."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.domain.recording_days import (
    DAY_S,
    CameraDays,
    DaysState,
    KeepWish,
    RecordedDay,
    days_of,
)
from tests.services.recording.conftest import AT

DAY = timedelta(days=1)
GB = 10**9


def whole_days(camera: str, count: int, size_bytes: int = 40 * GB) -> list[RecordedDay]:
    """So many whole days up to now."""
    return [RecordedDay(camera, ago, AT - (ago + 1) * DAY, DAY_S, size_bytes) for ago in range(count)]


def judged(wish: KeepWish, days: list[RecordedDay], free_bytes: int) -> CameraDays:
    (found,) = days_of([wish], days, free_bytes, AT)
    return found


def test_what_has_room_grows_until_it_has_its_days() -> None:
    # 20 days are missing, 40 GB each.
    young = judged(KeepWish("gate", 30), whole_days("gate", 10), 800 * GB)
    assert (young.state, young.days, young.recorded_days) == (DaysState.GROWING, 10.0, 10.0)
    assert young.bytes_per_day == 40 * GB
    assert judged(KeepWish("gate", 30), whole_days("gate", 30), 0).state is DaysState.WELL


def test_a_disk_that_will_be_full_too_early_says_when_and_how_far_it_reaches() -> None:
    # 400 GB are ten days more: full in ten days with 20 days on it.
    short = judged(KeepWish("gate", 30), whole_days("gate", 10), 400 * GB)
    assert (short.state, short.reachable_days) == (DaysState.WILL_MISS, 20.0)
    assert short.misses_at == AT + 10 * DAY


def test_one_that_has_its_days_loses_them_when_another_takes_the_room() -> None:
    # Gate has its 30 days; yard has none of 90 yet and 300 GB are free: full in 10 days. Then 1500 GB are
    # shared by 70 GB a day until gate's 30 days are covered: 1500 / 70 = 21.43 days each.
    days = whole_days("gate", 30) + whole_days("yard", 2, 30 * GB)
    wishes = [KeepWish("gate", 30), KeepWish("yard", 90)]
    gate, yard = days_of(wishes, days, 300 * GB, AT)
    assert {gate.state, yard.state} == {DaysState.WILL_MISS}
    assert gate.misses_at == yard.misses_at == AT + 10 * DAY
    assert gate.reachable_days == pytest.approx((1200 + 60 + 300) / 70)
    assert yard.reachable_days == gate.reachable_days


def test_what_already_went_for_want_of_room_is_missed_until_it_is_forgotten() -> None:
    went = KeepWish("gate", 30, went_until=AT - 12 * DAY)
    missed = judged(went, whole_days("gate", 20), 0)
    assert (missed.state, missed.days, missed.misses_at) == (DaysState.MISSED, 12.0, AT)
    old = KeepWish("gate", 30, went_until=AT - 30 * DAY)
    assert judged(old, whole_days("gate", 30), 0).state is DaysState.WELL


def test_an_old_protected_piece_is_no_reach() -> None:
    island = RecordedDay("gate", 80, AT - 81 * DAY, 600.0, GB)
    found = judged(KeepWish("gate", 30), [*whole_days("gate", 5), island], 10_000 * GB)
    assert (found.days, found.state) == (5.0, DaysState.GROWING)
    assert found.size_bytes == 201 * GB


def test_a_quota_of_its_own_is_as_wanted_and_says_how_far_it_reaches() -> None:
    small = KeepWish("gate", 30, quota_bytes=400 * GB)
    young = judged(small, whole_days("gate", 4), 10_000 * GB)
    assert (young.state, young.reachable_days, young.misses_at) == (DaysState.GROWING, 10.0, None)
    # Its oldest went by the quota an hour ago.
    full = judged(replace(small, went_until=AT - 10 * DAY), whole_days("gate", 10), 10_000 * GB)
    assert (full.state, full.reachable_days) == (DaysState.WELL, 10.0)
    # A disk on which not even that fits is another matter: full in two days, six days on it.
    tight = judged(small, whole_days("gate", 4), 80 * GB)
    assert (tight.state, tight.reachable_days, tight.misses_at) == (DaysState.WILL_MISS, 6.0, AT + 2 * DAY)


def test_where_there_is_room_again_the_days_come_back() -> None:
    went = KeepWish("gate", 30, went_until=AT - 12 * DAY)
    again = judged(went, whole_days("gate", 20), 10_000 * GB)
    assert (again.state, again.days, again.misses_at) == (DaysState.GROWING, 12.0, None)
    (unknown,) = days_of([went], whole_days("gate", 20), None, AT)
    assert unknown.state is DaysState.MISSED


@pytest.mark.parametrize(
    ("wish", "state"),
    [
        (KeepWish("gate", 30), DaysState.NOTHING),
        (KeepWish("gate", 30, is_steady=False), DaysState.WELL),
        (KeepWish("gate", 30, is_recording=False), DaysState.OFF),
    ],
)
def test_a_camera_without_recordings(wish: KeepWish, state: DaysState) -> None:
    found = judged(wish, [], 0)
    assert (found.state, found.days, found.oldest_at) == (state, 0.0, None)


def test_the_first_hour_says_nothing_of_a_day_and_the_second_does() -> None:
    minutes = RecordedDay("gate", 0, AT - timedelta(minutes=59), 59 * 60, GB)
    assert judged(KeepWish("gate", 30), [minutes], GB).bytes_per_day is None
    hours = RecordedDay("gate", 0, AT - timedelta(hours=2), 7200, 2 * GB)
    assert judged(KeepWish("gate", 30), [hours], 10_000 * GB).bytes_per_day == 24 * GB


@given(
    rates=st.lists(st.integers(1, 100), min_size=1, max_size=6),
    wanted=st.lists(st.integers(2, 90), min_size=6, max_size=6),
    there=st.lists(st.integers(1, 90), min_size=6, max_size=6),
    free=st.integers(0, 20_000),
)
def test_what_will_be_missed_is_what_a_day_by_day_reckoning_misses(
    rates: list[int], wanted: list[int], there: list[int], free: int
) -> None:
    """Each day everybody records, what is older than wanted goes, then the oldest of all until it fits."""
    reach = [min(a, b) for a, b in zip(there, wanted, strict=True)]
    names = [f"C{number}" for number in range(len(rates))]
    wishes = [KeepWish(name, wanted[no]) for no, name in enumerate(names)]
    days = [day for no, name in enumerate(names) for day in whole_days(name, reach[no], rates[no] * GB)]
    found = days_of(wishes, days, free * GB, AT)

    room = free + sum(rate * reach[no] for no, rate in enumerate(rates))
    kept = [[rate] * reach[no] for no, rate in enumerate(rates)]
    for _ in range(200):
        for no, rate in enumerate(rates):
            kept[no] = [rate, *kept[no]][: wanted[no]]
        while sum(map(sum, kept)) > room:
            longest = max(range(len(kept)), key=lambda no: len(kept[no]))
            kept[longest].pop()
    for no, one in enumerate(found):
        is_short = one.state is DaysState.WILL_MISS
        # By whole days a camera may lose up to one more.
        assert (
            len(kept[no]) >= (one.reachable_days or 0) - 1.01 if is_short else len(kept[no]) >= wanted[no] - 1
        )
        if not is_short:
            continue
        assert one.reachable_days is not None
        assert one.reachable_days < wanted[no]
        assert len(kept[no]) <= one.reachable_days + 1.01
