"""Incidents 警情, dispatches 派警单 and feedback 反馈单, with the moves each may make."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType

from services.domain.site import Point

IncidentId = NewType("IncidentId", str)
DispatchId = NewType("DispatchId", str)


class IncidentState(StrEnum):
    NEW = "new"
    ACCEPTED = "accepted"
    RESPONDING = "responding"
    CONTAINED = "contained"
    REVIEW = "review"
    CLOSED = "closed"
    MERGED = "merged"
    UNFOUNDED = "unfounded"
    TRANSFERRED = "transferred"
    REOPENED = "reopened"


_ENDINGS = frozenset({IncidentState.MERGED, IncidentState.UNFOUNDED, IncidentState.TRANSFERRED})

INCIDENT_MOVES: dict[IncidentState, frozenset[IncidentState]] = {
    IncidentState.NEW: frozenset({IncidentState.ACCEPTED}) | _ENDINGS,
    IncidentState.ACCEPTED: frozenset({IncidentState.RESPONDING, IncidentState.CONTAINED}) | _ENDINGS,
    IncidentState.RESPONDING: frozenset({IncidentState.CONTAINED}) | _ENDINGS,
    IncidentState.CONTAINED: frozenset(
        {IncidentState.RESPONDING, IncidentState.REVIEW, IncidentState.CLOSED}
    ),
    # What was thought to be over may flare up while its review is being judged.
    IncidentState.REVIEW: frozenset({IncidentState.RESPONDING, IncidentState.CLOSED}),
    IncidentState.CLOSED: frozenset({IncidentState.REOPENED}),
    IncidentState.MERGED: frozenset(),
    IncidentState.UNFOUNDED: frozenset({IncidentState.REOPENED}),
    IncidentState.TRANSFERRED: frozenset({IncidentState.REOPENED}),
    IncidentState.REOPENED: frozenset({IncidentState.RESPONDING, IncidentState.CONTAINED}) | _ENDINGS,
}

OPEN_INCIDENT_STATES = frozenset(IncidentState) - {IncidentState.CLOSED} - _ENDINGS
# Ⅰ red, Ⅱ orange, Ⅲ yellow, Ⅳ blue.
LEVELS = (1, 2, 3, 4)
# Levels Ⅰ to Ⅲ are reviewed before they are closed.
REVIEWED_LEVEL = 3


class Peril(StrEnum):
    """What whoever goes there must know before."""

    WEAPON = "weapon"
    DANGEROUS_GOODS = "dangerous_goods"
    TRAPPED = "trapped"
    INJURED = "injured"
    DEAD = "dead"


class CameBy(StrEnum):
    """How the control room learned of it 接警方式."""

    ALARM = "alarm"
    PHONE = "phone"
    IN_PERSON = "in_person"
    RADIO = "radio"
    PATROL = "patrol"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who reported it; an anonymous caller leaves no name, perhaps a number."""

    name: str = ""
    phone: str = ""
    is_anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident 警情(接警单).

    kind: the type within the category, in words. loss: in words, as told. parent: the incident it was split
    from. links: others that belong together. merged_into: where it is carried on. backup_wanted: units still
    asked for. transferred_to: who has it now.
    plan_run: the plan begun last for it. police_ref: its number at 110. gravest: the highest level that it,
    or one merged into it, was ever put at before `level`. contained_at: the last time; None while it goes on.
    had_by: the users who handed it over with their shift.
    """

    id: IncidentId
    incident_no: str
    title: str
    category: str
    place: str
    at: Point | None
    content: str
    owner: str
    owner_name: str
    received_at: datetime
    state: IncidentState = IncidentState.NEW
    level: int = 4
    alarm: str = ""
    accepted_at: datetime | None = None
    contained_at: datetime | None = None
    closed_at: datetime | None = None
    result: str = ""
    is_drill: bool = False
    plan_run: str = ""
    row_version: int = 1
    kind: str = ""
    came_by: CameBy = CameBy.ALARM
    caller: Caller = field(default_factory=Caller)
    occurred_at: datetime | None = None
    perils: tuple[Peril, ...] = ()
    commander: str = ""
    police_ref: str = ""
    loss: str = ""
    parent: str = ""
    links: tuple[str, ...] = ()
    merged_into: str = ""
    transferred_to: str = ""
    backup_wanted: int = 0
    gravest: int = LEVELS[-1]
    had_by: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_INCIDENT_STATES

    @property
    def is_grave(self) -> bool:
        """Level Ⅲ or above, now or once: lowering the level undoes nothing."""
        return min(self.level, self.gravest) <= REVIEWED_LEVEL

    @property
    def short_no(self) -> int:
        """The number within its day, as the board shows it and people say it."""
        return short_no(self.incident_no)


def put_at(incident: Incident, level: int) -> Incident:
    """`incident` at that level; the gravest it held stays known."""
    if level == incident.level:
        return incident
    return replace(incident, level=level, gravest=min(incident.level, incident.gravest))


def responding(incident: Incident) -> Incident:
    """`incident` being handled: whatever was contained is not any more."""
    return replace(incident, state=IncidentState.RESPONDING, contained_at=None)


def short_no(number: str) -> int:
    """12 for "JQ20261124-0012"; 0 for a number of another make."""
    tail = number.rpartition("-")[2]
    return int(tail) if tail.isdecimal() else 0


class DispatchState(StrEnum):
    DRAFT = "draft"
    SENT = "sent"
    DELIVERED = "delivered"
    SIGNED = "signed"
    EN_ROUTE = "en_route"
    ON_SCENE = "on_scene"
    DONE = "done"
    FEEDBACK = "feedback"
    CLOSED = "closed"
    RETURNED = "returned"
    CANCELLED = "cancelled"


# A radio gives no delivery report, so SENT may go to SIGNED directly.
DISPATCH_MOVES: dict[DispatchState, frozenset[DispatchState]] = {
    DispatchState.DRAFT: frozenset({DispatchState.SENT, DispatchState.CANCELLED}),
    DispatchState.SENT: frozenset(
        {DispatchState.DELIVERED, DispatchState.SIGNED, DispatchState.RETURNED, DispatchState.CANCELLED}
    ),
    DispatchState.DELIVERED: frozenset(
        {DispatchState.SIGNED, DispatchState.RETURNED, DispatchState.CANCELLED}
    ),
    DispatchState.SIGNED: frozenset(
        {DispatchState.EN_ROUTE, DispatchState.RETURNED, DispatchState.CANCELLED}
    ),
    DispatchState.EN_ROUTE: frozenset({DispatchState.ON_SCENE, DispatchState.CANCELLED}),
    DispatchState.ON_SCENE: frozenset({DispatchState.DONE, DispatchState.CANCELLED}),
    DispatchState.DONE: frozenset({DispatchState.FEEDBACK}),
    DispatchState.FEEDBACK: frozenset({DispatchState.CLOSED}),
    DispatchState.CLOSED: frozenset(),
    DispatchState.RETURNED: frozenset({DispatchState.SENT, DispatchState.CANCELLED}),
    DispatchState.CANCELLED: frozenset(),
}

RUNNING_DISPATCH_STATES = frozenset(
    {
        DispatchState.SENT,
        DispatchState.DELIVERED,
        DispatchState.SIGNED,
        DispatchState.EN_ROUTE,
        DispatchState.ON_SCENE,
        DispatchState.DONE,
    }
)
_NOBODY_GOES = frozenset({DispatchState.DRAFT, DispatchState.RETURNED, DispatchState.CANCELLED})


class Channel(StrEnum):
    RADIO = "radio"
    PHONE = "phone"
    APP = "app"
    POLICE = "110"


class TargetKind(StrEnum):
    """Whom an order may be given to; OUTSIDE ones are reached by a call and report by voice only."""

    GUARD = "guard"
    POST = "post"
    PATROL = "patrol"
    TEAM = "team"
    POLICE = "110"
    FIRE_BRIGADE = "119"
    AMBULANCE = "120"
    DEPARTMENT = "department"


OUTSIDE = frozenset({TargetKind.POLICE, TargetKind.FIRE_BRIGADE, TargetKind.AMBULANCE, TargetKind.DEPARTMENT})


@dataclass(frozen=True, slots=True)
class Ranked:
    """One line of the list from which the unit was chosen; why: the reasons in words, as shown."""

    guard: str
    name: str
    distance_m: float
    why: str


@dataclass(frozen=True, slots=True)
class Returned:
    """One sending of an order that came back 退单."""

    sent_at: datetime
    returned_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One dispatch 派警单; `why` keeps the reasons for the unit that was chosen, as shown.

    guard, guard_name: number and name of the target, whatever its kind. members: the guards who go for a
    post, patrol or team. distance_m: walking distance when sent. late: names of the deadlines that passed
    (sign, arrive, done). Times follow the states of the same names. recommended: the guard whom the program
    had put first, "" = nobody. ranks: the list that was on the screen, best first. queued_at: when it was
    sent while the record was away. returns: sendings that came back; sent_at is the last one's.
    ended_at: returned or cancelled.
    """

    id: DispatchId
    dispatch_no: str
    incident: IncidentId
    guard: str
    guard_name: str
    order_text: str
    channel: Channel
    why: str
    distance_m: float
    sent_by: str
    sent_by_name: str
    sent_at: datetime
    state: DispatchState = DispatchState.SENT
    sign_due_at: datetime | None = None
    arrive_due_at: datetime | None = None
    delivered_at: datetime | None = None
    signed_at: datetime | None = None
    en_route_at: datetime | None = None
    on_scene_at: datetime | None = None
    done_at: datetime | None = None
    feedback_at: datetime | None = None
    late: tuple[str, ...] = ()
    end_reason: str = ""
    ended_at: datetime | None = None
    row_version: int = 1
    target: TargetKind = TargetKind.GUARD
    members: tuple[str, ...] = ()
    done_due_at: datetime | None = None
    is_backup: bool = False
    recommended: str = ""
    ranks: tuple[Ranked, ...] = ()
    queued_at: datetime | None = None
    returns: tuple[Returned, ...] = ()
    is_drill: bool = False

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING_DISPATCH_STATES

    @property
    def is_outside(self) -> bool:
        return self.target in OUTSIDE

    @property
    def is_carried_out(self) -> bool:
        """By somebody of ours: under way or done; neither given back nor called off."""
        return not self.is_outside and self.state not in _NOBODY_GOES

    @property
    def guards(self) -> tuple[str, ...]:
        """Everyone of ours who goes."""
        if self.is_outside:
            return ()
        return self.members or (self.guard,)

    @property
    def is_as_recommended(self) -> bool:
        return not self.recommended or self.recommended == self.guard

    @property
    def over_at(self) -> datetime | None:
        """Since when the guard has nothing to do with it any more; None while they have."""
        if self.state in (DispatchState.RETURNED, DispatchState.CANCELLED):
            return self.ended_at
        return self.done_at


@dataclass(frozen=True, slots=True)
class Feedback:
    """One feedback 反馈单: what the unit found and did."""

    dispatch: DispatchId
    at: datetime
    by: str
    by_name: str
    result: str
    persons_sent: int = 1
    rescued: int = 0
    injured: int = 0
    dead: int = 0
    caught: int = 0
    handed_over_to: str = ""
    vehicles_sent: int = 0
    loss: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One line of an incident's timeline; `what` names a sentence in `ui.text`.

    params: what it needs; several words in one stand one a line.
    """

    id: str
    incident: IncidentId
    at: datetime
    actor_name: str
    what: str
    params: dict[str, str] = field(default_factory=dict)
