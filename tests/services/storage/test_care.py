"""The schema comes up from nothing and from before, a newer one is refused, a backup is whole."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from services.core.errors import ServiceError
from services.domain.alarms import Alarm
from services.domain.facts import SiteImported
from services.storage import Database, care, schema, sqlite_url, verify_audit
from tests.postgres import binaries
from tests.services.storage.breakable import BreakableServer
from tests.services.storage.owner import run

Open = Callable[[str], Database]


def code_of(work: Callable[[], object]) -> str:
    with pytest.raises(ServiceError) as caught:
        work()
    return caught.value.code


def test_the_migrations_make_exactly_the_tables_the_code_uses(url: str) -> None:
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, schema.metadata) == []
    engine.dispose()


def test_the_newest_migration_is_the_revision_the_workstation_asks_for() -> None:
    scripts = ScriptDirectory(str(care.MIGRATIONS))
    assert scripts.get_heads() == [schema.SCHEMA_REVISION]
    names = [script.revision for script in scripts.walk_revisions()]
    assert names == [f"{number:04d}" for number in range(len(names), 0, -1)]


def test_every_step_of_the_schema_keeps_what_was_written_before(
    tmp_path: Path, open_database: Open, make_alarm: Callable[..., Alarm]
) -> None:
    """From each older revision, made as it was then, up to ours."""
    scripts = ScriptDirectory(str(care.MIGRATIONS))
    for script in scripts.walk_revisions():
        url = sqlite_url(tmp_path / f"{script.revision}.db")
        care.upgrade(url, script.revision)
        run(
            url,
            "INSERT INTO preference (scope, key, body, row_version) VALUES ('old', 'key', '{}', 1)",
        )
        assert care.upgrade(url) == script.revision
        database = open_database(url)
        assert database.read(lambda view: view.preference("old", "key")) == {}
        database.write(lambda tx: tx.alarms.add(make_alarm("BJ20261124-0001")))


def test_a_second_upgrade_changes_nothing(url: str) -> None:
    assert care.upgrade(url) == schema.SCHEMA_REVISION


def test_a_database_of_a_newer_version_is_refused_and_left_alone(url: str) -> None:
    run(url, "UPDATE alembic_version SET version_num = '9999'")
    assert code_of(Database(url).open) == "storage.schema_newer"
    assert code_of(lambda: care.upgrade(url)) == "storage.schema_newer"


def test_a_database_without_our_schema_is_outdated(postgres: str, tmp_path: Path) -> None:
    run(sqlite_url(tmp_path / "empty.db"), "CREATE TABLE other (x INTEGER)")
    assert code_of(Database(sqlite_url(tmp_path / "empty.db")).open) == "storage.schema_outdated"
    assert code_of(Database(postgres).open) == "storage.schema_outdated"


def test_an_upgrade_that_fails_leaves_no_half_schema(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "watch.db")
    run(url, "CREATE TABLE counters (something_else INTEGER)")
    with pytest.raises(sa.exc.OperationalError, match="already exists"):
        care.upgrade(url)
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        assert sa.inspect(connection).get_table_names() == ["counters"]
    engine.dispose()


def test_names_with_odd_characters_are_the_file_they_say(tmp_path: Path, open_database: Open) -> None:
    path = tmp_path / "校园 50%#?&a=b" / "watch.db"
    care.upgrade(sqlite_url(path))
    assert path.exists()
    database = open_database(sqlite_url(path))
    database.write(lambda tx: tx.record(SiteImported("a")))
    assert care.check(database.url).is_sound


def test_a_sqlite_backup_taken_while_writing_is_a_database_of_its_own(
    sqlite: str, open_database: Open, tmp_path: Path
) -> None:
    database = open_database(sqlite)
    database.write(lambda tx: (tx.record(SiteImported("kept")), tx.audit(None, "a", "1")))
    target = tmp_path / "copies" / "watch-backup.db"
    target.parent.mkdir()
    care.backup(sqlite, target)
    database.write(lambda tx: tx.record(SiteImported("later")))
    assert [path.name for path in target.parent.iterdir()] == ["watch-backup.db"]
    copy = open_database(sqlite_url(target))
    assert [row.subject for row in copy.read(lambda view: view.changes_after(0, 9))] == ["kept"]
    assert care.check(sqlite_url(target)).is_sound


def test_a_postgresql_backup_restores(
    server: BreakableServer, postgres_url: str, open_database: Open, tmp_path: Path
) -> None:
    open_database(postgres_url).write(lambda tx: (tx.record(SiteImported("kept")), tx.audit(None, "a", "1")))
    target = tmp_path / "watch.dump"
    care.backup(postgres_url, target)
    restored = server.new_url()
    plain = restored.replace("+psycopg", "")
    subprocess.run([binaries() / "pg_restore", "--no-owner", f"--dbname={plain}", str(target)], check=True)
    assert care.check(restored).is_sound
    rows = open_database(restored).read(lambda view: view.changes_after(0, 9))
    assert [row.subject for row in rows] == ["kept"]


def test_a_backup_that_cannot_be_written_leaves_the_one_before(sqlite: str, tmp_path: Path) -> None:
    target = tmp_path / "watch-backup.db"
    care.backup(sqlite, target)
    before = target.read_bytes()
    assert code_of(lambda: care.backup(sqlite_url(tmp_path / "none.db"), target)) == "storage.unreachable"
    assert target.read_bytes() == before
    (tmp_path / "file").write_text("no folder")
    assert code_of(lambda: care.backup(sqlite, tmp_path / "file" / "a.db")) == "storage.backup_failed"


def test_a_backup_makes_no_folders(sqlite: str, tmp_path: Path) -> None:
    with pytest.raises(ServiceError) as refused:
        care.backup(sqlite, tmp_path / "none" / "a.db")
    assert refused.value.code == "storage.backup_failed"
    assert refused.value.params == {"reason": "No such file or directory"}
    assert not (tmp_path / "none").exists()
    for folder in (tmp_path, Path("/")):
        assert code_of(lambda place=folder: care.backup(sqlite, place)) == "storage.backup_failed"


def test_a_backup_never_replaces_the_database_itself(sqlite: str, tmp_path: Path) -> None:
    before = (tmp_path / "watch.db").stat().st_ino
    assert code_of(lambda: care.backup(sqlite, tmp_path / "watch.db")) == "storage.backup_failed"
    assert (tmp_path / "watch.db").stat().st_ino == before
    assert not list(tmp_path.glob("*.unfinished"))


@pytest.mark.parametrize("content", ["", "CREATE TABLE other (x INTEGER)"])
def test_a_file_without_our_tables_is_refused_and_replaces_no_backup(content: str, tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    url, target = sqlite_url(tmp_path / "empty.db"), tmp_path / "good.db"
    if content:
        run(url, content)
    target.write_bytes(b"the backup of yesterday")
    for work in (lambda: care.check(url), lambda: verify_audit(url), lambda: care.backup(url, target)):
        assert code_of(work) == "storage.schema_outdated"
    assert target.read_bytes() == b"the backup of yesterday"


def test_a_postgresql_without_our_tables_is_refused(postgres: str, tmp_path: Path) -> None:
    target = tmp_path / "a.dump"
    for work in (
        lambda: care.check(postgres),
        lambda: verify_audit(postgres),
        lambda: care.backup(postgres, target),
    ):
        assert code_of(work) == "storage.schema_outdated"
    assert not target.exists()


def test_what_is_no_database_at_all_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "photo.db").write_bytes(b"not a database " * 1000)
    url = sqlite_url(tmp_path / "photo.db")
    for work in (
        lambda: care.check(url),
        lambda: verify_audit(url),
        lambda: care.backup(url, tmp_path / "copy.db"),
    ):
        assert code_of(work) == "storage.damaged"


def test_torn_pages_never_take_the_place_of_a_good_backup(
    sqlite: str, open_database: Open, make_alarm: Callable[..., Alarm], tmp_path: Path
) -> None:
    database = open_database(sqlite)
    database.write(lambda tx: [tx.alarms.add(make_alarm(f"BJ20261124-{no:04d}")) for no in range(1, 80)])
    database.close()
    target = tmp_path / "good.db"
    care.backup(sqlite, target)
    before = target.read_bytes()
    with (tmp_path / "watch.db").open("r+b") as file:
        page_bytes = 4096
        assert file.seek(0, 2) > 25 * page_bytes
        file.seek(4 * page_bytes)
        file.write(Random(5).randbytes(20 * page_bytes))
    assert code_of(lambda: care.backup(sqlite, target)) == "storage.damaged"
    assert target.read_bytes() == before
    assert not list(tmp_path.glob("*.unfinished"))


def test_a_gap_in_the_feed_is_counted(url: str, open_database: Open) -> None:
    database = open_database(url)
    database.write(lambda tx: [tx.record(SiteImported(str(number))) for number in range(4)])
    if url.startswith("sqlite"):
        run(url, "DROP TRIGGER change_refuses_delete")
    else:
        run(url, "ALTER TABLE change DISABLE TRIGGER USER")
    run(url, "DELETE FROM change WHERE seq = 2")
    health = care.check(url)
    assert (health.gaps, health.is_sound) == (1, False)


def test_a_loose_reference_is_named(sqlite: str) -> None:
    run(sqlite, "INSERT INTO feedback (dispatch, body) VALUES ('nobody', '{}')")
    health = care.check(sqlite)
    assert health.damage == ("feedback: row 1 has no dispatch",)
    assert not health.is_sound
