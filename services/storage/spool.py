"""Signals that this machine keeps while the shared record cannot take them: durable, in order, bounded."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from urllib.parse import quote

from services.core.errors import ServiceError
from services.domain.alarms import Signal
from services.storage.ledger import to_json
from services.storage.rows import readable
from services.storage.trouble import sqlite_trouble

SPOOL_FILE = "spool.db"
# About a day of a busy site, or three hours of a flood at the receivers' limit for strangers.
MOST_KEPT = 200_000
_WAIT_S = 1.0
_MAKE = (
    "CREATE TABLE IF NOT EXISTS kept (seq INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS aside (seq INTEGER PRIMARY KEY, body TEXT NOT NULL)",
)


@dataclass(frozen=True, slots=True)
class Kept:
    """seq: grows in the order of arrival and is never used twice."""

    seq: int
    signal: Signal


class Spool:
    """The hub's side. Methods block, may be called from any thread and raise ServiceError (storage.*)."""

    def __init__(self, file: Path, most_kept: int = MOST_KEPT) -> None:
        self._file = file
        self._most_kept = most_kept
        self._lock = Lock()
        self._connection: sqlite3.Connection | None = None
        self._count = 0

    def open(self) -> None:
        with _told():
            connection = sqlite3.connect(self._file, timeout=_WAIT_S, check_same_thread=False)
            connection.execute("PRAGMA journal_mode=WAL")
            # What is acknowledged must outlive a power cut.
            connection.execute("PRAGMA synchronous=FULL")
            with connection:
                for statement in _MAKE:
                    connection.execute(statement)
            self._count = connection.execute("SELECT count(*) FROM kept").fetchone()[0]
            self._connection = connection

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @property
    def count(self) -> int:
        """How many signals wait."""
        return self._count

    def keep(self, signals: Sequence[Signal]) -> None:
        """Durable on return. Raises storage.full when too many wait already."""
        with self._lock, _told():
            if self._count + len(signals) > self._most_kept:
                raise ServiceError("storage.full", reason=f"more than {self._most_kept} signals wait")
            connection = self._opened()
            with connection:
                rows = [(to_json(signal),) for signal in signals]
                connection.executemany("INSERT INTO kept (body) VALUES (?)", rows)
            self._count += len(signals)

    def first(self, limit: int) -> list[Kept]:
        """The oldest, in order; one that this version cannot read goes aside: it would hold up the others."""
        with self._lock, _told():
            connection = self._opened()
            rows = _rows(connection, 0, limit)
            for seq in (seq for seq, signal in rows if signal is None):
                self._move_aside(connection, seq)
        return [Kept(seq, signal) for seq, signal in rows if signal is not None]

    def forget(self, kept: Sequence[Kept]) -> None:
        """These are in the shared record."""
        with self._lock, _told():
            connection = self._opened()
            with connection:
                connection.executemany("DELETE FROM kept WHERE seq = ?", [(one.seq,) for one in kept])
                self._count -= len(kept)

    def set_aside(self, seq: int) -> None:
        """Out of the way of those behind it, but never lost: the record will not take it as it is."""
        with self._lock, _told():
            self._move_aside(self._opened(), seq)

    def _move_aside(self, connection: sqlite3.Connection, seq: int) -> None:
        with connection:
            connection.execute("INSERT INTO aside SELECT seq, body FROM kept WHERE seq = ?", (seq,))
            self._count -= connection.execute("DELETE FROM kept WHERE seq = ?", (seq,)).rowcount

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            raise ServiceError("storage.unreachable", reason="the spool is closed")
        return self._connection


def kept_on(file: Path, after: int, limit: int) -> tuple[int, list[Kept]]:
    """What a seat on the hub's machine may show: the oldest seq that still waits, and those after `after`.

    The oldest is 0 when nothing waits, also when there is no spool. Raises ServiceError (storage.*).
    """
    if not file.exists():
        return 0, []
    with (
        _told(),
        closing(sqlite3.connect(f"file:{quote(str(file))}?mode=ro", uri=True, timeout=_WAIT_S)) as seen,
    ):
        if not seen.execute("SELECT 1 FROM sqlite_master WHERE name = 'kept'").fetchone():
            return 0, []
        oldest = seen.execute("SELECT min(seq) FROM kept").fetchone()[0]
        if oldest is None:
            return 0, []
        rows = _rows(seen, after, limit)
        return oldest, [Kept(seq, signal) for seq, signal in rows if signal is not None]


def _rows(connection: sqlite3.Connection, after: int, limit: int) -> list[tuple[int, Signal | None]]:
    """With None for what this version cannot read."""
    query = "SELECT seq, body FROM kept WHERE seq > ? ORDER BY seq LIMIT ?"
    return [(seq, readable(Signal, body)) for seq, body in connection.execute(query, (after, limit))]


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        known = sqlite_trouble(error)
        if known is None:
            raise
        raise known from error
