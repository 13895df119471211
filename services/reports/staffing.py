"""Who was planned and came, and who owes what a review asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from services.domain.reviews import Lesson, LessonState
from services.domain.roster import LATE_AFTER, Attendance, RosterSlot
from services.domain.site import Site


@dataclass(frozen=True, slots=True)
class StaffFigures:
    """Of one guard. planned: shifts begun so far. hours: between signing in and out."""

    guard: str
    name: str
    name_en: str
    team: str
    planned: int
    came: int
    late: int
    early: int
    hours: float

    @property
    def missed(self) -> int:
        return self.planned - self.came


@dataclass(frozen=True, slots=True)
class OwnerFigures:
    """Of one department or person, without drills. overdue: still open after its day, or done after it."""

    owner: str
    open: int
    done: int
    overdue: int


def staff_figures(
    slots: Iterable[RosterSlot], attendance: Iterable[Attendance], site: Site, now: datetime
) -> tuple[StaffFigures, ...]:
    planned: dict[str, list[RosterSlot]] = {}
    for slot in slots:
        if slot.stands and slot.begins_at + LATE_AFTER < now:
            planned.setdefault(slot.guard, []).append(slot)
    came: dict[str, list[Attendance]] = {}
    for one in attendance:
        came.setdefault(one.guard, []).append(one)
    found = []
    for no in planned.keys() | came.keys():
        guard, mine = site.guard(no), came.get(no, [])
        kept = {one.slot for one in mine}
        found.append(
            StaffFigures(
                guard=no,
                name=guard.name if guard else no,
                name_en=guard.name_en if guard else "",
                team=guard.team if guard else "",
                planned=len(planned.get(no, [])),
                came=sum(slot.id in kept for slot in planned.get(no, [])),
                late=sum(one.late_s > 0 for one in mine),
                early=sum(one.early_s > 0 for one in mine),
                hours=sum(_hours(one) for one in mine),
            )
        )
    return tuple(sorted(found, key=lambda one: (one.team, one.guard)))


def owner_figures(lessons: Iterable[Lesson], now: datetime) -> tuple[OwnerFigures, ...]:
    by_owner: dict[str, list[Lesson]] = {}
    for lesson in lessons:
        if not lesson.is_drill:
            by_owner.setdefault(lesson.owner, []).append(lesson)
    found = [
        OwnerFigures(
            owner,
            sum(lesson.state is LessonState.OPEN for lesson in mine),
            sum(lesson.state is LessonState.DONE for lesson in mine),
            sum(lesson.is_overdue(now) for lesson in mine),
        )
        for owner, mine in by_owner.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.overdue, -one.open, one.owner)))


def _hours(one: Attendance) -> float:
    return 0.0 if one.out_at is None else max(0.0, (one.out_at - one.in_at).total_seconds() / 3600)
