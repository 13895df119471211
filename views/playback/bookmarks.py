"""Bookmarks of this seat's playback: found by words, made, written anew and taken down; no widgets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal

from services.core.errors import ServiceError
from services.domain.bookmarks import Bookmark
from services.domain.facts import BookmarkChanged, Fact
from services.domain.people import Session
from ui.board import LiveBoard
from ui.jobs import UiJobs
from views.playback.ports import BookmarkCommands


class BookmarksPresenter(QObject):
    """Signals: changed() when others are found; kept() when one was made, changed or taken down;
    refused(ServiceError).
    """

    changed = Signal()
    kept = Signal()
    refused = Signal(object)

    def __init__(
        self,
        commands: BookmarkCommands,
        live: LiveBoard,
        session: Session,
        jobs: UiJobs,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._commands = commands
        self._session = session
        self._jobs = jobs
        self._words = ""
        self._is_shown = False
        self.found: list[Bookmark] = []
        live.applied.connect(self._follow)

    @property
    def user(self) -> str:
        return self._session.user

    def show(self, is_shown: bool) -> None:
        """Whether the list is in front; only then is it read."""
        self._is_shown = is_shown
        if is_shown:
            self.refresh()

    def search(self, words: str) -> None:
        self._words = words
        self.refresh()

    def refresh(self) -> None:
        self._jobs.run(partial(self._commands.find, self._session, self._words), self._take, self._refuse)

    def make(self, cameras: Sequence[str], since: datetime, text: str, until: datetime | None) -> None:
        self._run(partial(self._commands.make, self._session, tuple(cameras), since, text, until))

    def edit(self, bookmark: Bookmark, text: str) -> None:
        self._run(partial(self._commands.edit, self._session, bookmark, text))

    def end(self, bookmark: Bookmark, reason: str) -> None:
        self._run(partial(self._commands.end, self._session, bookmark, reason))

    def _run(self, command: partial[Bookmark]) -> None:
        self._jobs.run(command, self._done, self._refuse)

    def _done(self, _bookmark: Bookmark) -> None:
        self.kept.emit()
        if self._is_shown:
            self.refresh()

    def _take(self, found: list[Bookmark]) -> None:
        if found != self.found:
            self.found = found
            self.changed.emit()

    def _follow(self, facts: list[Fact]) -> None:
        """Somebody at another seat wrote one."""
        if self._is_shown and any(isinstance(fact, BookmarkChanged) for fact in facts):
            self.refresh()

    def _refuse(self, error: ServiceError) -> None:
        self.refused.emit(error)
