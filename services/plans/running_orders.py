"""Orders that are sent while a step asks for somebody to be sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from services.core.errors import ServiceError
from services.domain import plan_flow as flow
from services.domain.incidents import Dispatch
from services.domain.plan_runs import PlanRun, StepState
from services.domain.plan_steps import StepKind
from services.plans.running_answers import OUTSIDE, check_open
from services.plans.running_launch import launch_waiting
from services.plans.running_record import RunRecord


def wanting(run: PlanRun) -> list[int]:
    """The steps that wait for an order to be sent."""
    found = []
    for at in run.current():
        step = run.step_at(at)
        if step.kind is StepKind.DISPATCH and step.target not in OUTSIDE:
            found.append(at)
    return found


def unclaimed(run: PlanRun, at: int, dispatches: Iterable[Dispatch]) -> list[Dispatch]:
    """Orders of the incident that were sent since the step began and that no step has yet."""
    began_at = run.steps[at].began_at
    known = {one for step in run.steps for one in step.dispatches}
    return [
        dispatch
        for dispatch in dispatches
        if dispatch.id not in known and began_at is not None and dispatch.sent_at >= began_at
    ]


def taken(record: RunRecord, run: PlanRun, at: int, dispatch_id: str) -> PlanRun:
    """The step with the order; done, once as many as it wants were sent.

    Raises plan_run.not_its_order(step), plan_run.step_ended(step, by).
    """
    one, step = run.steps[at], run.step_at(at)
    if dispatch_id in one.dispatches:
        return run
    dispatch = record.tx.dispatches.get(dispatch_id)
    if step.kind is not StepKind.DISPATCH or dispatch.incident != run.incident:
        raise ServiceError("plan_run.not_its_order", step=step.title)
    check_open(run, at)
    with_order = flow.changed(run, at, replace(one, dispatches=(*one.dispatches, dispatch.id)))
    if len(with_order.steps[at].dispatches) < step.units:
        return record.save(run, with_order, "answered", at)
    end = flow.StepEnd(StepState.DONE, dispatch.sent_by, dispatch.sent_by_name)
    after = launch_waiting(record.tx, flow.ended(with_order, at, end, record.now), record.now)
    return record.save(run, after, "done", at)
