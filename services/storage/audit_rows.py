"""Rows of the audit for people who read it, newest first."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import fields

from sqlalchemy import Connection, or_, select

from services.domain.audits import AuditEntry, AuditSearch, Known
from services.storage import schema
from services.storage.known_as import has_number, known_things

_SHOWN = [schema.audit.c[field.name] for field in fields(AuditEntry) if field.name in schema.audit.c]


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

    def known(self, asked: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Known]:
        """asked: subjects and objects of rows. How people know them; what the record does not keep is left
        out."""
        return known_things(self._connection, asked)

    def page(
        self,
        search: AuditSearch,
        limit: int,
        before_seq: int | None = None,
        *,
        actors: Collection[str] = (),
        objects: Collection[str] = (),
    ) -> list[AuditEntry]:
        """At most `limit` rows; before_seq: older than that one. actors, objects: who and what the words of
        the search mean besides those that have them in their id."""
        columns = schema.audit.c
        query = select(*_SHOWN).where(columns.at >= search.since, columns.at < search.until)
        if search.actor:
            has_words = columns.actor.icontains(search.actor, autoescape=True)
            query = query.where(or_(has_words, columns.actor.in_(actors)))
        if search.action:
            query = query.where(columns.action.startswith(search.action, autoescape=True))
        if search.object:
            has_words = columns.object.icontains(search.object, autoescape=True)
            is_meant = or_(columns.object.in_(objects), has_number(columns.object, search.object))
            query = query.where(or_(has_words, is_meant))
        if before_seq is not None:
            query = query.where(columns.seq < before_seq)
        rows = self._connection.execute(query.order_by(columns.seq.desc()).limit(limit))
        return [AuditEntry(*row) for row in rows]
