"""Reads the score sheet of a drill out of the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from services.domain.alarms import Alarm
from services.domain.classes import Priority
from services.domain.clocks import Clocks
from services.domain.drill_scores import LineKind, Mark, ScoreLine, ScoreSheet
from services.domain.drills import Drill
from services.domain.incidents import Dispatch
from services.domain.plan_flow import to_come
from services.domain.plan_runs import PlanRun, PlanRunState, StepState
from services.domain.plan_steps import StepKind
from services.storage import View


def score(view: View, drill: Drill, limits: Mapping[Priority, Clocks], now: datetime) -> ScoreSheet:
    alarms = view.alarms.some(drill.alarms)
    lines: list[ScoreLine] = []
    past = _past(view, drill)
    for alarm in sorted(alarms, key=lambda one: one.received_at):
        orders = view.dispatches.of_incident(alarm.incident) if alarm.incident else []
        lines += _alarm_lines(alarm, orders, limits[alarm.priority], drill, past)
    incidents = dict.fromkeys(alarm.incident for alarm in alarms if alarm.incident)
    for incident in incidents:
        for dispatch in view.dispatches.of_incident(incident):
            lines += _order_lines(dispatch, drill)
        for run in view.plan_runs.of(incident):
            lines += _run_lines(run, drill)
    if drill.plan and not any(view.plan_runs.of(one) for one in incidents):
        mark = Mark.OPEN if drill.is_open else Mark.MISSED
        lines.append(ScoreLine(LineKind.PLAN, drill.name, "", None, None, mark))
    return ScoreSheet(drill, tuple(lines), drill.played_s(now))


def _past(view: View, drill: Drill) -> dict[LineKind, float]:
    """How long the same took then."""
    if not drill.replays:
        return {}
    found: dict[LineKind, float] = {}
    alarms = view.alarms.of_incident(drill.replays)
    orders = view.dispatches.of_incident(drill.replays)
    if alarms and alarms[0].first_claimed_at:
        found[LineKind.CLAIM] = (alarms[0].first_claimed_at - alarms[0].received_at).total_seconds()
    if alarms and orders:
        found[LineKind.DISPATCH] = (orders[0].sent_at - alarms[0].received_at).total_seconds()
    return found


def _alarm_lines(
    alarm: Alarm, orders: Sequence[Dispatch], clocks: Clocks, drill: Drill, past: Mapping[LineKind, float]
) -> list[ScoreLine]:
    claimed = _seconds(alarm.received_at, alarm.first_claimed_at or alarm.claimed_at)
    sent = _seconds(alarm.received_at, min((one.sent_at for one in orders), default=None))
    lines = [_line(LineKind.CLAIM, alarm.name, alarm.name_en, clocks.claim_s, claimed, drill, past)]
    if clocks.dispatch_s:
        lines.append(
            _line(LineKind.DISPATCH, alarm.name, alarm.name_en, clocks.dispatch_s, sent, drill, past)
        )
    return lines


def _order_lines(dispatch: Dispatch, drill: Drill) -> list[ScoreLine]:
    found = []
    for kind, due_at, met_at in (
        (LineKind.SIGN, dispatch.sign_due_at, dispatch.signed_at),
        (LineKind.ARRIVE, dispatch.arrive_due_at, dispatch.on_scene_at),
        (LineKind.DONE, dispatch.done_due_at, dispatch.done_at),
    ):
        if due_at is not None:
            target_s, took_s = _seconds(dispatch.sent_at, due_at), _seconds(dispatch.sent_at, met_at)
            found.append(_line(kind, dispatch.guard_name, "", target_s, took_s, drill, {}))
    return found


def _run_lines(run: PlanRun, drill: Drill) -> list[ScoreLine]:
    """Every step that was taken, and the mandatory ones that were not."""
    lines = []
    for at, one in enumerate(run.steps):
        step = run.step_at(at)
        if one.state is StepState.PENDING or step.kind is StepKind.WAIT:
            continue
        took_s = _seconds(one.began_at, one.ended_at) if one.state is StepState.DONE else None
        match one.state:
            case StepState.DONE:
                mark = Mark.LATE if one.is_late else Mark.MET
            case StepState.SKIPPED:
                mark = Mark.SKIPPED
            case _:
                mark = Mark.OPEN if drill.is_open else Mark.MISSED
        target_s = step.deadline_s or None
        lines.append(ScoreLine(LineKind.STEP, step.title, step.title_en, target_s, took_s, mark, one.reason))
    taken = {one.step for one in run.steps if one.state is not StepState.PENDING}
    missed = Mark.OPEN if drill.is_open else Mark.MISSED
    # A run that was ended with the drill forgets nothing of what it still had to do.
    ahead = () if run.state is PlanRunState.COMPLETED else to_come(run)
    for step in run.text.steps:
        if step.id in ahead and step.id not in taken:
            lines.append(
                ScoreLine(LineKind.STEP, step.title, step.title_en, step.deadline_s or None, None, missed)
            )
    return lines


def _line(
    kind: LineKind,
    name: str,
    name_en: str,
    target_s: float | None,
    took_s: float | None,
    drill: Drill,
    past: Mapping[LineKind, float],
) -> ScoreLine:
    if took_s is None:
        mark = Mark.OPEN if drill.is_open else Mark.MISSED
    else:
        mark = Mark.LATE if target_s is not None and took_s > target_s else Mark.MET
    return ScoreLine(kind, name, name_en, target_s, took_s, mark, past_s=past.get(kind))


def _seconds(since: datetime | None, until: datetime | None) -> float | None:
    return None if since is None or until is None else (until - since).total_seconds()
