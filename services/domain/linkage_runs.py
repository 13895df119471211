"""The record of a linkage rule that ran: every action with its times and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from services.domain.linkage import Action, OnFail


class Result(StrEnum):
    """What became of an action. UNAVAILABLE: there is nothing here that could do it."""

    PENDING = "pending"
    OK = "ok"
    LATE = "late"
    FAILED = "failed"
    UNAVAILABLE = "unavailable"
    SKIPPED = "skipped"
    INTERRUPTED = "interrupted"


WENT_WELL = frozenset({Result.OK, Result.LATE})


class RunState(StrEnum):
    """WAITING: the hub has not begun it."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    INTERRUPTED = "interrupted"


UNFINISHED = frozenset({RunState.WAITING, RunState.RUNNING})


@dataclass(frozen=True, slots=True)
class ActionRun:
    """One action of a run. code: why not, an error code, with its parameters; by: the workstation that did
    it, "" = the hub."""

    action: Action
    result: Result = Result.PENDING
    started_at: datetime | None = None
    ended_at: datetime | None = None
    code: str = ""
    params: dict[str, str] = field(default_factory=dict)
    by: str = ""

    @property
    def is_over(self) -> bool:
        return self.result is not Result.PENDING


@dataclass(frozen=True, slots=True)
class LinkageRun:
    """One time a rule ran, with every action as it was then.

    received_at: when the alarm's signal came, from which all milliseconds count. incident: of a run that a
    plan set off; its alarm may be "".
    """

    id: str
    alarm: str
    rule: str
    rule_version: int
    rule_name: str
    rule_name_en: str
    received_at: datetime
    actions: tuple[ActionRun, ...]
    in_order: bool = False
    is_drill: bool = False
    state: RunState = RunState.RUNNING
    row_version: int = 1
    incident: str = ""

    @property
    def is_over(self) -> bool:
        return self.state not in UNFINISHED

    @property
    def total_ms(self) -> int:
        """Until the last action that was done; 0 when none was."""
        return max((self.ms(one) or 0 for one in self.actions), default=0)

    def ms(self, one: ActionRun) -> int | None:
        """From the signal's arrival to the action's end; None while it is not over."""
        return None if one.ended_at is None else _ms(self.received_at, one.ended_at)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one action; started_at None: with the alarm. code: why it did not go well."""

    result: Result
    ended_at: datetime
    started_at: datetime | None = None
    code: str = ""
    params: dict[str, str] = field(default_factory=dict)
    by: str = ""


def due(run: LinkageRun) -> list[int]:
    """The actions that may be under way now: in order the first that is not over, else all of those."""
    if run.is_over:
        return []
    pending = [index for index, one in enumerate(run.actions) if not one.is_over]
    return pending[:1] if run.in_order else pending


def with_outcome(run: LinkageRun, index: int, outcome: Outcome) -> LinkageRun:
    """The run after an action's end; the first word about an action stands, later ones change nothing."""
    if run.is_over or not 0 <= index < len(run.actions) or run.actions[index].is_over:
        return run
    action = run.actions[index].action
    started_at = outcome.started_at or run.received_at
    result = outcome.result
    since = started_at if run.in_order else run.received_at
    if result is Result.OK and _ms(since, outcome.ended_at) > action.limit_ms:
        result = Result.LATE
    done = ActionRun(action, result, started_at, outcome.ended_at, outcome.code, outcome.params, outcome.by)
    actions = [*run.actions[:index], done, *run.actions[index + 1 :]]
    if result is Result.FAILED and action.on_fail is OnFail.STOP and run.in_order:
        actions = [one if one.is_over else replace(one, result=Result.SKIPPED) for one in actions]
    return _settled(replace(run, actions=tuple(actions)))


def interrupted(run: LinkageRun) -> LinkageRun:
    """The hub that ran it is gone: nobody knows how far it came, and it is not tried again."""
    actions = tuple(one if one.is_over else replace(one, result=Result.INTERRUPTED) for one in run.actions)
    return replace(run, actions=actions, state=RunState.INTERRUPTED)


def needs_hub(run: LinkageRun) -> bool:
    return any(not one.is_over and not one.action.is_of_seat for one in run.actions)


def _settled(run: LinkageRun) -> LinkageRun:
    return replace(run, state=RunState.DONE) if all(one.is_over for one in run.actions) else run


def _ms(since: datetime, until: datetime) -> int:
    """Clocks of two machines differ: what seems to have ended before it began took no time."""
    return max(0, round((until - since).total_seconds() * 1000))
