"""The plans of the site, to be read; what is in force is what a run takes."""

from __future__ import annotations

from services.core.errors import ServiceError
from services.domain.plans import Plan, PlanVersion
from services.storage import Database, View


class PlanLibrary:
    """Every call blocks and raises ServiceError("storage.*")."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Plan]:
        """In the order in which they were made, retired ones too."""
        return self._database.read(lambda view: view.plans.all())

    def versions_of(self, plan_id: str) -> list[PlanVersion]:
        """The newest first."""
        return self._database.read(lambda view: view.plan_versions.of(plan_id))[::-1]

    def in_force(self) -> list[PlanVersion]:
        """The newest version of every plan that may be run."""
        return self._database.read(versions_in_force)


def versions_in_force(view: View) -> list[PlanVersion]:
    runnable = {plan.id: plan.version for plan in view.plans.all() if plan.is_runnable}
    return view.plan_versions.these(runnable)


def version_in_force(view: View, plan_id: str) -> PlanVersion:
    """What a run of that plan takes now.

    Raises ServiceError: storage.not_found, plans.not_in_force(name).
    """
    plan = view.plans.get(plan_id)
    version = view.plan_versions.of_plan(plan_id, plan.version) if plan.is_runnable else None
    if version is None:
        raise ServiceError("plans.not_in_force", name=plan.name)
    return version
