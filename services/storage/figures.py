"""What reports count, read in one query each."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import Connection, func, select

from services.domain.alarms import Alarm
from services.domain.codec import from_plain
from services.storage import schema
from services.storage.records import AlarmRecord


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
        return [AlarmRecord(from_plain(Alarm, json.loads(body)), sent_at) for body, sent_at in rows]
