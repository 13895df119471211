"""A trigger gives the same answer for the same alarm, and its combinations mean what they say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.domain.alarms import Alarm, AlarmId
from services.domain.classes import Priority
from services.domain.triggers import (
    MOST_DEPTH,
    Happening,
    Moment,
    Trigger,
    TriggerKind,
    fault_of_trigger,
    is_inside,
    is_met,
)
from tests.alarms import PANIC

AT = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)  # a Tuesday; 23:00 in Beijing
BEIJING = timezone(timedelta(hours=8))
SQUARE = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0))


def alarm(**more: object) -> Alarm:
    made = replace(
        PANIC,
        id=AlarmId("a"),
        event_no="BJ1",
        name="按钮",
        name_en="Button",
        place="东门",
        at=(5.0, 5.0),
        feeds=(),
        received_at=AT,
        last_occurrence_at=AT,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def met(trigger: Trigger, one: Alarm | None = None, moment: Moment = Moment(zone=BEIJING)) -> bool:  # noqa: B008
    return is_met(trigger, Happening(one or alarm(), AT), moment)


LEAVES = st.sampled_from(
    [
        Trigger(TriggerKind.CLASS, ("panic",)),
        Trigger(TriggerKind.CLASS, ("fire",)),
        Trigger(TriggerKind.CODE, ("120", "130")),
        Trigger(TriggerKind.ZONE, ("Z02",)),
        Trigger(TriggerKind.PLACE, ("东门",)),
        Trigger(TriggerKind.AREA, area=SQUARE),
        Trigger(TriggerKind.SCHEDULE, ("mon-fri 22:00-06:00",)),
        Trigger(TriggerKind.ARMED, ("G1",)),
        Trigger(TriggerKind.PRIORITY, ("2",)),
    ]
)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, min_size=1, max_size=3).flatmap(
        lambda parts: st.sampled_from([TriggerKind.ALL, TriggerKind.ANY]).map(
            lambda kind: Trigger(kind, parts=tuple(parts))
        )
    ),
    max_leaves=8,
)


@settings(max_examples=60)
@given(parts=st.lists(TREES, min_size=1, max_size=3))
def test_all_any_and_not_obey_logic(parts: list[Trigger]) -> None:
    answers = [met(part) for part in parts]
    assert met(Trigger(TriggerKind.ALL, parts=tuple(parts))) == all(answers)
    assert met(Trigger(TriggerKind.ANY, parts=tuple(parts))) == any(answers)
    assert met(Trigger(TriggerKind.NOT, parts=(parts[0],))) == (not answers[0])
    # De Morgan: not (a or b) = not a and not b.
    either = Trigger(TriggerKind.NOT, parts=(Trigger(TriggerKind.ANY, parts=tuple(parts)),))
    neither = Trigger(TriggerKind.ALL, parts=tuple(Trigger(TriggerKind.NOT, parts=(part,)) for part in parts))
    assert met(either) == met(neither)


@settings(max_examples=60)
@given(
    ages=st.lists(st.floats(min_value=0.0, max_value=200.0), max_size=12),
    least=st.integers(min_value=1, max_value=6),
    within_s=st.floats(min_value=1.0, max_value=100.0),
)
def test_so_often_within_counts_what_is_young_enough_and_never_less_for_more(
    ages: list[float], least: int, within_s: float
) -> None:
    panic = Trigger(TriggerKind.CLASS, ("panic",))
    past = tuple(Happening(alarm(), AT - timedelta(seconds=age)) for age in sorted(ages, reverse=True))
    often = Trigger(TriggerKind.COUNT, parts=(panic,), least=least, within_s=within_s)
    young = sum(AT - one.at <= timedelta(seconds=within_s) for one in past) + 1
    assert met(often, moment=Moment(recent=past)) == (young >= least)
    # More happenings can only help.
    assert not met(often, moment=Moment(recent=past)) or met(
        often, moment=Moment(recent=(*past, Happening(alarm(), AT)))
    )


def test_n_of_m_wants_different_conditions_not_one_of_them_twice() -> None:
    beams = tuple(Trigger(TriggerKind.ZONE, (no,)) for no in ("Z01", "Z02", "Z03"))
    two = Trigger(TriggerKind.COUNT, parts=beams, least=2, within_s=30.0)
    same = Happening(alarm(), AT - timedelta(seconds=5))
    other = Happening(alarm(zone="Z02"), AT - timedelta(seconds=5))
    assert not met(two, moment=Moment(recent=(same, same)))
    assert met(two, moment=Moment(recent=(other,)))
    # An alarm that the rule says nothing about must not set it off, whatever happened before.
    assert not met(two, alarm(zone="Z09"), Moment(recent=(same, other)))


@pytest.mark.parametrize(
    ("hours", "is_within"),
    [
        ("mon-fri 22:00-06:00", True),
        ("tue 23:00-23:30", True),
        ("mon 22:00-06:00", False),
        ("daily 15:00-16:00", False),
        ("sat,sun 00:00-24:00", False),
    ],
)
def test_times_go_by_the_clocks_of_the_site(hours: str, is_within: bool) -> None:
    assert met(Trigger(TriggerKind.SCHEDULE, (hours,))) is is_within


def test_armed_means_all_the_groups_that_are_named() -> None:
    both = Trigger(TriggerKind.ARMED, ("G1", "G2"))
    assert not met(both, moment=Moment(armed=frozenset({"G1"})))
    assert met(both, moment=Moment(armed=frozenset({"G1", "G2", "G3"})))


def test_a_priority_takes_in_all_that_is_more_urgent() -> None:
    urgent = Trigger(TriggerKind.PRIORITY, ("2",))
    answers = [met(urgent, alarm(priority=priority)) for priority in Priority]
    assert answers == [True, True, False, False]


def test_an_area_holds_its_edge_and_nothing_outside_and_needs_a_place() -> None:
    notched = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (5.0, 5.0), (0.0, 10.0))
    inside = [is_inside(point, notched) for point in ((1.0, 1.0), (10.0, 5.0), (5.0, 8.0), (11.0, 5.0))]
    assert inside == [True, True, False, False]
    assert not met(Trigger(TriggerKind.AREA, area=SQUARE), alarm(at=None))


def often(part: Trigger) -> Trigger:
    return Trigger(TriggerKind.COUNT, parts=(part,), least=2, within_s=9.0)


def test_what_cannot_be_judged_is_a_fault() -> None:
    deep = panic = Trigger(TriggerKind.CLASS, ("panic",))
    for _ in range(MOST_DEPTH):
        deep = Trigger(TriggerKind.NOT, parts=(deep,))
    wide = Trigger(TriggerKind.ANY, parts=(Trigger(TriggerKind.CLASS, ("panic",)),) * 61)
    faults = {
        "too_deep": deep,
        "too_many_conditions": wide,
        "condition_empty": Trigger(TriggerKind.ANY),
        "class_unknown": Trigger(TriggerKind.CLASS, ("panik",)),
        "priority_invalid": Trigger(TriggerKind.PRIORITY, ("5",)),
        "schedule_invalid": Trigger(TriggerKind.SCHEDULE, ("mon-fri 25:00-26:00",)),
        "area_invalid": Trigger(TriggerKind.AREA, area=SQUARE[:2]),
        "count_nested": often(Trigger(TriggerKind.ANY, parts=(often(panic),))),
        "count_invalid": Trigger(TriggerKind.COUNT, parts=(deep.parts[0],), least=2, within_s=0.0),
    }
    assert {name: fault_of_trigger(trigger) for name, trigger in faults.items()} == {
        name: name for name in faults
    }
