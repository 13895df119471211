"""In which column of the board an incident stands; pure."""

from __future__ import annotations

from enum import Enum

from services.domain.board import Board, by_age
from services.domain.incidents import Incident, IncidentState

MOST_ENDED = 30


class Column(Enum):
    """Columns from left to right."""

    WAITING = "waiting"
    RUNNING = "running"
    CONTAINED = "contained"
    ENDED = "ended"


def column_of(incident: Incident, has_dispatch: bool) -> Column:
    """Waiting until somebody was sent; the state decides the rest."""
    if not incident.is_open:
        return Column.ENDED
    if incident.state in (IncidentState.CONTAINED, IncidentState.REVIEW):
        return Column.CONTAINED
    return Column.RUNNING if has_dispatch or incident.state is IncidentState.RESPONDING else Column.WAITING


def columns(board: Board) -> dict[Column, list[Incident]]:
    """Open ones oldest first, ended ones newest first and not more than MOST_ENDED."""
    handled = {dispatch.incident for dispatch in board.dispatches.values() if dispatch.is_running}
    found: dict[Column, list[Incident]] = {column: [] for column in Column}
    for incident in by_age(board.incidents.values()):
        found[column_of(incident, incident.id in handled)].append(incident)
    found[Column.ENDED] = found[Column.ENDED][::-1][:MOST_ENDED]
    return found
