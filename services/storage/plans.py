"""Plans and their published versions as they lie in the database."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, tuple_

from services.domain.plans import Plan, PlanId, PlanVersion
from services.storage import schema
from services.storage.papers import PaperRows, SavedPapers, paper_shape

PLAN = paper_shape(schema.plan, Plan, lambda p: (p.id, p.text.category.value, p.state.value, p.saved_at))
PLAN_VERSION = paper_shape(schema.plan_version, PlanVersion, lambda v: (v.id, v.plan, str(v.version), v.at))


class PlanRows(PaperRows[Plan]):
    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, PLAN)

    def all(self) -> list[Plan]:
        """By id, which is the order in which they were made."""
        return self._readable(self._select().order_by(schema.plan.c.id))


class SavedPlans(PlanRows, SavedPapers[Plan]):
    """Plans inside a transaction."""


class PlanVersionRows(PaperRows[PlanVersion]):
    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, PLAN_VERSION)

    def of_plan(self, plan: str, version: int) -> PlanVersion | None:
        columns = schema.plan_version.c
        query = self._select().where(columns.subject == plan, columns.state == str(version))
        return self._find(query)

    def these(self, numbers: Mapping[PlanId, int]) -> list[PlanVersion]:
        """One version each of many plans, by plan; numbers: which one."""
        columns = schema.plan_version.c
        asked = [(plan, str(number)) for plan, number in numbers.items()]
        query = self._select().where(tuple_(columns.subject, columns.state).in_(asked))
        return self._readable(query.order_by(columns.subject)) if asked else []


class SavedPlanVersions(PlanVersionRows, SavedPapers[PlanVersion]):
    """Published versions inside a transaction."""
