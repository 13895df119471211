"""Whether a zone's signals count: armed groups, isolated zones, zones under test; pure rules.

The law (GB 50394-2007 5.2.2) stands above all of it: what is not in DISARMABLE always counts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum

from services.domain.alarms import Qualifier, Signal
from services.domain.arm_hours import last_edge
from services.domain.classes import DISARMABLE
from services.domain.site import ArmGroup, Zone

MOST_ISOLATED = timedelta(days=7)
MOST_TESTED = timedelta(hours=8)
# A seat's clock may be ahead of the hub's by so much. What begins later than that has not begun: then
# somebody has set a clock, and counting a signal too many is the smaller mistake.
CLOCKS_APART = timedelta(minutes=2)


class Hold(StrEnum):
    """Why a signal is kept as a record and raises no alarm."""

    DISARMED = "disarmed"
    ISOLATED = "isolated"
    TEST = "test"


class ZoneCondition(StrEnum):
    """How a zone stands, as screens show it; of several the first that is true."""

    ACTIVE = "active"
    ISOLATED = "isolated"
    TEST = "test"
    DISARMED = "disarmed"
    ARMED = "armed"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Isolation:
    """A zone taken out by a named person, until a time."""

    reason: str
    owner: str
    owner_name: str
    since_at: datetime
    until_at: datetime


@dataclass(frozen=True, slots=True)
class ZoneTest:
    """A zone whose signals are expected for a while."""

    owner: str
    owner_name: str
    since_at: datetime
    until_at: datetime


@dataclass(frozen=True, slots=True)
class Walk:
    """A zone's part in a walk test; `id` is the same for all zones of one walk.

    answered_at: its first signal since begun_at. ended_at: None while people still walk.
    """

    id: str
    owner: str
    owner_name: str
    begun_at: datetime
    until_at: datetime
    answered_at: datetime | None = None
    ended_at: datetime | None = None

    def is_running(self, at: datetime) -> bool:
        return self.ended_at is None and is_in_force(self.begun_at, self.until_at, at, CLOCKS_APART)


@dataclass(frozen=True, slots=True)
class ZoneState:
    """What is on record of a zone beside the site. signal_at: the last signal heard from it, and which."""

    zone: str
    isolation: Isolation | None = None
    test: ZoneTest | None = None
    walk: Walk | None = None
    signal_at: datetime | None = None
    signal_code: str = ""
    signal_qualifier: Qualifier | None = None
    signal_outcome: str = ""
    row_version: int = 1

    @property
    def is_held(self) -> bool:
        """Something about it ends by itself."""
        is_walked = self.walk is not None and self.walk.ended_at is None
        return self.isolation is not None or self.test is not None or is_walked


@dataclass(frozen=True, slots=True)
class Delayed:
    """A signal whose alarm waits for `due_at`, because somebody may be on the way to the keypad.

    is_quiet: its source has restored meanwhile; the alarm comes all the same, for the entry happened.
    """

    zone: str
    signal: Signal
    due_at: datetime
    is_quiet: bool = False

    @property
    def delay_s(self) -> float:
        return (self.due_at - self.signal.received_at).total_seconds()


@dataclass(frozen=True, slots=True)
class ArmState:
    """Whether a group is armed. by, by_name: who decided it, "" = the schedule or the system."""

    group: str
    is_armed: bool
    since_at: datetime
    by: str = ""
    by_name: str = ""
    delayed: tuple[Delayed, ...] = ()
    row_version: int = 1


def is_in_force(since_at: datetime, until_at: datetime, at: datetime, slack: timedelta) -> bool:
    """slack: how far a beginning may lie ahead of `at`."""
    return since_at - slack <= at < until_at


def arming_of(
    group: ArmGroup, stored: ArmState | None, at: datetime, slack: timedelta, zone: tzinfo | None
) -> ArmState:
    """How the group is at `at`: by the last word on record or the schedule's newer edge; else armed.

    A word that lies in the future proves that a clock was set: until it comes, the group is armed.
    """
    edge = last_edge(group.schedule, at, zone)
    if stored is not None and stored.since_at - slack > at:
        return stored if stored.is_armed else _again(stored, True, at)
    if edge is not None and (stored is None or edge.at > stored.since_at):
        if stored is None:
            return ArmState(group.no, edge.is_armed, edge.at)
        return stored if stored.is_armed is edge.is_armed else _again(stored, edge.is_armed, edge.at)
    return stored or ArmState(group.no, True, at)


def hold_of(
    zone: Zone, state: ZoneState | None, arming: ArmState | None, at: datetime, slack: timedelta
) -> Hold | None:
    """Why a signal of the zone's own kind is only kept, None when it counts. arming None: no group."""
    if zone.alarm_class not in DISARMABLE:
        return None
    for hold, fact in (
        (Hold.ISOLATED, state.isolation if state else None),
        (Hold.TEST, state.test if state else None),
    ):
        if fact is not None and is_in_force(fact.since_at, fact.until_at, at, slack):
            return hold
    return Hold.DISARMED if arming is not None and not arming.is_armed else None


def condition_of(
    zone: Zone, state: ZoneState | None, arming: ArmState | None, at: datetime, *, is_active: bool
) -> ZoneCondition:
    """is_active: an open alarm of the zone whose source has not restored."""
    if is_active:
        return ZoneCondition.ACTIVE
    if zone.alarm_class not in DISARMABLE:
        return ZoneCondition.ALWAYS
    hold = hold_of(zone, state, arming, at, CLOCKS_APART)
    return ZoneCondition.ARMED if hold is None else ZoneCondition(hold.value)


def settled(state: ZoneState, zone: Zone | None, at: datetime) -> ZoneState:
    """`state` without what is over, was never allowed, or belongs to a zone that is gone."""
    may_hold = zone is not None and zone.alarm_class in DISARMABLE
    isolation, test, walk = state.isolation, state.test, state.walk
    if isolation and not (may_hold and is_in_force(isolation.since_at, isolation.until_at, at, CLOCKS_APART)):
        isolation = None
    if test and not (may_hold and is_in_force(test.since_at, test.until_at, at, CLOCKS_APART)):
        test = None
    if walk and walk.ended_at is None and not walk.is_running(at):
        walk = replace(walk, ended_at=at)
    if (isolation, test, walk) == (state.isolation, state.test, state.walk):
        return state
    return replace(state, isolation=isolation, test=test, walk=walk)


def _again(stored: ArmState, is_armed: bool, since_at: datetime) -> ArmState:
    """What waits goes on waiting: only a person takes a delayed alarm back."""
    return replace(stored, is_armed=is_armed, since_at=since_at, by="", by_name="")
