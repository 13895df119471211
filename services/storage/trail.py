"""What the audit tells about one thing: who did what to it, and when."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, select

from services.storage import schema


@dataclass(frozen=True, slots=True)
class TrailStep:
    """One audit row. actor: a log-in name, "system" for the program itself. after: the row's own words."""

    at: datetime
    actor: str
    workstation: str
    action: str
    subject: str
    reason: str
    after: dict[str, object] = field(default_factory=dict)


class TrailRows:
    """What any reader may ask."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, objects: Iterable[str]) -> list[TrailStep]:
        """Everything that was done to these, in the order written."""
        return self._read(objects, None, None)

    def between(self, objects: Iterable[str], since: datetime, until: datetime) -> list[TrailStep]:
        """Those with since <= at <= until, in the order written."""
        return self._read(objects, since, until)

    def _read(
        self, objects: Iterable[str], since: datetime | None, until: datetime | None
    ) -> list[TrailStep]:
        columns = schema.audit.c
        query = select(schema.audit).where(columns.object.in_(list(objects)))
        if since is not None and until is not None:
            query = query.where(columns.at >= since, columns.at <= until)
        found = self._connection.execute(query.order_by(columns.seq)).mappings()
        return [
            TrailStep(
                at=row["at"],
                actor=row["actor"],
                workstation=row["workstation"],
                action=row["action"],
                subject=row["object"],
                reason=row["reason"],
                after=_dict(row["after"]),
            )
            for row in found
        ]


def _dict(after: str | None) -> dict[str, object]:
    plain = json.loads(after) if after else {}
    return plain if isinstance(plain, dict) else {}
