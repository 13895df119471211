"""Reads and lays down the site's response limits in jobs."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from services.core.errors import ServiceError
from services.domain.clocks import DEFAULT_CLOCKS
from services.domain.people import Permission, Session
from ui.jobs import UiJobs
from views.record.ports import LimitPort, Limits


class ClocksPresenter(QObject):
    """Signals: changed() when other limits are in force; saved(); refused(ServiceError)."""

    changed = Signal()
    saved = Signal()
    refused = Signal(object)

    def __init__(
        self, desk: LimitPort, session: Session, jobs: UiJobs, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._session = session
        self._jobs = jobs
        self.limits: Limits = DEFAULT_CLOCKS

    @property
    def may_lay_down(self) -> bool:
        return self._session.may(Permission.SET_CLOCKS)

    def read(self) -> None:
        self._jobs.run(self._desk.read, self._take, self._refuse)

    def lay_down(self, wanted: Limits) -> None:
        """In the place of those last read: what somebody else laid down meanwhile is not overwritten."""
        command = partial(self._desk.lay_down, self._session, self.limits, wanted)
        self._jobs.run(command, self._take_saved, self._refuse)

    def _take(self, limits: Limits) -> None:
        self.limits = limits
        self.changed.emit()

    def _take_saved(self, limits: Limits) -> None:
        self.limits = limits
        self.saved.emit()

    def _refuse(self, error: ServiceError) -> None:
        self.refused.emit(error)
        if error.code == "storage.conflict":
            self.read()
