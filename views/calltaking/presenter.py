"""One report while it is taken: what it is like, and that it goes out once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from services.alarms.reporting import Likeness, Report, ReportKind
from services.campus.whereabouts import place_at, places_of, spot_of
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.domain.alarms import Alarm
from services.domain.people import Permission, Session
from services.domain.site import Point, Site
from ui.jobs import UiJobs


class ReportCommands(Protocol):
    """Of `services.alarms.reporting.ReportDesk`; both block."""

    def similar(
        self, session: Session, kind: ReportKind, place: str, spot: Point | None
    ) -> list[Likeness]: ...
    def report(self, session: Session, report: Report, attach_to: str = "") -> Alarm: ...


class CallPresenter(QObject):
    """Signals: similar_changed(); done(Alarm); refused(ServiceError); busy_changed(); site_changed()."""

    similar_changed = Signal()
    done = Signal(object)
    refused = Signal(object)
    busy_changed = Signal()
    site_changed = Signal()

    def __init__(
        self,
        site: Site,
        commands: ReportCommands,
        session: Session,
        jobs: UiJobs,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.site = site
        self._commands = commands
        self._session = session
        self._jobs = jobs
        self._id = new_id()
        self._looked: tuple[ReportKind, str, Point | None] | None = None
        self.similar: Sequence[Likeness] = ()
        self.is_busy = False

    @property
    def may_report(self) -> bool:
        return self._session.may(Permission.HANDLE_ALARM)

    @property
    def places(self) -> list[str]:
        return places_of(self.site)

    def use_site(self, site: Site) -> None:
        self.site = site
        self.site_changed.emit()

    def begin(self) -> None:
        """A new form."""
        self._id = new_id()
        self._looked = None
        self.similar = ()
        self.similar_changed.emit()

    def place_of(self, spot: Point) -> str:
        return place_at(self.site, spot)

    def spot_of(self, place: str) -> Point | None:
        return spot_of(self.site, place)

    def look(self, kind: ReportKind, place: str, spot: Point | None) -> None:
        """Whether somebody has told us already; the answer to the last question wins."""
        wanted = kind, place, spot
        if wanted == self._looked:
            return
        self._looked = wanted
        work = partial(_asked, self._commands, self._session, wanted)
        self._jobs.run(work, self._on_found, self._on_not_found)

    def send(
        self,
        kind: ReportKind,
        place: str,
        spot: Point | None,
        *,
        text: str,
        caller: str,
        phone: str,
        attach_to: str = "",
    ) -> None:
        """Pressed twice it is sent once."""
        if self.is_busy:
            return
        report = Report(self._id, kind, place, spot, text, caller, phone)
        self._set_busy(True)
        work = partial(self._commands.report, self._session, report, attach_to)
        self._jobs.run(work, self._on_done, self._on_refused)

    def _on_found(self, answer: tuple[object, list[Likeness]]) -> None:
        wanted, found = answer
        if wanted == self._looked:
            self.similar = found
            self.similar_changed.emit()

    def _on_not_found(self, error: ServiceError) -> None:
        self._looked = None
        self.refused.emit(error)

    def _on_done(self, alarm: Alarm) -> None:
        self._set_busy(False)
        self.done.emit(alarm)

    def _on_refused(self, error: ServiceError) -> None:
        self._set_busy(False)
        self.refused.emit(error)

    def _set_busy(self, is_busy: bool) -> None:
        self.is_busy = is_busy
        self.busy_changed.emit()


def _asked(
    commands: ReportCommands, session: Session, wanted: tuple[ReportKind, str, Point | None]
) -> tuple[tuple[ReportKind, str, Point | None], list[Likeness]]:
    """In a job thread."""
    return wanted, commands.similar(session, *wanted)
