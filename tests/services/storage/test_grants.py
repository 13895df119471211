"""On PostgreSQL the program's role writes the record and cannot rewrite it: tried with psql as that role."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable

import psycopg
import pytest
from sqlalchemy import make_url

from services.core.clock import SystemClock
from services.core.errors import ServiceError
from services.domain.people import Role, Session
from services.identity import Accounts
from services.storage import Database, care, grants, schema, sqlite_url, verify_audit
from services.storage.grants import APPEND_ONLY
from tests.postgres import binaries

ADMINISTRATOR = Session("os:root", "root", Role.ADMINISTRATOR, "desk")
PASSWORD = "绿色 Campus 2026"
PROGRAM = "shouwang_program"


@pytest.fixture
def as_owner(postgres: str) -> Callable[[str], None]:
    """`as_owner(sql)`: by the one who owns the tables."""

    def do(sql: str) -> None:
        with psycopg.connect(postgres.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(sql)

    return do


@pytest.fixture
def program(postgres: str, as_owner: Callable[[str], None]) -> str:
    """The URL of the program's role on a database of today, with a user in it."""
    care.upgrade(postgres)
    as_owner(f"DROP ROLE IF EXISTS {PROGRAM}")
    as_owner(f"CREATE ROLE {PROGRAM} LOGIN")
    grants.grant(postgres, PROGRAM)
    url = make_url(postgres).set(username=PROGRAM).render_as_string(hide_password=False)
    database = Database(url)
    database.open()
    Accounts(database).create(ADMINISTRATOR, "wang", "王", Role.OPERATOR, PASSWORD)
    database.close()
    yield url
    as_owner(f"DROP OWNED BY {PROGRAM}")
    as_owner(f"DROP ROLE {PROGRAM}")


def psql(url: str, sql: str) -> subprocess.CompletedProcess[str]:
    where = make_url(url)
    command = [
        str(binaries() / "psql"), "-X", "-A", "-t", "-h", str(where.host), "-p", str(where.port),
        "-U", str(where.username), "-d", str(where.database), "-v", "ON_ERROR_STOP=1", "-c", sql,
    ]  # fmt: skip
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "LC_ALL": "C"}
    )


REWRITES = (
    "UPDATE {table} SET seq = seq", "DELETE FROM {table}", "TRUNCATE {table}", "DROP TABLE {table} CASCADE",
    "ALTER TABLE {table} DISABLE TRIGGER ALL", "DROP TRIGGER {table}_refuses_rewrite ON {table}",
    "ALTER TABLE {table} RENAME TO gone", "CREATE RULE hide AS ON INSERT TO {table} DO INSTEAD NOTHING",
    "ALTER TABLE {table} OWNER TO shouwang_program", "BEGIN; LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE",
)  # fmt: skip


def test_the_program_works_as_its_role(program: str) -> None:
    assert psql(program, "SELECT count(*) FROM audit").stdout.strip() == "1"
    database = Database(program)
    database.open()
    accounts = Accounts(database, SystemClock())
    session = accounts.log_in("wang", PASSWORD, "seat-1")
    accounts.log_out(session)
    database.close()
    assert verify_audit(program).rows == 3
    assert care.upgrade(program) == schema.SCHEMA_REVISION


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_what_has_happened_cannot_be_rewritten_by_it(program: str, table: str) -> None:
    before = psql(program, f"SELECT count(*) FROM {table}").stdout
    for rewrite in REWRITES:
        tried = psql(program, rewrite.format(table=table))
        assert tried.returncode != 0, rewrite
        refused = ("permission denied", "must be owner", "does not exist")
        assert any(words in tried.stderr for words in refused), tried.stderr
    assert psql(program, f"SELECT count(*) FROM {table}").stdout == before


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE mine (x int)",
        "CREATE FUNCTION refuse_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
        "SET session_replication_role = replica",
        "ALTER ROLE shouwang_program SUPERUSER",
        "UPDATE alembic_version SET version_num = '9999'",
        "SET ROLE postgres",
    ],
)
def test_it_has_no_way_round(program: str, sql: str) -> None:
    assert psql(program, sql).returncode != 0


def test_tables_of_a_later_version_are_for_the_role_too(
    postgres: str, as_owner: Callable[[str], None]
) -> None:
    care.upgrade(postgres, "0003")
    as_owner(f"DROP ROLE IF EXISTS {PROGRAM}")
    as_owner(f"CREATE ROLE {PROGRAM} LOGIN")
    as_owner(f"GRANT SELECT, INSERT ON audit TO {PROGRAM}")
    url = make_url(postgres).set(username=PROGRAM).render_as_string(hide_password=False)
    assert psql(url, "SELECT count(*) FROM incident").returncode != 0
    care.upgrade(postgres)
    assert psql(url, "SELECT count(*) FROM handover").returncode == 0
    assert psql(url, "DELETE FROM audit").returncode != 0
    as_owner(f"DROP OWNED BY {PROGRAM}")
    as_owner(f"DROP ROLE {PROGRAM}")


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (None, "storage.no_role"),
        ("SUPERUSER", "storage.role_too_strong"),
        ("CREATEROLE", "storage.role_too_strong"),
        ("IN ROLE postgres", "storage.role_too_strong"),
    ],
)
def test_a_role_that_could_take_the_guard_off_is_refused(
    postgres: str, as_owner: Callable[[str], None], made: str | None, code: str
) -> None:
    care.upgrade(postgres)
    as_owner("DROP ROLE IF EXISTS shouwang_strong")
    if made is not None:
        as_owner(f"CREATE ROLE shouwang_strong LOGIN {made}")
    with pytest.raises(ServiceError) as refused:
        grants.grant(postgres, "shouwang_strong")
    assert refused.value.code == code
    as_owner("DROP ROLE IF EXISTS shouwang_strong")


def test_a_name_that_is_no_name_stays_a_name(postgres: str) -> None:
    care.upgrade(postgres)
    with pytest.raises(ServiceError) as refused:
        grants.grant(postgres, 'x"; DROP TABLE audit; --')
    assert refused.value.code == "storage.no_role"


def test_sqlite_has_no_roles(tmp_path: object) -> None:
    with pytest.raises(ServiceError) as refused:
        grants.grant(sqlite_url(tmp_path / "x.db"), PROGRAM)  # type: ignore[operator]
    assert refused.value.code == "storage.not_postgres"
