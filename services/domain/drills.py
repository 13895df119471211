"""Drills 演练: a plan or a past incident played on the real screens, with people and alarms that are not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from services.domain.classes import AlarmClass
from services.domain.moves import check_move
from services.domain.site import Point

DrillId = NewType("DrillId", str)

MOST_MOMENTS = 40
# A drill that somebody forgot ends by itself.
LONGEST_DRILL = timedelta(hours=4)


# As records keep them: the reason of everything that ends with a drill, and who acts for people in one.
DRILL_OVER = "演练结束"
DRILL_PLAYER = "演练角色"


class DrillState(StrEnum):
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    STOPPED = "stopped"


# PAUSED: something real came; nothing more is played until somebody says so.
DRILL_MOVES: dict[DrillState, frozenset[DrillState]] = {
    DrillState.RUNNING: frozenset({DrillState.PAUSED, DrillState.DONE, DrillState.STOPPED}),
    DrillState.PAUSED: frozenset({DrillState.RUNNING, DrillState.DONE, DrillState.STOPPED}),
    DrillState.DONE: frozenset(),
    DrillState.STOPPED: frozenset(),
}

OPEN_DRILL_STATES = frozenset({DrillState.RUNNING, DrillState.PAUSED})


@dataclass(frozen=True, slots=True)
class DrillMoment:
    """An alarm that the drill raises. at_s: seconds of the drill. zone: whose name and place it has, "" = it
    has its own. alarm: the one it raised, "" = its time has not come.
    """

    at_s: float
    alarm_class: AlarmClass
    name: str
    place: str
    at: Point | None = None
    zone: str = ""
    text: str = ""
    alarm: str = ""


@dataclass(frozen=True, slots=True)
class Drill:
    """plan: the one tried, "" = none named. replays: the past incident that is played again.

    has_people: guards are played, too: they sign, walk and arrive by themselves. held_s: how long it was
    paused in all. reason: why it was paused or stopped last.
    """

    id: DrillId
    name: str
    started_by: str
    started_by_name: str
    started_at: datetime
    moments: tuple[DrillMoment, ...]
    plan: str = ""
    replays: str = ""
    has_people: bool = True
    state: DrillState = DrillState.RUNNING
    reason: str = ""
    paused_at: datetime | None = None
    held_s: float = 0.0
    ended_at: datetime | None = None
    ended_by_name: str = ""
    resumed_at: datetime | None = None
    row_version: int = 1

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_DRILL_STATES

    @property
    def heeds_from(self) -> datetime:
        """A real alarm from then on stops it; those before were known when somebody let it go on."""
        return self.resumed_at or self.started_at

    @property
    def alarms(self) -> tuple[str, ...]:
        """Those it has raised."""
        return tuple(moment.alarm for moment in self.moments if moment.alarm)

    def played_s(self, now: datetime) -> float:
        """How far it is, without its pauses."""
        until = self.ended_at or self.paused_at or now
        return (until - self.started_at).total_seconds() - self.held_s

    def due(self, now: datetime) -> list[int]:
        """The places of the moments that are to be played now."""
        if self.state is not DrillState.RUNNING:
            return []
        played_s = self.played_s(now)
        return [at for at, one in enumerate(self.moments) if not one.alarm and one.at_s <= played_s]


def moved(drill: Drill, to: DrillState, reason: str, now: datetime) -> Drill:
    """Raises IllegalMove."""
    check_move(DRILL_MOVES, drill.state, to)
    after = replace(drill, state=to, reason=reason)
    if to is DrillState.PAUSED:
        return replace(after, paused_at=now)
    held_s = drill.held_s
    if drill.paused_at is not None:
        held_s += (now - drill.paused_at).total_seconds()
    after = replace(after, paused_at=None, held_s=held_s)
    return replace(after, resumed_at=now) if to is DrillState.RUNNING else replace(after, ended_at=now)


def with_alarm(drill: Drill, at: int, alarm: str) -> Drill:
    """One moment was played; the first word stands."""
    if drill.moments[at].alarm:
        return drill
    played = replace(drill.moments[at], alarm=alarm)
    return replace(drill, moments=(*drill.moments[:at], played, *drill.moments[at + 1 :]))
