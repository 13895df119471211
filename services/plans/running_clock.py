"""What the hub sees to while plans run: deadlines, waits, actions that ended, orders sent, incidents over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.core.clock import Clock
from services.domain import plan_flow as flow
from services.domain.incidents import Dispatch, Incident, IncidentState
from services.domain.linkage_runs import LinkageRun
from services.domain.plan_runs import PlanRun, PlanRunState, StepState
from services.domain.plan_steps import StepKind
from services.plans.running_launch import finished, launch_waiting
from services.plans.running_orders import missing, taken, unclaimed, wanting
from services.plans.running_record import RunRecord
from services.storage import Database, Tx, View

# A deadline on record that is farther from what really is left means that somebody set the clock.
APART_S = 5.0
# Run, place of the step, and when it is due by the record.
_Key = tuple[str, int, datetime]


@dataclass(frozen=True, slots=True)
class _Seen:
    """What one round finds on record."""

    runs: tuple[PlanRun, ...]
    linkage: Mapping[str, LinkageRun]
    dispatches: Mapping[str, list[Dispatch]]
    incidents: Mapping[str, Incident]


class PlanClock:
    """`tick` is a duty of the hub's rounds. What is due is judged by the monotonic clock from when a step was
    first seen, so that nobody who sets the machine's clock makes a step late, early or never late; after a
    restart by the times on record, and by no more than the step's whole time.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._until_s: dict[_Key, float] = {}

    def tick(self) -> int:
        """How many runs changed; one read, and a write for each run with something due."""
        seen = self._database.read(_look)
        self._note(seen.runs)
        due = [run.id for run in seen.runs if self._is_due(run, seen)]
        changed = 0
        for run_id in due:
            changed += self._database.write(lambda tx, run_id=run_id: self._go_on(tx, run_id))  # type: ignore[misc]
        return changed

    def _note(self, runs: tuple[PlanRun, ...]) -> None:
        known, self._until_s = self._until_s, {}
        now, now_s = self._clock.now(), self._clock.monotonic()
        for run in runs:
            for at, due_at in _deadlines(run):
                key = (run.id, at, due_at)
                left_s = min((due_at - now).total_seconds(), _whole_s(run, at))
                self._until_s[key] = known.get(key, now_s + left_s)

    def _is_due(self, run: PlanRun, seen: _Seen) -> bool:
        incident = seen.incidents.get(run.incident)
        if incident is not None and not incident.is_open:
            return True
        if any(self._is_passed(run, at) or self._is_misdated(run, at) for at, _ in _deadlines(run)):
            return True
        if any(linkage.is_over for linkage in _actions(run, seen.linkage).values()):
            return True
        orders = seen.dispatches.get(run.incident, [])
        is_running = run.state is PlanRunState.RUNNING
        return is_running and any(unclaimed(run, at, orders) for at in wanting(run))

    def _is_passed(self, run: PlanRun, at: int) -> bool:
        one = run.steps[at]
        assert one.due_at is not None
        is_waiting = one.late_at is None or run.step_at(at).kind is StepKind.WAIT
        until_s = self._until_s.get((run.id, at, one.due_at))
        return is_waiting and until_s is not None and self._clock.monotonic() >= until_s

    def _is_misdated(self, run: PlanRun, at: int) -> bool:
        return abs(self._apart_s(run, at)) >= APART_S and run.steps[at].late_at is None

    def _apart_s(self, run: PlanRun, at: int) -> float:
        """By how much the record says more than what is left."""
        due_at = run.steps[at].due_at
        until_s = self._until_s.get((run.id, at, due_at)) if due_at is not None else None
        if due_at is None or until_s is None:
            return 0.0
        return (due_at - self._clock.now()).total_seconds() - (until_s - self._clock.monotonic())

    def _go_on(self, tx: Tx, run_id: str) -> bool:
        """Judged again inside the transaction: somebody may just have pressed."""
        record = RunRecord(tx, None, self._clock)
        before = run = record.get(run_id)
        if not run.is_open:
            return False
        incident = tx.incidents.get(run.incident)
        if not incident.is_open:
            self._end_with(record, run, incident)
            return True
        linkage = {found.id: found for found in tx.linkage_runs.some(_linkages(run))}
        run = self._take_results(record, run, linkage)
        if run.state is PlanRunState.RUNNING:
            run = self._date_again(record, run)
            run = self._end_waits(record, run)
            run = self._flag_late(record, run)
            run = self._take_orders(record, run)
        return run is not before

    def _take_results(self, record: RunRecord, run: PlanRun, linkage: Mapping[str, LinkageRun]) -> PlanRun:
        for at, action in _actions(run, linkage).items():
            if action.is_over:
                after = launch_waiting(record.tx, finished(run, at, action, record.now), record.now)
                state = after.steps[at].state
                run = record.save(run, after, "answered" if state is StepState.ACTIVE else state.value, at)
        return run

    def _date_again(self, record: RunRecord, run: PlanRun) -> PlanRun:
        """The deadlines of a record whose clock was set, by what is really left."""
        for at, due_at in _deadlines(run):
            if not self._is_misdated(run, at):
                continue
            apart = timedelta(seconds=self._apart_s(run, at))
            until_s = self._until_s[run.id, at, due_at]
            dated = flow.changed(run, at, replace(run.steps[at], due_at=due_at - apart))
            self._until_s[run.id, at, due_at - apart] = until_s
            run = record.save(run, dated, "dated", at)
        return run

    def _end_waits(self, record: RunRecord, run: PlanRun) -> PlanRun:
        for at, _ in _deadlines(run):
            if run.step_at(at).kind is StepKind.WAIT and self._is_passed(run, at):
                after = flow.ended(run, at, flow.StepEnd(StepState.DONE), record.now)
                run = record.save(run, launch_waiting(record.tx, after, record.now), "done", at)
        return run

    def _flag_late(self, record: RunRecord, run: PlanRun) -> PlanRun:
        for at, _ in _deadlines(run):
            if run.step_at(at).kind is not StepKind.WAIT and self._is_passed(run, at):
                flagged = flow.changed(run, at, replace(run.steps[at], late_at=record.now))
                run = record.save(run, flagged, "late", at)
        return run

    def _take_orders(self, record: RunRecord, run: PlanRun) -> PlanRun:
        for at in wanting(run):
            orders = record.tx.dispatches.of_incident(run.incident)
            for dispatch in unclaimed(run, at, orders)[: missing(run, at, orders)]:
                run = taken(record, run, at, dispatch.id)
        return run

    def _end_with(self, record: RunRecord, run: PlanRun, incident: Incident) -> None:
        """An incident that is closed has no plan running; one that was none had no need of it."""
        is_done = incident.state is IncidentState.CLOSED
        to = PlanRunState.COMPLETED if is_done else PlanRunState.ABORTED
        reason = "" if is_done else incident.state.value
        record.save(run, flow.moved(run, to, reason, record.now), to.value, reason=reason)


def _look(view: View) -> _Seen:
    runs = tuple(view.plan_runs.open())
    incidents = sorted({run.incident for run in runs})
    dispatches: dict[str, list[Dispatch]] = {}
    for dispatch in view.dispatches.of_incidents(incidents) if incidents else ():
        dispatches.setdefault(dispatch.incident, []).append(dispatch)
    wanted = [name for run in runs for name in _linkages(run)]
    linkage = {found.id: found for found in view.linkage_runs.some(wanted)} if wanted else {}
    return _Seen(runs, linkage, dispatches, {one: view.incidents.get(one) for one in incidents})


def _linkages(run: PlanRun) -> list[str]:
    return [one.linkage for one in run.steps if one.is_carried_out and one.result is None]


def _actions(run: PlanRun, linkage: Mapping[str, LinkageRun]) -> dict[int, LinkageRun]:
    """What the hub is doing or did for steps that do not know it yet, by their places."""
    return {
        at: linkage[one.linkage]
        for at, one in enumerate(run.steps)
        if one.is_carried_out and one.result is None and one.linkage in linkage
    }


def _deadlines(run: PlanRun) -> list[tuple[int, datetime]]:
    if run.state is not PlanRunState.RUNNING:
        return []
    return [
        (at, one.due_at)
        for at, one in enumerate(run.steps)
        if one.state is StepState.ACTIVE and one.due_at is not None
    ]


def _whole_s(run: PlanRun, at: int) -> float:
    step = run.step_at(at)
    return step.wait_s if step.kind is StepKind.WAIT else step.deadline_s
