"""Incidents 警情, dispatches 派警单 and feedback 反馈单, with the moves each may make."""

from __future__ import annotations

from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident 警情(接警单). plan_run: the plan begun last for it."""

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

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_INCIDENT_STATES


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


class Channel(StrEnum):
    RADIO = "radio"
    PHONE = "phone"
    APP = "app"


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One dispatch 派警单 of one guard; `why` keeps the recommendation's reasons as shown.

    distance_m: walking distance when sent. late: names of the deadlines that passed
    (sign, arrive, done). Times follow the states of the same names.
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
    row_version: int = 1

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING_DISPATCH_STATES


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


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One line of an incident's timeline; `what` names a sentence in `ui.text`."""

    id: str
    incident: IncidentId
    at: datetime
    actor_name: str
    what: str
    params: dict[str, str] = field(default_factory=dict)
