"""What a screen that carries out plans needs from outside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from services.domain.alarms import Alarm
from services.domain.incidents import Incident
from services.domain.people import Session
from services.domain.plan_runs import PlanRun
from services.plans.running import Proof, Start
from services.plans.running_answers import Answer


class PlanCommands(Protocol):
    """`services.plans.running.PlanRuns`; every call blocks."""

    def start(self, session: Session, start: Start) -> PlanRun: ...
    def answer(self, session: Session, run_id: str, at: int, answer: Answer) -> PlanRun: ...
    def skip(self, session: Session, run_id: str, at: int, reason: str) -> PlanRun: ...
    def fail(self, session: Session, run_id: str, at: int, reason: str) -> PlanRun: ...
    def try_again(self, session: Session, run_id: str, at: int) -> PlanRun: ...
    def take_dispatch(self, session: Session, run_id: str, at: int, dispatch_id: str) -> PlanRun: ...
    def add_note(self, session: Session, run_id: str, at: int, text: str) -> PlanRun: ...
    def add_evidence(self, session: Session, run_id: str, at: int, proof: Proof) -> PlanRun: ...
    def note_skip_seen(self, session: Session, run_id: str, at: int) -> PlanRun: ...
    def pause(self, session: Session, run_id: str, reason: str) -> PlanRun: ...
    def resume(self, session: Session, run_id: str) -> PlanRun: ...
    def abort(self, session: Session, run_id: str, reason: str) -> PlanRun: ...


@dataclass(frozen=True, slots=True)
class PlanChoice:
    """A plan in force that may be begun. is_suggested: the alarm or incident speaks for it."""

    plan: str
    name: str
    name_en: str
    version: int
    is_suggested: bool
    steps: int


# Suggested ones first; blocks.
Choices = Callable[[Alarm | None, Incident | None], list[PlanChoice]]
# Copies a file to where evidence is kept; blocks.
KeepFile = Callable[[Path], Proof]
