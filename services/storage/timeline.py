"""Writes a line of an incident's timeline, whichever part of the house it is about."""

from __future__ import annotations

from datetime import datetime

from services.core.ids import new_id
from services.domain.facts import TimelineAdded
from services.domain.incidents import IncidentId, TimelineEntry
from services.domain.people import Session
from services.storage.tx import Tx


def write_line(
    tx: Tx, session: Session | None, incident: IncidentId, at: datetime, what: str, /, **params: str
) -> None:
    """Kept and told together. session: who did it; None = the system itself."""
    entry = TimelineEntry(new_id(), incident, at, session.display_name if session else "", what, params)
    tx.add_timeline(entry)
    tx.record(TimelineAdded(entry))
