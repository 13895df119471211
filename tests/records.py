"""Real records for tests: the schema is migrated once a process and copied for each test after that."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from services.core.clock import Clock, SystemClock
from services.domain.facts import Fact
from services.storage import Database, care, sqlite_url
from services.storage.feed import decode


def new_sqlite(file: Path) -> str:
    """The URL of a new SQLite database with the schema, in `file`, whose folder is made when needed."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("xb") as target:
        target.write(_migrated_sqlite())
    return sqlite_url(file)


@contextmanager
def new_record(file: Path, clock: Clock | None = None) -> Iterator[Database]:
    """A new SQLite record, open until the test has ended. clock: None = the machine's."""
    database = Database(new_sqlite(file), clock or SystemClock())
    database.open()
    try:
        yield database
    finally:
        database.close()


def facts_after(database: Database, seq: int) -> tuple[int, list[Fact]]:
    """What the record's feed tells after a change, and the number of the last."""
    rows = database.read(lambda view: view.changes_after(seq, 1000))
    facts = [fact for row in rows if (fact := decode(row)) is not None]
    return (rows[-1].seq if rows else seq), facts


@cache
def _migrated_sqlite() -> bytes:
    """What the migrations make of no file at all."""
    with tempfile.TemporaryDirectory(prefix="shouwang-record-") as folder:
        file = Path(folder) / "record.db"
        care.upgrade(sqlite_url(file))
        (only,) = Path(folder).iterdir()  # nothing waits in a journal beside it
        return only.read_bytes()
