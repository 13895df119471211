"""Papers: what people write, sign and hand on; one table for each kind, all of one shape."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial

from sqlalchemy import Table

from services.storage.rows import Entity, Rows, SavedRows, Shape


def paper_shape(
    table: Table,
    entity: type[Entity],
    heads: Callable[[Entity], tuple[str, str, str, datetime]],
) -> Shape[Entity]:
    """heads: a paper's id, subject, state and time, as they stand in its columns."""
    return Shape(table.name, table, entity, "id", partial(_columns, heads))


def _columns(heads: Callable[[Entity], tuple[str, str, str, datetime]], paper: Entity) -> dict[str, object]:
    identity, subject, state, at = heads(paper)
    return {"id": identity, "subject": subject, "state": state, "at": at}


class PaperRows(Rows[Entity]):
    """What any reader may ask about one kind of paper. Rows that cannot be read are left out."""

    def find(self, key: str) -> Entity | None:
        return self._find(self._select().where(self._shape.table.c.id == key))

    def of(self, subject: str) -> list[Entity]:
        """Oldest first."""
        columns = self._shape.table.c
        query = self._select().where(columns.subject == subject)
        return self._readable(query.order_by(columns.at, columns.id))

    def of_many(self, subjects: Iterable[str]) -> list[Entity]:
        """Oldest first."""
        columns = self._shape.table.c
        query = self._select().where(columns.subject.in_(list(subjects)))
        return self._readable(query.order_by(columns.at, columns.id))

    def in_states(self, states: Iterable[str]) -> list[Entity]:
        """Oldest first."""
        columns = self._shape.table.c
        query = self._select().where(columns.state.in_(list(states)))
        return self._readable(query.order_by(columns.at, columns.id))

    def between(self, since: datetime, until: datetime) -> list[Entity]:
        """Those with since <= at < until, oldest first."""
        columns = self._shape.table.c
        query = self._select().where(columns.at >= since, columns.at < until)
        return self._readable(query.order_by(columns.at, columns.id))

    def newest(self, limit: int) -> list[Entity]:
        """Newest first."""
        columns = self._shape.table.c
        return self._readable(self._select().order_by(columns.at.desc(), columns.id.desc()).limit(limit))


class SavedPapers(PaperRows[Entity], SavedRows[Entity]):
    """One kind of paper inside a transaction."""
