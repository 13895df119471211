"""Who is planned to work when 排班: shift patterns, the slots they fill, what is missing, who came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from itertools import pairwise

from services.domain.site import Guard, Post, Site

DAYS = 7
# So early a guard may sign in for a shift; so much later than its beginning is late.
EARLY_IN = timedelta(hours=1)
LATE_AFTER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Shift:
    """One shift of a day 班次; begins, ends: "08:00" by the wall clock.

    An end that is not after the begin is of the next day.
    """

    code: str
    name: str
    name_en: str
    begins: str
    ends: str


@dataclass(frozen=True, slots=True)
class ShiftPattern:
    """How teams take turns 排班模板. cycle: the code of each day, "" = off; it goes on over weeks and years.

    The teams are equally far apart in it. A cycle of seven days begins on Monday, for all teams alike.
    follows_holidays: off on public holidays, and worked on weekend days that stand for others 调休.
    """

    id: str
    name: str
    name_en: str
    shifts: tuple[Shift, ...]
    cycle: tuple[str, ...]
    follows_holidays: bool = False
    row_version: int = 1

    def shift(self, code: str) -> Shift | None:
        return next((shift for shift in self.shifts if shift.code == code), None)


_EARLY = Shift("早", "早班", "Early", "08:00", "16:00")
_LATE = Shift("中", "中班", "Late", "16:00", "00:00")
_NIGHT = Shift("夜", "夜班", "Night", "00:00", "08:00")
_LONG_DAY = Shift("白", "白班 12 小时", "Day, 12 h", "08:00", "20:00")
_LONG_NIGHT = Shift("夜", "夜班 12 小时", "Night, 12 h", "20:00", "08:00")
_OFFICE = Shift("日", "日班", "Day", "08:00", "17:30")
BUILT_IN = (
    ShiftPattern(
        "four-teams-8h", "四班三运转", "Four teams, three shifts", (_EARLY, _LATE, _NIGHT),
        ("早", "早", "中", "中", "夜", "夜", "", ""),
    ),
    ShiftPattern(
        "four-teams-12h", "四班两运转（12 小时）", "Four teams, two 12 h shifts", (_LONG_DAY, _LONG_NIGHT),
        ("白", "夜", "", ""),
    ),
    ShiftPattern(
        "weekdays", "周一至周五日班", "Weekdays", (_OFFICE,), ("日", "日", "日", "日", "日", "", ""),
        follows_holidays=True,
    ),
)  # fmt: skip


class SlotState(StrEnum):
    PLANNED = "planned"
    SWAPPED = "swapped"
    REMOVED = "removed"


SLOT_MOVES: dict[SlotState, frozenset[SlotState]] = {
    SlotState.PLANNED: frozenset({SlotState.SWAPPED, SlotState.REMOVED}),
    SlotState.SWAPPED: frozenset({SlotState.REMOVED}),
    SlotState.REMOVED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class RosterSlot:
    """One guard in one shift of one day. day: "2026-11-24", on which the shift begins; post "" = the reserve.

    swapped_with: the guard who had it before a swap.
    """

    id: str
    guard: str
    day: str
    shift: str
    shift_name: str
    post: str
    begins_at: datetime
    ends_at: datetime
    state: SlotState = SlotState.PLANNED
    pattern: str = ""
    swapped_with: str = ""
    note: str = ""
    row_version: int = 1

    @property
    def stands(self) -> bool:
        return self.state is not SlotState.REMOVED

    def overlaps(self, other: RosterSlot) -> bool:
        return self.begins_at < other.ends_at and other.begins_at < self.ends_at


@dataclass(frozen=True, slots=True)
class Attendance:
    """One guard's coming and going 签到签退. slot: for which it was, "" = none was planned.

    late_s, early_s: how much after the begin they came, before the end they left; 0 = in time.
    """

    id: str
    guard: str
    slot: str
    post: str
    in_at: datetime
    late_s: int = 0
    out_at: datetime | None = None
    early_s: int = 0
    in_by: str = ""
    out_by: str = ""
    row_version: int = 1


@dataclass(frozen=True, slots=True)
class Gap:
    """A post 岗位 with fewer guards planned than it needs, over a time."""

    post: str
    begins_at: datetime
    ends_at: datetime
    have: int
    wanted: int


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week_bounds(monday: date, zone: tzinfo) -> tuple[datetime, datetime]:
    """From midnight to midnight by the wall clock of `zone`."""
    first = datetime.combine(monday, time(), zone)
    return first, datetime.combine(monday + timedelta(days=DAYS), time(), zone)


def shift_times(shift: Shift, day: date, zone: tzinfo) -> tuple[datetime, datetime]:
    begins, ends = time.fromisoformat(shift.begins), time.fromisoformat(shift.ends)
    last = day if ends > begins else day + timedelta(days=1)
    return datetime.combine(day, begins, zone), datetime.combine(last, ends, zone)


# Whether a day is worked by those who do not work in turns.
IsWorkday = Callable[[date], bool]


def is_weekday(day: date) -> bool:
    return day.weekday() < 5


def code_on(
    pattern: ShiftPattern, team: int, teams: int, day: date, is_workday: IsWorkday = is_weekday
) -> str:
    """What the team of that place in the order works that day; "" = off."""
    length = len(pattern.cycle)
    if pattern.follows_holidays:
        return next(filter(None, pattern.cycle), "") if is_workday(day) else ""
    step = length // teams if teams and length != DAYS else 0
    # Day 1 of the calendar was a Monday.
    return pattern.cycle[(day.toordinal() - 1 + team * step) % length]


@dataclass(frozen=True, slots=True)
class Planned:
    """What a pattern asks for: a guard, a shift and a post, before it is a slot with an id."""

    guard: str
    day: date
    shift: Shift
    post: str


def plan_week(
    site: Site,
    pattern: ShiftPattern,
    teams: Sequence[str],
    monday: date,
    is_workday: IsWorkday = is_weekday,
) -> list[Planned]:
    """Every guard of `teams`, in the pattern's turns; the reserve fills posts that would be short."""
    planned: list[Planned] = []
    for day in (monday + timedelta(days=n) for n in range(DAYS)):
        codes = {t: code_on(pattern, n, len(teams), day, is_workday) for n, t in enumerate(teams)}
        for shift in pattern.shifts:
            on = {team for team, code in codes.items() if code == shift.code}
            crew = [guard for guard in site.guards if guard.team in on]
            planned += [Planned(guard.no, day, shift, post) for guard, post in _posts_of(site, crew)]
    return planned


def _posts_of(site: Site, crew: Sequence[Guard]) -> Iterator[tuple[Guard, str]]:
    """Everybody at their own post, and of the reserve as many as posts lack."""
    staff = Counter(str(guard.post) for guard in crew if guard.post is not None)
    lacking = [str(p.no) for p in site.posts for _ in range(max(0, p.min_staff - staff[str(p.no)]))]
    for guard in crew:
        if guard.post is not None:
            yield guard, str(guard.post)
        else:
            yield guard, lacking.pop(0) if lacking else ""


def clash(slots: Iterable[RosterSlot], new: RosterSlot) -> RosterSlot | None:
    """A slot in which the same guard works at the same time."""
    return next(
        (
            slot
            for slot in slots
            if slot.stands and slot.id != new.id and slot.guard == new.guard and slot.overlaps(new)
        ),
        None,
    )


def gaps(posts: Iterable[Post], slots: Iterable[RosterSlot], since: datetime, until: datetime) -> list[Gap]:
    """When each post has fewer planned than its minimum; neighbouring times of one number are one gap."""
    standing = [slot for slot in slots if slot.stands]
    found: list[Gap] = []
    for post in posts:
        of_post = [slot for slot in standing if slot.post == post.no]
        edges = {since, until}
        edges |= {at for slot in of_post for at in (slot.begins_at, slot.ends_at) if since < at < until}
        marks = sorted(edges)
        for begin, end in pairwise(marks):
            have = sum(slot.begins_at <= begin and slot.ends_at >= end for slot in of_post)
            if have < post.min_staff:
                _append(found, Gap(str(post.no), begin, end, have, post.min_staff))
    return found


def _append(found: list[Gap], gap: Gap) -> None:
    last = found[-1] if found else None
    is_same = last is not None and (last.post, last.ends_at, last.have) == (gap.post, gap.begins_at, gap.have)
    if last is not None and is_same:
        found[-1] = Gap(gap.post, last.begins_at, gap.ends_at, gap.have, gap.wanted)
    else:
        found.append(gap)


def slot_now(slots: Iterable[RosterSlot], guard: str, now: datetime) -> RosterSlot | None:
    """The shift that the guard works or may sign in for; one that has begun comes first."""
    open_now = [
        slot
        for slot in slots
        if slot.stands and slot.guard == guard and slot.begins_at - EARLY_IN <= now < slot.ends_at
    ]
    return min(open_now, key=lambda slot: slot.begins_at, default=None)


def late_s(slot: RosterSlot | None, in_at: datetime) -> int:
    """Seconds after the begin, 0 within the minutes that everybody is given."""
    if slot is None or in_at - slot.begins_at <= LATE_AFTER:
        return 0
    return round((in_at - slot.begins_at).total_seconds())


def early_s(slot: RosterSlot | None, out_at: datetime) -> int:
    if slot is None or slot.ends_at - out_at <= LATE_AFTER:
        return 0
    return round((slot.ends_at - out_at).total_seconds())


def absent(slots: Iterable[RosterSlot], attendance: Iterable[Attendance], now: datetime) -> list[RosterSlot]:
    """Shifts that have begun and for which nobody has signed in, oldest first."""
    came = {one.slot for one in attendance}
    missing = (
        slot
        for slot in slots
        if slot.stands and slot.id not in came and slot.begins_at + LATE_AFTER < now < slot.ends_at
    )
    return sorted(missing, key=lambda slot: (slot.begins_at, slot.guard))
