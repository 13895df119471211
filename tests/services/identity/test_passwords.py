"""What may become a password: long enough, and not what is tried first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.core.errors import ServiceError
from services.domain.people import Role, Session
from services.identity import Accounts
from services.identity.passwords import check_password
from services.storage import Database
from tests.passwords import QUICK
from tests.records import new_record

ADMINISTRATOR = Session("os:root", "root", Role.ADMINISTRATOR, "desk")
GOOD = "绿色 Campus 2026"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with new_record(tmp_path / "record.db") as database:
        yield database


@pytest.fixture
def accounts(database: Database) -> Accounts:
    return Accounts(database, passwords=QUICK)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("short", "identity.password_too_short"),
        ("", "identity.password_too_short"),
        ("zhangsan2026", "identity.password_too_easy"),
        ("My-ZhangSan", "identity.password_too_easy"),
        ("12345678", "identity.password_too_easy"),
        ("87654321", "identity.password_too_easy"),
        ("Qwertyui", "identity.password_too_easy"),
        ("aaaaaaaaaaaa", "identity.password_too_easy"),
        ("abababababab", "identity.password_too_easy"),
        ("P@ssw0rd", "identity.password_too_easy"),
        ("Woaini1314", "identity.password_too_easy"),
    ],
)
def test_what_is_tried_first_is_no_password(accounts: Accounts, password: str, code: str) -> None:
    for work in (
        lambda: check_password(password, "zhangsan"),
        lambda: accounts.create(ADMINISTRATOR, "zhangsan", "张三", Role.OPERATOR, password),
        lambda: accounts.create_first_administrator("zhangsan", "张三", password),
    ):
        with pytest.raises(ServiceError) as refused:
            work()
        assert refused.value.code == code


@pytest.mark.parametrize("password", [GOOD, "correct horse 电池", "四个不相干的词语", "an old grey house"])
def test_a_few_words_are_one(password: str) -> None:
    check_password(password, "an")


def test_nobody_changes_to_an_easy_one_or_to_the_same(accounts: Accounts) -> None:
    accounts.create(ADMINISTRATOR, "zhangsan", "张三", Role.OPERATOR, GOOD)
    session = accounts.log_in("zhangsan", GOOD, "seat-1")
    for new, code in ((GOOD, "identity.password_same"), ("12345678", "identity.password_too_easy")):
        with pytest.raises(ServiceError) as refused:
            accounts.change_own_password(session, GOOD, new)
        assert refused.value.code == code
        with pytest.raises(ServiceError):
            accounts.set_password(ADMINISTRATOR, "zhangsan", "zhangsan-1")
    assert accounts.log_in("zhangsan", GOOD, "seat-1").user == "zhangsan"


def test_the_program_hashes_as_rfc_9106_recommends_and_renews_what_is_weaker_at_log_in(
    accounts: Accounts, database: Database
) -> None:
    accounts.create(ADMINISTRATOR, "wang", "王", Role.OPERATOR, GOOD)
    Accounts(database).log_in("wang", GOOD, "desk-1")
    kept = database.read(lambda view: view.users.password_hash("wang")) or ""
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")  # section 4, the second recommendation
