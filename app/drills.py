"""Drills on a seat: what may be played, and outputs that are only played meanwhile."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QObject

from app.papers import save_paper
from app.seat_services import SeatServices
from services.core.errors import ServiceError
from services.domain.people import Permission
from services.plans.library import PlanLibrary
from services.storage import View
from ui.board import LiveBoard
from ui.jobs import UiJobs
from views.drills.ports import PastEntry, PlanEntry
from views.drills.presenter import DrillsPresenter

# Longer than anybody drills; the hub ends it sooner when something real comes.
OUTPUTS_HELD = timedelta(hours=2)
MOST_PAST = 100


def drills_presenter(
    services: SeatServices, live: LiveBoard, jobs: UiJobs, parent: QObject
) -> DrillsPresenter:
    entries = DrillEntries(services)
    return DrillsPresenter(
        live=live,
        commands=services.drills,
        read_entries=entries.read,
        hold_outputs=entries.hold_outputs,
        save=save_paper,
        session=services.session,
        site=services.site,
        jobs=jobs,
        parent=parent,
    )


class DrillEntries:
    """Every call blocks."""

    def __init__(self, services: SeatServices) -> None:
        self._services = services

    def read(self) -> tuple[list[PlanEntry], list[PastEntry]]:
        library, now = PlanLibrary(self._services.database), self._services.clock.now()
        plans = [
            PlanEntry(plan.id, plan.name, plan.name_en, plan.is_drill_overdue(now))
            for plan in library.all()
            if plan.is_runnable
        ]
        past = self._services.database.read(_past)
        return sorted(plans, key=lambda plan: not plan.is_overdue), past

    def hold_outputs(self, is_held: bool) -> object:
        """A drill that is over leaves no output that only seems to move. Whoever may not switch the mode of
        outputs plays without it."""
        services = self._services
        if not services.session.may(Permission.SET_OUTPUT_MODE):
            return None
        try:
            if is_held:
                return services.outputs.start_drill(services.session, OUTPUTS_HELD)
            return services.outputs.end_drill(services.session)
        except ServiceError as error:
            if error.code.startswith("storage."):
                raise
            return None


def _past(view: View) -> list[PastEntry]:
    return [
        PastEntry(incident.id, incident.incident_no, incident.title)
        for incident in view.incidents.ended(MOST_PAST)
        if not incident.is_drill
    ]
