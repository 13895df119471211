"""Says "look now" when another process may have written; never trusted to carry anything."""

from __future__ import annotations

import contextlib
import selectors
import socket
import sqlite3
import threading
import time
from typing import Protocol

import psycopg
import structlog

from services.core.backoff import Backoff
from services.storage.engine import open_sqlite, parse_url, postgres_address, shown

log = structlog.get_logger(__name__)

SQLITE_POLL_S = 0.05
CHANNEL = "shouwang_change"


class Doorbell(Protocol):
    """wait and close belong to one thread; ring may come from any."""

    def wait(self, limit_s: float) -> None:
        """Return at a ring, at news, or after `limit_s`."""
        ...

    def ring(self) -> None: ...

    def close(self) -> None: ...


def doorbell_for(url: str) -> Doorbell:
    parsed = parse_url(url)
    if parsed.get_backend_name() == "sqlite":
        return SqliteDoorbell(str(parsed.database))
    return PostgresDoorbell(url)


class SqliteDoorbell:
    """Polls PRAGMA data_version, which changes when another connection has committed."""

    def __init__(self, path: str, poll_s: float = SQLITE_POLL_S) -> None:
        self._path = path
        self._poll_s = poll_s
        self._rung = threading.Event()
        self._connection: sqlite3.Connection | None = None
        self._version = -1

    def wait(self, limit_s: float) -> None:
        until_s = time.monotonic() + limit_s
        # Asked before it sleeps: in a storm there is news by the time somebody comes back to wait.
        while not self._has_changed() and (left_s := until_s - time.monotonic()) > 0:
            if self._rung.wait(min(self._poll_s, left_s)):
                # A commit of this process rings and changes the version: it is news once.
                self._has_changed()
                break
        # Whatever rang until now is found by the look that follows.
        self._rung.clear()

    def ring(self) -> None:
        self._rung.set()

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _has_changed(self) -> bool:
        try:
            if self._connection is None:
                self._connection = open_sqlite(self._path)
            version = int(self._connection.execute("PRAGMA data_version").fetchone()[0])
        except sqlite3.Error:
            self.close()
            return False
        changed, self._version = version != self._version, version
        return changed


class PostgresDoorbell:
    """LISTENs on a connection of its own, which it opens again when it is lost."""

    def __init__(self, url: str) -> None:
        self._url = parse_url(url)
        self._ear, self._hand = socket.socketpair()
        self._ear.setblocking(False)
        self._hand.setblocking(False)
        self._connection: psycopg.Connection | None = None
        self._backoff = Backoff(0.5, 10.0)
        self._retry_at_s = 0.0

    def wait(self, limit_s: float) -> None:
        if self._has_begun_listening():
            return  # what was written before LISTEN rang for nobody
        with selectors.DefaultSelector() as ears:
            ears.register(self._ear, selectors.EVENT_READ)
            if self._connection is not None:
                ears.register(self._connection, selectors.EVENT_READ)
            ready = [key.fileobj for key, _ in ears.select(limit_s)]
        if self._ear in ready:
            self._drain()
        if self._connection in ready:
            self._take_notices()

    def ring(self) -> None:
        # A full buffer holds rings that nobody has heard yet; a closed one has nobody to hear.
        with contextlib.suppress(OSError):
            self._hand.send(b"!")

    def close(self) -> None:
        self._hang_up()
        self._ear.close()
        self._hand.close()

    def _has_begun_listening(self) -> bool:
        if self._connection is not None or time.monotonic() < self._retry_at_s:
            return False
        try:
            self._connection = self._listen()
        except psycopg.Error:
            self._retry_at_s = time.monotonic() + self._backoff.next_s()
            return False
        self._backoff.reset()
        return True

    def _listen(self) -> psycopg.Connection:
        connection = psycopg.connect(postgres_address(self._url), autocommit=True)
        try:
            connection.execute(f"LISTEN {CHANNEL}")
        except psycopg.Error:
            connection.close()
            raise
        return connection

    def _drain(self) -> None:
        with contextlib.suppress(BlockingIOError):
            while self._ear.recv(4096):
                pass

    def _take_notices(self) -> None:
        assert self._connection is not None
        try:
            for _ in self._connection.notifies(timeout=0):
                pass
        except psycopg.Error:
            log.info("feed.bell_lost", database=shown(self._url))
            self._hang_up()

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
