"""Who steers which camera, and what its presets look like, as they lie in the database."""

from __future__ import annotations

from sqlalchemy import Connection, select

from services.core.codec import from_json
from services.domain.ptz import PtzControl, PtzPreset
from services.storage import schema
from services.storage.rows import readable


class SteeringRows:
    """What any reader may ask."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def control(self, camera: str) -> PtzControl | None:
        """None while nobody ever steered it."""
        query = select(schema.ptz_control.c.body).where(schema.ptz_control.c.camera == camera)
        body = self._connection.execute(query).scalar()
        return None if body is None else from_json(PtzControl, body)

    def controls(self) -> list[PtzControl]:
        """By camera."""
        query = select(schema.ptz_control.c.body).order_by(schema.ptz_control.c.camera)
        bodies = self._connection.execute(query).scalars()
        return [control for body in bodies if (control := readable(PtzControl, body)) is not None]

    def presets_of(self, camera: str) -> list[PtzPreset]:
        """By name."""
        query = select(schema.ptz_preset.c.body).where(schema.ptz_preset.c.camera == camera)
        bodies = self._connection.execute(query).scalars()
        found = [preset for body in bodies if (preset := readable(PtzPreset, body)) is not None]
        return sorted(found, key=lambda preset: (preset.name, preset.token))
