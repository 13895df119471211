"""Turns what a database driver throws into an error a person can act on."""

from __future__ import annotations

import sqlite3

import psycopg
from sqlalchemy.exc import DBAPIError

from services.core.errors import ServiceError

_SQLITE_CODES = {
    "SQLITE_FULL": "storage.full",
    "SQLITE_CORRUPT": "storage.damaged",
    "SQLITE_NOTADB": "storage.damaged",
    "SQLITE_BUSY": "storage.timeout",
    "SQLITE_LOCKED": "storage.timeout",
    "SQLITE_INTERRUPT": "storage.timeout",
    "SQLITE_CANTOPEN": "storage.unreachable",
    "SQLITE_IOERR": "storage.unreachable",
    "SQLITE_READONLY": "storage.unreachable",
    "SQLITE_PERM": "storage.unreachable",
}
_UNIQUE = ("SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY")

_POSTGRES_CODES = {
    "53100": "storage.full",
    "XX001": "storage.damaged",
    "XX002": "storage.damaged",
    "57014": "storage.timeout",
    "55P03": "storage.timeout",
    "25P03": "storage.timeout",
    "40001": "storage.conflict",
    "40P01": "storage.conflict",
    "23505": "storage.conflict",
    "3D000": "storage.unreachable",
    # A standby, or a server whose disk is full and that only reads now; rights that were taken away.
    "25006": "storage.unreachable",
    "42501": "storage.unreachable",
}
# 08 connection, 28 log-in refused, 53 out of resources, 57P operator intervention, 58 system error
_POSTGRES_UNREACHABLE = ("08", "28", "53", "57P", "58")


def trouble(error: DBAPIError) -> ServiceError | None:
    """The `ServiceError` for `error`, or None when it is our own mistake and must fly on."""
    match error.orig:
        case sqlite3.Error() as cause:
            return sqlite_trouble(cause)
        case psycopg.Error() as cause:
            return _service_error(_postgres_code(cause), cause)
        case _:
            return None


def sqlite_trouble(error: sqlite3.Error) -> ServiceError | None:
    return _service_error(_sqlite_code(error), error)


def _service_error(code: str | None, cause: Exception) -> ServiceError | None:
    if code is None:
        return None
    reason = str(cause).strip().splitlines()
    return ServiceError(code, reason=reason[0] if reason else type(cause).__name__)


def _sqlite_code(error: sqlite3.Error) -> str | None:
    name = getattr(error, "sqlite_errorname", "")
    if name in _UNIQUE:
        return "storage.conflict"
    for prefix, code in _SQLITE_CODES.items():
        if name == prefix or name.startswith(f"{prefix}_"):
            return code
    return None


def _postgres_code(error: psycopg.Error) -> str | None:
    state = error.sqlstate
    if state is None:
        return "storage.unreachable" if isinstance(error, psycopg.OperationalError) else None
    if state in _POSTGRES_CODES:
        return _POSTGRES_CODES[state]
    return "storage.unreachable" if state.startswith(_POSTGRES_UNREACHABLE) else None
