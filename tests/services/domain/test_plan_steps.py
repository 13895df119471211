"""Which steps may be published, and what follows what."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.domain.linkage import Action, ActionKind
from services.domain.plan_steps import (
    END,
    MOST_STEPS,
    NO,
    YES,
    Choice,
    FieldKind,
    FormField,
    Step,
    StepKind,
    check_steps,
    followers,
    step_after,
)

LOOK = Step(
    "look",
    StepKind.YES_NO,
    "画面上看得见火吗",
    choices=(Choice(YES, next="call"), Choice(NO, next="walk")),
)
WALK = Step("walk", StepKind.CONFIRM, "派人到场看", next="look")
CALL = Step("call", StepKind.CALL, "拨打 119", target="119")
DONE = Step("done", StepKind.REPORT, "报告保卫处")
FIRE = (LOOK, WALK, CALL, DONE)


def codes(*steps: Step, roles: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    return [(fault.code, fault.step) for fault in check_steps(steps, roles)]


def test_a_plan_with_a_way_back_and_an_end_is_right() -> None:
    assert check_steps(FIRE) == ()


@pytest.mark.parametrize(
    ("step", "answer", "after"),
    [
        ("look", YES, "call"),
        ("look", NO, "walk"),
        ("look", "", "walk"),
        ("look", "perhaps", "walk"),
        ("walk", "", "look"),
        ("call", "", "done"),
        ("done", "", END),
    ],
)
def test_the_answer_outranks_next_and_next_outranks_the_order(step: str, answer: str, after: str) -> None:
    assert step_after(FIRE, step, answer) == after


def test_an_unknown_step_has_nothing_after_it() -> None:
    with pytest.raises(KeyError):
        step_after(FIRE, "dance")


def test_each_answer_counts_once_among_what_may_follow() -> None:
    same = replace(LOOK, choices=(Choice(YES, next="call"), Choice(NO, next="call")))

    assert followers((same, WALK, CALL), 0) == ("call",)
    assert followers(FIRE, 0) == ("call", "walk")


def test_no_step_at_all_is_no_plan() -> None:
    assert codes() == [("no_steps", "")]


def test_more_steps_than_anyone_works_through_are_refused() -> None:
    many = [replace(DONE, id=f"s{at}") for at in range(MOST_STEPS + 1)]

    assert codes(*many) == [("too_many_steps", "")]
    assert codes(*many[:-1]) == []


@pytest.mark.parametrize(
    ("step", "code"),
    [
        (replace(CALL, id=""), "step_id_invalid"),
        (replace(CALL, id="a b"), "step_id_invalid"),
        (replace(CALL, id=END), "step_id_twice"),
        (replace(CALL, id="done"), "step_id_twice"),
        (replace(CALL, title="  "), "step_title_invalid"),
        (replace(CALL, title_en="x" * 121), "step_title_invalid"),
        (replace(CALL, text="x" * 4001), "step_text_too_long"),
        (replace(CALL, deadline_s=-1.0), "deadline_invalid"),
        (replace(CALL, deadline_s=float("nan")), "deadline_invalid"),
        (replace(CALL, role="king"), "role_unknown"),
        (replace(CALL, next="nowhere"), "next_unknown"),
        (replace(CALL, choices=(Choice(YES),)), "choices_not_asked"),
        (replace(LOOK, id="q", choices=(Choice(YES), Choice("perhaps"))), "answers_not_yes_no"),
        (replace(LOOK, id="q", choices=(Choice(YES, next="nowhere"), Choice(NO))), "next_unknown"),
        (Step("q", StepKind.CHOICE, "哪一层", choices=(Choice("1", "一层"),)), "choices_invalid"),
        (
            Step("q", StepKind.CHOICE, "哪一层", choices=(Choice("1", "一"), Choice("1", "二"))),
            "choices_invalid",
        ),
        (
            Step("q", StepKind.CHOICE, "哪一层", choices=(Choice("1", "一"), Choice("2"))),
            "choice_without_label",
        ),
        (Step("q", StepKind.FORM, "登记"), "fields_invalid"),
        (Step("q", StepKind.FORM, "登记", fields=(FormField("a", ""),)), "field_without_label"),
        (
            Step("q", StepKind.FORM, "登记", fields=(FormField("a", "楼层", kind=FieldKind.CHOICE),)),
            "field_without_options",
        ),
        (replace(CALL, fields=(FormField("a", "楼层"),)), "fields_without_form"),
        (Step("q", StepKind.WAIT, "等待"), "wait_invalid"),
        (Step("q", StepKind.DISPATCH, "派警", units=0), "units_invalid"),
        (replace(CALL, action=Action(ActionKind.DOOR)), "action_invalid"),
        (replace(CALL, action=Action(ActionKind.PLAN, target="fire")), "action_invalid"),
    ],
)
def test_what_is_wrong_with_one_step_is_said_of_that_step(step: Step, code: str) -> None:
    assert codes(DONE, step) == [(code, step.id)]


def test_a_role_of_the_plan_may_be_named() -> None:
    assert codes(replace(CALL, role="commander"), roles=("commander",)) == []


def test_steps_that_run_in_a_circle_have_no_way_out() -> None:
    assert codes(replace(WALK, next="again"), Step("again", StepKind.CONFIRM, "再看", next="walk")) == [
        ("no_way_out", "walk"),
        ("no_way_out", "again"),
    ]


def test_a_step_that_nothing_leads_to_is_named() -> None:
    assert codes(replace(CALL, next="done"), WALK, LOOK, DONE) == [
        ("never_reached", "walk"),
        ("never_reached", "look"),
    ]


def test_a_step_may_end_the_plan_before_the_last_one() -> None:
    early = replace(LOOK, choices=(Choice(YES, next="call"), Choice(NO, next=END)))

    assert codes(early, CALL, DONE) == []
    assert step_after((early, CALL, DONE), "look", NO) == END
