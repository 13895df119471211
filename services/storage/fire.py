"""Requests to fire transmission devices as they lie in the database."""

from __future__ import annotations

from sqlalchemy import Connection

from services.domain.fire_requests import OPEN_REQUEST_STATES, FireRequest
from services.storage import schema
from services.storage.rows import Rows, SavedRows, Shape

FIRE_REQUEST = Shape(
    "fire_request",
    schema.fire_request,
    FireRequest,
    "id",
    lambda r: {"id": r.id, "panel": r.panel, "state": r.state.value, "asked_at": r.asked_at},
)


class FireRequestRows(Rows[FireRequest]):
    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, FIRE_REQUEST)

    def open(self) -> list[FireRequest]:
        """Those that the hub still has to see to, oldest first."""
        columns = schema.fire_request.c
        query = self._select().where(columns.state.in_(OPEN_REQUEST_STATES))
        return self._readable(query.order_by(columns.asked_at, columns.id))

    def page(self, limit: int) -> list[FireRequest]:
        """Newest first."""
        columns = schema.fire_request.c
        return self._readable(
            self._select().order_by(columns.asked_at.desc(), columns.id.desc()).limit(limit)
        )


class SavedFireRequests(FireRequestRows, SavedRows[FireRequest]):
    """Requests inside a transaction."""
