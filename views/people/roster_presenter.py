"""One week of the roster as it is shown, and what a planner does with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.domain.facts import AttendanceChanged, Fact, RosterChanged
from services.domain.people import Permission, Session
from services.domain.roster import (
    DAYS,
    Attendance,
    Gap,
    RosterSlot,
    Shift,
    ShiftPattern,
    absent,
    monday_of,
    shift_times,
)
from services.domain.site import Site
from services.people.holidays_cn import CalendarDay, DayKind
from services.people.roster import RosterWeek
from services.people.sheet import SlotRow, read_roster, write_roster
from ui.board import LiveBoard
from ui.jobs import UiJobs
from views.people.ports import RosterCommands

Result = TypeVar("Result")


class RosterPresenter(QObject):
    """Signals: changed(); refused(ServiceError); accepted(what was done, count); read(rows of a table);
    written(file name).
    """

    changed = Signal()
    refused = Signal(object)
    accepted = Signal(str, int)
    read = Signal(object)
    written = Signal(str)

    def __init__(
        self,
        *,
        live: LiveBoard,
        site: Site,
        roster: RosterCommands,
        session: Session,
        jobs: UiJobs,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.site = site
        self._roster = roster
        self._session = session
        self._jobs = jobs
        self._clock = clock
        self.monday = monday_of(self.today)
        self.week: RosterWeek | None = None
        self.is_busy = False
        self._is_shown = False
        live.applied.connect(self._follow)

    # what is shown

    def use_site(self, site: Site) -> None:
        self.site = site
        self.changed.emit()

    @property
    def may_plan(self) -> bool:
        return self._session.may(Permission.EDIT_ROSTER)

    @property
    def today(self) -> date:
        return self._clock.now().astimezone(self._roster.zone).date()

    def show(self, is_shown: bool) -> None:
        self._is_shown = is_shown
        self._refresh_if_shown()

    def open_week(self, monday: date) -> None:
        self.monday = monday
        self.refresh()

    def step(self, weeks: int) -> None:
        self.open_week(self.monday + timedelta(days=DAYS * weeks))

    def refresh(self) -> None:
        self._jobs.run(partial(self._roster.week, self._session, self.monday), self._take, self._miss)

    def days(self) -> list[date]:
        return [self.monday + timedelta(days=n) for n in range(DAYS)]

    @property
    def is_read(self) -> bool:
        """Of the week in front; before that nobody knows who is planned and who lacks."""
        return self.week is not None and self.week.monday == self.monday

    def calendar(self) -> tuple[CalendarDay, ...]:
        """As read with the week; until then bare days, for the first look at a year takes its time."""
        if self.week is not None and self.week.monday == self.monday:
            return self.week.days
        return tuple(CalendarDay(day, DayKind.ORDINARY) for day in self.days())

    def slots_of(self, guard: str, day: date) -> list[RosterSlot]:
        slots = self.week.slots if self.week else ()
        found = (slot for slot in slots if slot.guard == guard and slot.day == str(day))
        return sorted(found, key=lambda slot: slot.begins_at)

    def slot(self, slot_id: str) -> RosterSlot | None:
        slots = self.week.slots if self.week else ()
        return next((slot for slot in slots if slot.id == slot_id), None)

    def came_for(self, slot: RosterSlot) -> Attendance | None:
        attendance = self.week.attendance if self.week else ()
        return next((one for one in attendance if one.slot == slot.id), None)

    def is_missed(self, slot: RosterSlot) -> bool:
        """It runs or is over, and nobody has signed in for it."""
        now = self._clock.now()
        attendance = self.week.attendance if self.week else ()
        is_over = slot.ends_at <= now and self.came_for(slot) is None
        return is_over or bool(absent([slot], attendance, now))

    def gaps_of(self, post: str, day: date) -> list[Gap]:
        """Those parts of the week's gaps that lie in this day."""
        gaps = self.week.gaps if self.week else ()
        first = datetime.combine(day, datetime.min.time(), self._roster.zone).astimezone(UTC)
        last = first + timedelta(days=1)
        return [
            replace(gap, begins_at=max(gap.begins_at, first), ends_at=min(gap.ends_at, last))
            for gap in gaps
            if gap.post == post and gap.begins_at < last and gap.ends_at > first
        ]

    def patterns(self) -> Sequence[ShiftPattern]:
        return self.week.patterns if self.week else ()

    def pattern(self, pattern_id: str) -> ShiftPattern | None:
        return next((one for one in self.patterns() if one.id == pattern_id), None)

    def shifts(self) -> list[Shift]:
        """Of all patterns, each once."""
        known = {(s.code, s.begins, s.ends): s for one in self.patterns() for s in one.shifts}
        return list(known.values())

    # what people do

    def fill(self, pattern_id: str, teams: Sequence[str]) -> None:
        work = partial(self._roster.fill, self._session, self.monday, pattern_id, list(teams))
        self._do("filled", work, lambda count: count)

    def swap(self, one_id: str, other_id: str) -> None:
        self._do("swapped", partial(self._roster.swap, self._session, one_id, other_id), len)

    def put(self, guard: str, day: date, shift: Shift, post: str, note: str, seen: RosterSlot | None) -> None:
        """seen None: a new one."""
        begins_at, ends_at = shift_times(shift, day, self._roster.zone)
        base = seen or RosterSlot(new_id(), guard, str(day), "", "", "", begins_at, ends_at)
        slot = replace(
            base,
            shift=shift.code,
            shift_name=shift.name,
            post=post,
            note=note.strip(),
            begins_at=begins_at.astimezone(UTC),
            ends_at=ends_at.astimezone(UTC),
        )
        self._do("put", partial(self._roster.put, self._session, slot), lambda _slot: 1)

    def remove(self, slot_id: str) -> None:
        self._do("removed", partial(self._roster.remove, self._session, slot_id), lambda _slot: 1)

    def save_pattern(self, pattern: ShiftPattern) -> None:
        self._do("pattern", partial(self._roster.save_pattern, self._session, pattern), lambda _one: 1)

    def export(self, file: Path) -> None:
        week = self.week
        if week is not None:
            work = partial(_written, week, self.site, self._roster, file)
            self._jobs.run(work, self._on_written, self._miss)

    def read_table(self, file: Path) -> None:
        """A dry run: nothing is stored."""
        known = self.week.slots if self.week else ()
        work = partial(read_roster, file, self.site, self._roster.zone, known)
        self._jobs.run(work, self._on_read, self._miss)

    def take_in(self, rows: Sequence[SlotRow]) -> None:
        """All of them or none; a table with a bad row is not taken in."""
        slots = [row.slot for row in rows if row.slot is not None]
        if len(slots) == len(rows) and slots:
            self._do("imported", partial(self._roster.put_all, self._session, slots), len)

    # inside

    def _do(self, what: str, work: Callable[[], Result], count: Callable[[Result], int]) -> None:
        """One at a time: a second press while the first runs changes nothing."""
        if not self.is_busy:
            self.is_busy = True
            self._jobs.run(partial(_counted, what, work, count), self._on_done, self._on_refused)

    def _on_done(self, done: tuple[str, int]) -> None:
        self.is_busy = False
        self.accepted.emit(*done)
        self.refresh()

    def _on_refused(self, error: ServiceError) -> None:
        self.is_busy = False
        self.refused.emit(error)

    def _take(self, week: RosterWeek) -> None:
        """A week that somebody has turned away from meanwhile is not shown."""
        if week.monday == self.monday:
            self.week = week
            self.changed.emit()

    def _miss(self, error: ServiceError) -> None:
        self.refused.emit(error)

    def _on_written(self, name: str) -> None:
        self.written.emit(name)

    def _on_read(self, rows: tuple[SlotRow, ...]) -> None:
        self.read.emit(rows)

    def _follow(self, facts: list[Fact]) -> None:
        if any(isinstance(fact, (RosterChanged, AttendanceChanged)) for fact in facts):
            self._refresh_if_shown()

    def _refresh_if_shown(self) -> None:
        if self._is_shown:
            self.refresh()


def _counted(what: str, work: Callable[[], Result], count: Callable[[Result], int]) -> tuple[str, int]:
    """In a job thread."""
    return what, count(work())


def _written(week: RosterWeek, site: Site, roster: RosterCommands, file: Path) -> str:
    """In a job thread; the file's name."""
    write_roster(week.slots, site, roster.zone, file)
    return file.name
