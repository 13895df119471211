"""Saves a change of a plan run together with its audit row, fact and line in the incident's record."""

from __future__ import annotations

from datetime import datetime

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.domain.facts import PlanRunChanged
from services.domain.incidents import IncidentId
from services.domain.people import Session
from services.domain.plan_runs import PlanRun, PlanRunState, StepRun
from services.domain.plan_steps import YES_NO_CHOICES
from services.storage import Tx, write_line

# Changes that say nothing new to whoever re-tells the incident.
_SILENT = frozenset({"dated", "seen", "carried_out", "answered"})


class RunRecord:
    """One command's pen; session None = the hub. now: never before the hub's last beat, so that a seat whose
    clock is behind sets no deadline that is over."""

    def __init__(self, tx: Tx, session: Session | None, clock: Clock) -> None:
        self.tx = tx
        self.session = session
        beat, now = tx.last_hub_beat(), clock.now()
        self.now: datetime = max(now, beat.at) if beat else now

    def get(self, run_id: str) -> PlanRun:
        return self.tx.plan_runs.get(run_id)

    def at_work(self, run_id: str) -> PlanRun:
        """Raises plan_run.over(plan), plan_run.paused(plan)."""
        run = self.get(run_id)
        if not run.is_open:
            raise ServiceError("plan_run.over", plan=run.text.name)
        if run.state is PlanRunState.PAUSED:
            raise ServiceError("plan_run.paused", plan=run.text.name)
        return run

    def add(self, run: PlanRun) -> PlanRun:
        self.tx.plan_runs.add(run)
        about = {"plan": run.plan, "version": run.version, "incident": run.incident}
        self.tx.audit(self.session, "plan_run.started", run.id, after=about)
        self.tx.record(PlanRunChanged(run, "started"))
        self.line(run, "plan.started", plan=run.text.name, version=str(run.version))
        return run

    def save(self, before: PlanRun, after: PlanRun, change: str, at: int = -1, reason: str = "") -> PlanRun:
        """at: the place of the step that it is about, -1 = the whole run."""
        saved = self.tx.plan_runs.save(after)
        was, now = _about(before, at), _about(saved, at)
        self.tx.audit(self.session, f"plan_run.{change}", saved.id, before=was, after=now, reason=reason)
        self.tx.record(PlanRunChanged(saved, change, at))
        self._tell(saved, change, at, reason)
        if saved.state is PlanRunState.COMPLETED and change != "completed":
            self.tx.audit(self.session, "plan_run.completed", saved.id)
            self.line(saved, "plan.completed", plan=saved.text.name)
        return saved

    def line(self, run: PlanRun, what: str, **params: str) -> None:
        write_line(self.tx, self.session, IncidentId(run.incident), self.now, what, **params)

    def _tell(self, run: PlanRun, change: str, at: int, reason: str) -> None:
        if change in _SILENT:
            return
        if at < 0:
            self.line(run, f"plan.{change}", plan=run.text.name, reason=reason)
            return
        step, said = run.step_at(at).title, said_of(run, at)
        if change == "proved":
            said = run.steps[at].evidence[-1].name
        what = _what(run.steps[at], change, said)
        self.line(run, f"plan.step_{what}", step=step, said=said, reason=reason)


def said_of(run: PlanRun, at: int) -> str:
    """What was answered, filled in or written to a step, one a line; "" for a mere press."""
    one, step = run.steps[at], run.step_at(at)
    choices = (*step.choices, *YES_NO_CHOICES)
    label = next((choice.label for choice in choices if choice.id == one.answer and choice.label), "")
    labels = {field.id: field.label for field in step.fields}
    filled = (f"{labels.get(key, key)} {value}" for key, value in one.values.items() if value)
    words = (label, *filled, one.note)
    return "\n".join(filter(None, words))


def _what(one: StepRun, change: str, said: str) -> str:
    """Which sentence tells it."""
    if change == "failed" and not one.reason:
        return "no_answer" if one.answer else "not_carried_out"
    return "said" if change == "done" and said else change


def _about(run: PlanRun, at: int) -> object:
    """What the audit keeps: the step alone, for the text is in the published version."""
    step: StepRun | None = run.steps[at] if 0 <= at < len(run.steps) else None
    return {"state": run.state, "version": run.row_version, "step": step}
