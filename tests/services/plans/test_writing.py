"""What a writer does to a text changes that and nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from services.domain.plan_steps import Choice, FormField, Step, StepKind, check_steps
from services.domain.plans import PlanText
from services.plans.drafts import KeptDraft, PlanDrafts
from services.plans.writing import (
    fitting_kind,
    moved,
    with_copied_step,
    with_moved_step,
    with_new_step,
    without_step,
)
from tests.services.plans.conftest import FIRE


def ids(text: PlanText) -> list[str]:
    return [step.id for step in text.steps]


def test_a_new_step_gets_a_code_of_its_own_and_the_role_of_the_one_above() -> None:
    once = with_new_step(FIRE, 1, StepKind.CONFIRM)
    twice = with_new_step(once, 3, StepKind.CONFIRM)

    assert ids(twice) == ["look", "s1", "call", "s2"]
    assert twice.steps[1].role == "duty"


def test_a_copy_stands_below_and_can_be_told_from_the_first() -> None:
    copied = with_copied_step(FIRE, 0)

    assert ids(copied) == ["look", "s1", "call"]
    assert replace(copied.steps[1], id="look") == FIRE.steps[0]


def test_what_led_to_a_removed_step_is_a_fault_and_no_other_way() -> None:
    rest = without_step(FIRE, 1)

    assert [(fault.code, fault.step, fault.what) for fault in check_steps(rest.steps, ["duty"])] == [
        ("next_unknown", "look", "call")
    ]


@pytest.mark.parametrize(
    ("was", "to", "expected"),
    [(0, 2, "bcad"), (3, 0, "dabc"), (1, 1, "abcd"), (0, 4, "abcd"), (-1, 0, "abcd")],
)
def test_an_entry_moves_to_the_place_it_is_told(was: int, to: int, expected: str) -> None:
    assert "".join(moved(tuple("abcd"), was, to)) == expected


def test_moving_a_step_keeps_all_of_them() -> None:
    assert ids(with_moved_step(FIRE, 1, 0)) == ["call", "look"]


@pytest.mark.parametrize("kind", StepKind)
def test_a_step_of_another_kind_has_nothing_left_that_it_cannot_have(kind: StepKind) -> None:
    full = Step(
        "a",
        StepKind.CHOICE,
        "做",
        choices=(Choice("c1", "甲"), Choice("c2", "乙")),
        fields=(FormField("f1", "栏"),),
        wait_s=5.0,
        units=3,
    )
    made = fitting_kind(full, kind)
    named = replace(
        made,
        choices=tuple(replace(one, label=one.label or one.id) for one in made.choices),
        fields=tuple(replace(one, label="栏") for one in made.fields),
    )

    assert check_steps([named]) == ()


def test_a_draft_of_each_person_and_plan_is_kept_apart(tmp_path: Path) -> None:
    drafts = PlanDrafts(tmp_path / "drafts")
    mine, new = KeptDraft(3, FIRE), KeptDraft(0, replace(FIRE, name="新的"))
    drafts.keep("陈/..", "fire", mine)
    drafts.keep("陈/..", "", new)

    assert drafts.find("陈/..", "fire") == mine
    assert drafts.find("陈/..", "") == new
    assert drafts.find("lin", "fire") is None
    drafts.forget("陈/..", "fire")
    drafts.forget("陈/..", "fire")
    assert drafts.find("陈/..", "fire") is None
    assert [path.parent for path in (tmp_path / "drafts").iterdir()] == [tmp_path / "drafts"]


def test_a_broken_draft_is_none(tmp_path: Path) -> None:
    drafts = PlanDrafts(tmp_path)
    drafts.keep("chen", "fire", KeptDraft(1, FIRE))
    (file,) = tmp_path.iterdir()
    file.write_text("{")

    assert drafts.find("chen", "fire") is None
