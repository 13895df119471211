"""Alarms and linkage runs inside a transaction: a burst brings hundreds of them, so they go in together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from services.domain.alarms import Alarm, AlarmId, AlarmSource
from services.domain.classes import AlarmClass
from services.domain.linkage_runs import LinkageRun
from services.storage.linkage import LinkageRunRows
from services.storage.rows import AlarmRows, Entity, IsSame, SavedRows, Shape, adding, any_alarm

# Panel, and number of the zone on its wire.
ZoneKey = tuple[str, int]
# How its source calls a point of a panel.
PointKey = tuple[AlarmSource, str]


class BurstRows(SavedRows[Entity]):
    """Rows that may wait for each other: a statement for each costs more than all the rest of an alarm."""

    def __init__(self, connection: Connection, shape: Shape[Entity]) -> None:
        super().__init__(connection, shape)
        self._waiting: list[Entity] = []

    def add_later(self, entity: Entity) -> Entity:
        """As `add`, written before the table is asked anything and at the end, when a taken id shows."""
        self._waiting.append(entity)
        return entity

    def settle(self) -> None:
        """Write what waits."""
        waiting, self._waiting = self._waiting, []
        if waiting:
            self._connection.execute(adding(self._shape.table), [self._values(one) for one in waiting])

    def _ready(self) -> Connection:
        self.settle()
        return super()._ready()


class SavedAlarms(AlarmRows, BurstRows[Alarm]):
    """Alarms inside a transaction."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._open_of: dict[ZoneKey, list[Alarm]] = {}
        self._open_at: dict[str, dict[PointKey, dict[AlarmId, Alarm]]] = {}

    def look_for_zones(self, zones: Iterable[ZoneKey]) -> None:
        """Read at once what `open_of_zone` will be asked for, signal by signal."""
        self._open_of = {zone: [] for zone in zones}
        for alarm in self.open_of_zones(self._open_of):
            self._note(alarm)

    def open_of_zone(
        self, panel: str, zone_number: int, alarm_class: AlarmClass, is_same: IsSame = any_alarm
    ) -> Alarm | None:
        known = self._open_of.get((panel, zone_number))
        if known is None:
            return super().open_of_zone(panel, zone_number, alarm_class, is_same)
        fitting = (alarm for alarm in known if alarm.alarm_class is alarm_class)
        return next((alarm for alarm in fitting if is_same(alarm)), None)

    def open_of_point(self, panel: str, source: AlarmSource, point: str) -> list[Alarm]:
        """All open alarms of what the source calls `point`, oldest first.

        A panel's are read once: a large fire panel tells of one detector after another while all others are
        in alarm.
        """
        if panel not in self._open_at:
            found = self.open_of_panel(panel)
            self._open_at[panel] = {}
            for alarm in found:
                self._note_at_point(alarm)
        return list(self._open_at[panel].get((source, point), {}).values())

    def add(self, entity: Alarm) -> Alarm:
        self._note(entity)
        return super().add(entity)

    def add_later(self, entity: Alarm) -> Alarm:
        self._note(entity)
        return super().add_later(entity)

    def save_all(self, entities: Sequence[Alarm]) -> list[Alarm]:
        saved = super().save_all(entities)
        for alarm in saved:
            self._note(alarm)
        return saved

    def _note(self, alarm: Alarm) -> None:
        """What was read ahead must not grow old."""
        self._note_at_point(alarm)
        known = self._open_of.get((alarm.panel, alarm.zone_number))
        if known is not None:
            known[:] = [other for other in known if other.id != alarm.id]
            if alarm.is_open:
                known.append(alarm)
                known.sort(key=lambda one: (one.received_at, one.id), reverse=True)

    def _note_at_point(self, alarm: Alarm) -> None:
        points = self._open_at.get(alarm.panel)
        if points is not None:
            at_point = points.setdefault((alarm.source, alarm.point), {})
            if alarm.is_open:
                at_point[alarm.id] = alarm
            else:
                at_point.pop(alarm.id, None)


class SavedLinkageRuns(LinkageRunRows, BurstRows[LinkageRun]):
    """Runs inside a transaction."""
