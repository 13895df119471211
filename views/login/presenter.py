"""Checks what was typed and logs in or makes the first administrator, away from the GUI thread."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from services.core.errors import ServiceError
from services.domain.people import Session
from ui.jobs import UiJobs


class AccountCommands(Protocol):
    """The commands of `services.identity.Accounts` that these dialogs give; they block (argon2)."""

    def create_first_administrator(self, name: str, display_name: str, password: str) -> object: ...
    def log_in(self, name: str, password: str, workstation: str) -> Session: ...


class LoginPresenter(QObject):
    """Signals: busy(bool); logged_in(Session); refused(ServiceError)."""

    busy = Signal(bool)
    logged_in = Signal(object)
    refused = Signal(object)

    def __init__(
        self, accounts: AccountCommands, workstation: str, jobs: UiJobs, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._accounts = accounts
        self._workstation = workstation
        self._jobs = jobs
        self._is_busy = False

    def log_in(self, name: str, password: str) -> None:
        self._run(partial(self._accounts.log_in, name.strip(), password, self._workstation))

    def create_administrator(self, name: str, display_name: str, password: str) -> None:
        """Make the first administrator and log them in."""
        self._run(partial(self._create, name.strip(), display_name.strip() or name.strip(), password))

    def _create(self, name: str, display_name: str, password: str) -> Session:
        self._accounts.create_first_administrator(name, display_name, password)
        return self._accounts.log_in(name, password, self._workstation)

    def _run(self, work: partial[Session]) -> None:
        """A second Enter while the first is being checked changes nothing."""
        if self._is_busy:
            return
        self._set_busy(True)
        self._jobs.run(work, self._enter, self._refuse)

    def _enter(self, session: Session) -> None:
        self._set_busy(False)
        self.logged_in.emit(session)

    def _refuse(self, error: ServiceError) -> None:
        self._set_busy(False)
        self.refused.emit(error)

    def _set_busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        self.busy.emit(is_busy)
