"""Steps of a plan 预案: what is done, by whom, within which time, and what follows.

Everything is frozen and whole in itself, so that a run keeps the steps that it began with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from services.domain.linkage import Action, ActionKind, fault_of_action

MOST_STEPS = 120
MOST_CHOICES = 8
MOST_FIELDS = 12
MOST_UNITS = 20
LONGEST_TITLE = 120
LONGEST_TEXT = 4000
# A day: what takes longer is no step of a response.
LONGEST_DEADLINE_S = 86_400.0
# As `next`: the plan ends here.
END = "end"
YES = "yes"
NO = "no"


class StepKind(StrEnum):
    """What a person, or the program by a linkage action, does in a step."""

    CONFIRM = "confirm"
    YES_NO = "yes_no"
    CHOICE = "choice"
    FORM = "form"
    DISPATCH = "dispatch"
    CALL = "call"
    BROADCAST = "broadcast"
    VIEW = "view"
    PTZ = "ptz"
    DOOR = "door"
    LIGHT = "light"
    REPORT = "report"
    WAIT = "wait"
    EVIDENCE = "evidence"
    NOTIFY = "notify"


# The answer decides what follows.
ASKING = frozenset({StepKind.YES_NO, StepKind.CHOICE})


class FieldKind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    YES_NO = "yes_no"
    CHOICE = "choice"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to a step. next: a step's id, END, or "" for the step that stands below.

    id: what the record keeps; YES and NO for a yes/no question, whose labels may be empty.
    """

    id: str
    label: str = ""
    label_en: str = ""
    next: str = ""


# As a yes/no question is answered unless its plan says it otherwise; records keep the label.
YES_NO_CHOICES = (Choice(YES, "是", "Yes"), Choice(NO, "否", "No"))


@dataclass(frozen=True, slots=True)
class FormField:
    """One line to fill in. options: of a CHOICE, in Chinese and English side by side."""

    id: str
    label: str
    label_en: str = ""
    kind: FieldKind = FieldKind.TEXT
    is_required: bool = False
    options: tuple[str, ...] = ()
    options_en: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step.

    role: the id of a role of the plan, "" = whoever runs it. deadline_s: from the step's beginning, 0 = none.
    is_mandatory: leaving it out needs a reason, and the supervisor is told.
    text: what exactly is done, said or looked at; of calls and broadcasts the words to be spoken.
    next: a step's id, END, or "" for the step that stands below; a chosen answer outranks it.
    action: done by the program itself when the step begins; a person does the step where it fails.
    target: of a DISPATCH a guard, a post, "110", "119", "120" or "" = the unit that the program recommends;
    of a CALL the id of an entry of the call tree or a number; of VIEW and PTZ a camera, "" = those that see
    the place; of DOOR, LIGHT and BROADCAST an output; of NOTIFY and REPORT a role of the program.
    units: how many a DISPATCH sends. wait_s: how long a WAIT lasts.
    needs_evidence: it is done only with a picture, a clip or a note attached.
    """

    id: str
    kind: StepKind
    title: str
    title_en: str = ""
    role: str = ""
    deadline_s: float = 0.0
    is_mandatory: bool = True
    text: str = ""
    text_en: str = ""
    next: str = ""
    choices: tuple[Choice, ...] = ()
    fields: tuple[FormField, ...] = ()
    action: Action | None = None
    target: str = ""
    units: int = 1
    wait_s: float = 0.0
    needs_evidence: bool = False

    @property
    def is_automatic(self) -> bool:
        return self.action is not None


@dataclass(frozen=True, slots=True)
class StepFault:
    """What is wrong with one step. code: last part of an error code; what: the word it is about.

    step: its id, "" when it is about all of them; at: its place in the list, from 0.
    """

    code: str
    step: str = ""
    at: int = -1
    what: str = ""


def step_after(steps: Sequence[Step], step_id: str, answer: str = "") -> str:
    """The id of the step that follows, or END. answer: the id of the choice taken, "" = none.

    An answer that the step does not know counts as none. Raises KeyError for an unknown step.
    """
    places = {step.id: at for at, step in enumerate(steps)}
    at = places[step_id]
    step = steps[at]
    chosen = next((choice.next for choice in step.choices if choice.id == answer), "")
    return chosen or step.next or (steps[at + 1].id if at + 1 < len(steps) else END)


def followers(steps: Sequence[Step], at: int) -> tuple[str, ...]:
    """All that may follow the step at that place, each once, in the order of its answers."""
    step = steps[at]
    answers = [choice.id for choice in step.choices] if step.kind in ASKING else [""]
    return tuple(dict.fromkeys(step_after(steps, step.id, answer) for answer in answers or [""]))


def check_steps(steps: Sequence[Step], roles: Sequence[str] = ()) -> tuple[StepFault, ...]:
    """Everything that would make a run of them go wrong; nothing for steps that may be published.

    roles: the ids that steps may name. Ways are judged only when every single step is right.
    """
    if not steps:
        return (StepFault("no_steps"),)
    if len(steps) > MOST_STEPS:
        return (StepFault("too_many_steps", what=str(MOST_STEPS)),)
    faults = [fault for at, step in enumerate(steps) for fault in _faults_of(step, at, steps, roles)]
    return tuple(faults or _faults_of_ways(steps))


def _faults_of(step: Step, at: int, steps: Sequence[Step], roles: Sequence[str]) -> list[StepFault]:
    ids = {other.id for other in steps} | {"", END}
    found: list[tuple[str, str]] = []
    if not step.id.isidentifier() and not step.id.replace("-", "_").replace(".", "_").isalnum():
        found.append(("step_id_invalid", step.id))
    if step.id == END or any(other.id == step.id for other in steps[:at]):
        found.append(("step_id_twice", step.id))
    if not step.title.strip() or len(step.title) > LONGEST_TITLE or len(step.title_en) > LONGEST_TITLE:
        found.append(("step_title_invalid", step.title[:LONGEST_TITLE]))
    if max(len(step.text), len(step.text_en)) > LONGEST_TEXT:
        found.append(("step_text_too_long", str(LONGEST_TEXT)))
    if not 0 <= step.deadline_s <= LONGEST_DEADLINE_S:
        found.append(("deadline_invalid", f"{step.deadline_s:g}"))
    if step.role and step.role not in roles:
        found.append(("role_unknown", step.role))
    named = [step.next, *(choice.next for choice in step.choices)]
    found.extend(("next_unknown", name) for name in dict.fromkeys(named) if name not in ids)
    found.extend(_faults_of_kind(step))
    return [StepFault(code, step.id, at, what) for code, what in found]


def _faults_of_kind(step: Step) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    answers = [choice.id for choice in step.choices]
    if step.kind is StepKind.YES_NO and answers and sorted(answers) != [NO, YES]:
        found.append(("answers_not_yes_no", ", ".join(answers)))
    if step.kind is StepKind.CHOICE:
        if not 2 <= len(answers) <= MOST_CHOICES or len(set(answers)) != len(answers):
            found.append(("choices_invalid", str(MOST_CHOICES)))
        elif not all(choice.id and choice.label.strip() for choice in step.choices):
            found.append(("choice_without_label", ""))
    if step.choices and step.kind not in ASKING:
        found.append(("choices_not_asked", ""))
    found.extend(_faults_of_form(step))
    if step.kind is StepKind.WAIT and not 0 < step.wait_s <= LONGEST_DEADLINE_S:
        found.append(("wait_invalid", f"{step.wait_s:g}"))
    if step.kind is StepKind.DISPATCH and not 1 <= step.units <= MOST_UNITS:
        found.append(("units_invalid", str(MOST_UNITS)))
    if step.action is not None and (fault_of_action(step.action) or step.action.kind is ActionKind.PLAN):
        found.append(("action_invalid", step.action.kind.value))
    return found


def _faults_of_form(step: Step) -> list[tuple[str, str]]:
    if step.kind is not StepKind.FORM:
        return [("fields_without_form", "")] if step.fields else []
    ids = [field.id for field in step.fields]
    if not 1 <= len(ids) <= MOST_FIELDS or len(set(ids)) != len(ids):
        return [("fields_invalid", str(MOST_FIELDS))]
    for field in step.fields:
        if not field.id or not field.label.strip():
            return [("field_without_label", field.id)]
        if field.kind is FieldKind.CHOICE and len(set(field.options)) < 2:
            return [("field_without_options", field.label)]
    return []


def _faults_of_ways(steps: Sequence[Step]) -> list[StepFault]:
    """Steps that nothing leads to, and steps from which the end cannot be reached."""
    ways = {step.id: followers(steps, at) for at, step in enumerate(steps)}
    backwards: dict[str, list[str]] = {}
    for step_id, after in ways.items():
        for other in after:
            backwards.setdefault(other, []).append(step_id)
    reached = _reached(steps[0].id, ways)
    ending = _reached(END, backwards)
    faults = []
    for at, step in enumerate(steps):
        if step.id not in reached:
            faults.append(StepFault("never_reached", step.id, at))
        elif step.id not in ending:
            faults.append(StepFault("no_way_out", step.id, at))
    return faults


def _reached(start: str, ways: dict[str, tuple[str, ...]] | dict[str, list[str]]) -> set[str]:
    seen: set[str] = set()
    left = [start]
    while left:
        name = left.pop()
        if name not in seen:
            seen.add(name)
            left.extend(ways.get(name, ()))
    return seen
