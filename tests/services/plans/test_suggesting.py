"""What happened suggests the plans that fit it, the surest first, and never one for another place."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from services.core.ids import new_id
from services.domain.alarms import Alarm, AlarmId
from services.domain.classes import AlarmClass
from services.domain.incidents import Incident, IncidentId
from services.domain.linkage import Action, ActionKind
from services.domain.linkage_runs import ActionRun, LinkageRun, Result
from services.domain.plans import PlanId, PlanTrigger, PlanVersion, SuggestedBy
from services.domain.site import Area, AreaKind, Point, Site
from services.plans.suggesting import (
    Situation,
    situation_of_alarm,
    situation_of_incident,
    suggested,
)
from tests.alarms import PANIC
from tests.services.plans.conftest import FIRE, START_AT

DORMITORY = Area(
    "A1", "三号宿舍", "Dormitory 3", AreaKind.DORMITORY, ((0, 0), (20, 0), (20, 20), (0, 20)), 18
)
LAKE = Area("A2", "湖", "Lake", AreaKind.WATER, ((30, 0), (50, 0), (50, 20), (30, 20)))
SITE = Site("t", "测试", "Test", 100.0, 100.0, areas=(DORMITORY, LAKE))


def version(name: str, trigger: PlanTrigger, level: int = 2) -> PlanVersion:
    text = replace(FIRE, name=name, trigger=trigger, level=level)
    return PlanVersion(new_id(), PlanId(name), 1, text, START_AT, "chen", "陈处长")


def alarm(
    alarm_class: AlarmClass, at: Point | None = (10.0, 10.0), code: str = "BA", note: str = ""
) -> Alarm:
    return replace(
        PANIC,
        id=AlarmId(new_id()),
        alarm_class=alarm_class,
        code_raw=code,
        zone="Z1",
        name="三层烟感",
        name_en="Smoke, third floor",
        place="三号宿舍",
        at=at,
        feeds=(),
        received_at=START_AT,
        last_occurrence_at=START_AT,
        note=note,
    )


def incident(title: str, at: Point | None = None) -> Incident:
    received_at = START_AT + timedelta(seconds=10)
    return Incident(IncidentId(new_id()), "JQ1", title, "", "", at, "", "wang", "王某", received_at)


def opened_by_rule(plan: str, result: Result) -> LinkageRun:
    action = ActionRun(Action(ActionKind.PLAN, target=plan), result)
    return LinkageRun(new_id(), "a", "r", 1, "规则", "Rule", START_AT, (action,))


FIRE_ANYWHERE = version("火灾", PlanTrigger(classes=(AlarmClass.FIRE,)))
DORMITORY_FIRE = version(
    "宿舍火灾", PlanTrigger(classes=(AlarmClass.FIRE,), place_kinds=(AreaKind.DORMITORY,))
)
GAS = version("燃气泄漏", PlanTrigger(codes=("GA",), words=("煤气", "gas")))
ALL = (FIRE_ANYWHERE, DORMITORY_FIRE, GAS)


def names(situation: Situation, versions: tuple[PlanVersion, ...] = ALL) -> list[str]:
    return [one.version.text.name for one in suggested(versions, situation)]


def test_the_class_of_an_alarm_suggests_and_the_right_place_comes_first() -> None:
    assert names(situation_of_alarm(alarm(AlarmClass.FIRE), SITE)) == ["宿舍火灾", "火灾"]


def test_a_plan_for_another_place_is_not_suggested() -> None:
    assert names(situation_of_alarm(alarm(AlarmClass.FIRE, at=(40.0, 10.0)), SITE)) == ["火灾"]


@pytest.mark.parametrize("at", [None, (90.0, 90.0)])
def test_an_unknown_place_forbids_nothing(at: Point | None) -> None:
    assert set(names(situation_of_alarm(alarm(AlarmClass.FIRE, at=at), SITE))) == {"火灾", "宿舍火灾"}


def test_a_place_alone_suggests_nothing() -> None:
    assert names(situation_of_alarm(alarm(AlarmClass.VIDEO), SITE)) == []


def test_a_code_outranks_a_class() -> None:
    gas_in_dormitory = situation_of_alarm(alarm(AlarmClass.FIRE, code="GA", at=(90.0, 90.0)), SITE)

    assert names(gas_in_dormitory)[0] == "燃气泄漏"


@pytest.mark.parametrize("title", ["厨房闻到煤气味", "Smell of GAS in the kitchen"])
def test_what_a_caller_said_suggests_in_either_language(title: str) -> None:
    assert names(situation_of_incident(incident(title), SITE)) == ["燃气泄漏"]


def test_an_incident_brings_along_what_its_alarm_says() -> None:
    found = suggested(ALL, situation_of_incident(incident("有人闻到煤气"), SITE, alarm(AlarmClass.FIRE)))

    assert [(one.version.text.name, one.reasons) for one in found] == [
        ("宿舍火灾", (SuggestedBy.CLASS, SuggestedBy.PLACE)),
        ("火灾", (SuggestedBy.CLASS,)),
        ("燃气泄漏", (SuggestedBy.WORDS,)),
    ]


def test_the_place_of_the_incident_outranks_that_of_its_alarm() -> None:
    moved = situation_of_incident(incident("着火", at=(40.0, 10.0)), SITE, alarm(AlarmClass.FIRE))

    assert moved.place_kinds == {AreaKind.WATER}


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (Result.OK, ["燃气泄漏", "宿舍火灾", "火灾"]),
        (Result.LATE, ["燃气泄漏", "宿舍火灾", "火灾"]),
        (Result.FAILED, ["宿舍火灾", "火灾"]),
        (Result.PENDING, ["宿舍火灾", "火灾"]),
    ],
)
def test_what_a_rule_of_the_house_opened_comes_first(result: Result, expected: list[str]) -> None:
    runs = [opened_by_rule("燃气泄漏", result)]

    assert names(situation_of_alarm(alarm(AlarmClass.FIRE), SITE, runs)) == expected


def test_a_rule_may_open_a_plan_at_a_place_that_the_plan_does_not_name() -> None:
    at_lake = situation_of_alarm(
        alarm(AlarmClass.DEVICE, (40.0, 10.0)), SITE, [opened_by_rule("宿舍火灾", Result.OK)]
    )

    assert [one.reasons for one in suggested(ALL, at_lake)] == [(SuggestedBy.LINKAGE,)]


def test_of_equals_the_graver_plan_comes_first() -> None:
    by_word = PlanTrigger(words=("积水",))
    versions = (version("一般积水", by_word, level=4), version("严重内涝", by_word, level=1))

    assert names(situation_of_incident(incident("车库积水"), SITE), versions) == ["严重内涝", "一般积水"]


def test_an_empty_word_suggests_nothing() -> None:
    assert (
        names(situation_of_incident(incident("无事"), SITE), (version("空", PlanTrigger(words=("", " "))),))
        == []
    )
