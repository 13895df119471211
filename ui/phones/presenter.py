"""Asks for a guard's link, and takes it back; shows it to whoever is at the seat."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from services.core.errors import ServiceError
from services.domain.guard_links import IssuedLink
from services.domain.incidents import Dispatch
from services.domain.people import Session
from ui.jobs import UiJobs, answering


class PhoneCommands(Protocol):
    """The commands of `services.people.guard_links.GuardLinks`; they block."""

    def issue(
        self, session: Session, dispatch_id: str, guard_no: str = "", *, is_for_shift: bool = False
    ) -> IssuedLink: ...
    def take_back(self, session: Session, guard_no: str) -> int: ...


class PhonePresenter(QObject):
    """Signals: issued(Dispatch, IssuedLink), taken_back(guard_no), refused(ServiceError)."""

    issued = Signal(object, object)
    taken_back = Signal(str)
    refused = Signal(object)

    def __init__(
        self, commands: PhoneCommands, session: Session, jobs: UiJobs, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._commands = commands
        self._session = session
        self._jobs = jobs

    def ask(self, dispatch: Dispatch, guard_no: str = "", is_for_shift: bool = False) -> None:
        """Every asking ends the guard's link before, if nobody opened it. guard_no: "" = who goes first."""
        issue = partial(self._commands.issue, self._session, dispatch.id, guard_no, is_for_shift=is_for_shift)
        self._jobs.run(partial(_with, dispatch, issue), self._issued, self._refuse)

    def show(self, dispatch: Dispatch) -> None:
        """Of whoever goes first, for this order."""
        self.ask(dispatch)

    def take_back(self, guard_no: str) -> None:
        """A phone that was lost, or a code that a stranger saw."""
        back = partial(self._commands.take_back, self._session, guard_no)
        self._jobs.run(partial(answering, guard_no, back), self._taken_back, self._refuse)

    def _issued(self, found: tuple[Dispatch, IssuedLink]) -> None:
        self.issued.emit(*found)

    def _taken_back(self, guard_no: str) -> None:
        self.taken_back.emit(guard_no)

    def _refuse(self, error: ServiceError) -> None:
        self.refused.emit(error)


def _with(dispatch: Dispatch, issue: partial[IssuedLink]) -> tuple[Dispatch, IssuedLink]:
    return dispatch, issue()
