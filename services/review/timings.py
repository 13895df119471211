"""How long each step took against how long it may take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.domain.classes import Priority
from services.domain.clocks import Clocks
from services.domain.incidents import Dispatch
from services.domain.plan_runs import PlanRun, StepState
from services.review.moments import History


class Clock(StrEnum):
    """What is timed. CLAIM, DISPATCH, CONTAIN and CLOSE count from the alarm; SIGN, ARRIVE and DONE from the
    order; STEP, a step of a plan, from its beginning."""

    CLAIM = "claim"
    DISPATCH = "dispatch"
    SIGN = "sign"
    ARRIVE = "arrive"
    DONE = "done"
    STEP = "step"
    CONTAIN = "contain"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Timing:
    """no, name: of the alarm, of the order with its guard, of the plan's step.

    actual_s: None = it never came to that. target_s: None = no limit is laid down.
    """

    clock: Clock
    no: str
    name: str
    actual_s: float | None
    target_s: float | None

    @property
    def is_late(self) -> bool:
        """A step that never came is late too, where there is a limit."""
        return self.target_s is not None and (self.actual_s is None or self.actual_s > self.target_s)


def timings_of(history: History, clocks: Mapping[Priority, Clocks]) -> list[Timing]:
    """In the order of the work: alarms, first order, each order's steps, then the incident's end."""
    incident = history.incident
    found: list[Timing] = []
    for alarm in history.alarms:
        claimed_at = alarm.first_claimed_at or alarm.claimed_at
        limit_s = clocks[alarm.priority].claim_s
        actual_s = _seconds(alarm.received_at, claimed_at)
        found.append(Timing(Clock.CLAIM, alarm.event_no, alarm.name, actual_s, limit_s))
    found += _first_order(history, clocks)
    for dispatch in history.dispatches:
        found += _of_dispatch(dispatch)
    for run in history.plan_runs:
        found += _of_plan(run)
    since = incident.received_at
    for clock, at in ((Clock.CONTAIN, incident.contained_at), (Clock.CLOSE, incident.closed_at)):
        if at is not None:
            found.append(Timing(clock, incident.incident_no, "", _seconds(since, at), None))
    return found


def _first_order(history: History, clocks: Mapping[Priority, Clocks]) -> Iterator[Timing]:
    incident = history.incident
    opened_by = next((alarm for alarm in history.alarms if alarm.id == incident.alarm), None)
    limit_s = clocks[opened_by.priority].dispatch_s if opened_by is not None else None
    sent_at = min((dispatch.sent_at for dispatch in history.dispatches), default=None)
    if sent_at is not None or limit_s is not None:
        actual_s = _seconds(incident.received_at, sent_at)
        yield Timing(Clock.DISPATCH, incident.incident_no, "", actual_s, limit_s)


def _of_dispatch(dispatch: Dispatch) -> Iterator[Timing]:
    steps = (
        (Clock.SIGN, dispatch.signed_at, dispatch.sign_due_at),
        (Clock.ARRIVE, dispatch.on_scene_at, dispatch.arrive_due_at),
        (Clock.DONE, dispatch.done_at, dispatch.done_due_at),
    )
    for clock, at, due_at in steps:
        if at is None and (due_at is None or dispatch.end_reason):
            continue
        yield Timing(
            clock,
            dispatch.dispatch_no,
            dispatch.guard_name,
            _seconds(dispatch.sent_at, at),
            _seconds(dispatch.sent_at, due_at),
        )


def _of_plan(run: PlanRun) -> Iterator[Timing]:
    """The steps that have a deadline and were begun; one that was skipped was not late."""
    for at, one in enumerate(run.steps):
        step = run.step_at(at)
        if one.began_at is None or not step.deadline_s or one.state is StepState.SKIPPED:
            continue
        actual_s = _seconds(one.began_at, one.ended_at)
        if actual_s is not None or one.is_late:
            yield Timing(Clock.STEP, "", step.title, actual_s, step.deadline_s)


def _seconds(since: datetime, until: datetime | None) -> float | None:
    """Clocks of two machines differ: what seems to have ended before it began took no time."""
    return None if until is None else max(0.0, (until - since).total_seconds())
