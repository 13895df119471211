"""The record of signals, to be searched."""

from __future__ import annotations

from sqlalchemy import Connection, Row, select

from services.core.codec import from_json
from services.core.errors import ServiceError
from services.domain.alarms import Signal
from services.domain.signals import KeptSignal, SignalSearch, SignalTrace
from services.storage import schema
from services.storage.rows import readable

_SHOWN = (
    schema.signal.c.number,
    schema.signal.c.body,
    schema.signal.c.outcome,
    schema.signal.c.alarm,
    schema.signal.c.trace,
)


class SignalRows:
    """What any reader may ask."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, number: int) -> KeptSignal:
        """Raises ServiceError("storage.not_found", kind, id)."""
        row = self._connection.execute(select(*_SHOWN).where(schema.signal.c.number == number)).first()
        if row is None:
            raise ServiceError("storage.not_found", kind="signal", id=number)
        return _kept(row)

    def page(self, search: SignalSearch, limit: int, before: int | None = None) -> list[KeptSignal]:
        """Newest first; `before` is the number of the last row of the page before."""
        columns = schema.signal.c
        query = select(*_SHOWN).where(columns.received_at >= search.since, columns.received_at < search.until)
        if search.account:
            query = query.where(columns.account.startswith(search.account, autoescape=True))
        if search.outcome:
            query = query.where(columns.outcome == search.outcome)
        if before is not None:
            query = query.where(columns.number < before)
        rows = self._connection.execute(query.order_by(columns.number.desc()).limit(limit))
        return [_kept(row) for row in rows]


def _kept(row: Row[int, str, str, str, str | None]) -> KeptSignal:
    trace = None if row.trace is None else readable(SignalTrace, row.trace)
    return KeptSignal(row.number, from_json(Signal, row.body), row.outcome, row.alarm, trace)
