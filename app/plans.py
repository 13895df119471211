"""Plans on a seat: which may be begun, where the run stands beside the work, where its proofs are kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.seat_services import SeatServices
from services.domain.alarms import Alarm
from services.domain.facts import Fact, PlanRunChanged
from services.domain.incidents import Incident
from services.domain.plan_runs import PlanRun
from services.domain.site import Site
from services.plans.library import versions_in_force
from services.plans.running_evidence import keep_file
from services.plans.suggesting import situation_of_alarm, situation_of_incident, suggested
from services.storage import Database, View
from services.wall.snapshots import SavedShot
from ui.board import LiveBoard
from ui.jobs import UiJobs
from ui.text.places import local_name, local_name_of
from views.planrun.ports import PlanChoice
from views.planrun.presenter import PlanRunPresenter

EVIDENCE_FOLDER = "evidence"


class SeatPlans(QObject):
    """beside: in the dispatch panel, for what is being dispatched; whole: on the screen of its own.

    Signals: said(sentence) when a step was left out or a plan aborted and this user is to read it.
    """

    said = Signal(str)

    def __init__(self, services: SeatServices, live: LiveBoard, jobs: UiJobs, parent: QObject) -> None:
        super().__init__(parent)
        make = partial(
            PlanRunPresenter,
            live=live,
            commands=services.plan_runs,
            choices=PlanChoices(services.database, services.present_site).of,
            keep_file=partial(keep_file, services.data_dir / EVIDENCE_FOLDER),
            session=services.session,
            jobs=jobs,
            clock=services.clock,
            parent=self,
        )
        self.beside = make()
        self.whole = make()
        self._session = services.session
        live.applied.connect(self._tell_skips)

    def _tell_skips(self, facts: list[Fact]) -> None:
        """At once, whatever screen is in front; it stays on the plan's own screen until it is read."""
        if not self.whole.may_review:
            return
        for fact in facts:
            if isinstance(fact, PlanRunChanged) and fact.change == "skipped":
                self._tell_skip(fact.run, fact.step)
            elif isinstance(fact, PlanRunChanged) and fact.change == "aborted":
                self._tell_abort(fact.run)

    def _tell_skip(self, run: PlanRun, at: int) -> None:
        one, step = run.steps[at], run.step_at(at)
        if one.by != self._session.user:
            text = self.tr("{name} 跳过了预案“{plan}”的“{step}”：{reason}")
            step_name = local_name_of(step.title, step.title_en)
            plan = local_name(run.text)
            self.said.emit(text.format(name=one.by_name, plan=plan, step=step_name, reason=one.reason))

    def _tell_abort(self, run: PlanRun) -> None:
        if run.aborted_by not in ("", self._session.user):
            text = self.tr("{name} 终止了预案“{plan}”：{reason}")
            self.said.emit(
                text.format(name=run.aborted_by_name, plan=local_name(run.text), reason=run.reason)
            )

    def note_shot(self, shot: SavedShot) -> None:
        for presenter in (self.beside, self.whole):
            presenter.note_shot(Path(shot.path), shot.sha256)


class PlanChoices:
    """The plans in force, what fits first."""

    def __init__(self, database: Database, site: Callable[[], Site]) -> None:
        self._database = database
        self._site = site

    def of(self, alarm: Alarm | None, incident: Incident | None) -> list[PlanChoice]:
        """Blocks."""
        return self._database.read(lambda view: self._choices(view, alarm, incident))

    def _choices(self, view: View, alarm: Alarm | None, incident: Incident | None) -> list[PlanChoice]:
        versions, site = versions_in_force(view), self._site()
        runs = view.linkage_runs.of_alarm(alarm.id) if alarm else []
        fitting = []
        if incident is not None:
            fitting = suggested(versions, situation_of_incident(incident, site, alarm, runs))
        elif alarm is not None:
            fitting = suggested(versions, situation_of_alarm(alarm, site, runs))
        first = [one.version for one in fitting]
        others = [version for version in versions if version not in first]
        return [
            PlanChoice(
                version.plan,
                version.text.name,
                version.text.name_en,
                version.version,
                number < len(first),
                len(version.steps),
            )
            for number, version in enumerate([*first, *others])
        ]
