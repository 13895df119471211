"""What a step says, in the language of the moment."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from services.core.errors import ServiceError
from services.domain.incidents import Dispatch
from services.domain.linkage_runs import Result
from services.domain.plan_flow import action_of
from services.domain.plan_runs import PlanRun, StepRun, StepState
from services.domain.plan_steps import NO, YES, Step, StepKind
from services.plans.running_answers import NO_ANSWER, REACHED, answers_of
from ui.text import sentence
from ui.text.names import name_of
from ui.text.places import local, local_name_of
from ui.text.times import clock_time

# The sign says it without its colour.
MARKS = {
    StepState.PENDING: "○",
    StepState.ACTIVE: "▶",
    StepState.DONE: "✓",
    StepState.SKIPPED: "⤼",
    StepState.FAILED: "✗",
}
_WENT_WELL = (Result.OK, Result.LATE)


def step_title(step: Step) -> str:
    return local_name_of(step.title, step.title_en)


def step_text(run: PlanRun, step: Step) -> str:
    """What exactly is done; of a call whom to ring up and the words to say."""
    said = local_name_of(step.text, step.text_en)
    entry = next((one for one in run.text.call_tree if one.id == step.target), None)
    if step.kind is not StepKind.CALL or entry is None:
        return said
    who = " ".join(filter(None, (entry.number, local_name_of(entry.who, entry.who_en))))
    return "\n".join(filter(None, (who, local_name_of(entry.script, entry.script_en), said)))


def role_name(run: PlanRun, step: Step) -> str:
    """Who does it: the role with whom it usually is; "" for whoever runs the plan."""
    role = run.text.role(step.role)
    if role is None:
        return ""
    holder = local_name_of(role.holder, role.holder_en)
    name = local_name_of(role.name, role.name_en)
    return f"{name}（{holder}）" if holder else name


def answer_words(step: Step) -> list[str]:
    """Of the digit keys, in their order."""
    labels = {choice.id: local_name_of(choice.label, choice.label_en) for choice in step.choices}
    return [labels.get(answer) or _usual(step, answer) for answer in answers_of(step)]


def said_words(run: PlanRun, at: int) -> str:
    """What was answered, filled in or written."""
    one, step = run.steps[at], run.step_at(at)
    words = []
    if one.answer and one.answer in answers_of(step):
        words.append(answer_words(step)[answers_of(step).index(one.answer)])
    labels = {field.id: local_name_of(field.label, field.label_en) for field in step.fields}
    words += [f"{labels.get(key, key)} {value}" for key, value in one.values.items() if value]
    return " · ".join(filter(None, (*words, one.note)))


def result_words(one: StepRun) -> str:
    """What became of the action the program did, with its milliseconds."""
    if one.result is None:
        return QCoreApplication.translate("PlanRun", "正在执行…") if one.is_carried_out else ""
    took = f" {one.took_ms} ms" if one.took_ms is not None and one.result in _WENT_WELL else ""
    why = sentence(ServiceError(one.code, **one.params)) if one.code else ""
    return " · ".join(filter(None, (f"{name_of(one.result)}{took}", why)))


def order_words(dispatches: list[Dispatch]) -> str:
    """Who was sent in a step and how far they are."""
    return "  ".join(f"{local(one.guard_name)} {name_of(one.state)}" for one in dispatches)


def state_words(one: StepRun) -> str:
    """State, when, by whom, and why it was left out."""
    when = clock_time(one.ended_at or one.began_at) if one.state is not StepState.PENDING else ""
    return " · ".join(filter(None, (name_of(one.state), when, one.by_name, one.reason)))


def progress(run: PlanRun) -> tuple[int, int, int]:
    """Steps over, steps of the plan, steps late."""
    over = sum(one.state in (StepState.DONE, StepState.SKIPPED) for one in run.steps)
    return over, len(run.steps), sum(one.is_late for one in run.steps)


def left_s(one: StepRun, now: datetime) -> float | None:
    """Seconds to the deadline, below 0 when it has passed; None without one."""
    if one.left_s is not None:
        return one.left_s
    return (one.due_at - now).total_seconds() if one.due_at is not None else None


def whole_s(step: Step) -> float:
    return step.wait_s if step.kind is StepKind.WAIT else step.deadline_s


def _usual(step: Step, answer: str) -> str:
    translate = QCoreApplication.translate
    match answer:
        case "yes" if answer == YES:
            return translate("PlanRun", "是")
        case "no" if answer == NO:
            return translate("PlanRun", "否")
        case "reached" if answer == REACHED:
            return translate("PlanRun", "已接通并复述")
        case "no_answer" if answer == NO_ANSWER:
            return translate("PlanRun", "无人接听")
    match step.kind:
        case StepKind.DISPATCH if not step.target.isdecimal():
            return translate("PlanRun", "派警")
        case StepKind.REPORT:
            return translate("PlanRun", "已报告")
        case _ if action_of(step) is not None and not step.is_automatic:
            return translate("PlanRun", "执行")
        case _:
            return translate("PlanRun", "已完成")
