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
    """Orders of the incident that somebody carries out, that came since the step began, and that no step has
    yet."""
    known = {one for step in run.steps for one in step.dispatches}
    known.update(run.steps[at].earlier or ())
    return [dispatch for dispatch in dispatches if dispatch.is_carried_out and dispatch.id not in known]


def missing(run: PlanRun, at: int, dispatches: Iterable[Dispatch]) -> int:
    """Units that the step still wants; an order that came back or was called off leaves its place open."""
    its_own = run.steps[at].dispatches
    sent = sum(dispatch.is_carried_out for dispatch in dispatches if dispatch.id in its_own)
    return max(0, run.step_at(at).units - sent)


def check_sent(record: RunRecord, run: PlanRun, at: int) -> None:
    """Raises plan_run.nobody_sent(step) when a step that sends somebody of ours has nobody on the way."""
    step = run.step_at(at)
    if step.kind is not StepKind.DISPATCH or step.target in OUTSIDE:
        return
    if missing(run, at, record.tx.dispatches.of_incident(run.incident)) == step.units:
        raise ServiceError("plan_run.nobody_sent", step=step.title)


def taken(record: RunRecord, run: PlanRun, at: int, dispatch_id: str) -> PlanRun:
    """The step with the order; done, once as many as it wants are carried out.

    Raises plan_run.not_its_order(step), plan_run.step_ended(step, by).
    """
    one, step = run.steps[at], run.step_at(at)
    if dispatch_id in one.dispatches:
        return run
    orders = record.tx.dispatches.of_incident(run.incident)
    dispatch = next((order for order in unclaimed(run, at, orders) if order.id == dispatch_id), None)
    if step.kind is not StepKind.DISPATCH or dispatch is None:
        raise ServiceError("plan_run.not_its_order", step=step.title)
    check_open(run, at)
    with_order = flow.changed(run, at, replace(one, dispatches=(*one.dispatches, dispatch.id)))
    if missing(with_order, at, orders):
        return record.save(run, with_order, "answered", at)
    end = flow.StepEnd(StepState.DONE, dispatch.sent_by, dispatch.sent_by_name)
    after = launch_waiting(record.tx, flow.ended(with_order, at, end, record.now), record.now)
    return record.save(run, after, "done", at)
