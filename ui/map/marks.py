"""What lives on the plan for a while: alarms, routes, what the pointer is over."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from services.domain.classes import Priority
from services.domain.people import GuardState
from services.domain.site import Point


@dataclass(frozen=True, slots=True)
class MapAlarm:
    """An alarm that flashes at `at` until it is handled; claimed ones stand still."""

    alarm_id: str
    priority: Priority
    at: Point
    title: str = ""
    is_claimed: bool = False


class Thing(StrEnum):
    """What a click on the plan can mean."""

    CAMERA = "camera"
    ZONE = "zone"
    GUARD = "guard"
    POST = "post"
    ALARM = "alarm"


@dataclass(frozen=True, slots=True)
class Spot:
    """Something on the plan: its kind, number and place."""

    thing: Thing
    no: str
    at: Point


@dataclass(slots=True)
class LiveMarks:
    """Everything that moves or flashes, as the canvas was last told. stale: guards whose place is too old."""

    guards: dict[str, GuardState] = field(default_factory=dict)
    alarms: tuple[MapAlarm, ...] = ()
    route: tuple[Point, ...] = ()
    cameras_lit: frozenset[str] = frozenset()
    cameras_troubled: frozenset[str] = frozenset()
    hovered: Spot | None = None
    stale: frozenset[str] = frozenset()
