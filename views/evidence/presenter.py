"""Keeps the requests current, gives the commands on the chosen one, and follows the export of this seat."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.domain.documents import Document
from services.domain.evidence import OPEN_EVIDENCE, EvidenceRequest, EvidenceState
from services.domain.facts import EvidenceChanged, Fact
from services.domain.people import Permission, Session
from services.domain.site import Site
from services.evidence.checking import Checked
from services.evidence.desk import Receiver
from services.evidence.exporting import ExportOrder, ExportProgress
from services.evidence.of_incident import IncidentFootage
from services.evidence.steps import Wanted
from ui.board import LiveBoard
from ui.jobs import UiJobs, answering
from ui.search import matches
from ui.text.titles import incident_title
from views.evidence.ports import Check, EvidenceCommands, Exports, Save
from views.evidence.seat_export import SeatExport

TEND_MS = 30_000


class Filter(Enum):
    """Which requests are listed. TO_DO: somebody still has to do something."""

    TO_DO = OPEN_EVIDENCE
    TO_DECIDE = frozenset({EvidenceState.REQUESTED})
    TO_EXPORT = frozenset({EvidenceState.APPROVED, EvidenceState.EXPORTING})
    TO_HAND_OVER = frozenset({EvidenceState.EXPORTED})
    ALL = frozenset(EvidenceState)


@dataclass(frozen=True, slots=True)
class Prefill:
    """What a new request begins with. incident: its id and what it is called, "" for none."""

    cameras: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    incident: str = ""
    incident_no: str = ""


class EvidencePresenter(QObject):
    """Signals: changed() of the list; chosen_changed(); progress_changed() while this seat exports;
    accepted(action); checked(Checked); written(path); refused(ServiceError); site_changed();
    form_wanted(Prefill): somebody begins a request elsewhere.
    """

    changed = Signal()
    chosen_changed = Signal()
    progress_changed = Signal()
    accepted = Signal(str)
    checked = Signal(object)
    written = Signal(str)
    refused = Signal(object)
    site_changed = Signal()
    form_wanted = Signal(object)

    def __init__(
        self,
        *,
        live: LiveBoard,
        site: Site,
        commands: EvidenceCommands,
        exports: Exports,
        check: Check,
        session: Session,
        jobs: UiJobs,
        slow_jobs: UiJobs,
        clock: Clock,
        save: Save,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.site = site
        self.clock = clock
        self.filter = Filter.TO_DO
        self.searched = ""
        self.requests: list[EvidenceRequest] = []
        self._commands = commands
        self._check = check
        self._session = session
        self._jobs = jobs
        self._slow_jobs = slow_jobs
        self._save = save
        self._chosen = ""
        self._is_shown = False
        self._export = SeatExport(exports, session, slow_jobs, self)
        self._export.moved.connect(self.progress_changed)
        self._export.done.connect(self._end_export)
        self._export.failed.connect(self._fail_export)
        self._tend = QTimer(self)
        self._tend.setInterval(TEND_MS)
        self._tend.timeout.connect(self._ask_tend)
        live.applied.connect(self._follow)

    # what is shown

    @property
    def listed(self) -> list[EvidenceRequest]:
        """Newest first, as the filter and the searched words have it."""
        found = (one for one in self.requests if one.state in self.filter.value)
        return [one for one in found if not self.searched.strip() or matches(self.searched, _text_of(one))]

    @property
    def chosen(self) -> EvidenceRequest | None:
        return next((one for one in self.requests if one.id == self._chosen), None)

    @property
    def progress(self) -> ExportProgress | None:
        """Of this seat's export; None when it does not export the chosen request."""
        return self._export.progress if self.is_exporting and self.exporting == self._chosen else None

    @property
    def exporting(self) -> str:
        """The id of the request that this seat exports; "" for none."""
        return self._export.request

    @property
    def is_exporting(self) -> bool:
        return bool(self.exporting)

    @property
    def may_decide(self) -> bool:
        """The chosen one waits, and this is somebody else than who asked."""
        one = self.chosen
        return (
            one is not None
            and one.state is EvidenceState.REQUESTED
            and self._holds(Permission.APPROVE_EVIDENCE)
            and one.may_be_decided_by(self._session)
        )

    @property
    def may_export(self) -> bool:
        return self._holds(Permission.EXPORT_EVIDENCE)

    # reading

    def show(self, is_shown: bool) -> None:
        """Whether the screen is in front; only then are the requests read."""
        self._is_shown = is_shown
        if is_shown:
            self._tend.start()
            self._ask_tend()
            self.refresh()
        else:
            self._tend.stop()

    def stop(self) -> None:
        """An export that runs is given up: its request is approved as before."""
        self._export.stop()
        self._tend.stop()

    def use_site(self, site: Site) -> None:
        self.site = site
        self.site_changed.emit()

    def refresh(self) -> None:
        self._jobs.run(partial(self._commands.overview, self._session), self._take, self._refuse)

    def list_only(self, wanted: Filter, searched: str) -> None:
        self.filter, self.searched = wanted, searched
        self.changed.emit()

    def choose(self, request_id: str) -> None:
        if request_id != self._chosen:
            self._chosen = request_id
            self.chosen_changed.emit()

    def begin_form(self, prefill: Prefill) -> None:
        """From playback, say."""
        self.form_wanted.emit(prefill)

    def begin_of_incident(self, incident_id: str) -> None:
        work = partial(self._commands.of_incident, self._session, incident_id)
        self._jobs.run(work, self._offer_incident, self._refuse)

    # commands

    def request(self, wanted: Wanted) -> None:
        work = partial(self._commands.request, self._session, wanted)
        self._jobs.run(work, self._take_new, self._refuse)

    def approve(self) -> None:
        self._command("approved", lambda one: self._commands.approve(self._session, one))

    def reject(self, reason: str) -> None:
        self._command("rejected", lambda one: self._commands.reject(self._session, one, reason))

    def withdraw(self, reason: str) -> None:
        self._command("withdrawn", lambda one: self._commands.withdraw(self._session, one, reason))

    def redo(self, reason: str) -> None:
        self._command("redone", lambda one: self._commands.redo(self._session, one, reason))

    def hand_over(self, to: Receiver) -> None:
        self._command("handed_over", lambda one: self._commands.hand_over(self._session, one, to))

    def give_back(self, reason: str) -> None:
        self._command("returned", lambda one: self._commands.give_back(self._session, one, reason))

    def register(self) -> None:
        self._command("registered", lambda one: self._commands.register(self._session, one))

    def export(self, order: ExportOrder) -> None:
        one = self.chosen
        if one is not None:
            self._export.begin(one, order)

    def cancel_export(self) -> None:
        self._export.give_up()

    def check(self) -> None:
        one = self.chosen
        if one is not None:
            work = partial(self._check, self._session, one)
            self._slow_jobs.run(work, self._take_checked, self._refuse)

    def write_paper(self, document: Document, file: Path) -> None:
        work = partial(answering, str(file), partial(self._save, document, file))
        self._jobs.run(work, self._tell_written, self._refuse)

    def write_register(
        self,
        since: datetime,
        until: datetime,
        paper: Callable[[Sequence[EvidenceRequest]], Document],
        file: Path,
    ) -> None:
        """paper: makes the register's document, in a job's thread."""

        def work() -> str:
            found = self._commands.register_of(self._session, since, until)
            self._save(paper(found), file)
            return str(file)

        self._jobs.run(work, self._tell_written, self._refuse)

    # inside

    def _holds(self, permission: Permission) -> bool:
        return self._session.may(permission)

    def _command(self, name: str, work: Callable[[EvidenceRequest], EvidenceRequest]) -> None:
        """On the request as it is shown: what somebody else changed meanwhile is refused by the desk."""
        one = self.chosen
        if one is not None:
            self._jobs.run(partial(answering, name, partial(work, one)), self._accept, self._refuse)

    def _ask_tend(self) -> None:
        self._jobs.run(self._commands.tend, self._tended, self._refuse)

    def _tended(self, changed: list[EvidenceRequest]) -> None:
        if changed:
            self.refresh()

    def _take(self, found: list[EvidenceRequest]) -> None:
        before = self.chosen
        self.requests = found
        self.changed.emit()
        if self.chosen != before:
            self.chosen_changed.emit()

    def _take_new(self, request: EvidenceRequest) -> None:
        self.requests = [request, *self.requests]
        self._chosen = request.id
        self.changed.emit()
        self.chosen_changed.emit()
        self.accepted.emit("requested")

    def _offer_incident(self, found: IncidentFootage) -> None:
        incident = found.incident
        self.form_wanted.emit(
            Prefill(
                cameras=found.cameras,
                since=found.since,
                until=found.until,
                incident=incident.id,
                incident_no=f"{incident.incident_no} {incident_title(incident)}",
            )
        )

    def _take_checked(self, checked: Checked) -> None:
        self.checked.emit(checked)

    def _end_export(self) -> None:
        self.accepted.emit("exported")
        self.refresh()

    def _fail_export(self, error: ServiceError) -> None:
        self._refuse(error)
        self.refresh()

    def _accept(self, action: str) -> None:
        self.accepted.emit(action)
        self.refresh()

    def _tell_written(self, path: str) -> None:
        self.written.emit(path)

    def _refuse(self, error: ServiceError) -> None:
        self.refused.emit(error)
        if error.code == "storage.conflict":
            self.refresh()

    def _follow(self, facts: list[Fact]) -> None:
        if self._is_shown and any(isinstance(fact, EvidenceChanged) for fact in facts):
            self.refresh()


def _text_of(request: EvidenceRequest) -> str:
    asker = request.asker
    known = (request.number, asker.unit, asker.person, request.case_no, request.incident_no, request.why)
    return " ".join((*known, *request.cameras))
