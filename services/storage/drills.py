"""Drills as they lie in the database."""

from __future__ import annotations

from sqlalchemy import Connection

from services.domain.drills import OPEN_DRILL_STATES, Drill
from services.storage import schema
from services.storage.papers import PaperRows, SavedPapers, paper_shape

DRILL = paper_shape(
    schema.drill,
    Drill,
    lambda drill: (drill.id, drill.plan or drill.replays, drill.state.value, drill.started_at),
)


class DrillRows(PaperRows[Drill]):
    """Their subject is the plan, else the past incident."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, DRILL)

    def open(self) -> list[Drill]:
        return self.in_states(OPEN_DRILL_STATES)


class SavedDrills(DrillRows, SavedPapers[Drill]):
    """Drills inside a transaction."""
