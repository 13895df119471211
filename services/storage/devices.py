"""How cameras are, as it lies in the database: one row for the present, one for each change."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, Select, insert, select

from services.domain.devices import CameraEvent, CameraHealth
from services.storage import schema
from services.storage.ledger import to_json
from services.storage.rows import Rows, SavedRows, Shape, readable

CAMERA_HEALTH = Shape(
    "camera_health",
    schema.camera_health,
    CameraHealth,
    "camera",
    lambda h: {"camera": h.camera, "state": h.state.value},
)


class CameraHealthRows(Rows[CameraHealth]):
    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, CAMERA_HEALTH)

    def all(self) -> list[CameraHealth]:
        """Of every camera that was ever reported, by number."""
        return self._readable(self._select().order_by(schema.camera_health.c.camera))

    def of(self, cameras: Collection[str]) -> dict[str, CameraHealth]:
        found = self._list(self._select().where(schema.camera_health.c.camera.in_(cameras)))
        return {health.camera: health for health in found}

    def events_of(self, camera: str, limit: int) -> list[CameraEvent]:
        """Newest first."""
        table = schema.camera_event
        query = select(table.c.body).where(table.c.camera == camera)
        return self._events(query.order_by(table.c.number.desc()).limit(limit))

    def events_since(self, at: datetime) -> list[CameraEvent]:
        """Of all cameras, in the order they were written."""
        table = schema.camera_event
        return self._events(select(table.c.body).where(table.c.at >= at).order_by(table.c.number))

    def _events(self, query: Select[str]) -> list[CameraEvent]:
        bodies = self._connection.execute(query).scalars()
        return [event for body in bodies if (event := readable(CameraEvent, body)) is not None]


class SavedCameraHealth(CameraHealthRows, SavedRows[CameraHealth]):
    """Camera health inside a transaction."""

    def add_event(self, event: CameraEvent) -> None:
        values = {"camera": event.camera, "at": event.at, "body": to_json(event)}
        self._connection.execute(insert(schema.camera_event).values(values))
