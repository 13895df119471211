"""Who and what moves on the simulated campus, and where each is at a moment of the story."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum

from services.domain.site import Point

WALKING_STEP_M = 0.75  # one step of an adult; two make a walking cycle
STILL_M = 0.05  # marks nearer than this to each other mean standing


class Look(StrEnum):
    """How an actor is drawn."""

    PERSON = "person"
    GUARD = "guard"
    CAR = "car"
    SMOKE = "smoke"


class Pose(StrEnum):
    """What an actor does while it is between two marks of its track."""

    WALK = "walk"
    STAND = "stand"
    WAVE = "wave"
    CLIMB = "climb"


@dataclass(frozen=True, slots=True)
class Mark:
    """Where an actor is at `at_s`; `lift_m` above the ground, and its pose from here on."""

    at_s: float
    point: Point
    lift_m: float = 0.0
    pose: Pose = Pose.WALK


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone or something that moves; exists from its first to its last mark."""

    no: str
    look: Look
    marks: tuple[Mark, ...]
    colour: tuple[int, int, int] = (90, 90, 90)  # RGB of the coat or the paint
    height_m: float = 1.72

    def placed_at(self, position_s: float) -> Placed | None:
        """Where it is `position_s` seconds into the story; None while it is not there."""
        marks = self.marks
        if len(marks) < 2 or not marks[0].at_s <= position_s <= marks[-1].at_s:
            return None
        index = bisect_right(marks, position_s, key=lambda mark: mark.at_s) - 1
        return self._between(min(index, len(marks) - 2), position_s)

    def _between(self, index: int, position_s: float) -> Placed:
        before, after = self.marks[index], self.marks[index + 1]
        length_s = after.at_s - before.at_s
        part = (position_s - before.at_s) / length_s
        east = after.point[0] - before.point[0]
        north = after.point[1] - before.point[1]
        point = (before.point[0] + east * part, before.point[1] + north * part)
        lift = before.lift_m + (after.lift_m - before.lift_m) * part
        far = math.hypot(east, north)
        pose = Pose.STAND if far < STILL_M and before.pose is Pose.WALK else before.pose
        heading = math.degrees(math.atan2(east, north)) % 360.0 if far >= STILL_M else self._faces(index)
        cycles_per_s = far / length_s / (2 * WALKING_STEP_M) if pose is Pose.WALK else 1.0
        return Placed(self, point, lift, heading, pose, (position_s * cycles_per_s) % 1.0)

    def _faces(self, index: int) -> float:
        """The heading it came with, for one that stands."""
        for i in range(index, 0, -1):
            a, b = self.marks[i - 1].point, self.marks[i].point
            if math.dist(a, b) >= STILL_M:
                return math.degrees(math.atan2(b[0] - a[0], b[1] - a[1])) % 360.0
        return 0.0


@dataclass(frozen=True, slots=True)
class Placed:
    """An actor at one moment: `step` is the phase 0..1 of its walking or waving cycle."""

    actor: Actor
    point: Point
    lift_m: float
    heading_deg: float
    pose: Pose
    step: float


@dataclass(frozen=True, slots=True)
class Moment:
    """A signal that a panel sends at `at_s`: zone number and qualifier ("new" or "restore")."""

    at_s: float
    zone: str
    qualifier: str
