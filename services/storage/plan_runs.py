"""Plans being carried out as they lie in the database."""

from __future__ import annotations

from sqlalchemy import Connection

from services.domain.plan_flow import open_mandatory
from services.domain.plan_runs import OPEN_RUN_STATES, OpenStep, PlanRun
from services.storage import schema
from services.storage.papers import PaperRows, SavedPapers, paper_shape

PLAN_RUN = paper_shape(
    schema.plan_run, PlanRun, lambda run: (run.id, run.incident, run.state.value, run.started_at)
)


class PlanRunRows(PaperRows[PlanRun]):
    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, PLAN_RUN)

    def open(self) -> list[PlanRun]:
        """Running and paused ones, oldest first."""
        return self.in_states(OPEN_RUN_STATES)

    def open_mandatory_steps(self, incident: str) -> tuple[OpenStep, ...]:
        """What keeps the incident from being closed: neither done nor skipped with a reason."""
        return tuple(step for run in self.of(incident) for step in open_mandatory(run))


class SavedPlanRuns(PlanRunRows, SavedPapers[PlanRun]):
    """Plan runs inside a transaction."""
