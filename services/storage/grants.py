"""What the program's own role may do on PostgreSQL: write, but never rewrite what has happened."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from services.core.errors import ServiceError
from services.storage import revision, schema
from services.storage.engine import make_engine, parse_url
from services.storage.trouble import trouble

# As the migrations guard them by triggers; a role that does not own them cannot take the triggers off.
APPEND_ONLY = ("audit", "change", "signal", "timeline", "feedback", "camera_event")
_REVISION = "alembic_version"
# The roles that `grant` was called for: whoever may add to the audit without owning it.
_GRANTED = text(
    "SELECT DISTINCT grantee FROM information_schema.role_table_grants "
    "WHERE table_schema = current_schema() AND table_name = 'audit' AND privilege_type = 'INSERT' "
    "AND grantee <> (SELECT tableowner FROM pg_tables WHERE schemaname = current_schema() "
    "AND tablename = 'audit')"
)
_ABOUT = text(
    "SELECT rolsuper, rolbypassrls OR rolcreaterole, pg_has_role(rolname, "
    "(SELECT tableowner FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'audit'), "
    "'MEMBER') FROM pg_roles WHERE rolname = :role"
)


@dataclass(frozen=True, slots=True)
class Granted:
    """Tables that the role may write, and those that it may only add to."""

    role: str
    written: tuple[str, ...]
    added_to: tuple[str, ...]


def grant(url: str, role: str) -> Granted:
    """Give `role` exactly what the program needs, as the owner of the tables; said again it is the same.

    Raises ServiceError: storage.not_postgres, storage.no_role(role) for one that nobody has made,
    storage.role_too_strong(role) for a superuser, one that may make roles, or the owner, and what
    `care.check` raises for another revision's database.
    """
    parsed = parse_url(url)
    if parsed.get_backend_name() != "postgresql":
        raise ServiceError("storage.not_postgres")
    engine = make_engine(parsed, writes=True)
    try:
        with engine.begin() as connection:
            revision.refuse_other(revision.of(connection))
            _refuse_strong(connection, role)
            return _grant(connection, role)
    except DBAPIError as error:
        raise trouble(error) or error from error
    finally:
        engine.dispose()


def grant_again(connection: Connection) -> None:
    """After a migration: new tables are for the roles that had the old ones."""
    if connection.dialect.name == "postgresql":
        for role in list(connection.execute(_GRANTED).scalars()):
            _grant(connection, str(role))


def _refuse_strong(connection: Connection, role: str) -> None:
    row = connection.execute(_ABOUT, {"role": role}).first()
    if row is None:
        raise ServiceError("storage.no_role", role=role)
    if any(row):
        raise ServiceError("storage.role_too_strong", role=role)


def _grant(connection: Connection, role: str) -> Granted:
    quote = connection.dialect.identifier_preparer.quote
    name, here = quote(role), quote(str(connection.execute(text("SELECT current_schema()")).scalar_one()))
    known = set(inspect(connection).get_table_names())
    written = sorted(table.name for table in schema.metadata.tables.values() if table.name in known)
    written = [table for table in written if table not in APPEND_ONLY]
    added_to = [table for table in APPEND_ONLY if table in known]
    database = quote(str(connection.execute(text("SELECT current_database()")).scalar_one()))
    for statement in (
        f"REVOKE ALL ON ALL TABLES IN SCHEMA {here} FROM {name}",
        f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA {here} FROM {name}",
        f"REVOKE CREATE ON SCHEMA {here} FROM {name}, PUBLIC",
        f"GRANT CONNECT ON DATABASE {database} TO {name}",
        f"GRANT USAGE ON SCHEMA {here} TO {name}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON {_listed(connection, written)} TO {name}",
        f"GRANT SELECT, INSERT ON {_listed(connection, added_to)} TO {name}",
        f"GRANT SELECT ON {quote(_REVISION)} TO {name}",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {here} TO {name}",
    ):
        connection.execute(text(statement))
    return Granted(role, tuple(written), tuple(added_to))


def _listed(connection: Connection, tables: list[str]) -> str:
    return ", ".join(map(connection.dialect.identifier_preparer.quote, tables))
