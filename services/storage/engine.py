"""Opens connections the way this product needs them, on SQLite and on PostgreSQL."""

from __future__ import annotations

import contextlib
import random
import socket
import sqlite3
import time
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo, timeout_from_conninfo
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.pool import NullPool

from services.core.errors import ServiceError
from services.core.typed import storable

CONNECT_TIMEOUT_S = 3
LOCK_WAIT_S = 5.0
# A frozen client must not hold the site's one write lock for longer than this.
IDLE_IN_TRANSACTION_MS = 3000
STATEMENT_TIMEOUT_MS = 30000
CLIENT_CHECK_MS = 1000
# Own short waits instead of SQLite's back-off, whose steps reach 100 ms and starve a waiting process.
LOCK_RETRY_S = 0.004
SECRET_OPTIONS = ("password", "sslpassword")
HIGHEST_PORT = 65535


def sqlite_url(path: Path) -> str:
    return URL.create("sqlite", database=str(path)).render_as_string()


def parse_url(url: str) -> URL:
    """Raises ServiceError("storage.bad_address") for what cannot be an address, which is never quoted, as
    it may be all password, and ServiceError("storage.unsupported", scheme) for another kind of database."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # a port that is no number is a plain ValueError
        raise ServiceError("storage.bad_address") from None
    match parsed.get_backend_name():
        case "postgresql":
            return _postgres_url(parsed, url)
        case "sqlite" if parsed.database and parsed.database != ":memory:":
            return parsed
        case "sqlite":
            raise ServiceError("storage.bad_address")
        case _:
            raise ServiceError("storage.unsupported", scheme=parsed.drivername)


def _postgres_url(parsed: URL, text: str) -> URL:
    # A bare "@" in a password ends it too early, and its tail would be shown as the host.
    if text.count("@") > 1 or not 0 < (parsed.port or 1) <= HIGHEST_PORT:
        raise ServiceError("storage.bad_address")
    url = parsed.set(drivername="postgresql+psycopg")
    try:
        postgres_address(url)
        timeout_from_conninfo(_libpq_arguments(url))
    except (ArgumentError, ValueError, psycopg.Error):
        raise ServiceError("storage.bad_address") from None
    return url


def shown(url: URL) -> str:
    """The address for people and logs, without the password, wherever it stands."""
    secret = {name: "***" for name in SECRET_OPTIONS if name in url.query}
    return url.update_query_dict(secret).render_as_string(hide_password=True)


def postgres_arguments(url: URL) -> dict[str, str | int]:
    """What `psycopg.connect` takes for `url`, with the limits every connection has."""
    arguments: dict[str, str | int] = {
        "connect_timeout": CONNECT_TIMEOUT_S,
        "application_name": "shouwang",
        "keepalives_idle": 5,
        "keepalives_interval": 2,
        "keepalives_count": 3,
        "options": f"-c idle_in_transaction_session_timeout={IDLE_IN_TRANSACTION_MS}"
        f" -c statement_timeout={STATEMENT_TIMEOUT_MS}",
    }
    return {name: value for name, value in arguments.items() if name not in url.query}


def postgres_address(url: URL) -> str:
    """The same as one string for psycopg itself; holds the password."""
    return make_conninfo("", **{**_libpq_arguments(url), **postgres_arguments(url)})


def _libpq_arguments(url: URL) -> dict[str, str | int | None]:
    """What stands in `url` by libpq's names, as SQLAlchemy reads it."""
    _, arguments = url.get_dialect()().create_connect_args(url)
    return dict(arguments)


def make_engine(url: URL, *, writes: bool, creates: bool = False) -> Engine:
    """An engine without a pool; each owner keeps its one connection.

    writes: transactions take the write lock at once (SQLite) instead of a read-only snapshot.
    creates: a missing SQLite file is made.
    """
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(url, writes=writes, creates=creates)
    options: dict[str, object] = {} if writes else {"isolation_level": "REPEATABLE READ"}
    engine = create_engine(
        url, poolclass=NullPool, connect_args=postgres_arguments(url), execution_options=options
    )
    event.listen(engine, "connect", _watch_for_lost_clients)
    event.listen(engine, "before_cursor_execute", _clean, retval=True)
    return engine if writes else engine.execution_options(postgresql_readonly=True)


def _watch_for_lost_clients(connection: object, _record: object) -> None:
    """Have the server end what it runs for a client that is gone; PostgreSQL 14 and later can."""
    raw = getattr(connection, "driver_connection", connection)
    if isinstance(raw, psycopg.Connection) and raw.info.server_version >= 140000:
        raw.execute(f"SET client_connection_check_interval = {CLIENT_CHECK_MS}")
        raw.commit()


def cut(connection: object) -> None:
    """Make a blocked call on a driver's connection fail now; called from another thread.

    A frozen PostgreSQL answers no cancel request, so the socket is shut down instead.
    """
    if isinstance(connection, sqlite3.Connection):
        with contextlib.suppress(sqlite3.ProgrammingError):
            connection.interrupt()
    elif isinstance(connection, psycopg.Connection):
        with contextlib.suppress(psycopg.Error, OSError):
            _shut_down(connection.fileno())


def _shut_down(descriptor: int) -> None:
    line = socket.socket(fileno=descriptor)
    try:
        line.shutdown(socket.SHUT_RDWR)
    finally:
        line.detach()  # the driver closes it


def open_sqlite(path: str, *, creates: bool = False) -> sqlite3.Connection:
    """One autocommitting connection with our pragmas; never makes a file unless told to."""
    mode = "rwc" if creates else "rw"
    connection = sqlite3.connect(
        f"{Path(path).absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=LOCK_WAIT_S,
    )
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        # An acknowledged alarm must survive a power cut; NORMAL loses the last commits.
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _sqlite_engine(url: URL, *, writes: bool, creates: bool) -> Engine:
    path = str(url.database)
    engine = create_engine(
        "sqlite://", poolclass=NullPool, creator=lambda: open_sqlite(path, creates=creates)
    )
    event.listen(engine, "begin", _begin_immediate if writes else _begin)
    event.listen(engine, "before_cursor_execute", _clean, retval=True)
    return engine


def _clean(
    _connection: Connection, _cursor: object, statement: str, values: object, _context: object, _many: bool
) -> tuple[str, object]:
    """Every text on its way to either database, whoever wrote it: none of it may end in an error of a driver,
    and a device's least of all, as it would be sent again for ever."""
    return statement, storable(values)


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _begin_immediate(connection: Connection) -> None:
    """Take the write lock, waiting fairly for other processes up to LOCK_WAIT_S."""
    connection.exec_driver_sql("PRAGMA busy_timeout=0")
    until_s = time.monotonic() + LOCK_WAIT_S
    while not _has_begun(connection, last_try=time.monotonic() >= until_s):
        time.sleep(LOCK_RETRY_S * random.random())
    connection.exec_driver_sql(f"PRAGMA busy_timeout={int(LOCK_WAIT_S * 1000)}")


def _has_begun(connection: Connection, *, last_try: bool) -> bool:
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except OperationalError as error:
        if last_try or not getattr(error.orig, "sqlite_errorname", "").startswith("SQLITE_BUSY"):
            raise
        return False
    return True
