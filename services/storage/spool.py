"""Signals that this machine keeps while the shared record cannot take them: durable, in order, bounded."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from urllib.parse import quote

from services.core.errors import ServiceError
from services.core.privatefile import sync_folder
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


# A file that has numbered nothing yet begins at the time in microseconds, above all numbers of one that lay
# here before: a seat that runs on asks only for what is above the last it has seen.
_NUMBER_FROM = """INSERT INTO sqlite_sequence (name, seq)
    SELECT 'kept', ? WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'kept')"""


@dataclass(frozen=True, slots=True)
class Kept:
    """seq: grows in the order of arrival and is never used twice, nor by the file after a damaged one."""

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

    def open(self) -> Path | None:
        """Where a damaged file now lies; what could still be read of it waits here again. None = all is well.

        Raises ServiceError (storage.*) when this machine can keep nothing now.
        """
        with self._lock:
            try:
                self._connection = self._connect()
            except ServiceError as error:
                if error.code != "storage.damaged":
                    raise
                aside = self._put_aside()
                self._connection = self._connect()
                self._take_up(_readable_of(aside))
                return aside
        return None

    @property
    def is_open(self) -> bool:
        return self._connection is not None

    def _connect(self) -> sqlite3.Connection:
        with _told():
            connection = sqlite3.connect(self._file, timeout=_WAIT_S, check_same_thread=False)
            try:
                connection.execute("PRAGMA journal_mode=WAL")
                # What is acknowledged must outlive a power cut.
                connection.execute("PRAGMA synchronous=FULL")
                # Reads every page of it: what is torn shows now, not when a panic is to be kept.
                fault = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
                if fault != "ok":
                    raise ServiceError("storage.damaged", reason=str(fault).splitlines()[0])
                with connection:
                    for statement in _MAKE:
                        connection.execute(statement)
                    connection.execute(_NUMBER_FROM, (time.time_ns() // 1000,))
                self._count = connection.execute("SELECT count(*) FROM kept").fetchone()[0]
            except BaseException:
                connection.close()
                raise
        return connection

    def _take_up(self, rows: Sequence[tuple[int, str]]) -> None:
        """With their numbers: a seat that has shown them knows them again."""
        with _told():
            connection = self._opened()
            with connection:
                connection.executemany("INSERT INTO kept (seq, body) VALUES (?, ?)", rows)
            self._count += len(rows)

    def _put_aside(self) -> Path:
        """With its journal, for whoever can still read some of it; over nothing that lies aside already."""
        number = 1
        while (aside := self._file.with_suffix(f".damaged-{number}")).exists():
            number += 1
        try:
            for suffix in ("-wal", "-shm"):
                journal = self._file.with_name(self._file.name + suffix)
                if journal.exists():
                    journal.rename(aside.with_name(aside.name + suffix))
            self._file.rename(aside)
            sync_folder(self._file.parent)
        except OSError as error:
            raise ServiceError(
                "storage.unreachable", reason=error.strerror or type(error).__name__
            ) from error
        return aside

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


def _readable_of(damaged: Path) -> list[tuple[int, str]]:
    """Row by row: a torn page costs those that lie on it."""
    with closing(sqlite3.connect(f"file:{quote(str(damaged))}?mode=ro", uri=True, timeout=_WAIT_S)) as old:
        try:
            # Of the rows themselves the least and the greatest may lie on the torn page.
            row = old.execute("SELECT seq FROM sqlite_sequence WHERE name = 'kept'").fetchone()
        except sqlite3.Error:
            return []
        last = row[0] if row is not None and isinstance(row[0], int) else 0
        found = ((seq, _body_of(old, seq)) for seq in range(max(1, last - MOST_KEPT + 1), last + 1))
        return [(seq, body) for seq, body in found if body is not None]


def _body_of(connection: sqlite3.Connection, seq: int) -> str | None:
    try:
        row = connection.execute("SELECT body FROM kept WHERE seq = ?", (seq,)).fetchone()
    except sqlite3.Error:
        return None
    return row[0] if row is not None and isinstance(row[0], str) else None


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        known = sqlite_trouble(error)
        if known is None:
            raise
        raise known from error
