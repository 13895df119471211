"""A plan being carried out 预案执行: the text it began with, and what became of every step."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

from services.domain.linkage_runs import Result
from services.domain.plan_steps import Step
from services.domain.plans import PlanId, PlanText

PlanRunId = NewType("PlanRunId", str)


class PlanRunState(StrEnum):
    RUNNING = "running"
    PAUSED = "paused"
    COMPLETED = "completed"
    ABORTED = "aborted"


PLAN_RUN_MOVES: dict[PlanRunState, frozenset[PlanRunState]] = {
    PlanRunState.RUNNING: frozenset({PlanRunState.PAUSED, PlanRunState.COMPLETED, PlanRunState.ABORTED}),
    PlanRunState.PAUSED: frozenset({PlanRunState.RUNNING, PlanRunState.COMPLETED, PlanRunState.ABORTED}),
    PlanRunState.COMPLETED: frozenset(),
    PlanRunState.ABORTED: frozenset(),
}

OPEN_RUN_STATES = frozenset({PlanRunState.RUNNING, PlanRunState.PAUSED})


class StepState(StrEnum):
    """Being late is no state: see `StepRun.late_at`."""

    PENDING = "pending"
    ACTIVE = "active"
    DONE = "done"
    SKIPPED = "skipped"
    FAILED = "failed"


# What failed is tried again, done by hand after all, or left out with a reason.
STEP_MOVES: dict[StepState, frozenset[StepState]] = {
    StepState.PENDING: frozenset({StepState.ACTIVE}),
    StepState.ACTIVE: frozenset({StepState.DONE, StepState.SKIPPED, StepState.FAILED}),
    StepState.FAILED: frozenset({StepState.ACTIVE, StepState.DONE, StepState.SKIPPED}),
    StepState.DONE: frozenset(),
    StepState.SKIPPED: frozenset(),
}

# What a person still has to see to.
OPEN_STEP_STATES = frozenset({StepState.ACTIVE, StepState.FAILED})


class EvidenceKind(StrEnum):
    SNAPSHOT = "snapshot"
    FILE = "file"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What proves a step. name: as people call it; path: where the file lies; sha256: of the file, or of the
    note's UTF-8; camera: of a snapshot."""

    kind: EvidenceKind
    name: str
    sha256: str
    at: datetime
    by: str
    by_name: str
    path: str = ""
    camera: str = ""


@dataclass(frozen=True, slots=True)
class StepRun:
    """One time that a step is taken; a plan that goes round takes it again as a row of its own.

    due_at: its deadline, of a WAIT its end; None while the run is paused, then left_s says how much is left.
    late_at: when the deadline was seen to have passed. answer: the id of the choice. values: of a form.
    note: what the one who did it wrote. reason: why it was skipped or failed. is_passed: the run has gone on
    behind it.
    linkage: the linkage run that carries its action out; result, took_ms, code, params: what became of that.
    dispatches: orders sent in it. earlier: of a step that sends somebody, the orders of the incident that
    were carried out already when it began: by them and by no clock it is known what was sent since; None = it
    has not begun. skip_seen_at: when somebody who reviews read that it was skipped.
    """

    step: str
    state: StepState = StepState.PENDING
    began_at: datetime | None = None
    due_at: datetime | None = None
    left_s: float | None = None
    late_at: datetime | None = None
    ended_at: datetime | None = None
    by: str = ""
    by_name: str = ""
    answer: str = ""
    values: dict[str, str] = field(default_factory=dict)
    note: str = ""
    reason: str = ""
    is_passed: bool = False
    linkage: str = ""
    result: Result | None = None
    took_ms: int | None = None
    code: str = ""
    params: dict[str, str] = field(default_factory=dict)
    dispatches: tuple[str, ...] = ()
    earlier: tuple[str, ...] | None = None
    evidence: tuple[Evidence, ...] = ()
    skip_seen_by_name: str = ""
    skip_seen_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STEP_STATES

    @property
    def is_late(self) -> bool:
        return self.late_at is not None

    @property
    def is_carried_out(self) -> bool:
        """The hub is at it."""
        return self.state is StepState.ACTIVE and bool(self.linkage)


@dataclass(frozen=True, slots=True)
class PlanRun:
    """One plan carried out for one incident. text: as the version was published, whatever the plan says now.

    steps: those of the text in its order, then each further time a step was taken; a step is named by its
    place here. reason: why it was paused or aborted last. aborted_by: and by whom.
    """

    id: PlanRunId
    plan: PlanId
    version: int
    text: PlanText
    incident: str
    started_by: str
    started_by_name: str
    started_at: datetime
    steps: tuple[StepRun, ...]
    alarm: str = ""
    state: PlanRunState = PlanRunState.RUNNING
    reason: str = ""
    paused_at: datetime | None = None
    ended_at: datetime | None = None
    is_drill: bool = False
    drill: str = ""
    row_version: int = 1
    aborted_by: str = ""
    aborted_by_name: str = ""

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_RUN_STATES

    def step_at(self, at: int) -> Step:
        """The step of the text that stands at that place of `steps`; raises IndexError."""
        found = self.text.step(self.steps[at].step)
        assert found is not None
        return found

    def current(self) -> list[int]:
        """The places of the steps that wait for somebody: what was begun first, first."""
        return [at for at, one in enumerate(self.steps) if one.state is StepState.ACTIVE]

    def failed(self) -> list[int]:
        return [at for at, one in enumerate(self.steps) if one.state is StepState.FAILED]


@dataclass(frozen=True, slots=True)
class OpenStep:
    """A mandatory step that keeps an incident from being closed."""

    run: str
    title: str
    title_en: str
