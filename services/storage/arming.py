"""What is on record of zones and arm groups beside the site: isolation, tests, signals, armed or not."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from sqlalchemy import Connection, bindparam, insert, select, update

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

    def of(self, zones: Collection[str]) -> dict[str, ZoneState]:
        """By number, in one query; without one that cannot be read: such a zone counts."""
        found = self._readable(self._select().where(schema.zone_state.c.zone.in_(zones)))
        return {state.zone: state for state in found}

    def find(self, zone: str) -> ZoneState | None:
        """None when there is none, and when it cannot be read."""
        return self.of([zone]).get(zone)


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
        return self.put_all([state])[0]

    def put_all(self, states: Sequence[ZoneState]) -> list[ZoneState]:
        """As `put`, of many zones in three statements."""
        table = schema.zone_state
        query = select(table.c.zone, table.c.row_version)
        rows = self._connection.execute(query.where(table.c.zone.in_([state.zone for state in states])))
        versions = {row.zone: row.row_version for row in rows}
        put = [replace(state, row_version=versions.get(state.zone, 0) + 1) for state in states]
        new = [self._values(state) for state in put if state.zone not in versions]
        known = [{**self._values(state), "_zone": state.zone} for state in put if state.zone in versions]
        if new:
            self._connection.execute(insert(table), new)
        if known:
            values: dict[str, object] = {
                name: bindparam(name) for name in known[0] if name not in ("_zone", "zone")
            }
            changed = update(table).where(table.c.zone == bindparam("_zone")).values(values)
            self._connection.execute(changed, known)
        return put


class SavedArmStates(ArmStateRows, SavedRows[ArmState]):
    """Arm states inside a transaction."""

    def put(self, state: ArmState) -> ArmState:
        """Whatever was there, readable or not."""
        columns = schema.arm_state.c
        query = select(columns.row_version).where(columns.arm_group == state.group)
        version = self._connection.execute(query).scalar()
        return self.add(state) if version is None else self.save(replace(state, row_version=version))
