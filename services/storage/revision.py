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
    refuse_other(found(url))


def found(url: URL) -> str:
    """As `of`, on a connection of its own; raises ServiceError when the database cannot be read."""
    engine = make_engine(url, writes=False)
    try:
        with engine.connect() as connection:
            return of(connection)
    except DBAPIError as error:
        expected = trouble(error)
        if expected is None:
            raise
        raise expected from error
    finally:
        engine.dispose()


def of(connection: Connection) -> str:
    """The revision of a database, empty for one without our tables."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def refuse_newer(seen: str) -> None:
    """Revisions are four digits that only go up."""
    if seen > SCHEMA_REVISION:
        raise ServiceError("storage.schema_newer", found=seen, wanted=SCHEMA_REVISION)


def refuse_other(seen: str) -> None:
    """Raises ServiceError for any revision but ours; none at all counts as an old one."""
    refuse_newer(seen)
    if seen != SCHEMA_REVISION:
        raise schema_outdated(seen)


def schema_outdated(seen: str) -> ServiceError:
    return ServiceError("storage.schema_outdated", found=seen, wanted=SCHEMA_REVISION)
