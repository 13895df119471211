"""Keeps the library current, says which plans a filter lets through, and gives the commands on one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.domain.documents import Document
from services.domain.facts import Fact, PlanPublished, PlanSaved
from services.domain.people import Permission, Session
from services.domain.plans import Plan, PlanCategory, PlanState, PlanText, PlanVersion
from ui.board import LiveBoard
from ui.jobs import UiJobs, answering
from ui.search import matches, search_keys
from ui.text.places import local_name
from views.plans.ports import PlanCommands, PlanReading, Save


@dataclass(frozen=True, slots=True)
class Filter:
    """None and False let everything through; retired plans are shown only where they are asked for."""

    query: str = ""
    category: PlanCategory | None = None
    level: int | None = None
    state: PlanState | None = None
    only_overdue: bool = False


class PlansPresenter(QObject):
    """Signals: changed() when the list or the chosen plan is another; versions_read() when the chosen plan's
    versions are known; said(what, name) after a command; refused(ServiceError); busy(bool)."""

    changed = Signal()
    versions_read = Signal()
    said = Signal(str, str)
    refused = Signal(object)
    busy = Signal(bool)

    def __init__(
        self,
        *,
        live: LiveBoard,
        library: PlanReading,
        commands: PlanCommands,
        samples: Callable[[], dict[str, PlanText]],
        save: Save,
        session: Session,
        jobs: UiJobs,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._commands = commands
        self._samples = samples
        self._save = save
        self._session = session
        self._jobs = jobs
        self._clock = clock
        self._plans: list[Plan] = []
        self._versions: list[PlanVersion] = []
        self._filter = Filter()
        self._chosen = ""
        self._is_read = False
        self._is_busy = False
        live.applied.connect(self._apply)

    # what is shown

    @property
    def plans(self) -> Sequence[Plan]:
        """All of them."""
        return self._plans

    @property
    def is_read(self) -> bool:
        """Whether the library is known at all; an empty list before that says nothing."""
        return self._is_read

    @property
    def filter(self) -> Filter:
        return self._filter

    @property
    def chosen(self) -> Plan | None:
        return next((plan for plan in self._plans if plan.id == self._chosen), None)

    @property
    def has_choice(self) -> bool:
        """Also of a plan that was just saved and is not in the list yet."""
        return bool(self._chosen)

    @property
    def versions(self) -> Sequence[PlanVersion]:
        """Of the chosen plan, the newest first."""
        return self._versions

    @property
    def session(self) -> Session:
        return self._session

    def may(self, permission: Permission) -> bool:
        return self._session.may(permission)

    def may_publish(self, plan: Plan) -> bool:
        """Somebody else wrote it and sent it in."""
        is_another = self._session.user not in (plan.saved_by, plan.sent_by)
        return plan.state is PlanState.REVIEW and is_another and self.may(Permission.EDIT_PLANS)

    def now(self) -> datetime:
        return self._clock.now()

    def shown(self) -> list[Plan]:
        """Those that the filter lets through: drills overdue first, then by name as it is spoken."""
        now = self._clock.now()
        found = [plan for plan in self._plans if self._passes(plan, now)]
        return sorted(found, key=lambda plan: (not plan.is_drill_overdue(now), _spoken(plan)))

    def counts(self) -> tuple[int, int, int]:
        """Plans in force, in review, with a drill overdue."""
        now = self._clock.now()
        in_force = sum(plan.is_runnable for plan in self._plans)
        in_review = sum(plan.state is PlanState.REVIEW for plan in self._plans)
        return in_force, in_review, sum(plan.is_drill_overdue(now) for plan in self._plans)

    # what people do

    def refresh(self) -> None:
        self._jobs.run(self._library.all, self._take, self._refuse)

    def set_filter(self, wanted: Filter) -> None:
        self._filter = wanted
        self.changed.emit()

    def choose(self, plan_id: str) -> None:
        if plan_id != self._chosen:
            self._chosen = plan_id
            self._versions = []
            self.changed.emit()
            self._read_versions()

    def send(self) -> None:
        self._do("sent", self._commands.send)

    def give_back(self, note: str) -> None:
        self._do("returned", partial(_with_words, self._commands.give_back, note))

    def publish(self, note: str) -> None:
        self._do("published", partial(_with_words, self._commands.publish, note))

    def give_up_draft(self) -> None:
        self._do("given_up", self._commands.give_up_draft)

    def retire(self, reason: str) -> None:
        self._do("retired", partial(_with_words, self._commands.retire, reason))

    def revive(self) -> None:
        self._do("revived", self._commands.revive)

    def take_samples(self) -> None:
        self._run("samples", self._take_samples)

    def export(self, document: Document, path: Path) -> None:
        """As a file of the kind that its name says."""
        self._run("exported", partial(answering, path.name, partial(self._save, document, path)))

    # inside

    def _passes(self, plan: Plan, now: datetime) -> bool:
        wanted, text = self._filter, plan.text
        if wanted.state is None and plan.state is PlanState.RETIRED:
            return False
        for asked, has in (
            (wanted.category, text.category),
            (wanted.level, text.level),
            (wanted.state, plan.state),
        ):
            if asked is not None and asked != has:
                return False
        if wanted.only_overdue and not plan.is_drill_overdue(now):
            return False
        known = " ".join((text.name, text.name_en, *text.trigger.words))
        return not wanted.query.strip() or matches(wanted.query, known)

    def _do(self, what: str, command: Callable[[Session, Plan], object]) -> None:
        plan = self.chosen
        if plan is not None:
            self._run(what, partial(_on_plan, command, self._session, plan))

    def _run(self, what: str, work: Callable[[], str]) -> None:
        """A second press while the first runs changes nothing."""
        if not self._is_busy:
            self._set_busy(True)
            self._jobs.run(partial(_named, what, work), self._accept, self._refuse_busy)

    def _take_samples(self) -> str:
        return str(len(self._commands.take_samples(self._session, self._samples())))

    def _accept(self, outcome: tuple[str, str]) -> None:
        self._set_busy(False)
        self.said.emit(*outcome)
        self.refresh()

    def _refuse_busy(self, error: ServiceError) -> None:
        self._set_busy(False)
        self._refuse(error)
        self.refresh()

    def _refuse(self, error: ServiceError) -> None:
        self.refused.emit(error)

    def _set_busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        self.busy.emit(is_busy)

    def _take(self, plans: list[Plan]) -> None:
        self._is_read = True
        before = self.chosen
        self._plans = plans
        self.changed.emit()
        after = self.chosen
        if after is not None and (before is None or before.version != after.version):
            self._read_versions()

    def _read_versions(self) -> None:
        if self._chosen:
            work = partial(_versions_of, self._library, self._chosen)
            self._jobs.run(work, self._take_versions, self._refuse)

    def _take_versions(self, found: tuple[str, list[PlanVersion]]) -> None:
        """Of the plan that is chosen now; an answer about another one came too late."""
        plan_id, versions = found
        if plan_id == self._chosen:
            self._versions = versions
            self.versions_read.emit()

    def _apply(self, facts: list[Fact]) -> None:
        if self._is_read and any(isinstance(fact, PlanSaved | PlanPublished) for fact in facts):
            self.refresh()


def _spoken(plan: Plan) -> str:
    """Pinyin of a Chinese name, so that a list is in the order of a dictionary."""
    return search_keys(local_name(plan))[1]


def _with_words(
    command: Callable[[Session, Plan, str], object], words: str, session: Session, plan: Plan
) -> object:
    return command(session, plan, words)


def _on_plan(command: Callable[[Session, Plan], object], session: Session, plan: Plan) -> str:
    command(session, plan)
    return plan.name


def _named(what: str, work: Callable[[], str]) -> tuple[str, str]:
    return what, work()


def _versions_of(library: PlanReading, plan_id: str) -> tuple[str, list[PlanVersion]]:
    return plan_id, library.versions_of(plan_id)
