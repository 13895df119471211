"""What a plan's file is made of, and what became of every line of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from services.domain.plans import PlanText


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A paragraph, or a row of a table. where: as its own program counts, 12 or "表1:3" (table, row).

    level: of a heading, 1 the highest, 0 = none. cells: of a row, () for a paragraph; table: which one.
    """

    where: str
    text: str
    level: int = 0
    cells: tuple[str, ...] = ()
    table: int = -1


class Fate(StrEnum):
    """What became of a line. LEFT_OUT: it was not understood and is in no part of the plan."""

    NAME = "name"
    HEADING = "heading"
    PURPOSE = "purpose"
    ROLE = "role"
    CALL = "call"
    RESOURCE = "resource"
    DOCUMENT = "document"
    DONT = "dont"
    STEP = "step"
    STEP_TEXT = "step_text"
    STEP_ROLE = "step_role"
    STEP_DEADLINE = "step_deadline"
    COLUMNS = "columns"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line with its fate. at: the step it belongs to, from 0; -1 = none."""

    line: SourceLine
    fate: Fate
    at: int = -1


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """A plan as it was understood, with all lines of its file in their order. Nothing is stored."""

    file: str
    text: PlanText
    lines: tuple[ReadLine, ...]

    @property
    def left_out(self) -> tuple[ReadLine, ...]:
        return tuple(line for line in self.lines if line.fate is Fate.LEFT_OUT)
