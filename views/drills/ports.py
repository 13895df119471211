"""What the drills screen needs from outside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from services.domain.documents import Document
from services.domain.drill_scores import ScoreSheet
from services.domain.drills import Drill
from services.domain.people import Session


class DrillCommands(Protocol):
    """`services.plans.drills.DrillDesk`; every call blocks."""

    def try_plan(
        self, session: Session, drill_id: str, plan_id: str, zone_no: str, *, has_people: bool = True
    ) -> Drill: ...
    def replay(
        self, session: Session, drill_id: str, incident_id: str, *, has_people: bool = True
    ) -> Drill: ...
    def stop(self, session: Session, drill_id: str, reason: str) -> Drill: ...
    def finish(self, session: Session, drill_id: str, reason: str = "") -> Drill: ...
    def resume(self, session: Session, drill_id: str) -> Drill: ...
    def newest(self, limit: int = 100) -> list[Drill]: ...
    def score(self, drill_id: str) -> ScoreSheet: ...


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """A plan in force. is_overdue: its next drill should have been."""

    plan: str
    name: str
    name_en: str
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class PastEntry:
    """An incident that may be played again."""

    incident: str
    incident_no: str
    title: str


# Plans in force, overdue ones first, and the newest ended incidents; blocks.
ReadEntries = Callable[[], tuple[list[PlanEntry], list[PastEntry]]]
# From now on outputs are only played, or move again; blocks.
HoldOutputs = Callable[[bool], object]
SaveDocument = Callable[[Document, Path], None]
