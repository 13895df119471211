"""What a person says to a step, and whether it is enough to call the step done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from services.core.errors import ServiceError
from services.core.typed import typed_text
from services.domain.people import Session
from services.domain.plan_flow import StepEnd, action_of
from services.domain.plan_runs import PlanRun, StepState
from services.domain.plan_steps import NO, YES, FieldKind, FormField, Step, StepKind

MOST_NOTE = 1000
# Answers to a CALL: reached, and the words were read back; or nobody answered.
REACHED, NO_ANSWER = "reached", "no_answer"
# Reached by a call and not by an order of ours.
OUTSIDE = frozenset({"110", "119", "120"})


@dataclass(frozen=True, slots=True)
class Answer:
    """choice: YES, NO, the id of a choice, REACHED or NO_ANSWER; "" = done. values: of a form, by field.

    by_hand: a person did what the program should have done.
    """

    choice: str = ""
    note: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    by_hand: bool = False


def answers_of(step: Step) -> tuple[str, ...]:
    """What may be answered, in the order of the keys 1, 2, 3…"""
    match step.kind:
        case StepKind.YES_NO:
            return (YES, NO)
        case StepKind.CHOICE:
            return tuple(choice.id for choice in step.choices)
        case StepKind.CALL:
            return (REACHED, NO_ANSWER)
        case StepKind.WAIT:
            return ()
        case _:
            return ("",)


def check_open(run: PlanRun, at: int) -> None:
    """Raises plan_run.step_ended(step, by) when it is over, plan_run.not_begun(step) when it never began."""
    one, step = run.steps[at], run.step_at(at)
    if one.state is StepState.PENDING:
        raise ServiceError("plan_run.not_begun", step=step.title)
    if not one.is_open:
        raise ServiceError("plan_run.step_ended", step=step.title, by=one.by_name)


def begins_action(run: PlanRun, at: int, answer: Answer) -> bool:
    """The press is an order to the program, not word of something done."""
    one, step = run.steps[at], run.step_at(at)
    is_asked = one.state is StepState.ACTIVE and not one.linkage and not answer.by_hand
    return is_asked and not step.is_automatic and action_of(step) is not None


def end_of(run: PlanRun, at: int, answer: Answer, session: Session) -> StepEnd:
    """Raises plan_run.answer_unknown(answer), plan_run.still_waiting(step), plan_run.text_too_long(most),
    plan_run.field_needed(field), plan_run.field_wrong(field), plan_run.evidence_needed(step).
    """
    one, step = run.steps[at], run.step_at(at)
    note = typed_text(answer.note)
    if len(note) > MOST_NOTE:
        raise ServiceError("plan_run.text_too_long", most=MOST_NOTE)
    if step.kind is StepKind.WAIT:
        raise ServiceError("plan_run.still_waiting", step=step.title)
    if answer.choice not in answers_of(step):
        raise ServiceError("plan_run.answer_unknown", answer=answer.choice)
    if step.kind is StepKind.CALL and answer.choice == NO_ANSWER:
        failed = StepState.FAILED
        return StepEnd(failed, session.user, session.display_name, NO_ANSWER, note=note)
    if (step.needs_evidence or step.kind is StepKind.EVIDENCE) and not one.evidence:
        raise ServiceError("plan_run.evidence_needed", step=step.title)
    values = {field.id: _value(field, answer.values) for field in step.fields}
    return StepEnd(
        StepState.DONE,
        session.user,
        session.display_name,
        answer.choice,
        values,
        note,
    )


def _value(field: FormField, values: Mapping[str, str]) -> str:
    value = typed_text(values.get(field.id, ""))
    if not value:
        if field.is_required:
            raise ServiceError("plan_run.field_needed", field=field.label)
        return ""
    if len(value) > MOST_NOTE:
        raise ServiceError("plan_run.text_too_long", most=MOST_NOTE)
    is_right = True
    match field.kind:
        case FieldKind.NUMBER:
            is_right = value.replace(".", "", 1).removeprefix("-").isdecimal()
        case FieldKind.YES_NO:
            is_right = value in (YES, NO)
        case FieldKind.CHOICE:
            is_right = value in (*field.options, *field.options_en)
        case _:
            pass
    if not is_right:
        raise ServiceError("plan_run.field_wrong", field=field.label)
    return value
