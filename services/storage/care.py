"""Looks after the database as a whole: brings the schema up, checks it, backs it up."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sqlite3
import subprocess
from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, Connection, func, select, text
from sqlalchemy.exc import DBAPIError

from services.core.errors import ServiceError
from services.storage import grants, revision, schema
from services.storage.audit import AuditReport, walk
from services.storage.engine import make_engine, open_sqlite, parse_url
from services.storage.trouble import sqlite_trouble, trouble

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
# "shouwang" in ASCII, shortened; two hubs that start at once upgrade one after the other.
UPGRADE_LOCK = 0x73686F7577
BACKUP_PAGES = 1000
PG_DUMP_LIMIT_S = 3600


@dataclass(frozen=True, slots=True)
class Health:
    """damage: what the database itself complains of. gaps: missing seqs of the change feed."""

    damage: tuple[str, ...]
    audit: AuditReport
    gaps: int

    @property
    def is_sound(self) -> bool:
        return not self.damage and not self.gaps and self.audit.first_broken is None


def upgrade(url: str, to: str = schema.SCHEMA_REVISION) -> str:
    """Make the database if needed and bring its schema to revision `to`; returns the revision found.

    All in one transaction; raises ServiceError("storage.schema_newer") for one that is ahead of us.
    """
    parsed = parse_url(url)
    if parsed.get_backend_name() == "sqlite":
        Path(str(parsed.database)).parent.mkdir(parents=True, exist_ok=True)
    engine = make_engine(parsed, writes=True, creates=True)
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": UPGRADE_LOCK})
            return _migrate(connection, to)
    except DBAPIError as error:
        raise _expected(error) from error
    finally:
        engine.dispose()


def is_made(url: str) -> bool:
    """False for an SQLite file that nobody has made yet; a server is asked by connecting."""
    parsed = parse_url(url)
    return parsed.get_backend_name() != "sqlite" or Path(str(parsed.database)).exists()


def check(url: str) -> Health:
    """Ask the database about itself, walk the audit chain, count the feed's gaps.

    Raises ServiceError("storage.schema_outdated" | "storage.schema_newer") for one that is not ours yet
    or any more.
    """
    engine = make_engine(parse_url(url), writes=False)
    try:
        with engine.connect() as connection:
            revision.refuse_other(revision.of(connection))
            return Health(_damage(connection), walk(connection), _gaps(connection))
    except DBAPIError as error:
        raise _expected(error) from error
    finally:
        engine.dispose()


def backup(url: str, target: Path) -> None:
    """A whole, consistent copy while the watch goes on; `target` appears only when complete.

    SQLite: a database file. PostgreSQL: a pg_dump archive (custom format). The target's folder must be
    there: a mistyped path or a disk that is not mounted is told. Another revision's database is copied
    as well, for a backup comes before an upgrade. Raises ServiceError("storage.backup_failed", reason),
    "storage.pg_dump_missing", "storage.schema_outdated" for one without our tables, and
    "storage.damaged" for a copy that is not whole; what was at `target` before then stays.
    """
    parsed = parse_url(url)
    if not revision.found(parsed):
        raise revision.schema_outdated("")
    if target.is_dir():
        raise ServiceError("storage.backup_failed", reason=os.strerror(errno.EISDIR))
    unfinished = target.with_name(f"{target.name}.unfinished")
    try:
        unfinished.write_bytes(b"")
        if parsed.get_backend_name() == "sqlite":
            _copy_sqlite(str(parsed.database), target, unfinished)
        else:
            _dump_postgres(parsed, unfinished)
        _settle(unfinished, target)
    except OSError as error:
        raise ServiceError("storage.backup_failed", reason=error.strerror or str(error)) from error
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink()


def _migrate(connection: Connection, to: str) -> str:
    found = revision.of(connection)
    revision.refuse_newer(found)
    if found == to:
        return found
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, to)
    grants.grant_again(connection)
    return found


def _expected(error: DBAPIError) -> Exception:
    return trouble(error) or error


def _damage(connection: Connection) -> tuple[str, ...]:
    if connection.dialect.name != "sqlite":
        return ()
    told = [str(row[0]) for row in connection.execute(text("PRAGMA integrity_check"))]
    orphans = connection.execute(text("PRAGMA foreign_key_check"))
    loose = [f"{table}: row {row} has no {parent}" for table, row, parent, _ in orphans]
    return tuple(line for line in (*told, *loose) if line != "ok")


def _gaps(connection: Connection) -> int:
    written = connection.execute(
        select(schema.counters.c.value).where(schema.counters.c.name == schema.CHANGE_COUNTER)
    ).scalar_one()
    return int(written - connection.execute(select(func.count()).select_from(schema.change)).scalar_one())


def _copy_sqlite(path: str, target: Path, unfinished: Path) -> None:
    if target.exists() and target.samefile(path):
        raise OSError(errno.EEXIST, os.strerror(errno.EEXIST))
    try:
        with (
            contextlib.closing(open_sqlite(path)) as source,
            contextlib.closing(sqlite3.connect(unfinished)) as copy,
        ):
            source.backup(copy, pages=BACKUP_PAGES)
            _refuse_damaged(copy)
    except sqlite3.Error as error:
        raise sqlite_trouble(error) or error from error


def _refuse_damaged(copy: sqlite3.Connection) -> None:
    """SQLite copies torn pages as they are; they must not take the place of a good backup."""
    told = str(copy.execute("PRAGMA quick_check(1)").fetchone()[0])
    if told != "ok":
        raise ServiceError("storage.damaged", reason=told)


def _dump_postgres(url: URL, target: Path) -> None:
    program = shutil.which("pg_dump")
    if program is None:
        raise ServiceError("storage.pg_dump_missing")
    options = [f"--host={url.host}"] if url.host else []
    options += [f"--port={url.port}"] if url.port else []
    options += [f"--username={url.username}"] if url.username else []
    done = subprocess.run(
        [program, "--format=custom", "--no-password", *options, f"--file={target}", str(url.database)],
        env={**os.environ, "PGPASSWORD": str(url.password or ""), "PGCONNECT_TIMEOUT": "5"},
        capture_output=True,
        text=True,
        timeout=PG_DUMP_LIMIT_S,
        check=False,
    )
    if done.returncode != 0:
        told = done.stderr.strip().splitlines() or [f"pg_dump: {done.returncode}"]
        raise ServiceError("storage.backup_failed", reason=told[-1])


def _settle(unfinished: Path, target: Path) -> None:
    """Onto the disk first, then under its name, then the name onto the disk."""
    with unfinished.open("rb+") as file:
        os.fsync(file.fileno())
    unfinished.replace(target)
    if os.name == "posix":
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
