"""Asking for more people 增援."""

from __future__ import annotations

from dataclasses import replace

from services.core.errors import ServiceError
from services.dispatch.record import Record
from services.domain.incidents import Incident

MOST_UNITS = 50


def want_again(record: Record, incident_id: str) -> None:
    """Backup that was sent does not come after all: one more is asked for again."""
    incident = record.tx.incidents.get(incident_id)
    wanted = min(MOST_UNITS, incident.backup_wanted + 1)
    if incident.is_open and wanted != incident.backup_wanted:
        record.incident(incident, replace(incident, backup_wanted=wanted), "backup_missing")


def ask_backup(record: Record, incident_id: str, units: int, what: str) -> Incident:
    """`units` more than are asked for already; it stands on the board until they are sent."""
    if not 1 <= units <= MOST_UNITS:
        raise ServiceError("dispatch.bad_count", field="units")
    incident = record.open_incident(incident_id)
    wanted = min(MOST_UNITS, incident.backup_wanted + units)
    saved = record.incident(incident, replace(incident, backup_wanted=wanted), "backup_asked", what)
    record.line(saved, "incident.backup_asked", units=str(units), text=what)
    return saved
