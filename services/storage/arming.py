"""What is on record of zones and arm groups beside the site: isolation, tests, signals, armed or not."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from sqlalchemy import Connection, Row, bindparam, select, update

from services.domain.arming import ArmState, ZoneState
from services.storage import schema
from services.storage.rows import Rows, SavedRows, Shape, adding, readable

ZONE_STATE = Shape(
    "zone", schema.zone_state, ZoneState, "zone", lambda s: {"zone": s.zone, "is_held": s.is_held}
)
ARM_STATE = Shape("arm_group", schema.arm_state, ArmState, "arm_group", lambda s: {"arm_group": s.group})
_ZONE = schema.zone_state.c
# Made once: every signal of a zone asks and writes them.
_OF_ZONES = select(_ZONE.zone, _ZONE.row_version, _ZONE.body).where(
    _ZONE.zone.in_(bindparam("zones", expanding=True))
)
_PUT = (
    update(schema.zone_state)
    .where(_ZONE.zone == bindparam("put_zone"))
    .values({name: bindparam(name) for name in ("is_held", "row_version", "body")})
)


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
        rows = self._rows_of(zones)
        return {row.zone: state for row in rows if (state := readable(ZoneState, row.body)) is not None}

    def _rows_of(self, zones: Collection[str]) -> Sequence[Row[str, int, str]]:
        return self._ready().execute(_OF_ZONES, {"zones": list(zones)}).all()

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
    """Zone states inside a transaction, written by `put` and `put_all` alone."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        # Of the rows that were read or written here; 0 = there is none.
        self._versions: dict[str, int] = {}

    def put(self, state: ZoneState) -> ZoneState:
        """Whatever was there: one that nobody can read must not keep an alarm from being stored."""
        return self.put_all([state])[0]

    def put_all(self, states: Sequence[ZoneState]) -> list[ZoneState]:
        """As `put`, of many zones in few statements."""
        unknown = [state.zone for state in states if state.zone not in self._versions]
        if unknown:
            self._rows_of(unknown)
        put = [replace(state, row_version=self._versions[state.zone] + 1) for state in states]
        new = [self._values(state) for state in put if state.row_version == 1]
        known = [{**self._values(state), "put_zone": state.zone} for state in put if state.row_version > 1]
        if new:
            self._connection.execute(adding(schema.zone_state), new)
        if known:
            self._connection.execute(_PUT, known)
        self._versions |= {state.zone: state.row_version for state in put}
        return put

    def _rows_of(self, zones: Collection[str]) -> Sequence[Row[str, int, str]]:
        rows = super()._rows_of(zones)
        self._versions |= dict.fromkeys(zones, 0) | {row.zone: row.row_version for row in rows}
        return rows


class SavedArmStates(ArmStateRows, SavedRows[ArmState]):
    """Arm states inside a transaction."""

    def put(self, state: ArmState) -> ArmState:
        """Whatever was there, readable or not."""
        columns = schema.arm_state.c
        query = select(columns.row_version).where(columns.arm_group == state.group)
        version = self._connection.execute(query).scalar()
        return self.add(state) if version is None else self.save(replace(state, row_version=version))
