"""The communication log as it lies in the database."""

from __future__ import annotations

from sqlalchemy import Connection

from services.domain.calls import Call
from services.storage import schema
from services.storage.papers import PaperRows, SavedPapers, paper_shape

CALL = paper_shape(schema.call, Call, lambda c: (c.id, c.incident, c.outcome.value, c.began_at))


class CallRows(PaperRows[Call]):
    """By incident."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, CALL)


class SavedCalls(CallRows, SavedPapers[Call]):
    """Calls inside a transaction."""
