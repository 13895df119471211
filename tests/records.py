"""A real record for a test: an SQLite file with the schema, open until the test has ended."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from services.core.clock import Clock, SystemClock
from services.storage import Database, care, sqlite_url


@contextmanager
def new_record(file: Path, clock: Clock | None = None) -> Iterator[Database]:
    """clock: None = the machine's."""
    url = sqlite_url(file)
    care.upgrade(url)
    database = Database(url, clock or SystemClock())
    database.open()
    try:
        yield database
    finally:
        database.close()
