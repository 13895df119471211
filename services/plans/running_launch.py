"""Hands a step's action to linkage: written with the step, carried out by the hub, each once at most."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from services.core.ids import new_id
from services.domain import plan_flow as flow
from services.domain.facts import LinkageRunChanged
from services.domain.linkage import OUTWARD, SWITCHING, Action
from services.domain.linkage_runs import ActionRun, LinkageRun, Result, RunState, needs_hub
from services.domain.people import Permission, Session, Thing
from services.domain.plan_runs import PlanRun, StepState
from services.domain.plan_steps import Step, StepKind
from services.identity import authorize
from services.storage import Tx

# Before the id of a plan's run, as the rule of a linkage run that belongs to no rule.
OF_PLAN = "plan:"
IN_DRILL = "linkage.drill"


def launch_waiting(tx: Tx, run: PlanRun, now: datetime) -> PlanRun:
    """Begin the actions of all steps that have just begun and that the program does by itself; those that
    send somebody note which orders came before them."""
    at = 0
    # What a drill leaves out is over at once, and may begin the next one.
    while at < len(run.steps):
        one = run.steps[at]
        if one.state is StepState.ACTIVE and not one.linkage and run.step_at(at).is_automatic:
            run = launch(tx, run, at, now)
        at += 1
    return _with_earlier(tx, run)


def check_switching(tx: Tx, session: Session, step: Step) -> None:
    """Who presses a step that switches something must be allowed to switch it; what a plan in force does by
    itself was decided by whoever published it. Raises identity.forbidden, identity.barred.
    """
    action = flow.action_of(step)
    if action is None or action.kind not in SWITCHING:
        return
    site = tx.site()
    output = site.output(action.target) if site is not None else None
    place = output.place if output is not None else ""
    authorize(session, Permission.CONTROL_OUTPUTS, Thing(place))


def launch(tx: Tx, run: PlanRun, at: int, now: datetime) -> PlanRun:
    """Begin one step's action; in a drill nothing moves and nothing is told outside."""
    step = run.step_at(at)
    action = flow.action_of(step)
    assert action is not None
    linkage = _linkage_run(run, step, action, now)
    if run.is_drill and action.kind in OUTWARD:
        left_out = ActionRun(action, Result.SKIPPED, now, now, IN_DRILL)
        linkage = replace(linkage, actions=(left_out,), state=RunState.DONE)
    elif needs_hub(linkage):
        linkage = replace(linkage, state=RunState.WAITING)
    tx.record(LinkageRunChanged(tx.linkage_runs.add(linkage)))
    return finished(flow.carried_out(run, at, linkage.id, now), at, linkage, now)


def finished(run: PlanRun, at: int, linkage: LinkageRun, now: datetime) -> PlanRun:
    """With what became of the action, once that is known; a step that nobody has to answer ends with it."""
    done = linkage.actions[0]
    if not done.is_over:
        return run
    told = replace(
        run.steps[at],
        result=done.result,
        took_ms=linkage.ms(done),
        code=done.code,
        params=dict(done.params),
    )
    run = flow.changed(run, at, told)
    if not told.is_passed:
        return run
    went_well = done.result in (Result.OK, Result.LATE, Result.SKIPPED)
    state = StepState.DONE if went_well else StepState.FAILED
    return flow.ended(run, at, flow.StepEnd(state, told.by, told.by_name), now)


def _with_earlier(tx: Tx, run: PlanRun) -> PlanRun:
    begun = [
        at
        for at, one in enumerate(run.steps)
        if one.state is StepState.ACTIVE and one.earlier is None and run.step_at(at).kind is StepKind.DISPATCH
    ]
    if begun:
        orders = tx.dispatches.of_incident(run.incident)
        earlier = tuple(order.id for order in orders if order.is_carried_out)
        for at in begun:
            run = flow.changed(run, at, replace(run.steps[at], earlier=earlier))
    return run


def _linkage_run(run: PlanRun, step: Step, action: Action, now: datetime) -> LinkageRun:
    return LinkageRun(
        id=new_id(),
        alarm=run.alarm,
        rule=f"{OF_PLAN}{run.id}",
        rule_version=run.version,
        rule_name=f"{run.text.name} · {step.title}",
        rule_name_en=f"{run.text.name_en or run.text.name} · {step.title_en or step.title}",
        received_at=now,
        actions=(ActionRun(action),),
        is_drill=run.is_drill,
        incident=run.incident,
    )
