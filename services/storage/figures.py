"""What reports count, read in one query each."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, select

from services.core.codec import from_json
from services.domain.alarms import Alarm
from services.domain.incidents import Dispatch, Incident
from services.storage import schema
from services.storage.records import AlarmRecord, DispatchRecord


class FigureRows:
    """What reports ask."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def alarms(self, since: datetime, until: datetime) -> list[AlarmRecord]:
        """Received from `since` on and before `until`, drills too, oldest first; with the first order sent
        to somebody for each."""
        alarm, dispatch = schema.alarm.c, schema.dispatch.c
        first_sent = (
            select(func.min(dispatch.sent_at))
            .where(dispatch.incident == alarm.incident, alarm.incident != "")
            .scalar_subquery()
        )
        query = select(alarm.body, first_sent).where(alarm.received_at >= since, alarm.received_at < until)
        rows = self._connection.execute(query.order_by(alarm.received_at, alarm.id))
        return [AlarmRecord(from_json(Alarm, body), sent_at) for body, sent_at in rows]

    def incidents(self, since: datetime, until: datetime) -> list[Incident]:
        """Received from `since` on and before `until`, drills too, oldest first."""
        incident = schema.incident.c
        query = select(incident.body).where(incident.received_at >= since, incident.received_at < until)
        bodies = self._connection.execute(query.order_by(incident.received_at, incident.id)).scalars()
        return [from_json(Incident, body) for body in bodies]

    def dispatches(self, since: datetime, until: datetime) -> list[DispatchRecord]:
        """Sent from `since` on and before `until`, drills too, in the order sent."""
        dispatch, incident = schema.dispatch.c, schema.incident.c
        query = (
            select(dispatch.body, incident.body)
            .join_from(schema.dispatch, schema.incident, dispatch.incident == incident.id)
            .where(dispatch.sent_at >= since, dispatch.sent_at < until)
            .order_by(dispatch.sent_at, dispatch.id)
        )
        return [
            DispatchRecord(from_json(Dispatch, sent), from_json(Incident, opened))
            for sent, opened in self._connection.execute(query)
        ]
