"""Rows of the audit for people who read it, newest first."""

from __future__ import annotations

from dataclasses import fields

from sqlalchemy import Connection, select

from services.domain.audits import AuditEntry, AuditSearch
from services.storage import schema

_SHOWN = [schema.audit.c[field.name] for field in fields(AuditEntry)]


class AuditRows:
    """What any reader may ask; who may read is `services.identity.auditing`'s to say."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def head(self) -> tuple[int, str]:
        """Number and hash of the newest row; (0, "") when there is none."""
        columns = schema.audit.c
        newest = self._connection.execute(
            select(columns.seq, columns.hash).order_by(columns.seq.desc()).limit(1)
        ).first()
        return (0, "") if newest is None else (newest.seq, newest.hash)

    def page(self, search: AuditSearch, limit: int, before_seq: int | None = None) -> list[AuditEntry]:
        """At most `limit` rows; before_seq: older than that one."""
        columns = schema.audit.c
        query = select(*_SHOWN).where(columns.at >= search.since, columns.at < search.until)
        if search.actor:
            query = query.where(columns.actor.icontains(search.actor, autoescape=True))
        if search.action:
            query = query.where(columns.action.startswith(search.action, autoescape=True))
        if search.object:
            query = query.where(columns.object.icontains(search.object, autoescape=True))
        if before_seq is not None:
            query = query.where(columns.seq < before_seq)
        rows = self._connection.execute(query.order_by(columns.seq.desc()).limit(limit))
        return [AuditEntry(*row) for row in rows]
