"""Putting a flood together hides nothing: each alarm is in one place, the most urgent on top."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.domain.alarms import Alarm, AlarmId
from services.domain.board import Board
from services.domain.classes import NEVER_DISARMED, AlarmClass, Priority
from services.domain.floods import (
    AlarmGroup,
    grouped,
    has_groups,
    is_chattering,
    is_flood,
    is_stale,
    may_be_shelved,
)
from tests.alarms import BEAM

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def alarm(number: int, **fields: object) -> Alarm:
    made = replace(
        BEAM,
        id=AlarmId(f"a{number:03d}"),
        event_no=f"BJ20261124-{number:04d}",
        dedup_key=f"k{number}",
        zone=f"Z{number}",
        zone_number=number,
        received_at=NOON + timedelta(seconds=number),
        last_occurrence_at=NOON,
    )
    return replace(made, **fields)  # type: ignore[arg-type]


alarms = st.lists(
    st.builds(
        lambda number, alarm_class, priority, panel, place: alarm(
            number, alarm_class=alarm_class, priority=priority, panel=panel, place=place
        ),
        st.integers(0, 60),
        st.sampled_from(AlarmClass),
        st.sampled_from(Priority),
        st.sampled_from(["A1", "A2"]),
        st.sampled_from(["北围墙", "东门"]),
    ),
    max_size=40,
    unique_by=lambda made: made.id,
)


@given(alarms)
def test_every_alarm_is_in_exactly_one_place_and_nothing_urgent_is_in_a_group(found: list[Alarm]) -> None:
    queue = Board(alarms={made.id: made for made in found}).queue()
    rows = grouped(queue)
    shown = [a.id for row in rows for a in (row.alarms if isinstance(row, AlarmGroup) else (row,))]
    assert sorted(shown) == sorted(made.id for made in found)
    for row in rows:
        if isinstance(row, AlarmGroup):
            assert len(row.alarms) > 1
            for member in row.alarms:
                assert member.priority > Priority.P1
                assert member.alarm_class not in NEVER_DISARMED
                assert (member.alarm_class, member.panel) == (row.cause.alarm_class, row.cause.panel)


@given(alarms)
def test_there_are_groups_where_putting_together_makes_one(found: list[Alarm]) -> None:
    assert has_groups(found) is any(isinstance(row, AlarmGroup) for row in grouped(found))


@given(alarms)
def test_p1_stands_above_everything_and_priorities_never_mix_up(found: list[Alarm]) -> None:
    queue = Board(alarms={made.id: made for made in found}).queue()
    rows = grouped(queue)
    assert [row.priority for row in rows] == sorted(row.priority for row in rows)
    urgent = [made for made in queue if made.priority is Priority.P1]
    assert rows[: len(urgent)] == urgent


@given(alarms)
def test_what_stands_alone_and_the_groups_keep_the_queues_order(found: list[Alarm]) -> None:
    queue = Board(alarms={made.id: made for made in found}).queue()
    place = {made.id: at for at, made in enumerate(queue)}
    rows = [
        (row.priority, isinstance(row, AlarmGroup), min(place[a.id] for a in row.alarms))
        if isinstance(row, AlarmGroup)
        else (row.priority, False, place[row.id])
        for row in grouped(queue)
    ]
    assert rows == sorted(rows)


def test_a_group_lists_its_places_by_number_of_alarms() -> None:
    found = [alarm(1, place="东门"), alarm(2), alarm(3), alarm(4, place="东门"), alarm(5)]
    (group,) = grouped(found)
    assert isinstance(group, AlarmGroup)
    assert group.places == (("北围墙", 3), ("东门", 2))
    assert [member.place for member in group.alarms] == ["东门"] * 2 + ["北围墙"] * 3


@pytest.mark.parametrize(
    ("count", "was_flood", "floods"),
    [(10, False, False), (11, False, True), (5, True, True), (4, True, False)],
)
def test_a_flood_begins_above_ten_in_ten_minutes_and_ends_below_five(
    count: int, was_flood: bool, floods: bool
) -> None:
    found = [alarm(number, received_at=NOON) for number in range(count)]
    assert is_flood(found, NOON + timedelta(minutes=9), was_flood=was_flood) is floods
    assert not is_flood(found, NOON + timedelta(minutes=10), was_flood=was_flood)


def test_three_times_in_a_minute_is_chattering_until_it_was_quiet_for_ten() -> None:
    def at(*seconds: int) -> Alarm:
        return alarm(1, spoke_at=tuple(NOON + timedelta(seconds=s) for s in seconds))

    assert is_chattering(at(0, 30, 60), NOON + timedelta(minutes=10))
    assert not is_chattering(at(0, 30, 61), NOON + timedelta(minutes=2))
    assert not is_chattering(at(0, 30), NOON + timedelta(minutes=1))
    assert not is_chattering(at(0, 30, 60), NOON + timedelta(minutes=11, seconds=1))


def test_open_for_more_than_a_day_is_stale() -> None:
    assert not is_stale(alarm(0), NOON + timedelta(hours=24))
    assert is_stale(alarm(0), NOON + timedelta(hours=24, seconds=1))


@pytest.mark.parametrize("alarm_class", sorted(NEVER_DISARMED))
@pytest.mark.parametrize("priority", list(Priority))
def test_what_never_may_be_disarmed_never_may_be_shelved(alarm_class: AlarmClass, priority: Priority) -> None:
    assert not may_be_shelved(alarm(1, alarm_class=alarm_class, priority=priority))
