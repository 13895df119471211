"""What is protected of the recordings shown: set and released from the line of time; no widgets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from services.core.errors import ServiceError
from services.domain.facts import Fact, ProtectionChanged
from services.domain.people import Permission, Session
from services.domain.recordings import Protection
from services.recording.custody import Wanted
from ui.board import LiveBoard
from ui.jobs import UiJobs
from views.playback.ports import KeepingCommands
from views.playback.presenter import PlaybackPresenter


class KeepingPresenter(QObject):
    """shown: those of the cameras shown, over the line of time, by their beginning.

    Signals: changed() when those are others; done() when a command was carried out; busy(bool);
    refused(ServiceError).
    """

    changed = Signal()
    done = Signal()
    busy = Signal(bool)
    refused = Signal(object)

    def __init__(
        self,
        commands: KeepingCommands,
        playback: PlaybackPresenter,
        live: LiveBoard,
        session: Session,
        jobs: UiJobs,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._commands = commands
        self._playback = playback
        self._session = session
        self._jobs = jobs
        self._is_busy = False
        self.shown: Sequence[Protection] = ()
        playback.span_changed.connect(self._show)
        live.applied.connect(self._follow)

    @property
    def may_protect(self) -> bool:
        return self._session.may(Permission.PROTECT)

    def may_release(self, protection: Protection) -> bool:
        """One's own, or anybody's by who may."""
        is_own = self.may_protect and protection.owner == self._session.user
        return is_own or self._session.may(Permission.RELEASE)

    def protect(self, wanted: Wanted) -> None:
        self._run(partial(self._commands.protect, self._session, wanted))

    def release(self, protection: Protection, reason: str) -> None:
        self._run(partial(self._commands.release, self._session, protection, reason))

    def _show(self) -> None:
        found = self._playback.protections
        if found != self.shown:
            self.shown = found
            self.changed.emit()

    def _run(self, command: Callable[[], object]) -> None:
        """A second press while the first runs changes nothing."""
        if not self._is_busy:
            self._set_busy(is_busy=True)
            self._jobs.run(command, self._done, self._refuse)

    def _done(self, _kept: object) -> None:
        self._set_busy(is_busy=False)
        self._playback.refresh()
        self.done.emit()

    def _follow(self, facts: list[Fact]) -> None:
        """Somebody at another seat, an alarm or a request did it."""
        changed = (fact.protection.camera for fact in facts if isinstance(fact, ProtectionChanged))
        if not set(changed).isdisjoint(self._playback.cameras):
            self._playback.refresh()

    def _refuse(self, error: ServiceError) -> None:
        self._set_busy(is_busy=False)
        self.refused.emit(error)

    def _set_busy(self, *, is_busy: bool) -> None:
        self._is_busy = is_busy
        self.busy.emit(is_busy)
