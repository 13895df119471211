"""Holds the text that is being written: what is wrong with it, what it was before, and where it is kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from services.core.errors import ServiceError
from services.domain.people import Session
from services.domain.plan_checks import faults_of_text
from services.domain.plan_steps import StepFault
from services.domain.plans import Plan, PlanText
from services.plans.drafts import KeptDraft
from ui.jobs import UiJobs
from views.plans.ports import PlanCommands, PlanReading

# Typing rests so long before what was typed is kept.
KEEP_AFTER_MS = 800
MOST_UNDO = 200


class Drafts(Protocol):
    """`services.plans.drafts.PlanDrafts`; every call blocks."""

    def keep(self, user: str, plan_id: str, draft: KeptDraft) -> None: ...
    def find(self, user: str, plan_id: str) -> KeptDraft | None: ...
    def forget(self, user: str, plan_id: str) -> None: ...


class EditorPresenter(QObject):
    """Signals: opened() for another plan or a text put in its place; edited() when a person changed
    something; conflict_found() when another seat changed the plan meanwhile; restored() when what was typed
    before is there again; saved(Plan); refused(ServiceError); busy(bool)."""

    opened = Signal()
    edited = Signal()
    conflict_found = Signal()
    restored = Signal()
    saved = Signal(object)
    refused = Signal(object)
    busy = Signal(bool)

    def __init__(
        self,
        *,
        library: PlanReading,
        commands: PlanCommands,
        drafts: Drafts,
        session: Session,
        jobs: UiJobs,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._commands = commands
        self._drafts = drafts
        self._session = session
        self._jobs = jobs
        self._seen: Plan | None = None
        self._saved = PlanText("")
        self._text = PlanText("")
        self._theirs: Plan | None = None
        self._undo: list[PlanText] = []
        self._redo: list[PlanText] = []
        self._last = ""
        self._is_open = False
        self._is_busy = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_AFTER_MS)
        self._timer.timeout.connect(self.keep)

    # what is shown

    @property
    def text(self) -> PlanText:
        return self._text

    @property
    def plan(self) -> Plan | None:
        """As it was when the text was begun from it; None for a new one."""
        return self._seen

    @property
    def theirs(self) -> Plan | None:
        """What another seat saved meanwhile, until a person has decided."""
        return self._theirs

    @property
    def is_open(self) -> bool:
        return self._is_open

    @property
    def is_edited(self) -> bool:
        """Something was typed that is not in the database."""
        return self._text != self._saved

    @property
    def can_undo(self) -> bool:
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        return bool(self._redo)

    def faults(self) -> tuple[StepFault, ...]:
        return faults_of_text(self._text)

    # what people do

    def open(self, plan: Plan) -> None:
        """Begin from what is stored; what was typed before and not saved comes back by itself."""
        self._begin(plan, plan.text)

    def begin(self, text: PlanText) -> None:
        """A new plan, from nothing or from a file."""
        if text.steps:
            # What was read from a file is not stored yet, and no earlier draft may take its place.
            self._set(None, text, PlanText(""))
            self.keep()
        else:
            self._begin(None, text)

    def edit(self, text: PlanText, what: str = "") -> None:
        """what: one field; what is typed into it in one go is undone in one go."""
        if text == self._text:
            return
        if not what or what != self._last:
            self._undo = [*self._undo[-MOST_UNDO + 1 :], self._text]
        self._last = what
        self._redo = []
        self._become(text)

    def undo(self) -> None:
        if self._undo:
            self._redo.append(self._text)
            self._last = ""
            self._become(self._undo.pop())
            self.opened.emit()

    def redo(self) -> None:
        if self._redo:
            self._undo.append(self._text)
            self._last = ""
            self._become(self._redo.pop())
            self.opened.emit()

    def save(self) -> None:
        if self._is_open and self._theirs is None:
            self._run(partial(_save, self._commands, self._session, self._seen, self._text))

    def keep_mine(self) -> None:
        """What is typed here shall follow on what the other seat saved; nothing is saved yet."""
        if self._theirs is not None:
            self._seen, self._saved, self._theirs = self._theirs, self._theirs.text, None
            self.keep()
            self.edited.emit()

    def take_theirs(self) -> None:
        """What is typed here is given up."""
        theirs = self._theirs
        if theirs is not None:
            self._forget()
            self._set(theirs, theirs.text, theirs.text)

    def give_up(self) -> None:
        """What is typed and not saved is gone."""
        self._forget()
        if self._seen is None:
            self.close()
        else:
            self._set(self._seen, self._saved, self._saved)

    def close(self) -> None:
        """What is typed stays kept on this machine."""
        if self.is_edited and self._is_open:
            self.keep()
        self._timer.stop()
        self._is_open = False

    def keep(self) -> None:
        """On this machine, so that neither a crash nor a database that is away loses it."""
        if self._is_open and self.is_edited:
            draft = KeptDraft(self._seen.row_version if self._seen else 0, self._text)
            work = partial(self._drafts.keep, self._session.user, self._plan_id, draft)
            self._jobs.run(work, None, self._refuse)

    # inside

    @property
    def _plan_id(self) -> str:
        return self._seen.id if self._seen is not None else ""

    def _begin(self, plan: Plan | None, text: PlanText) -> None:
        self._set(plan, text, text)
        work = partial(_kept, self._drafts, self._session.user, self._plan_id)
        self._jobs.run(work, self._restore, self._refuse)

    def _set(self, plan: Plan | None, text: PlanText, saved: PlanText) -> None:
        self._timer.stop()
        self._seen, self._saved, self._text, self._theirs = plan, saved, text, None
        self._undo, self._redo, self._last = [], [], ""
        self._is_open = True
        self.opened.emit()

    def _restore(self, found: tuple[str, KeptDraft | None]) -> None:
        plan_id, kept = found
        is_here = self._is_open and plan_id == self._plan_id and not self.is_edited
        if kept is None or not is_here or kept.text == self._saved:
            return
        self._text = kept.text
        self.opened.emit()
        self.restored.emit()
        if self._seen is not None and kept.row_version != self._seen.row_version:
            self._theirs = self._seen
            self.conflict_found.emit()

    def _become(self, text: PlanText) -> None:
        self._text = text
        self._timer.start()
        self.edited.emit()

    def _forget(self) -> None:
        self._timer.stop()
        self._jobs.run(partial(self._drafts.forget, self._session.user, self._plan_id), None, self._refuse)

    def _run(self, work: Callable[[], Plan]) -> None:
        if not self._is_busy:
            self._set_busy(True)
            self.keep()
            self._jobs.run(partial(_with_text, work, self._text), self._on_saved, self._on_refused)

    def _on_saved(self, outcome: tuple[Plan, PlanText]) -> None:
        """What was typed while it was being saved is not saved, and stays."""
        plan, sent = outcome
        self._set_busy(False)
        self._forget()
        is_same = self._text == sent
        self._seen, self._saved = plan, plan.text
        if is_same:
            self._text = plan.text
        else:
            self.keep()
        self.edited.emit()
        self.saved.emit(plan)

    def _on_refused(self, error: ServiceError) -> None:
        self._set_busy(False)
        if error.code == "storage.conflict" and self._seen is not None:
            self._jobs.run(partial(_newest, self._library, self._seen.id), self._on_theirs, self._refuse)
        else:
            self._refuse(error)

    def _on_theirs(self, theirs: Plan | None) -> None:
        if theirs is not None and self._is_open and theirs.id == self._plan_id:
            self._theirs = theirs
            self.conflict_found.emit()

    def _refuse(self, error: ServiceError) -> None:
        self.refused.emit(error)

    def _set_busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        self.busy.emit(is_busy)


def _save(commands: PlanCommands, session: Session, seen: Plan | None, text: PlanText) -> Plan:
    return commands.make(session, text) if seen is None else commands.save(session, seen, text)


def _with_text(work: Callable[[], Plan], text: PlanText) -> tuple[Plan, PlanText]:
    return work(), text


def _kept(drafts: Drafts, user: str, plan_id: str) -> tuple[str, KeptDraft | None]:
    return plan_id, drafts.find(user, plan_id)


def _newest(library: PlanReading, plan_id: str) -> Plan | None:
    return next((plan for plan in library.all() if plan.id == plan_id), None)
