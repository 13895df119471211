"""What is on record of zones and arm groups beside the site: isolation, tests, signals, armed or not."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection, select

from services.domain.arming import ArmState, ZoneState
from services.storage import schema
from services.storage.rows import Rows, SavedRows, Shape

ZONE_STATE = Shape(
    "zone", schema.zone_state, ZoneState, "zone", lambda s: {"zone": s.zone, "is_held": s.is_held}
)
ARM_STATE = Shape("arm_group", schema.arm_state, ArmState, "arm_group", lambda s: {"arm_group": s.group})


class ZoneStateRows(Rows[ZoneState]):
    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, ZONE_STATE)

    def all(self) -> list[ZoneState]:
        """Of every zone that was ever heard or touched, by number."""
        return self._readable(self._select().order_by(schema.zone_state.c.zone))

    def held(self) -> list[ZoneState]:
        """Of zones that are isolated, under test or walked: what time may change."""
        table = schema.zone_state
        return self._readable(self._select().where(table.c.is_held).order_by(table.c.zone))

    def find(self, zone: str) -> ZoneState | None:
        """None when there is none, and when it cannot be read: such a zone counts."""
        found = self._readable(self._select().where(schema.zone_state.c.zone == zone))
        return found[0] if found else None


class ArmStateRows(Rows[ArmState]):
    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, ARM_STATE)

    def all(self) -> list[ArmState]:
        """Of every group about which anybody ever decided, by number."""
        return self._readable(self._select().order_by(schema.arm_state.c.arm_group))

    def find(self, group: str) -> ArmState | None:
        """None when there is none, and when it cannot be read."""
        found = self._readable(self._select().where(schema.arm_state.c.arm_group == group))
        return found[0] if found else None


class SavedZoneStates(ZoneStateRows, SavedRows[ZoneState]):
    """Zone states inside a transaction."""

    def put(self, state: ZoneState) -> ZoneState:
        """Whatever was there: one that nobody can read must not keep an alarm from being stored."""
        columns = schema.zone_state.c
        query = select(columns.row_version).where(columns.zone == state.zone)
        version = self._connection.execute(query).scalar()
        return self.add(state) if version is None else self.save(replace(state, row_version=version))


class SavedArmStates(ArmStateRows, SavedRows[ArmState]):
    """Arm states inside a transaction."""

    def put(self, state: ArmState) -> ArmState:
        """Whatever was there, readable or not."""
        columns = schema.arm_state.c
        query = select(columns.row_version).where(columns.arm_group == state.group)
        version = self._connection.execute(query).scalar()
        return self.add(state) if version is None else self.save(replace(state, row_version=version))
