"""What the command line reads and changes about users, as the administrator that `records` makes of it."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable
from typing import TypeVar

from app.records import Row, command_line_session, database_url, opened
from services.core.errors import ServiceError
from services.core.settings import Settings
from services.domain.people import Role, Session, User
from services.identity import Accounts
from services.storage import care

Result = TypeVar("Result")


def user_rows(settings: Settings) -> list[Row]:
    """Every user by name."""
    accounts = _on_accounts(settings, lambda accounts, session: accounts.all(session))
    return [{**user_row(account.user), "locked": account.is_locked} for account in accounts]


def add_user(settings: Settings, name: str, display_name: str, role: Role, password: str) -> Row:
    """On one PC the database is made first, so that a seat can be set up without a window."""
    url = database_url(settings)
    if url.startswith("sqlite"):
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        care.upgrade(url)
    return user_row(
        _on_accounts(
            settings, lambda accounts, session: accounts.create(session, name, display_name, role, password)
        )
    )


def set_user_password(settings: Settings, name: str, password: str) -> Row:
    return user_row(
        _on_accounts(settings, lambda accounts, session: accounts.set_password(session, name, password))
    )


def set_user_role(settings: Settings, name: str, role: Role) -> Row:
    return user_row(_on_accounts(settings, lambda accounts, session: accounts.set_role(session, name, role)))


def set_user_active(settings: Settings, name: str, *, is_active: bool) -> Row:
    def work(accounts: Accounts, session: Session) -> User:
        return accounts.activate(session, name) if is_active else accounts.deactivate(session, name)

    return user_row(_on_accounts(settings, work))


def unlock_user(settings: Settings, name: str) -> Row:
    return user_row(_on_accounts(settings, lambda accounts, session: accounts.unlock(session, name)))


def user_row(user: User) -> Row:
    return {
        "name": user.name,
        "display_name": user.display_name,
        "role": user.role.value,
        "active": user.is_active,
    }


def ask_password() -> str:
    """Typed twice without echo; one line of standard input when that is no terminal.

    Raises ServiceError("app.passwords_differ" | "app.password_unreadable").
    """
    if not sys.stdin.isatty():
        return _piped_password()
    password = getpass.getpass("密码 / password: ")
    if getpass.getpass("再输一次 / again: ") != password:
        raise ServiceError("app.passwords_differ")
    return password


def _piped_password() -> str:
    """The first line, in UTF-8 whatever the locale says; a byte order mark is no part of a password."""
    line = sys.stdin.buffer.readline()
    try:
        return line.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError:
        raise ServiceError("app.password_unreadable") from None


def _on_accounts(settings: Settings, work: Callable[[Accounts, Session], Result]) -> Result:
    with opened(settings) as database:
        return work(Accounts(database), command_line_session(settings))
