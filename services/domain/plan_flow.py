"""How a run of a plan goes on: pure, from one whole run to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from services.domain.linkage import Action, ActionKind
from services.domain.moves import IllegalMove, check_move
from services.domain.plan_runs import (
    PLAN_RUN_MOVES,
    STEP_MOVES,
    OpenStep,
    PlanRun,
    PlanRunState,
    StepRun,
    StepState,
)
from services.domain.plan_steps import ASKING, END, Step, StepKind, followers, step_after

# One press must never run for ever: a plan of automatic steps that leads back to itself stops here.
MOST_STEPS_TAKEN = 500
# Whatever the program does when one of these begins, a person still has to say something.
_NEEDS_PERSON = ASKING | {
    StepKind.FORM,
    StepKind.DISPATCH,
    StepKind.CALL,
    StepKind.EVIDENCE,
    StepKind.WAIT,
}


@dataclass(frozen=True, slots=True)
class StepEnd:
    """How a step ends; see `StepRun` for the words. reason: of SKIPPED and FAILED."""

    state: StepState
    by: str = ""
    by_name: str = ""
    answer: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    reason: str = ""


def begun(run: PlanRun, now: datetime) -> PlanRun:
    """A new run with its first step begun, and those behind it that need nobody."""
    steps = tuple(StepRun(step.id) for step in run.text.steps)
    return _begin(replace(run, steps=steps), run.text.steps[0].id, now)


def ended(run: PlanRun, at: int, end: StepEnd, now: datetime) -> PlanRun:
    """The run after a step's end: what follows is begun, and a run with nothing left is complete.

    What was skipped or failed leads on as if nothing had been answered. Raises IllegalMove.
    """
    one = run.steps[at]
    check_move(STEP_MOVES, one.state, end.state)
    done = replace(
        one,
        state=end.state,
        ended_at=now,
        due_at=None,
        left_s=None,
        late_at=one.late_at or (now if is_late(run, at, now) else None),
        by=end.by,
        by_name=end.by_name,
        answer=end.answer,
        values=dict(end.values),
        note=end.note,
        reason=end.reason,
    )
    after = _with(run, at, done)
    return completed(_gone_on(after, at, end.answer, now), now)


def carried_out(run: PlanRun, at: int, linkage: str, now: datetime) -> PlanRun:
    """The hub is at its action; where nobody has to say anything, nobody waits for it either."""
    after, step = _with(run, at, replace(run.steps[at], linkage=linkage)), run.step_at(at)
    return after if step.kind in _NEEDS_PERSON or step.needs_evidence else _gone_on(after, at, "", now)


def again(run: PlanRun, at: int, now: datetime) -> PlanRun:
    """A failed step is tried once more, with its full time. Raises IllegalMove."""
    one = run.steps[at]
    if one.state is not StepState.FAILED:
        raise IllegalMove(one.state, StepState.ACTIVE)
    fresh = replace(
        one,
        state=StepState.ACTIVE,
        began_at=now,
        due_at=_due_at(run.step_at(at), now),
        ended_at=None,
        reason="",
        linkage="",
        result=None,
        took_ms=None,
        code="",
        params={},
    )
    return _with(run, at, fresh)


def changed(run: PlanRun, at: int, one: StepRun) -> PlanRun:
    """With one step in another shape of the same state."""
    assert one.state is run.steps[at].state
    return _with(run, at, one)


def moved(run: PlanRun, to: PlanRunState, reason: str, now: datetime) -> PlanRun:
    """Paused, resumed, completed or aborted; while it is paused no time runs. Raises IllegalMove."""
    check_move(PLAN_RUN_MOVES, run.state, to)
    after = replace(run, state=to, reason=reason)
    if to is PlanRunState.PAUSED:
        return replace(after, paused_at=now, steps=tuple(_held(one, now) for one in run.steps))
    if to is PlanRunState.RUNNING:
        return replace(after, paused_at=None, steps=tuple(_released(one, now) for one in run.steps))
    return replace(after, ended_at=now)


def aborted(run: PlanRun, by: str, by_name: str, reason: str, now: datetime) -> PlanRun:
    """Ended before its end: what was open is left out, for the one reason. Raises IllegalMove."""
    over = moved(run, PlanRunState.ABORTED, reason, now)
    steps = tuple(
        replace(
            one,
            state=StepState.SKIPPED,
            ended_at=now,
            due_at=None,
            left_s=None,
            by=by,
            by_name=by_name,
            reason=reason,
        )
        if one.is_open and not one.is_passed
        else one
        for one in run.steps
    )
    return replace(over, steps=steps, aborted_by=by, aborted_by_name=by_name)


def completed(run: PlanRun, now: datetime) -> PlanRun:
    """Complete, once nothing of it is open and nothing more follows."""
    waits = any(
        one.state is StepState.ACTIVE or (one.is_open and run.step_at(at).is_mandatory)
        for at, one in enumerate(run.steps)
    )
    if waits or run.state is not PlanRunState.RUNNING:
        return run
    return moved(run, PlanRunState.COMPLETED, "", now)


def is_late(run: PlanRun, at: int, now: datetime) -> bool:
    """Its deadline has passed and nobody has flagged it; a wait is never late."""
    one = run.steps[at]
    return (
        one.state is StepState.ACTIVE
        and one.late_at is None
        and one.due_at is not None
        and now >= one.due_at
        and run.step_at(at).kind is not StepKind.WAIT
    )


def action_of(step: Step) -> Action | None:
    """What the program does for it: the action laid down, else the one that its kind and target name."""
    if step.action is not None:
        return step.action
    match step.kind:
        case StepKind.VIEW:
            return Action(ActionKind.FEEDS, step.target, "owner")
        case StepKind.PTZ:
            return Action(ActionKind.PTZ_AIM, step.target)
        case StepKind.NOTIFY if step.target:
            return Action(ActionKind.NOTIFY, step.target, text=(step.text or step.title)[:500])
        case StepKind.DOOR if step.target:
            return Action(ActionKind.DOOR, step.target)
        case StepKind.LIGHT if step.target:
            return Action(ActionKind.OUTPUT, step.target, "on")
        case StepKind.BROADCAST if step.target:
            return Action(ActionKind.BROADCAST, step.target, "on", step.text[:500])
        case _:
            return None


def is_hands_free(step: Step) -> bool:
    """The program does all of it, so the next step begins beside it."""
    return step.is_automatic and step.kind not in _NEEDS_PERSON and not step.needs_evidence


def open_mandatory(run: PlanRun) -> tuple[OpenStep, ...]:
    """Mandatory steps that are neither done nor skipped, also those still to come on any way from here.

    Nothing for a run that was aborted: that was one reason for all of them.
    """
    if run.state is PlanRunState.ABORTED:
        return ()
    waiting = [at for at, one in enumerate(run.steps) if one.is_open and run.step_at(at).is_mandatory]
    ids = [run.steps[at].step for at in waiting]
    if run.is_open:
        ids += to_come(run)
    found = [step for step in run.text.steps if step.id in ids]
    return tuple(OpenStep(run.id, s.title, s.title_en) for s in found)


def next_steps(run: PlanRun, most: int = 3) -> list[Step]:
    """What comes after the current step if nothing is answered otherwise, for people to see ahead."""
    current = run.current()
    if not current:
        return []
    taken = {run.steps[at].step for at in current}
    name, found = run.steps[current[-1]].step, list[Step]()
    for _ in run.text.steps:
        name = step_after(run.text.steps, name)
        if name == END or len(found) == most:
            break
        step = run.text.step(name)
        if step is not None and name not in taken and step not in found:
            found.append(step)
    return found


def to_come(run: PlanRun) -> list[str]:
    """Mandatory steps that are still pending and that some way leads to from what is open."""
    steps: Sequence[Step] = run.text.steps
    places = {step.id: at for at, step in enumerate(steps)}
    # What the program is still at has been passed already, perhaps by a way that was not taken.
    left = [run.steps[at].step for at in run.current() if not run.steps[at].is_passed]
    seen: set[str] = set(left)
    while left:
        for name in followers(steps, places[left.pop()]):
            if name != END and name not in seen:
                seen.add(name)
                left.append(name)
    pending = {one.step for one in run.steps if one.state is StepState.PENDING}
    return [step.id for step in steps if step.id in seen & pending and step.is_mandatory]


def _begin(run: PlanRun, name: str, now: datetime) -> PlanRun:
    """Begin a step and, behind one that the program does by itself, the ones after it."""
    while name != END and len(run.steps) < MOST_STEPS_TAKEN:
        step = run.text.step(name)
        assert step is not None
        run, at = _taken(run, name)
        check_move(STEP_MOVES, run.steps[at].state, StepState.ACTIVE)
        begun = replace(
            run.steps[at],
            state=StepState.ACTIVE,
            began_at=now,
            due_at=_due_at(step, now),
            is_passed=is_hands_free(step),
        )
        run = _with(run, at, begun)
        if not begun.is_passed:
            break
        name = step_after(run.text.steps, name)
    return run


def _gone_on(run: PlanRun, at: int, answer: str, now: datetime) -> PlanRun:
    """What follows is begun, once for each time a step is taken: trying it again leads nowhere anew."""
    one = run.steps[at]
    if one.is_passed:
        return run
    passed = _with(run, at, replace(one, is_passed=True))
    return _begin(passed, step_after(run.text.steps, one.step, answer), now)


def _taken(run: PlanRun, name: str) -> tuple[PlanRun, int]:
    """Where the step stands when it is taken now: its own place, or a new row when it was taken before."""
    for at, one in enumerate(run.steps):
        if one.step == name and one.state is StepState.PENDING:
            return run, at
    return replace(run, steps=(*run.steps, StepRun(name))), len(run.steps)


def _with(run: PlanRun, at: int, one: StepRun) -> PlanRun:
    return replace(run, steps=(*run.steps[:at], one, *run.steps[at + 1 :]))


def _due_at(step: Step, now: datetime) -> datetime | None:
    lasts_s = step.wait_s if step.kind is StepKind.WAIT else step.deadline_s
    return now + timedelta(seconds=lasts_s) if lasts_s else None


def _held(one: StepRun, now: datetime) -> StepRun:
    if one.state is not StepState.ACTIVE or one.due_at is None:
        return one
    return replace(one, left_s=(one.due_at - now).total_seconds(), due_at=None)


def _released(one: StepRun, now: datetime) -> StepRun:
    if one.left_s is None:
        return one
    return replace(one, due_at=now + timedelta(seconds=one.left_s), left_s=None)
