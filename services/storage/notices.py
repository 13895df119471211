"""Who was told of which alarm, as it lies in the database: one row for each alarm and level."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update

from services.domain.alarms import OPEN_STATES
from services.domain.notices import Notice
from services.storage import schema
from services.storage.ledger import to_json
from services.storage.rows import readable


class NoticeRows:
    """What any reader may ask."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, alarm: str) -> list[Notice]:
        """By level."""
        table = schema.notice
        query = select(table.c.body).where(table.c.alarm == alarm).order_by(table.c.level)
        bodies = self._connection.execute(query).scalars()
        return [notice for body in bodies if (notice := readable(Notice, body)) is not None]

    def newest(self, limit: int) -> list[Notice]:
        table = schema.notice
        query = select(table.c.body).order_by(table.c.number.desc()).limit(limit)
        bodies = self._connection.execute(query).scalars()
        return [notice for body in bodies if (notice := readable(Notice, body)) is not None]

    def of_open_alarms(self) -> dict[str, dict[int, Notice]]:
        """By alarm and level."""
        notice, alarm = schema.notice, schema.alarm
        query = select(notice.c.body).join(alarm, alarm.c.id == notice.c.alarm)
        query = query.where(alarm.c.state.in_(OPEN_STATES)).order_by(notice.c.number)
        found: dict[str, dict[int, Notice]] = {}
        for body in self._connection.execute(query).scalars():
            told = readable(Notice, body)
            if told is not None:
                found.setdefault(told.alarm, {})[told.level] = told
        return found


class SavedNotices(NoticeRows):
    """Notices inside a transaction."""

    def add(self, notice: Notice) -> bool:
        """False when this alarm's level was told before: nothing is written then."""
        columns = schema.notice.c
        same = select(columns.number).where(columns.alarm == notice.alarm, columns.level == notice.level)
        if self._connection.execute(same).first() is not None:
            return False
        row = {"alarm": notice.alarm, "level": notice.level, "at": notice.at, "body": to_json(notice)}
        self._connection.execute(insert(schema.notice).values(row))
        return True

    def save(self, notice: Notice) -> None:
        columns = schema.notice.c
        same = (columns.alarm == notice.alarm, columns.level == notice.level)
        self._connection.execute(update(schema.notice).where(*same).values(body=to_json(notice)))
