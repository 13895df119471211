"""How a text changes under the hand of who writes it; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from services.domain.plan_steps import NO, YES, YES_NO_CHOICES, Choice, FormField, Step, StepKind
from services.domain.plans import PlanText

Entry = TypeVar("Entry")

# What a step of a kind needs before it can be published, put there at once.
_FIRST_WAIT_S = 300.0


def free_id(taken: Sequence[str], prefix: str) -> str:
    """The first of prefix1, prefix2, … that nobody has."""
    number = 1
    while f"{prefix}{number}" in taken:
        number += 1
    return f"{prefix}{number}"


def with_step(text: PlanText, at: int, step: Step) -> PlanText:
    return replace(text, steps=(*text.steps[:at], step, *text.steps[at + 1 :]))


def with_new_step(text: PlanText, at: int, kind: StepKind) -> PlanText:
    """A new one at that place, in the hands of who does the step above it."""
    role = text.steps[at - 1].role if 0 < at <= len(text.steps) else ""
    made = fitting_kind(Step(free_id([step.id for step in text.steps], "s"), kind, "", role=role), kind)
    return replace(text, steps=(*text.steps[:at], made, *text.steps[at:]))


def with_copied_step(text: PlanText, at: int) -> PlanText:
    copy = replace(text.steps[at], id=free_id([step.id for step in text.steps], "s"))
    return replace(text, steps=(*text.steps[: at + 1], copy, *text.steps[at + 1 :]))


def without_step(text: PlanText, at: int) -> PlanText:
    """What led to it still names it, so that nobody goes another way unseen."""
    return replace(text, steps=(*text.steps[:at], *text.steps[at + 1 :]))


def with_moved_step(text: PlanText, was: int, to: int) -> PlanText:
    return replace(text, steps=moved(text.steps, was, to))


def moved(entries: tuple[Entry, ...], was: int, to: int) -> tuple[Entry, ...]:
    """The entry at `was` stands at `to` afterwards; unchanged for places that there are not."""
    if not (0 <= was < len(entries) and 0 <= to < len(entries)):
        return entries
    rest = [*entries[:was], *entries[was + 1 :]]
    return (*rest[:to], entries[was], *rest[to:])


def fitting_kind(step: Step, kind: StepKind) -> Step:
    """The step as one of `kind`: what that needs is there, what it cannot have is gone."""
    choices = step.choices
    if kind is StepKind.YES_NO and sorted(choice.id for choice in choices) != [NO, YES]:
        choices = YES_NO_CHOICES
    elif kind is StepKind.CHOICE and (len(choices) < 2 or not all(one.label for one in choices)):
        choices = (Choice("c1"), Choice("c2"))
    elif kind not in (StepKind.YES_NO, StepKind.CHOICE):
        choices = ()
    fields = step.fields if kind is StepKind.FORM else ()
    if kind is StepKind.FORM and not fields:
        fields = (FormField("f1", ""),)
    return replace(
        step,
        kind=kind,
        choices=choices,
        fields=fields,
        wait_s=(step.wait_s or _FIRST_WAIT_S) if kind is StepKind.WAIT else 0.0,
        units=step.units if kind is StepKind.DISPATCH else 1,
    )
