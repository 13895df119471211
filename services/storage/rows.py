"""Reads and saves the versioned entities, each kept whole as JSON beside the columns we ask by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import Field, dataclass, replace
from datetime import datetime
from functools import cache
from typing import ClassVar, Generic, NoReturn, Protocol, TypeVar

import structlog
from sqlalchemy import (
    Column,
    Connection,
    Insert,
    Select,
    Table,
    Update,
    bindparam,
    insert,
    select,
    tuple_,
    update,
)

from services.core.codec import from_json
from services.core.errors import ServiceError
from services.domain.alarms import OPEN_STATES, Alarm, AlarmSource
from services.domain.classes import AlarmClass
from services.domain.incidents import (
    OPEN_INCIDENT_STATES,
    RUNNING_DISPATCH_STATES,
    Dispatch,
    Incident,
)
from services.domain.people import GuardState
from services.storage import schema
from services.storage.ledger import to_json


class Versioned(Protocol):
    """A frozen dataclass that counts how often it was saved."""

    __dataclass_fields__: ClassVar[dict[str, Field[object]]]

    @property
    def row_version(self) -> int: ...


Entity = TypeVar("Entity", bound=Versioned)
Readable = TypeVar("Readable")


log = structlog.get_logger(__name__)

_NOTHING: Mapping[str, object] = {}


def readable(kind: type[Readable], body: str) -> Readable | None:
    """What a newer version wrote, or a hand broke, is None with a log line."""
    try:
        return from_json(kind, body)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        log.error("storage.unreadable_row", kind=kind.__name__, error=type(error).__name__)
        return None


@dataclass(frozen=True, slots=True)
class Shape(Generic[Entity]):
    """How one kind of entity lies in its table."""

    kind: str
    table: Table
    entity: type[Entity]
    key: str
    columns: Callable[[Entity], dict[str, object]]


ALARM = Shape(
    "alarm",
    schema.alarm,
    Alarm,
    "id",
    lambda a: {
        "id": a.id,
        "event_no": a.event_no,
        "state": a.state.value,
        "panel": a.panel,
        "zone_number": a.zone_number,
        "alarm_class": a.alarm_class.value,
        "incident": a.incident,
        "received_at": a.received_at,
    },
)
INCIDENT = Shape(
    "incident",
    schema.incident,
    Incident,
    "id",
    lambda i: {
        "id": i.id,
        "incident_no": i.incident_no,
        "state": i.state.value,
        "received_at": i.received_at,
    },
)
DISPATCH = Shape(
    "dispatch",
    schema.dispatch,
    Dispatch,
    "id",
    lambda d: {
        "id": d.id,
        "dispatch_no": d.dispatch_no,
        "incident": d.incident,
        "guard": d.guard,
        "state": d.state.value,
        "sent_at": d.sent_at,
    },
)
GUARD = Shape("guard", schema.guard_state, GuardState, "no", lambda g: {"no": g.no, "status": g.status.value})


# SQLite takes no more values in one statement than some thousands.
_AT_ONCE = 500


# Made once for each table: building a statement takes longer than carrying it out.
@cache
def _by_key(table: Table, key: str) -> Select[str]:
    return select(table.c.body).where(table.c[key] == bindparam("asked_key"))


@cache
def _by_keys(table: Table, key: str) -> Select[str]:
    return select(table.c.body).where(table.c[key].in_(bindparam("asked_keys", expanding=True)))


@cache
def adding(table: Table) -> Insert:
    """What the rows hold is given when it is carried out."""
    return insert(table)


@cache
def _overwriting(table: Table, key: str) -> Update:
    """What the row shall hold is given when it is carried out."""
    return update(table).where(
        table.c[key] == bindparam("asked_key"), table.c.row_version == bindparam("asked_version")
    )


class Rows(Generic[Entity]):
    """What any reader may ask about one kind of entity."""

    def __init__(self, connection: Connection, shape: Shape[Entity]) -> None:
        self._connection = connection
        self._shape: Shape[Entity] = shape

    def _ready(self) -> Connection:
        """For asking the table, which holds all that was added to it."""
        return self._connection

    def get(self, key: str) -> Entity:
        """Raises ServiceError("storage.not_found", kind, id)."""
        asked = _by_key(self._shape.table, self._shape.key)
        body = self._ready().execute(asked, {"asked_key": key}).scalar()
        if body is None:
            raise ServiceError("storage.not_found", kind=self._shape.kind, id=key)
        return from_json(self._shape.entity, body)

    def _select(self) -> Select[str]:
        return select(self._shape.table.c.body)

    def _find(self, query: Select[str]) -> Entity | None:
        body = self._ready().execute(query.limit(1)).scalar()
        return None if body is None else from_json(self._shape.entity, body)

    def _list(self, query: Select[str], asked: Mapping[str, object] = _NOTHING) -> list[Entity]:
        bodies = self._ready().execute(query, asked).scalars()
        return [from_json(self._shape.entity, body) for body in bodies]

    def _readable(self, query: Select[str], asked: Mapping[str, object] = _NOTHING) -> list[Entity]:
        """As `_list` without rows that this version cannot read: one must not keep a seat from starting."""
        bodies = self._ready().execute(query, asked).scalars()
        return [entity for body in bodies if (entity := readable(self._shape.entity, body)) is not None]

    def _some(self, keys: Sequence[str]) -> list[Entity]:
        """Those that exist and that this version can read."""
        asked = _by_keys(self._shape.table, self._shape.key)
        parts = (keys[at : at + _AT_ONCE] for at in range(0, len(keys), _AT_ONCE))
        return [entity for part in parts for entity in self._readable(asked, {"asked_keys": part})]

    def _page(self, number: Column[str], limit: int, before_no: str | None) -> list[Entity]:
        """Newest received first, `limit` rows after the one numbered `before_no`."""
        columns = self._shape.table.c
        query = self._select().order_by(columns.received_at.desc(), columns.id.desc()).limit(limit)
        if before_no is None:
            return self._list(query)
        mark = select(columns.received_at, columns.id).where(number == before_no)
        found = self._ready().execute(mark).first()
        if found is None:
            raise ServiceError("storage.not_found", kind=self._shape.kind, id=before_no)
        after = tuple_(columns.received_at, columns.id) < tuple_(*found)
        return self._list(query.where(after))


class SavedRows(Rows[Entity]):
    """What a transaction may also do with one kind of entity."""

    def add(self, entity: Entity) -> Entity:
        """Raises ServiceError("storage.conflict") when the id or number is taken."""
        self._ready().execute(adding(self._shape.table), self._values(entity))
        return entity

    def save(self, entity: Entity) -> Entity:
        """Write a changed entity and return it with its row_version one up.

        Raises ServiceError("storage.conflict", kind, id) when someone else saved it since it was
        read, "storage.not_found" when it does not exist.
        """
        return self.save_all([entity])[0]

    def save_all(self, entities: Sequence[Entity]) -> list[Entity]:
        """As `save`, for the many of a burst: one statement."""
        saved = [replace(entity, row_version=entity.row_version + 1) for entity in entities]
        rows = [
            {**self._values(after), "asked_version": before.row_version}
            for before, after in zip(entities, saved, strict=True)
        ]
        for row in rows:
            row["asked_key"] = row[self._shape.key]
        statement = _overwriting(self._shape.table, self._shape.key)
        if rows and self._ready().execute(statement, rows).rowcount != len(rows):
            self._refuse(saved)
        return saved

    def _refuse(self, saved: Sequence[Entity]) -> NoReturn:
        """Name the row that does not hold what was written."""
        keys = [str(self._shape.columns(entity)[self._shape.key]) for entity in saved]
        other = (key for key, entity in zip(keys, saved, strict=True) if self.get(key) != entity)
        raise ServiceError("storage.conflict", kind=self._shape.kind, id=next(other, keys[0]))

    def _values(self, entity: Entity) -> dict[str, object]:
        return {
            **self._shape.columns(entity),
            "row_version": entity.row_version,
            "body": to_json(entity),
        }


_OPEN_OF_ZONES = (
    select(schema.alarm.c.body)
    .where(
        schema.alarm.c.panel == bindparam("panel"),
        schema.alarm.c.zone_number.in_(bindparam("numbers", expanding=True)),
        schema.alarm.c.state.in_(OPEN_STATES),
    )
    .order_by(schema.alarm.c.received_at.desc(), schema.alarm.c.id.desc())
)


IsSame = Callable[[Alarm], bool]


def any_alarm(_alarm: Alarm) -> bool:
    return True


class AlarmRows(Rows[Alarm]):
    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, ALARM)

    def open(self) -> list[Alarm]:
        """Open alarms, most urgent first, within one priority the oldest first."""
        found = self._list(self._select().where(schema.alarm.c.state.in_(OPEN_STATES)))
        return sorted(found, key=lambda alarm: (alarm.priority, alarm.received_at, alarm.id))

    def open_versions(self) -> dict[str, int]:
        """Which alarms are open, and the version of each row: for who has read the rest before."""
        columns = schema.alarm.c
        query = select(columns.id, columns.row_version).where(columns.state.in_(OPEN_STATES))
        return {row.id: row.row_version for row in self._ready().execute(query)}

    def open_of_zone(
        self, panel: str, zone_number: int, alarm_class: AlarmClass, is_same: IsSame = any_alarm
    ) -> Alarm | None:
        """The newest open alarm of that class from that zone which is the same as the one in question."""
        found = (a for a in self.open_of_zones([(panel, zone_number)]) if a.alarm_class is alarm_class)
        return next((alarm for alarm in found if is_same(alarm)), None)

    def open_of_zones(self, zones: Iterable[tuple[str, int]]) -> list[Alarm]:
        """All open alarms of zones named by panel and number; those of one panel newest first."""
        numbers: dict[str, list[int]] = {}
        for panel, zone_number in zones:
            numbers.setdefault(panel, []).append(zone_number)
        found: list[Alarm] = []
        for panel, wanted in numbers.items():
            found += self._list(_OPEN_OF_ZONES, {"panel": panel, "numbers": wanted})
        return found

    def open_of_panel(self, panel: str) -> list[Alarm]:
        """All its open alarms, oldest first."""
        columns = schema.alarm.c
        query = self._select().where(columns.panel == panel, columns.state.in_(OPEN_STATES))
        return self._list(query.order_by(columns.received_at, columns.id))

    def open_of_parts(self, panel: str, source: AlarmSource, whole: str) -> list[Alarm]:
        """All open alarms of points within `whole`, a point of fewer numbers, oldest first; "" has all of
        them."""
        found = self.open_of_panel(panel)
        begin = f"{whole}." if whole else ""
        return [a for a in found if a.source == source and a.point != whole and a.point.startswith(begin)]

    def some(self, ids: Iterable[str]) -> list[Alarm]:
        """Those that exist and that this version can read."""
        return self._some(list(ids))

    def of_incident(self, incident: str) -> list[Alarm]:
        columns = schema.alarm.c
        query = self._select().where(columns.incident == incident)
        return self._list(query.order_by(columns.received_at, columns.id))

    def page(self, limit: int, before_no: str | None = None) -> list[Alarm]:
        """Newest first; `before_no` is the event_no of the last row of the page before."""
        return self._page(schema.alarm.c.event_no, limit, before_no)


class IncidentRows(Rows[Incident]):
    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, INCIDENT)

    def some(self, ids: Iterable[str]) -> list[Incident]:
        """Those that exist and that this version can read."""
        return self._some(list(ids))

    def open(self) -> list[Incident]:
        """Open incidents, oldest first."""
        columns = schema.incident.c
        query = self._select().where(columns.state.in_(OPEN_INCIDENT_STATES))
        return self._list(query.order_by(columns.received_at, columns.id))

    def ended(self, limit: int) -> list[Incident]:
        """The `limit` newest incidents that are no longer open, newest first."""
        columns = schema.incident.c
        query = self._select().where(columns.state.not_in(OPEN_INCIDENT_STATES))
        return self._list(query.order_by(columns.received_at.desc(), columns.id.desc()).limit(limit))

    def page(self, limit: int, before_no: str | None = None) -> list[Incident]:
        """Newest first; `before_no` is the incident_no of the last row of the page before."""
        return self._page(schema.incident.c.incident_no, limit, before_no)


class DispatchRows(Rows[Dispatch]):
    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, DISPATCH)

    def of_incident(self, incident: str) -> list[Dispatch]:
        """In the order in which they were sent."""
        return self.of_incidents([incident])

    def of_incidents(self, incidents: Sequence[str]) -> list[Dispatch]:
        columns = schema.dispatch.c
        query = self._select().where(columns.incident.in_(incidents))
        return self._list(query.order_by(columns.sent_at, columns.id))

    def sent_since(self, since: datetime) -> list[Dispatch]:
        columns = schema.dispatch.c
        query = self._select().where(columns.sent_at >= since)
        return self._readable(query.order_by(columns.sent_at, columns.id))

    def running(self) -> list[Dispatch]:
        columns = schema.dispatch.c
        query = self._select().where(columns.state.in_(RUNNING_DISPATCH_STATES))
        return self._list(query.order_by(columns.sent_at, columns.id))


class GuardRows(Rows[GuardState]):
    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, GUARD)

    def all(self) -> list[GuardState]:
        """By number."""
        return self._list(self._select().order_by(schema.guard_state.c.no))


class SavedIncidents(IncidentRows, SavedRows[Incident]):
    """Incidents inside a transaction."""


class SavedDispatches(DispatchRows, SavedRows[Dispatch]):
    """Dispatches inside a transaction."""


class SavedGuards(GuardRows, SavedRows[GuardState]):
    """Guard states inside a transaction."""

    def put(self, guard: GuardState) -> GuardState:
        """Add the state of a guard never seen before, as given; else `save` it."""
        known = select(schema.guard_state.c.no).where(schema.guard_state.c.no == guard.no)
        if self._ready().execute(known).first() is None:
            return self.add(guard)
        return self.save(guard)
