"""Keeps the list of users current and gives the administrator's commands, one at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from services.core.errors import ServiceError
from services.domain.people import Role, Session, User
from services.identity import Account
from ui.jobs import UiJobs


class UserCommands(Protocol):
    """The commands of `services.identity.Accounts` that this screen gives; they block (argon2)."""

    def all(self, session: Session) -> list[Account]: ...
    def create(self, session: Session, name: str, display_name: str, role: Role, password: str) -> User: ...
    def set_role(
        self, session: Session, name: str, role: Role, *, row_version: int | None = None
    ) -> User: ...
    def deactivate(self, session: Session, name: str, *, row_version: int | None = None) -> User: ...
    def activate(self, session: Session, name: str, *, row_version: int | None = None) -> User: ...
    def set_password(
        self, session: Session, name: str, password: str, *, row_version: int | None = None
    ) -> User: ...
    def unlock(self, session: Session, name: str) -> User: ...


@dataclass(frozen=True, slots=True)
class NewUser:
    """What was typed into the form; the password is shown nowhere."""

    name: str
    display_name: str
    role: Role
    password: str

    def __repr__(self) -> str:
        return f"NewUser({self.name!r})"


class UsersPresenter(QObject):
    """Signals: changed(); busy(bool); accepted(action, user's name); refused(action, ServiceError).

    Actions: "list", "add", "role", "deactivate", "activate", "password", "unlock".
    """

    changed = Signal()
    busy = Signal(bool)
    accepted = Signal(str, str)
    refused = Signal(str, object)

    def __init__(
        self, commands: UserCommands, session: Session, jobs: UiJobs, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._commands = commands
        self._session = session
        self._jobs = jobs
        self._accounts: list[Account] = []
        self._chosen = ""
        self._action = ""
        self._is_reading = False
        self._reads_again = False

    @property
    def accounts(self) -> Sequence[Account]:
        """By name, as last read."""
        return self._accounts

    @property
    def chosen(self) -> Account | None:
        return next((account for account in self._accounts if account.user.name == self._chosen), None)

    @property
    def lacks_operators(self) -> bool:
        """Users were read, and nobody among them can handle an alarm."""
        watch = (Role.OPERATOR, Role.SHIFT_LEADER)
        found = any(account.user.is_active and account.user.role in watch for account in self._accounts)
        return bool(self._accounts) and not found

    @property
    def is_busy(self) -> bool:
        return bool(self._action)

    def refresh(self) -> None:
        """Read the users; asked for while reading, once more afterwards."""
        if self._is_reading:
            self._reads_again = True
            return
        self._is_reading = True
        self._jobs.run(partial(self._commands.all, self._session), self._take, self._miss, self._on_died)

    def choose(self, name: str) -> None:
        self._chosen = name
        self.changed.emit()

    def add(self, new: NewUser) -> None:
        command = partial(
            self._commands.create, self._session, new.name, new.display_name, new.role, new.password
        )
        self._run("add", command)

    def set_role(self, role: Role) -> None:
        self._change("role", self._commands.set_role, role)

    def set_active(self, is_active: bool) -> None:
        if is_active:
            self._change("activate", self._commands.activate)
        else:
            self._change("deactivate", self._commands.deactivate)

    def set_password(self, password: str) -> None:
        self._change("password", self._commands.set_password, password)

    def unlock(self) -> None:
        account = self.chosen
        if account is not None:
            self._run("unlock", partial(self._commands.unlock, self._session, account.user.name))

    def _change(self, action: str, command: Callable[..., User], *values: object) -> None:
        """On the chosen user as it is shown; one changed elsewhere since is refused."""
        account = self.chosen
        if account is not None:
            user = account.user
            work = partial(command, self._session, user.name, *values, row_version=user.row_version)
            self._run(action, work)

    def _run(self, action: str, work: Callable[[], User]) -> None:
        """A second press while the first runs changes nothing."""
        if self._action:
            return
        self._action = action
        self.busy.emit(True)
        self._jobs.run(work, self._accept, self._refuse)

    def _accept(self, user: User) -> None:
        action = self._settle()
        if action == "add":
            self._chosen = user.name
        self.accepted.emit(action, user.name)

    def _refuse(self, error: ServiceError) -> None:
        self.refused.emit(self._settle(), error)

    def _settle(self) -> str:
        action, self._action = self._action, ""
        self.busy.emit(False)
        self.refresh()
        return action

    def _take(self, accounts: list[Account]) -> None:
        self._end_reading()
        if accounts != self._accounts:
            self._accounts = accounts
            self.changed.emit()

    def _miss(self, error: ServiceError) -> None:
        self._end_reading()
        self.refused.emit("list", error)

    def _on_died(self, _mistake: Exception) -> None:
        self._end_reading()

    def _end_reading(self) -> None:
        self._is_reading = False
        if self._reads_again:
            self._reads_again = False
            self.refresh()
