"""Who may come in: one administrator first, five tries, and every try written down."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from argon2 import PasswordHasher

from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.domain.people import Permission, Role, Session, User
from services.identity import Accounts, authorize
from services.storage import Database, Tx, verify_audit
from tests.passwords import QUICK
from tests.services.identity.conftest import PASSWORD, code_of

Result = TypeVar("Result")


@pytest.fixture
def administrator(accounts: Accounts) -> Session:
    accounts.create_first_administrator("admin", "管理员", PASSWORD)
    return accounts.log_in("admin", PASSWORD, "desk-1")


def audit_rows(tmp_path: Path) -> list[tuple[str, str, str, str]]:
    connection = sqlite3.connect(tmp_path / "watch.db")
    rows = connection.execute("SELECT actor, action, object, reason FROM audit ORDER BY seq").fetchall()
    connection.close()
    return rows


def test_the_first_administrator_is_made_once(accounts: Accounts) -> None:
    assert not accounts.has_administrator()
    user = accounts.create_first_administrator(" admin ", "", PASSWORD)
    assert user == User("admin", "admin", Role.ADMINISTRATOR)
    assert accounts.has_administrator()
    assert code_of(lambda: accounts.create_first_administrator("other", "", PASSWORD)) == (
        "identity.administrator_exists"
    )


def test_a_log_in_gives_a_session_with_the_user_s_role(accounts: Accounts, administrator: Session) -> None:
    accounts.create(administrator, "zhang", "张三", Role.OPERATOR, PASSWORD)
    assert accounts.log_in("zhang", PASSWORD, "desk-2") == Session("zhang", "张三", Role.OPERATOR, "desk-2")


@pytest.mark.usefixtures("administrator")
def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(accounts: Accounts) -> None:
    answers = []
    for name, password in (("admin", "wrong"), ("nobody", PASSWORD)):
        with pytest.raises(ServiceError) as caught:
            accounts.log_in(name, password, "desk-1")
        answers.append((caught.value.code, caught.value.params))
    assert answers == [("identity.wrong_password", {})] * 2


@pytest.mark.usefixtures("administrator")
def test_five_wrong_passwords_lock_for_a_minute_even_the_right_one(
    accounts: Accounts, clock: ManualClock
) -> None:
    for _ in range(5):
        assert code_of(lambda: accounts.log_in("admin", "wrong", "desk-1")) == "identity.wrong_password"
    with pytest.raises(ServiceError) as caught:
        accounts.log_in("admin", PASSWORD, "desk-1")
    assert (caught.value.code, caught.value.params) == ("identity.locked", {"seconds": 61})
    clock.advance(59.9)
    assert code_of(lambda: accounts.log_in("admin", PASSWORD, "desk-1")) == "identity.locked"
    clock.advance(0.1)
    assert accounts.log_in("admin", PASSWORD, "desk-1").user == "admin"


def test_a_right_password_starts_the_count_anew(accounts: Accounts, administrator: Session) -> None:
    for _ in range(2):
        for _ in range(4):
            assert code_of(lambda: accounts.log_in("admin", "wrong", "desk-1")) == "identity.wrong_password"
        assert accounts.log_in("admin", PASSWORD, "desk-1") == administrator


def test_a_user_who_left_cannot_come_in(
    accounts: Accounts, administrator: Session, database: Database
) -> None:
    user = accounts.create(administrator, "zhang", "张三", Role.OPERATOR, PASSWORD)
    database.write(lambda tx: tx.users.save(User(user.name, user.display_name, user.role, is_active=False)))
    assert code_of(lambda: accounts.log_in("zhang", PASSWORD, "desk-1")) == "identity.deactivated"
    assert code_of(lambda: accounts.log_in("zhang", "wrong", "desk-1")) == "identity.wrong_password"


class Raced(Database):
    """A database to which another seat writes between the next question and the next command."""

    other: Callable[[], object] | None = None

    def write(self, work: Callable[[Tx], Result], *, deadline_s: float = 5.0) -> Result:
        other, self.other = self.other, None
        if other is not None:
            other()
        return super().write(work, deadline_s=deadline_s)


@pytest.fixture
def raced(database: Database, clock: ManualClock) -> Iterator[Raced]:
    raced = Raced(database.url, clock)
    raced.open()
    yield raced
    raced.close()


def test_a_password_replaced_while_it_is_checked_lets_nobody_in(
    accounts: Accounts, administrator: Session, raced: Raced, clock: ManualClock, tmp_path: Path
) -> None:
    accounts.create(administrator, "zhang", "张三", Role.OPERATOR, PASSWORD)
    raced.other = lambda: accounts.set_password(administrator, "zhang", "a new one 新密码")
    assert code_of(lambda: Accounts(raced, clock, passwords=QUICK).log_in("zhang", PASSWORD, "desk-2")) == (
        "identity.wrong_password"
    )
    assert audit_rows(tmp_path)[-1][1:] == ("identity.log_in_failed", "zhang", "wrong password")
    raced.other = lambda: accounts.set_password(administrator, "zhang", PASSWORD)
    assert Accounts(raced, clock, passwords=QUICK).log_in("zhang", PASSWORD, "desk-2").user == "zhang"


def test_a_newer_hash_of_the_old_password_never_undoes_a_reset(
    accounts: Accounts, administrator: Session, raced: Raced, clock: ManualClock
) -> None:
    accounts.create(administrator, "zhang", "张三", Role.OPERATOR, PASSWORD)
    weak = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(PASSWORD)
    raced.write(lambda tx: tx.users.set_password_hash("zhang", weak))
    raced.other = lambda: accounts.set_password(administrator, "zhang", "a new one 新密码")
    assert code_of(lambda: Accounts(raced, clock, passwords=QUICK).log_in("zhang", PASSWORD, "desk-2")) == (
        "identity.wrong_password"
    )
    assert accounts.log_in("zhang", "a new one 新密码", "desk-2").user == "zhang"


def test_a_role_taken_away_while_the_password_is_checked_is_not_given(
    accounts: Accounts, administrator: Session, raced: Raced, clock: ManualClock
) -> None:
    accounts.create(administrator, "zhang", "张三", Role.SUPERVISOR, PASSWORD)
    raced.other = lambda: accounts.set_role(administrator, "zhang", Role.OPERATOR)
    assert Accounts(raced, clock, passwords=QUICK).log_in("zhang", PASSWORD, "desk-2").role is Role.OPERATOR


def test_a_name_or_a_seat_longer_than_the_record_holds_is_refused(
    accounts: Accounts, administrator: Session
) -> None:
    with pytest.raises(ServiceError) as refused:
        accounts.create(administrator, "zhang", "张" * 129, Role.OPERATOR, PASSWORD)
    assert (refused.value.code, refused.value.params) == (
        "storage.too_long",
        {"field": "display_name", "longest": 128},
    )
    accounts.create(administrator, "zhang", "张" * 128, Role.OPERATOR, PASSWORD)
    assert code_of(lambda: accounts.log_in("zhang", PASSWORD, "d" * 129)) == "storage.too_long"
    assert accounts.log_in("zhang", PASSWORD, "d" * 128).workstation == "d" * 128


def test_only_who_may_edit_users_makes_them(accounts: Accounts, administrator: Session) -> None:
    accounts.create(administrator, "zhang", "张三", Role.OPERATOR, PASSWORD)
    operator = accounts.log_in("zhang", PASSWORD, "desk-1")
    assert code_of(lambda: accounts.create(operator, "wang", "王五", Role.ADMINISTRATOR, PASSWORD)) == (
        "identity.forbidden"
    )


@pytest.mark.parametrize(
    ("name", "password", "code"),
    [
        ("admin", PASSWORD, "identity.name_taken"),
        ("Admin", PASSWORD, "identity.name_taken"),
        ("  ", PASSWORD, "identity.name_invalid"),
        ("a\nb", PASSWORD, "identity.name_invalid"),
        ("x" * 65, PASSWORD, "identity.name_invalid"),
        ("wang", "1234567", "identity.password_too_short"),
    ],
)
def test_a_user_that_cannot_be_is_refused_with_the_reason(
    accounts: Accounts, administrator: Session, name: str, password: str, code: str
) -> None:
    assert code_of(lambda: accounts.create(administrator, name, "", Role.OPERATOR, password)) == code


def test_every_coming_and_going_is_in_the_audit(
    accounts: Accounts, administrator: Session, database: Database, tmp_path: Path
) -> None:
    accounts.note_start(None)
    code_of(lambda: accounts.log_in("admin", "wrong", "desk-1"))
    code_of(lambda: accounts.log_in(PASSWORD, "typed into the wrong field", "desk-1"))
    accounts.log_out(administrator)
    accounts.note_exit(administrator, "hub")
    assert audit_rows(tmp_path) == [
        ("system", "identity.create_user", "admin", ""),
        ("admin", "identity.log_in", "admin", ""),
        ("system", "program.start", "workstation", ""),
        ("system", "identity.log_in_failed", "admin", "wrong password"),
        ("system", "identity.log_in_failed", "unknown user", "unknown user"),
        ("admin", "identity.log_out", "admin", ""),
        ("admin", "program.exit", "hub", ""),
    ]
    assert verify_audit(database).first_broken is None


def test_no_password_reaches_the_database_or_the_log(
    accounts: Accounts,
    administrator: Session,
    database: Database,
    tmp_path: Path,
    log_events: list[dict[str, object]],
) -> None:
    accounts.create(administrator, "zhang", "张三", Role.OPERATOR, "hunter2-first")
    code_of(lambda: accounts.log_in("zhang", "hunter2-wrong", "desk-1"))
    code_of(lambda: accounts.log_in("hunter2-as-name", "hunter2-wrong", "desk-1"))
    accounts.log_in("zhang", "hunter2-first", "desk-1")
    database.close()
    stored = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"hunter2" not in stored
    assert b"$argon2id$" in stored
    assert "hunter2" not in json.dumps(log_events, default=repr)


def test_each_role_may_do_what_the_table_says_and_nothing_else() -> None:
    for role, may in (
        (Role.OPERATOR, Permission.DISPATCH),
        (Role.SHIFT_LEADER, Permission.REVIEW),
        (Role.SUPERVISOR, Permission.WATCH),
        (Role.ADMINISTRATOR, Permission.EDIT_SITE),
    ):
        authorize(Session("a", "a", role, "w"), may)
    for role, may_not in (
        (Role.OPERATOR, Permission.EDIT_USERS),
        (Role.SHIFT_LEADER, Permission.EDIT_SITE),
        (Role.SUPERVISOR, Permission.HANDLE_ALARM),
        (Role.ADMINISTRATOR, Permission.RESET_ALARM),
    ):
        with pytest.raises(ServiceError) as caught:
            authorize(Session("a", "a", role, "w"), may_not)
        assert caught.value.code == "identity.forbidden"
        assert caught.value.params == {"permission": may_not.value, "role": role.value}
