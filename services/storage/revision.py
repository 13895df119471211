"""Which schema a database has, without Alembic, so that a workstation can refuse in time."""

from __future__ import annotations

from sqlalchemy import URL, Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from services.core.errors import ServiceError
from services.storage.engine import make_engine
from services.storage.schema import SCHEMA_REVISION
from services.storage.trouble import trouble


def check(url: URL) -> None:
    """Raises ServiceError unless the database is there and has exactly our schema."""
    engine = make_engine(url, writes=False)
    try:
        with engine.connect() as connection:
            found = of(connection)
    except DBAPIError as error:
        expected = trouble(error)
        if expected is None:
            raise
        raise expected from error
    finally:
        engine.dispose()
    refuse_newer(found)
    if found != SCHEMA_REVISION:
        raise ServiceError("storage.schema_outdated", found=found, wanted=SCHEMA_REVISION)


def of(connection: Connection) -> str:
    """The revision of a database, empty for one without our tables."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def refuse_newer(found: str) -> None:
    """Revisions are four digits that only go up."""
    if found > SCHEMA_REVISION:
        raise ServiceError("storage.schema_newer", found=found, wanted=SCHEMA_REVISION)
