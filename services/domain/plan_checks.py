"""Whether a plan as a whole may be published: its head, its people, its calls and its steps."""

from __future__ import annotations

import re
from collections.abc import Sequence

from services.domain.plan_steps import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_STEPS,
    StepFault,
    StepKind,
    check_steps,
)
from services.domain.plans import CallEntry, PlanText

LONGEST_NAME = 60
MOST_ENTRIES = 80
LONGEST_INTERVAL_DAYS = 3650
# A number to dial: 110, an extension, a mobile with its country.
_NUMBER = re.compile(r"\+?[0-9][0-9 \-]{1,19}")


def fault_of_size(text: PlanText) -> str:
    """What even a draft must keep to, as the last part of an error code; "" for nothing."""
    if not text.name.strip() or max(len(text.name), len(text.name_en)) > LONGEST_NAME:
        return "name_invalid"
    if not (text.name + text.name_en).isprintable():
        return "name_invalid"
    lists = (text.roles, text.call_tree, text.resources, text.documents, text.donts)
    if any(len(entries) > MOST_ENTRIES for entries in lists) or len(text.steps) > MOST_STEPS:
        return "too_large"
    return "text_too_long" if any(len(words) > LONGEST_TEXT for words in _words(text)) else ""


def faults_of_text(text: PlanText) -> tuple[StepFault, ...]:
    """Everything that keeps it from being published, the head first."""
    found = [StepFault(code, what=what) for code, what in _faults_of_head(text)]
    found += [StepFault(code, what=what) for code, what in _faults_of_calls(text.call_tree)]
    found += check_steps(text.steps, [role.id for role in text.roles])
    found += _faults_of_targets(text)
    return tuple(found)


def _faults_of_head(text: PlanText) -> list[tuple[str, str]]:
    found = []
    size = fault_of_size(text)
    if size:
        found.append((size, text.name[:LONGEST_NAME]))
    if not 1 <= text.level <= 4:
        found.append(("level_invalid", str(text.level)))
    if not 0 <= text.drill_every_days <= LONGEST_INTERVAL_DAYS:
        found.append(("drill_invalid", str(text.drill_every_days)))
    found += [("role_id_invalid", role.id) for role in text.roles if not role.id or not role.name.strip()]
    found += [("role_id_invalid", name) for name in _twice([role.id for role in text.roles])]
    for resource in text.resources:
        if not 1 <= resource.level <= 4 or resource.amount < 1 or not resource.name.strip():
            found.append(("resource_invalid", resource.name[:LONGEST_TITLE]))
    return found


def _faults_of_calls(calls: Sequence[CallEntry]) -> list[tuple[str, str]]:
    ids = [call.id for call in calls]
    found = [("call_invalid", call.id) for call in calls if not call.id or not call.who.strip()]
    found += [("call_invalid", call.who) for call in calls if not 1 <= call.level <= 4 or call.within_s < 0]
    found += [("call_invalid", name) for name in _twice(ids)]
    found += [("call_after_unknown", call.who) for call in calls if call.after and call.after not in ids]
    if not found:
        found += [("call_circle", call.who) for call in calls if _is_in_circle(call, calls)]
    return found


def _is_in_circle(call: CallEntry, calls: Sequence[CallEntry]) -> bool:
    above = {one.id: one.after for one in calls}
    name, steps = call.after, 0
    while name and steps <= len(calls):
        name, steps = above.get(name, ""), steps + 1
    return bool(name)


def _faults_of_targets(text: PlanText) -> list[StepFault]:
    """A call goes to somebody of the call tree or to a number."""
    known = {call.id for call in text.call_tree}
    return [
        StepFault("call_unknown", step.id, at, step.target)
        for at, step in enumerate(text.steps)
        if step.kind is StepKind.CALL
        and step.target
        and step.target not in known
        and not _NUMBER.fullmatch(step.target)
    ]


def _twice(names: Sequence[str]) -> list[str]:
    return [name for at, name in enumerate(names) if name and name in names[:at]]


def _words(text: PlanText) -> list[str]:
    words = [text.purpose, text.purpose_en]
    for role in text.roles:
        words += [role.name, role.name_en, role.holder, role.holder_en, role.duty, role.duty_en]
    for call in text.call_tree:
        words += [call.who, call.who_en, call.number, call.script, call.script_en]
    for resource in text.resources:
        words += [resource.name, resource.name_en, resource.place, resource.place_en]
    for line in (*text.documents, *text.donts):
        words += [line.text, line.text_en]
    for step in text.steps:
        words += [step.id, step.title, step.title_en, step.text, step.text_en, step.target]
    return words
