"""Understands a plan by its headings, numbers and tables; of every line it says what became of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from services.domain.plan_checks import LONGEST_NAME, MOST_ENTRIES
from services.domain.plan_steps import LONGEST_TEXT, LONGEST_TITLE, MOST_STEPS, Step, StepKind
from services.domain.plans import CallEntry, Line, PlanRole, PlanText, Resource
from services.plans.durations import seconds_of
from services.plans.importing import Fate, ReadLine, ReadPlan, SourceLine
from services.plans.importing_tables import Columns, Meaning, columns_of, section_of_columns, values_of
from services.plans.importing_words import (
    Mark,
    Section,
    category_of,
    deadline_line,
    kind_of,
    marked,
    number_in,
    role_line,
    section_of,
    step_words,
    title_and_text,
)
from services.plans.writing import fitting_kind, free_id

# A numbered line longer than this is a sentence, not a heading.
LONGEST_HEADING = 40
LONGEST_ENTRY = 300
_BLANKS = re.compile(r"[ \t\u00a0\u3000]+")
_AMOUNT = re.compile(
    r"(?P<name>.+?)[\s：:]*(?P<amount>\d{1,5})\s*(?P<unit>[^\s\d，,；;。（()）]{1,4})?(?P<place>.*)"
)
_NUMBER = re.compile(r"(?P<who>.+?)[\s：:，,]+(?P<number>\+?\d[\d \-]{1,19})[。；;]?")


def understand(lines: Sequence[SourceLine], file: str) -> ReadPlan:
    """The same answer for the same lines, always."""
    lines = [tidy for line in lines if (tidy := _tidy(line)).text]
    reader = _Reader(_has_items_in_steps(lines), _has_steps_part(lines))
    read = tuple(reader.take(line) for line in lines)
    text = reader.plan(Path(file).stem)
    return ReadPlan(file, text, read)


def _tidy(line: SourceLine) -> SourceLine:
    """Blanks are one: documents are laid out with them, and a million of them is no plan."""
    cells = tuple(_BLANKS.sub(" ", cell).strip() for cell in line.cells)
    return replace(line, text=_BLANKS.sub(" ", line.text).strip(), cells=cells)


def _has_steps_part(lines: Sequence[SourceLine]) -> bool:
    return any(_is_heading(line) and section_of(line.text) is Section.STEPS for line in lines)


def _has_items_in_steps(lines: Sequence[SourceLine]) -> bool:
    """Whether the steps are numbered 1. or 第…步; if not, （一） is a step and no heading."""
    is_in = False
    for line in lines:
        if _is_heading(line):
            is_in = section_of(line.text) is Section.STEPS
        elif is_in and not line.cells and marked(line.text)[0] is Mark.ITEM:
            return True
    return False


def _is_heading(line: SourceLine) -> bool:
    if line.cells:
        return False
    mark, rest = marked(line.text)
    is_short = len(rest.split("：")[0]) <= LONGEST_HEADING
    return (
        mark is Mark.CHAPTER or (line.level > 0 and mark is not Mark.ITEM and mark is not Mark.SUB)
    ) and is_short


class _Reader:
    def __init__(self, has_items: bool, has_steps_part: bool) -> None:
        self._has_items = has_items
        self._has_steps_part = has_steps_part
        self._name = ""
        self._section = Section.OTHER
        self._purpose: list[str] = []
        self._steps: list[Step] = []
        self._roles: list[PlanRole] = []
        self._calls: list[CallEntry] = []
        self._resources: list[Resource] = []
        self._documents: list[Line] = []
        self._donts: list[Line] = []
        self._table = -1
        self._columns: Columns = {}
        self._is_first = True

    def take(self, line: SourceLine) -> ReadLine:
        fate = self._row(line) if line.cells else self._paragraph(line, line.text)
        self._is_first = False
        is_of_step = fate in (Fate.STEP, Fate.STEP_TEXT, Fate.STEP_ROLE, Fate.STEP_DEADLINE)
        return ReadLine(line, fate, len(self._steps) - 1 if is_of_step else -1)

    def plan(self, stem: str) -> PlanText:
        name = (self._name or stem)[:LONGEST_NAME].strip() or stem[:LONGEST_NAME]
        return PlanText(
            "".join(one for one in name if one.isprintable()),
            category=category_of(name),
            purpose="\n".join(self._purpose)[:LONGEST_TEXT],
            roles=tuple(self._roles),
            call_tree=tuple(self._calls),
            resources=tuple(self._resources),
            documents=tuple(self._documents),
            donts=tuple(self._donts),
            steps=tuple(self._steps),
        )

    # paragraphs

    def _paragraph(self, line: SourceLine, text: str) -> Fate:
        mark, rest = marked(text)
        if not self._name and self._is_name(line, mark, text):
            self._name = text.strip()
            return Fate.NAME
        if _is_heading(replace(line, cells=(), text=text)):
            return self._heading(rest)
        if mark is Mark.SUB and self._is_sub_heading(rest):
            return self._heading(rest) if section_of(rest) is not Section.OTHER else Fate.HEADING
        return self._content(mark, rest)

    def _is_name(self, line: SourceLine, mark: Mark, text: str) -> bool:
        is_plain = mark is Mark.NONE and len(text.strip()) <= LONGEST_NAME and "：" not in text
        return is_plain and (self._is_first or line.level == 1)

    def _heading(self, rest: str) -> Fate:
        """What follows a colon on the line of the heading belongs to its part."""
        head, _, after = rest.partition("：")
        self._section = section_of(head)
        if after.strip():
            return self._content(Mark.NONE, after.strip())
        return Fate.HEADING

    def _is_sub_heading(self, rest: str) -> bool:
        if self._section is Section.STEPS:
            return self._has_items and len(rest) <= LONGEST_HEADING
        return len(rest) <= LONGEST_HEADING and section_of(rest) is not Section.OTHER and "：" not in rest

    def _content(self, mark: Mark, rest: str) -> Fate:
        if len(rest) > LONGEST_TEXT:
            return Fate.LEFT_OUT
        match self._section:
            case Section.STEPS:
                return self._of_steps(mark, rest)
            case Section.PURPOSE:
                self._purpose.append(rest)
                return Fate.PURPOSE
            case Section.ROLES:
                return self._role_entry(rest)
            case Section.CALLS:
                return self._call_entry(rest)
            case Section.RESOURCES:
                return self._resource_entry(rest)
            case Section.DONTS:
                return self._line_entry(self._donts, rest, Fate.DONT)
            case Section.DOCUMENTS:
                return self._line_entry(self._documents, rest, Fate.DOCUMENT)
            case Section.OTHER:
                # A file without a part for its steps: what is numbered is one.
                is_step = mark is Mark.ITEM or bool(self._steps)
                return self._of_steps(mark, rest) if is_step and not self._has_steps_part else Fate.LEFT_OUT

    def _of_steps(self, mark: Mark, rest: str) -> Fate:
        role, deadline_s = role_line(rest), deadline_line(rest)
        if self._steps and mark is not Mark.ITEM and role:
            self._steps[-1] = replace(self._steps[-1], role=self._role_id(role))
            return Fate.STEP_ROLE
        if self._steps and mark is not Mark.ITEM and deadline_s is not None:
            self._steps[-1] = replace(self._steps[-1], deadline_s=deadline_s)
            return Fate.STEP_DEADLINE
        if mark is Mark.ITEM or (mark is Mark.SUB and not self._has_items):
            return self._add_step(rest)
        if not self._steps:
            return Fate.LEFT_OUT
        return self._more_text(rest)

    def _more_text(self, words: str) -> Fate:
        step = self._steps[-1]
        text = f"{step.text}\n{words}".strip()
        if len(text) > LONGEST_TEXT:
            return Fate.LEFT_OUT
        self._steps[-1] = replace(step, text=text)
        return Fate.STEP_TEXT

    # steps

    def _add_step(self, words: str, role: str = "", deadline_s: float = 0.0, text: str = "") -> Fate:
        said = step_words(words)
        if len(self._steps) >= MOST_STEPS or not said.title:
            return Fate.LEFT_OUT
        whole = "\n".join(filter(None, (said.text, text)))[:LONGEST_TEXT]
        kind = kind_of(said.title, whole)
        step = Step(
            free_id([one.id for one in self._steps], "s"),
            kind,
            said.title[:LONGEST_TITLE],
            role=self._role_id(role or said.role),
            deadline_s=deadline_s or said.deadline_s,
            text=whole,
            target=number_in(f"{said.title} {whole}") if kind is StepKind.CALL else "",
        )
        made = fitting_kind(step, kind)
        if kind is StepKind.FORM:
            made = replace(made, fields=(replace(made.fields[0], label="记录", label_en="Notes"),))
        self._steps.append(made)
        return Fate.STEP

    def _role_id(self, name: str) -> str:
        """Of a role that is known, or that becomes known by being named."""
        name = name.strip(" 。；;")[:LONGEST_TITLE]
        if not name:
            return ""
        found = next((role.id for role in self._roles if role.name == name), "")
        if not found and len(self._roles) < MOST_ENTRIES:
            found = free_id([role.id for role in self._roles], "r")
            self._roles.append(PlanRole(found, name))
        return found

    # the other parts

    def _role_entry(self, words: str, duty: str = "") -> Fate:
        name, after = (words, duty) if duty else title_and_text(words)
        if not after or len(name) > LONGEST_HEADING or len(self._roles) >= MOST_ENTRIES:
            return Fate.LEFT_OUT
        known = next((at for at, role in enumerate(self._roles) if role.name == name), None)
        if known is not None:
            self._roles[known] = replace(self._roles[known], duty=after)
        else:
            self._roles.append(PlanRole(free_id([role.id for role in self._roles], "r"), name, duty=after))
        return Fate.ROLE

    def _call_entry(self, words: str) -> Fate:
        match = _NUMBER.fullmatch(words.strip()) if len(words) <= LONGEST_ENTRY else None
        return self._add_call(match["who"], match["number"]) if match else Fate.LEFT_OUT

    def _add_call(self, who: str, number: str, script: str = "") -> Fate:
        if not who.strip() or len(self._calls) >= MOST_ENTRIES:
            return Fate.LEFT_OUT
        made = free_id([call.id for call in self._calls], "t")
        self._calls.append(CallEntry(made, who.strip(" ：:"), number=number.strip(), script=script))
        return Fate.CALL

    def _resource_entry(self, words: str) -> Fate:
        match = _AMOUNT.fullmatch(words.strip(" 。；;")) if len(words) <= LONGEST_ENTRY else None
        if match is None:
            return Fate.LEFT_OUT
        place = match["place"].strip(" ，,（()）：:")
        return self._add_resource(match["name"], int(match["amount"]), match["unit"] or "", place)

    def _add_resource(self, name: str, amount: int, unit: str, place: str) -> Fate:
        if not name.strip() or len(self._resources) >= MOST_ENTRIES:
            return Fate.LEFT_OUT
        self._resources.append(Resource(4, name.strip(" ：:"), amount=max(1, amount), unit=unit, place=place))
        return Fate.RESOURCE

    def _line_entry(self, lines: list[Line], words: str, fate: Fate) -> Fate:
        if not words or len(lines) >= MOST_ENTRIES:
            return Fate.LEFT_OUT
        lines.append(Line(words[:LONGEST_TEXT]))
        return fate

    # tables

    def _row(self, line: SourceLine) -> Fate:
        if line.table != self._table:
            self._table, self._columns = line.table, {}
        columns = columns_of(line.cells)
        if columns:
            self._columns = columns
            return Fate.COLUMNS
        filled = [cell for cell in line.cells if cell.strip()]
        if not self._columns and len(filled) == 1:
            # A title above the columns, or a plan that somebody typed into one column.
            return self._paragraph(line, filled[0])
        return self._entry(values_of(line.cells, self._columns))

    def _entry(self, values: dict[Meaning, str]) -> Fate:
        def of(meaning: Meaning) -> str:
            return values.get(meaning, "")

        match section_of_columns(self._columns):
            case Section.STEPS:
                if not of(Meaning.STEP):
                    return Fate.LEFT_OUT
                return self._step_row(
                    of(Meaning.STEP), of(Meaning.ROLE), of(Meaning.DEADLINE), of(Meaning.TEXT)
                )
            case Section.CALLS:
                return self._add_call(
                    of(Meaning.WHO) or of(Meaning.ROLE), of(Meaning.NUMBER), of(Meaning.TEXT)
                )
            case Section.RESOURCES:
                amount = re.match(r"(\d{1,5})\s*(\D{0,4})", of(Meaning.AMOUNT))
                count, unit = (int(amount[1]), amount[2].strip()) if amount else (1, "")
                return self._add_resource(of(Meaning.THING), count, unit, of(Meaning.PLACE))
            case Section.ROLES:
                return self._role_entry(of(Meaning.ROLE) or of(Meaning.WHO), of(Meaning.DUTY))
            case _:
                return Fate.LEFT_OUT

    def _step_row(self, words: str, role: str, deadline: str, text: str) -> Fate:
        """A time that cannot be read stays in the words."""
        deadline_s = seconds_of(deadline) if deadline else None
        if deadline and deadline_s is None:
            text = "\n".join(filter(None, (text, f"时限：{deadline}")))
        return self._add_step(marked(words)[1] or words, role, deadline_s or 0.0, text)
