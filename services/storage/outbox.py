"""Texts that a seat keeps on its own disk until the shared record has them: durable, in order."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from services.core.errors import ServiceError
from services.core.typed import storable_text
from services.storage.trouble import sqlite_trouble

MOST_KEPT = 1000
_WAIT_S = 1.0
_PRIVATE = 0o600
_MAKE = (
    "CREATE TABLE IF NOT EXISTS kept (seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE, body TEXT)",
    "CREATE TABLE IF NOT EXISTS aside (id TEXT PRIMARY KEY, body TEXT, why TEXT)",
)


@dataclass(frozen=True, slots=True)
class KeptText:
    """why: "" while it waits; the refusal of one that the record will not take."""

    id: str
    body: str
    why: str = ""


class Outbox:
    """One file of one seat. Methods block, may be called from any thread and raise ServiceError (storage.*).

    It opens itself with the first call: a seat that never sends makes no file.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = Lock()
        self._connection: sqlite3.Connection | None = None

    def close(self) -> None:
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def keep(self, text: KeptText) -> None:
        """Durable on return; the same id twice is kept once. Raises storage.full when too many wait."""
        with self._open() as connection, connection:
            if connection.execute("SELECT count(*) FROM kept").fetchone()[0] >= MOST_KEPT:
                raise ServiceError("storage.full", reason=f"more than {MOST_KEPT} orders wait")
            row = (text.id, storable_text(text.body))
            connection.execute("INSERT OR IGNORE INTO kept (id, body) VALUES (?, ?)", row)

    def waiting(self) -> list[KeptText]:
        """In the order they came."""
        if not self._file.exists():
            return []
        with self._open() as connection:
            rows = connection.execute("SELECT id, body FROM kept ORDER BY seq").fetchall()
        return [KeptText(id_, body) for id_, body in rows]

    def aside(self) -> list[KeptText]:
        """What was refused and nobody has looked at yet."""
        if not self._file.exists():
            return []
        with self._open() as connection:
            rows = connection.execute("SELECT id, body, why FROM aside ORDER BY rowid").fetchall()
        return [KeptText(id_, body, why) for id_, body, why in rows]

    def set_aside(self, id_: str, why: str) -> None:
        with self._open() as connection, connection:
            connection.execute(
                "INSERT OR REPLACE INTO aside SELECT id, body, ? FROM kept WHERE id = ?", (why, id_)
            )
            connection.execute("DELETE FROM kept WHERE id = ?", (id_,))

    def forget(self, id_: str) -> bool:
        """It is in the record, or nobody wants it any more; whether it was still here."""
        with self._open() as connection, connection:
            gone = connection.execute("DELETE FROM kept WHERE id = ?", (id_,)).rowcount
            return bool(gone + connection.execute("DELETE FROM aside WHERE id = ?", (id_,)).rowcount)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                if self._connection is None:
                    self._connection = _opened(self._file)
                yield self._connection
            except OSError as error:
                reason = error.strerror or type(error).__name__
                raise ServiceError("storage.unreachable", reason=reason) from error
            except sqlite3.Error as error:
                known = sqlite_trouble(error)
                if known is None:
                    raise
                raise known from error


def _opened(file: Path) -> sqlite3.Connection:
    file.touch(mode=_PRIVATE)
    connection = sqlite3.connect(file, timeout=_WAIT_S, check_same_thread=False)
    connection.execute("PRAGMA journal_mode=WAL")
    # What the operator was told is kept must outlive a power cut.
    connection.execute("PRAGMA synchronous=FULL")
    with connection:
        for statement in _MAKE:
            connection.execute(statement)
    return connection
