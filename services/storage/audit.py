"""Proves that nobody has changed, removed or added a row of the audit chain."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from services.storage import revision, schema
from services.storage.engine import make_engine, parse_url
from services.storage.ledger import GENESIS, audit_hash
from services.storage.trouble import trouble

if TYPE_CHECKING:
    from services.storage.database import Database


ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class AuditReport:
    """rows: how many were read. first_broken: the seq of the first row that is wrong or missing.

    fault: "edited", "missing" (deleted or moved), "unlinked" (its predecessor is another row),
    "truncated" (rows are gone from the end), "stopped" (told to; the rows read are well) or "" when all is
    well.
    """

    rows: int
    first_broken: int | None = None
    fault: str = ""


# How many rows are read and how many there are; False ends the walk.
Tell = Callable[[int, int], bool]


def verify_audit(database: Database | str, tell: Tell | None = None) -> AuditReport:
    """Walk the whole chain on one snapshot; raises ServiceError when the database cannot be read."""
    url = parse_url(database if isinstance(database, str) else database.url)
    engine = make_engine(url, writes=False)
    try:
        with engine.connect() as connection:
            revision.refuse_other(revision.of(connection))
            return walk(connection, tell)
    except DBAPIError as error:
        expected = trouble(error)
        if expected is None:
            raise
        raise expected from error
    finally:
        engine.dispose()


def walk(connection: Connection, tell: Tell | None = None) -> AuditReport:
    """As `verify_audit`, on a connection that is already open."""
    prev_hash, rows = GENESIS, 0
    counters = schema.counters.c
    written = connection.execute(
        select(counters.value).where(counters.name == schema.AUDIT_COUNTER)
    ).scalar_one()
    query = select(schema.audit).order_by(schema.audit.c.seq).execution_options(yield_per=ROWS_AT_ONCE)
    with connection.execute(query) as found:
        for row in found.mappings():
            rows += 1
            fault = _fault(dict(row), rows, prev_hash)
            if fault:
                return AuditReport(rows, rows, fault)
            prev_hash = row["hash"]
            if tell is not None and rows % ROWS_AT_ONCE == 0 and not tell(rows, written):
                return AuditReport(rows, None, "stopped")
    if written != rows:
        return AuditReport(rows, rows + 1, "truncated")
    return AuditReport(rows)


def _fault(row: dict[str, object], expected_seq: int, prev_hash: str) -> str:
    if row["seq"] != expected_seq:
        return "missing"
    if row["prev_hash"] != prev_hash:
        return "unlinked"
    return "" if audit_hash(row) == row["hash"] else "edited"
