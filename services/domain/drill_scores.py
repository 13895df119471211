"""The score sheet of a drill: what took how long, against what it may take, and what was not done."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from services.domain.drills import Drill


class Mark(StrEnum):
    """MET: in time; LATE: done after its time; MISSED: never done; OPEN: not yet."""

    MET = "met"
    LATE = "late"
    MISSED = "missed"
    OPEN = "open"
    SKIPPED = "skipped"


class LineKind(StrEnum):
    CLAIM = "claim"
    DISPATCH = "dispatch"
    SIGN = "sign"
    ARRIVE = "arrive"
    DONE = "done"
    PLAN = "plan"
    STEP = "step"


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """name: of the alarm, guard or step. target_s, took_s: None when there is none. past_s: how long the same
    took in the incident that was replayed.
    """

    kind: LineKind
    name: str
    name_en: str
    target_s: float | None
    took_s: float | None
    mark: Mark
    reason: str = ""
    past_s: float | None = None


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """points: 0 to 100, the part of its lines that were met; a line that is late counts half."""

    drill: Drill
    lines: tuple[ScoreLine, ...]
    played_s: float

    @property
    def points(self) -> int:
        counted = [line for line in self.lines if line.mark is not Mark.OPEN]
        if not counted:
            return 0
        worth = sum({Mark.MET: 1.0, Mark.LATE: 0.5}.get(line.mark, 0.0) for line in counted)
        return round(100 * worth / len(counted))

    def count(self, mark: Mark) -> int:
        return sum(line.mark is mark for line in self.lines)
