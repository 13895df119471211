"""Reads what is kept of the recordings and gives the commands about it, one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.domain.documents import Document
from services.domain.facts import Fact, ProtectionChanged
from services.domain.people import Permission, Session
from services.domain.recording_days import CameraDays
from services.domain.recording_troubles import ExplainedGap
from services.domain.recordings import Protection
from services.domain.site import Camera, Site
from services.recording.custody import Wanted
from services.recording.days import Overview
from ui.board import LiveBoard
from ui.jobs import UiJobs, answering

SavesPaper = Callable[[Document, Path], None]
Read = tuple[Overview, list[Protection]]


class Custody(Protocol):
    """The methods of `services.recording.custody.CustodyDesk`; they block."""

    def overview(self, session: Session) -> Overview: ...
    def gaps(self, session: Session, camera: CameraDays) -> list[ExplainedGap]: ...
    def protections(self, session: Session) -> list[Protection]: ...
    def protect(self, session: Session, wanted: Wanted) -> list[Protection]: ...
    def extend(
        self, session: Session, protection: Protection, expires_at: datetime | None, reason: str
    ) -> Protection: ...
    def release(self, session: Session, protection: Protection, reason: str) -> Protection: ...


class CustodyPresenter(QObject):
    """Signals: changed(); gaps_changed(); done(): a command was carried out; busy(bool);
    refused(ServiceError); saved(path)."""

    changed = Signal()
    gaps_changed = Signal()
    done = Signal()
    busy = Signal(bool)
    refused = Signal(object)
    saved = Signal(str)

    def __init__(
        self,
        *,
        live: LiveBoard,
        site: Site,
        desk: Custody,
        session: Session,
        jobs: UiJobs,
        clock: Clock,
        save_paper: SavesPaper,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._site = site
        self._desk = desk
        self._session = session
        self._jobs = jobs
        self._clock = clock
        self._save_paper = save_paper
        self._overview: Overview | None = None
        self._protections: list[Protection] = []
        self._gaps: list[ExplainedGap] = []
        self._chosen = ""
        self._is_shown = False
        self._is_reading = False
        self._reads_again = False
        self._is_busy = False
        live.applied.connect(self._follow)

    @property
    def overview(self) -> Overview | None:
        """None before the first reading."""
        return self._overview

    @property
    def protections(self) -> Sequence[Protection]:
        """Those that stand, the newest span first."""
        return self._protections

    @property
    def gaps(self) -> Sequence[ExplainedGap]:
        """Of the chosen camera, the newest first."""
        return self._gaps

    @property
    def chosen(self) -> CameraDays | None:
        cameras = self._overview.cameras if self._overview is not None else ()
        return next((one for one in cameras if one.camera == self._chosen), None)

    @property
    def session(self) -> Session:
        return self._session

    @property
    def now(self) -> datetime:
        return self._clock.now()

    @property
    def may_protect(self) -> bool:
        return self._session.may(Permission.PROTECT)

    def may_release(self, protection: Protection) -> bool:
        """One's own, or anybody's by who may."""
        is_own = self.may_protect and protection.owner == self._session.user
        return is_own or self._session.may(Permission.RELEASE)

    def camera(self, no: str) -> Camera | None:
        """None for one that left the site."""
        return self._site.camera(no)

    def use_site(self, site: Site) -> None:
        self._site = site
        if self._is_shown:
            self.refresh()

    def show(self, is_shown: bool) -> None:
        """Nothing is read while nobody looks."""
        self._is_shown = is_shown
        if is_shown:
            self.refresh()

    def refresh(self) -> None:
        """Asked for while reading, once more afterwards."""
        if self._is_reading:
            self._reads_again = True
            return
        self._is_reading, self._reads_again = True, False
        self._jobs.run(self._read, self._take, self._miss)

    def choose(self, camera: str) -> None:
        self._chosen, self._gaps = camera, []
        self.gaps_changed.emit()
        self._read_gaps()

    def protect(self, wanted: Wanted) -> None:
        self._run(partial(self._desk.protect, self._session, wanted))

    def extend(self, protection: Protection, expires_at: datetime | None, reason: str) -> None:
        self._run(partial(self._desk.extend, self._session, protection, expires_at, reason))

    def release(self, protection: Protection, reason: str) -> None:
        self._run(partial(self._desk.release, self._session, protection, reason))

    def save(self, path: Path, document: Document) -> None:
        work = partial(answering, str(path), partial(self._save_paper, document, path))
        self._jobs.run(work, self._tell_saved, self._refuse)

    def _read(self) -> Read:
        return self._desk.overview(self._session), self._desk.protections(self._session)

    def _read_gaps(self) -> None:
        camera = self.chosen
        if camera is not None:
            work = partial(self._desk.gaps, self._session, camera)
            self._jobs.run(partial(_of, camera.camera, work), self._take_gaps, self._refuse)

    def _run(self, work: Callable[[], object]) -> None:
        """A second press while the first runs changes nothing."""
        if self._is_busy:
            return
        self._is_busy = True
        self.busy.emit(True)
        self._jobs.run(work, self._accept, self._reject)

    def _accept(self, _result: object) -> None:
        self._settle()
        self.done.emit()

    def _reject(self, error: ServiceError) -> None:
        self._settle()
        self.refused.emit(error)

    def _settle(self) -> None:
        self._is_busy = False
        self.busy.emit(False)
        self.refresh()

    def _follow(self, facts: Iterable[Fact]) -> None:
        if self._is_shown and any(isinstance(fact, ProtectionChanged) for fact in facts):
            self.refresh()

    def _take(self, read: Read) -> None:
        self._overview, self._protections = read
        self._end_reading()
        self.changed.emit()
        self._read_gaps()

    def _take_gaps(self, found: tuple[str, list[ExplainedGap]]) -> None:
        camera, gaps = found
        if camera == self._chosen:
            self._gaps = gaps
            self.gaps_changed.emit()

    def _miss(self, error: ServiceError) -> None:
        self._end_reading()
        self.refused.emit(error)

    def _end_reading(self) -> None:
        self._is_reading = False
        if self._reads_again:
            self.refresh()

    def _tell_saved(self, path: str) -> None:
        self.saved.emit(path)

    def _refuse(self, error: ServiceError) -> None:
        self.refused.emit(error)


def _of(camera: str, work: Callable[[], list[ExplainedGap]]) -> tuple[str, list[ExplainedGap]]:
    return camera, work()
