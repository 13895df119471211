"""The commands `shouwang users …` in processes of their own, on a real database file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.records import command_line_session
from app.views_table import screens_of
from services.core.errors import ServiceError
from services.core.settings import load_settings
from services.domain.people import SEAT_ROLES, Role
from services.identity import Accounts
from services.storage import Database, sqlite_url, verify_audit
from tests.passwords import QUICK
from tests.waiting import LIMIT_S

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "correct horse 电池"
NEW_PASSWORD = "battery staple 马"


def users(data_dir: Path, *arguments: str, typed: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "app", "users", *arguments, "--data-dir", str(data_dir)],
        cwd=ROOT,
        input=typed,
        capture_output=True,
        env={**os.environ, "LC_ALL": "C.UTF-8", "COLUMNS": "200"},
        timeout=LIMIT_S,
        check=False,
    )


def line(password: str) -> bytes:
    return f"{password}\n".encode()


@pytest.fixture
def zhang(data_dir: Path) -> Path:
    """A data folder whose database was made by adding its first user."""
    done = users(data_dir, "add", "zhang", "--name", "张三", "--role", "shift_leader", typed=line(PASSWORD))
    assert done.returncode == 0, done.stderr.decode()
    return data_dir


def log_in(data_dir: Path, password: str) -> str:
    """The role that the password gives, or the code of the refusal."""
    database = Database(sqlite_url(data_dir / "shouwang.db"))
    database.open()
    try:
        return Accounts(database, passwords=QUICK).log_in("zhang", password, "desk-1").role.value
    except ServiceError as error:
        return error.code
    finally:
        database.close()


def test_a_user_added_by_command_logs_in_with_the_piped_password(zhang: Path) -> None:
    assert log_in(zhang, PASSWORD) == "shift_leader"
    listed = users(zhang, "list", "--json")
    assert json.loads(listed.stdout) == [
        {"name": "zhang", "display_name": "张三", "role": "shift_leader", "active": True, "locked": False}
    ]


def test_a_new_password_replaces_the_old_one(zhang: Path) -> None:
    # A byte order mark, as PowerShell pipes one, and a Windows line end are no part of it.
    typed = b"\xef\xbb\xbf" + NEW_PASSWORD.encode() + b"\r\n"
    assert users(zhang, "password", "zhang", typed=typed).returncode == 0
    assert (log_in(zhang, PASSWORD), log_in(zhang, NEW_PASSWORD)) == (
        "identity.wrong_password",
        "shift_leader",
    )


def test_a_deactivated_user_comes_in_no_more_until_activated(zhang: Path) -> None:
    assert b"active=False" in users(zhang, "deactivate", "zhang").stdout
    assert log_in(zhang, PASSWORD) == "identity.deactivated"
    assert users(zhang, "activate", "zhang").returncode == 0
    assert users(zhang, "role", "zhang", "operator").returncode == 0
    assert log_in(zhang, PASSWORD) == "operator"


def test_a_refusal_is_one_sentence_in_both_languages_and_exit_code_2(zhang: Path) -> None:
    refusals = [
        users(zhang, "add", "zhang", "--role", "operator", typed=line(PASSWORD)),
        users(zhang, "add", "wang", "--role", "operator", typed=line("short")),
        users(zhang, "password", "zhang", typed=b"\xff\xfe\xff\n"),
        users(zhang, "deactivate", "nobody"),
    ]
    assert [done.returncode for done in refusals] == [2] * 4
    assert [len(done.stderr.decode().splitlines()) for done in refusals] == [2] * 4
    assert "zhang 已有人使用" in refusals[0].stderr.decode()


@pytest.mark.parametrize("asked", [("add", "li", "--role"), ("role", "zhang")])
def test_the_role_of_a_phone_is_neither_offered_nor_taken_for_a_seat(
    zhang: Path, asked: tuple[str, ...]
) -> None:
    offered = users(zhang, asked[0], "--help").stdout.decode()
    assert "|".join(role.value for role in SEAT_ROLES) in offered
    assert "guard" not in offered
    refused = users(zhang, *asked, "guard", typed=line(PASSWORD))
    assert refused.returncode == 2
    assert "supervisor" in refused.stderr.decode(), "what there is instead"
    assert "guard" not in users(zhang, "list").stdout.decode()


def test_the_last_administrator_is_not_deactivated_by_command_either(zhang: Path) -> None:
    assert users(zhang, "role", "zhang", "administrator").returncode == 0
    assert users(zhang, "deactivate", "zhang").returncode == 2
    assert log_in(zhang, PASSWORD) == "administrator"


def test_the_audit_names_the_person_of_the_machine_and_never_a_password(zhang: Path) -> None:
    users(zhang, "unlock", "zhang")
    database = Database(sqlite_url(zhang / "shouwang.db"))
    report = verify_audit(database)
    assert (report.rows, report.first_broken) == (2, None)
    stored = b"".join(file.read_bytes() for file in zhang.rglob("*") if file.is_file())
    assert command_line_session(load_settings()).user.encode() in stored
    assert PASSWORD.encode() not in stored


def test_only_who_may_edit_users_has_the_screen_on_the_rail() -> None:
    seen = {role for role in Role if "users" in [spec.name for spec, _ in screens_of(role)]}
    assert seen == {Role.ADMINISTRATOR}
    assert next(spec.name for spec, _ in screens_of(Role.OPERATOR)) == "watch"
