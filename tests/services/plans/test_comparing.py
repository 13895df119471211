"""Two versions are told apart piece by piece; nothing that changed is left unsaid."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from services.domain.plan_steps import Step, StepKind
from services.domain.plans import Line, PlanRole, PlanText
from services.plans.comparing import DifferenceKind, FieldChange, differences
from tests.services.plans.conftest import FIRE


def steps(names: str) -> tuple[Step, ...]:
    return tuple(Step(name, StepKind.CONFIRM, f"做 {name}") for name in names)


def plan(names: str) -> PlanText:
    return PlanText("预案", steps=steps(names))


def said(before: PlanText, after: PlanText) -> list[tuple[str, str, int, int]]:
    return [(one.kind.value, one.part, one.before_at, one.after_at) for one in differences(before, after)]


def test_equal_texts_have_no_difference() -> None:
    assert differences(FIRE, replace(FIRE)) == ()


def test_a_changed_head_is_told_field_by_field() -> None:
    found = differences(FIRE, replace(FIRE, name="楼宇火灾", level=2))

    assert [one.changes for one in found] == [
        (FieldChange("name", "宿舍火灾", "楼宇火灾"),),
        (FieldChange("level", 1, 2),),
    ]


def test_added_and_removed_steps_are_told_with_their_places() -> None:
    assert said(plan("abc"), plan("axc")) == [("removed", "steps", 1, -1), ("added", "steps", -1, 1)]


def test_one_step_that_moved_is_one_difference() -> None:
    assert said(plan("abcd"), plan("dabc")) == [("moved", "steps", 3, 0)]


def test_inserting_a_step_moves_nothing() -> None:
    assert said(plan("abc"), plan("axbc")) == [("added", "steps", -1, 1)]


def test_a_changed_step_says_what_it_was_and_what_it_is() -> None:
    later = replace(FIRE, steps=(FIRE.steps[0], replace(FIRE.steps[1], deadline_s=90.0, title="打 119")))
    (found,) = differences(FIRE, later)

    assert (found.kind, found.before_at, found.after_at) == (DifferenceKind.CHANGED, 1, 1)
    assert found.changes == (
        FieldChange("title", "拨打 119", "打 119"),
        FieldChange("deadline_s", 60.0, 90.0),
    )


def test_a_step_that_moved_and_changed_is_told_as_both() -> None:
    after = PlanText("预案", steps=(replace(steps("d")[0], title="先做"), *steps("abc")))

    assert [kind for kind, *_ in said(plan("abcd"), after)] == ["moved", "changed"]


def test_people_and_lines_are_compared_too() -> None:
    before = PlanText("预案", roles=(PlanRole("duty", "值班员"),), donts=(Line("不乘电梯"),))
    after = PlanText(
        "预案", roles=(PlanRole("duty", "值班员", holder="中控室"),), donts=(Line("不走回头路"),)
    )

    assert said(before, after) == [
        ("changed", "roles", 0, 0),
        ("removed", "donts", 0, -1),
        ("added", "donts", -1, 0),
    ]


ORDERS = st.lists(st.sampled_from("abcdefgh"), unique=True).map("".join)


@given(before=ORDERS, after=ORDERS)
def test_what_is_told_explains_the_new_list(before: str, after: str) -> None:
    found = differences(plan(before), plan(after))
    removed = {one.before_at for one in found if one.kind is DifferenceKind.REMOVED}
    moved_from = {one.before_at for one in found if one.kind is DifferenceKind.MOVED}
    arrived = {one.after_at for one in found if one.kind in (DifferenceKind.ADDED, DifferenceKind.MOVED)}
    stayed = [name for at, name in enumerate(before) if at not in removed | moved_from]

    assert stayed == [name for at, name in enumerate(after) if at not in arrived]
