"""What an administrator changes about users: by authority, by version, written down, never the last one."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from services.core.clock import ManualClock
from services.domain.people import Role, Session, User
from services.identity import Account, Accounts
from services.storage import Database, verify_audit
from tests.services.identity.conftest import PASSWORD, code_of

NEW_PASSWORD = "battery staple 马"
COMMAND_LINE = Session("os:root", "root", Role.ADMINISTRATOR, "desk-1")


@pytest.fixture
def administrator(accounts: Accounts) -> Session:
    accounts.create_first_administrator("admin", "管理员", PASSWORD)
    return Session("admin", "管理员", Role.ADMINISTRATOR, "desk-1")


@pytest.fixture
def operator(accounts: Accounts, administrator: Session) -> Session:
    accounts.create(administrator, "zhang", "张三", Role.OPERATOR, PASSWORD)
    return Session("zhang", "张三", Role.OPERATOR, "desk-2")


def audit_rows(tmp_path: Path) -> list[tuple[str, str, str]]:
    connection = sqlite3.connect(tmp_path / "watch.db")
    rows = connection.execute("SELECT actor, action, object FROM audit ORDER BY seq").fetchall()
    connection.close()
    return rows


def try_wrong_passwords(accounts: Accounts, name: str) -> None:
    for _ in range(5):
        code_of(lambda: accounts.log_in(name, "wrong", "desk-1"))


@pytest.mark.usefixtures("operator")
def test_the_list_holds_everyone_and_says_who_is_locked(
    accounts: Accounts, administrator: Session, clock: ManualClock
) -> None:
    try_wrong_passwords(accounts, "zhang")
    accounts.deactivate(administrator, "zhang")
    zhang = User("zhang", "张三", Role.OPERATOR, is_active=False, row_version=2)
    admin = User("admin", "管理员", Role.ADMINISTRATOR)
    assert accounts.all(administrator) == [Account(admin, False), Account(zhang, True)]
    clock.advance(60)
    assert [account.is_locked for account in accounts.all(administrator)] == [False, False]


def test_nobody_without_the_permission_sees_or_changes_users(accounts: Accounts, operator: Session) -> None:
    forbidden: list[Callable[[], object]] = [
        lambda: accounts.all(operator),
        lambda: accounts.set_role(operator, "zhang", Role.ADMINISTRATOR),
        lambda: accounts.deactivate(operator, "admin"),
        lambda: accounts.activate(operator, "zhang"),
        lambda: accounts.set_password(operator, "admin", NEW_PASSWORD),
        lambda: accounts.unlock(operator, "zhang"),
    ]
    assert [code_of(work) for work in forbidden] == ["identity.forbidden"] * 6


@pytest.mark.usefixtures("operator")
def test_what_a_new_role_has_more_holds_from_the_next_log_in(
    accounts: Accounts, administrator: Session
) -> None:
    assert accounts.set_role(administrator, "zhang", Role.SHIFT_LEADER).row_version == 2
    assert accounts.log_in("zhang", PASSWORD, "desk-2").role is Role.SHIFT_LEADER


@pytest.mark.usefixtures("operator")
def test_a_deactivated_user_comes_in_again_when_activated(accounts: Accounts, administrator: Session) -> None:
    accounts.deactivate(administrator, "zhang")
    assert code_of(lambda: accounts.log_in("zhang", PASSWORD, "desk-2")) == "identity.deactivated"
    accounts.activate(administrator, "zhang")
    assert accounts.log_in("zhang", PASSWORD, "desk-2").user == "zhang"


@pytest.mark.usefixtures("operator")
def test_the_last_active_administrator_stays_one(
    accounts: Accounts, administrator: Session, tmp_path: Path
) -> None:
    written = audit_rows(tmp_path)
    assert code_of(lambda: accounts.deactivate(administrator, "admin")) == "identity.last_administrator"
    demotion = code_of(lambda: accounts.set_role(administrator, "admin", Role.SUPERVISOR))
    assert demotion == "identity.last_administrator"
    assert accounts.all(administrator)[0].user == User("admin", "管理员", Role.ADMINISTRATOR)
    assert audit_rows(tmp_path) == written


@pytest.mark.usefixtures("operator")
def test_one_of_two_administrators_may_go_but_not_both(accounts: Accounts, administrator: Session) -> None:
    accounts.set_role(administrator, "zhang", Role.ADMINISTRATOR)
    accounts.deactivate(administrator, "zhang")
    # The one who is left is alone again: a deactivated administrator does not count.
    assert code_of(lambda: accounts.deactivate(administrator, "admin")) == "identity.last_administrator"


@pytest.mark.usefixtures("operator")
def test_an_administrator_demoted_meanwhile_changes_nothing_more(
    accounts: Accounts, administrator: Session
) -> None:
    accounts.set_role(administrator, "zhang", Role.ADMINISTRATOR)
    accounts.set_role(COMMAND_LINE, "admin", Role.OPERATOR)
    assert code_of(lambda: accounts.set_role(administrator, "admin", Role.ADMINISTRATOR)) == (
        "identity.role_changed"
    )
    assert code_of(lambda: accounts.create(administrator, "wang", "", Role.ADMINISTRATOR, PASSWORD)) == (
        "identity.role_changed"
    )


@pytest.mark.usefixtures("operator")
def test_a_change_of_what_another_seat_changed_meanwhile_is_refused(
    accounts: Accounts, administrator: Session
) -> None:
    accounts.set_role(administrator, "zhang", Role.SUPERVISOR, row_version=1)
    stale: list[Callable[[], object]] = [
        lambda: accounts.set_role(administrator, "zhang", Role.OPERATOR, row_version=1),
        lambda: accounts.deactivate(administrator, "zhang", row_version=1),
        lambda: accounts.set_password(administrator, "zhang", NEW_PASSWORD, row_version=1),
    ]
    assert [code_of(work) for work in stale] == ["storage.conflict"] * 3
    assert accounts.deactivate(administrator, "zhang", row_version=2).row_version == 3


@pytest.mark.usefixtures("operator")
def test_a_password_set_by_an_administrator_replaces_the_old_one_and_ends_a_lock(
    accounts: Accounts, administrator: Session
) -> None:
    try_wrong_passwords(accounts, "zhang")
    accounts.set_password(administrator, "zhang", NEW_PASSWORD)
    assert code_of(lambda: accounts.log_in("zhang", PASSWORD, "desk-2")) == "identity.wrong_password"
    assert accounts.log_in("zhang", NEW_PASSWORD, "desk-2").user == "zhang"
    assert code_of(lambda: accounts.set_password(administrator, "zhang", "short")) == (
        "identity.password_too_short"
    )


@pytest.mark.usefixtures("operator")
def test_an_unlocked_user_comes_in_at_once(accounts: Accounts, administrator: Session) -> None:
    try_wrong_passwords(accounts, "zhang")
    assert code_of(lambda: accounts.log_in("zhang", PASSWORD, "desk-2")) == "identity.locked"
    accounts.unlock(administrator, "zhang")
    assert accounts.log_in("zhang", PASSWORD, "desk-2").user == "zhang"


def test_everyone_changes_their_own_password(accounts: Accounts, operator: Session) -> None:
    accounts.change_own_password(operator, PASSWORD, NEW_PASSWORD)
    assert accounts.log_in("zhang", NEW_PASSWORD, "desk-2").user == "zhang"


def test_guessing_the_old_password_locks_as_at_log_in(accounts: Accounts, operator: Session) -> None:
    for _ in range(5):
        guess = code_of(lambda: accounts.change_own_password(operator, "wrong", NEW_PASSWORD))
        assert guess == "identity.old_password_wrong"
    assert code_of(lambda: accounts.change_own_password(operator, PASSWORD, NEW_PASSWORD)) == (
        "identity.locked"
    )


def test_who_is_no_user_has_no_password_to_change(accounts: Accounts) -> None:
    assert code_of(lambda: accounts.change_own_password(COMMAND_LINE, PASSWORD, NEW_PASSWORD)) == (
        "identity.no_account"
    )


def test_an_unknown_name_is_told(accounts: Accounts, administrator: Session) -> None:
    assert code_of(lambda: accounts.deactivate(administrator, "nobody")) == "storage.not_found"


def test_every_change_is_in_the_audit_without_any_password(
    accounts: Accounts,
    administrator: Session,
    operator: Session,
    database: Database,
    tmp_path: Path,
    log_events: list[dict[str, object]],
) -> None:
    before = len(audit_rows(tmp_path))
    accounts.set_role(administrator, "zhang", Role.SUPERVISOR)
    accounts.set_password(administrator, "zhang", "hunter2-second")
    accounts.unlock(administrator, "zhang")
    accounts.change_own_password(operator, "hunter2-second", "hunter2-third")
    accounts.deactivate(administrator, "zhang")
    accounts.activate(administrator, "zhang")
    accounts.activate(administrator, "zhang")  # nothing to change, nothing to write down
    assert audit_rows(tmp_path)[before:] == [
        ("admin", "identity.set_role", "zhang"),
        ("admin", "identity.set_password", "zhang"),
        ("admin", "identity.unlock", "zhang"),
        ("zhang", "identity.change_own_password", "zhang"),
        ("admin", "identity.deactivate", "zhang"),
        ("admin", "identity.activate", "zhang"),
    ]
    assert verify_audit(database).first_broken is None
    database.close()
    stored = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"hunter2" not in stored
    assert "hunter2" not in json.dumps(log_events, default=repr)
