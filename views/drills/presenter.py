"""Begins drills, keeps the one that is played in sight, and reads the score sheets."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from services.core.errors import ServiceError
from services.core.ids import new_id
from services.domain.documents import Document
from services.domain.drill_scores import ScoreSheet
from services.domain.drills import Drill, DrillState
from services.domain.facts import (
    AlarmChanged,
    DispatchChanged,
    DispatchSent,
    DrillChanged,
    Fact,
    PlanPublished,
    PlanRunChanged,
    PlanSaved,
)
from services.domain.people import Permission, Session
from services.domain.site import Site, Zone
from ui.board import LiveBoard
from ui.jobs import UiJobs
from views.drills.ports import (
    DrillCommands,
    HoldOutputs,
    PastEntry,
    PlanEntry,
    ReadEntries,
    SaveDocument,
)

_SCORED = (DrillChanged, AlarmChanged, DispatchSent, DispatchChanged, PlanRunChanged)


class DrillsPresenter(QObject):
    """Signals: changed(); refused(ServiceError); saved(str path)."""

    changed = Signal()
    refused = Signal(object)
    saved = Signal(str)

    def __init__(
        self,
        *,
        live: LiveBoard,
        commands: DrillCommands,
        read_entries: ReadEntries,
        hold_outputs: HoldOutputs,
        save: SaveDocument,
        session: Session,
        site: Site,
        jobs: UiJobs,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._live = live
        self._commands = commands
        self._read_entries = read_entries
        self._hold_outputs = hold_outputs
        self._save = save
        self._session = session
        self._site = site
        self._jobs = jobs
        self.plans: list[PlanEntry] = []
        self.past: list[PastEntry] = []
        self._drills: list[Drill] = []
        self._chosen = ""
        self._sheet: ScoreSheet | None = None
        self._is_busy = False
        self._is_reading = False
        live.applied.connect(self._apply)

    # what is shown

    @property
    def may_run(self) -> bool:
        return self._session.may(Permission.RUN_DRILLS)

    @property
    def is_busy(self) -> bool:
        return self._is_busy

    @property
    def running(self) -> Drill | None:
        return self._live.board.drill

    @property
    def drills(self) -> list[Drill]:
        """Newest first; those that changed since they were read as they are now."""
        known = {drill.id: drill for drill in self._drills} | self._live.board.drills
        return sorted(known.values(), key=lambda drill: drill.started_at, reverse=True)

    @property
    def chosen(self) -> Drill | None:
        """The one whose sheet is shown: picked by hand, else the one being played, else the newest."""
        found = self.drills
        picked = next((drill for drill in found if drill.id == self._chosen), None)
        return picked or self.running or next(iter(found), None)

    @property
    def sheet(self) -> ScoreSheet | None:
        """None until it is read."""
        chosen = self.chosen
        is_its = self._sheet is not None and chosen is not None and self._sheet.drill.id == chosen.id
        return self._sheet if is_its else None

    @property
    def zones(self) -> list[Zone]:
        return list(self._site.zones)

    def use_site(self, site: Site) -> None:
        self._site = site
        self.changed.emit()

    # what people do

    def refresh(self) -> None:
        """Read plans, past incidents and drills anew; when the screen comes to the front."""
        self._jobs.run(self._read, self._take, self._refuse)

    def choose(self, drill_id: str) -> None:
        self._chosen = drill_id
        self._read_sheet()
        self.changed.emit()

    def try_plan(self, plan_id: str, zone_no: str, *, has_people: bool, holds_outputs: bool) -> None:
        begin = partial(
            self._commands.try_plan, self._session, new_id(), plan_id, zone_no, has_people=has_people
        )
        self._begin(begin, holds_outputs=holds_outputs)

    def replay(self, incident_id: str, *, has_people: bool, holds_outputs: bool) -> None:
        begin = partial(self._commands.replay, self._session, new_id(), incident_id, has_people=has_people)
        self._begin(begin, holds_outputs=holds_outputs)

    def stop(self, reason: str = "") -> None:
        """At once."""
        running = self.running
        if running is not None:
            self._end(partial(self._commands.stop, self._session, running.id, reason))

    def finish(self) -> None:
        running = self.running
        if running is not None:
            self._end(partial(self._commands.finish, self._session, running.id))

    def resume(self) -> None:
        running = self.running
        if running is not None and running.state is DrillState.PAUSED:
            self._do(partial(self._commands.resume, self._session, running.id))

    def save_document(self, document: Document, path: Path) -> None:
        self._jobs.run(partial(self._saved_at, document, path), self._note_saved, self._refuse)

    # inside

    def _begin(self, begin: Callable[[], Drill], *, holds_outputs: bool) -> None:
        def work() -> Drill:
            drill = begin()
            if holds_outputs:
                self._hold_outputs(True)
            return drill

        self._chosen = ""
        self._do(work)

    def _end(self, command: Callable[[], Drill]) -> None:
        def work() -> Drill:
            drill = command()
            self._hold_outputs(False)
            return drill

        self._do(work)

    def _do(self, work: Callable[[], Drill]) -> None:
        if not self._is_busy:
            self._is_busy = True
            self._jobs.run(work, self._done, self._refuse)
            self.changed.emit()

    def _done(self, _drill: Drill) -> None:
        self._is_busy = False
        self.refresh()
        self.changed.emit()

    def _read(self) -> tuple[list[PlanEntry], list[PastEntry], list[Drill]]:
        plans, past = self._read_entries()
        return plans, past, self._commands.newest()

    def _take(self, found: tuple[list[PlanEntry], list[PastEntry], list[Drill]]) -> None:
        self.plans, self.past, self._drills = found
        self._read_sheet()
        self.changed.emit()

    def _read_sheet(self) -> None:
        """One at a time; what changes meanwhile is read with the next."""
        chosen = self.chosen
        if chosen is not None and not self._is_reading:
            self._is_reading = True
            score = partial(self._commands.score, chosen.id)
            self._jobs.run(score, self._take_sheet, self._refuse_sheet, self._end_reading)

    def _take_sheet(self, sheet: ScoreSheet) -> None:
        self._is_reading, self._sheet = False, sheet
        chosen = self.chosen
        if chosen is not None and chosen.id != sheet.drill.id:
            self._read_sheet()
        self.changed.emit()

    def _refuse_sheet(self, error: ServiceError) -> None:
        self._end_reading(error)
        self.refused.emit(error)

    def _end_reading(self, _failure: Exception) -> None:
        self._is_reading = False

    def _refuse(self, error: ServiceError) -> None:
        self._is_busy = False
        self.refused.emit(error)
        self.changed.emit()

    def _saved_at(self, document: Document, path: Path) -> str:
        self._save(document, path)
        return str(path)

    def _note_saved(self, path: str) -> None:
        self.saved.emit(path)

    def _apply(self, facts: list[Fact]) -> None:
        if any(isinstance(fact, (PlanSaved, PlanPublished)) for fact in facts) and self.plans:
            self.refresh()
        is_shown = any(isinstance(fact, _SCORED) for fact in facts)
        if is_shown and self.running is not None:
            self._read_sheet()
        if any(isinstance(fact, DrillChanged) for fact in facts):
            self._read_sheet()
            self.changed.emit()
