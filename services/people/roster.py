"""The roster: a week filled from a pattern, swapped, changed by hand; and who came and went."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.domain.facts import RosterChanged
from services.domain.moves import check_move
from services.domain.people import Permission, Session
from services.domain.roster import (
    BUILT_IN,
    DAYS,
    SLOT_MOVES,
    Attendance,
    Gap,
    Planned,
    RosterSlot,
    ShiftPattern,
    SlotState,
    clash,
    gaps,
    monday_of,
    plan_week,
    shift_times,
    week_bounds,
)
from services.domain.site import Site
from services.identity import authorize
from services.people.holidays_cn import CalendarDay, calendar_week, is_workday
from services.storage import Database, Tx, View, legally

MOST_NOTE = 200
# A shift that began before Monday may reach into the week.
_LONGEST_SHIFT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RosterWeek:
    """One week as it is planned. slots: those that begin in it or reach into it, without removed ones."""

    monday: date
    days: tuple[CalendarDay, ...]
    slots: tuple[RosterSlot, ...]
    gaps: tuple[Gap, ...]
    attendance: tuple[Attendance, ...]
    patterns: tuple[ShiftPattern, ...]

    @property
    def is_settled(self) -> bool:
        """The holidays of all its days are known."""
        return all(day.is_settled for day in self.days)


class RosterDesk:
    """Commands need EDIT_ROSTER, reading needs WATCH; each is one transaction and blocks.

    zone: in which shifts are meant. All raise ServiceError: identity.forbidden, storage.* and what their own
    text names.
    """

    def __init__(self, database: Database, clock: Clock, site: Callable[[], Site], zone: tzinfo) -> None:
        self._database = database
        self._clock = clock
        self._site = site
        self._zone = zone

    @property
    def zone(self) -> tzinfo:
        return self._zone

    def week(self, session: Session, monday: date) -> RosterWeek:
        authorize(session, Permission.WATCH)
        site = self._site()
        since, until = week_bounds(monday, self._zone)

        def read(view: View) -> RosterWeek:
            slots = _standing(view, since, until)
            return RosterWeek(
                monday,
                calendar_week(monday),
                tuple(slots),
                tuple(gaps(site.posts, slots, since.astimezone(UTC), until.astimezone(UTC))),
                tuple(view.attendance.between(since - _LONGEST_SHIFT, until)),
                patterns_of(view),
            )

        return self._database.read(read)

    def save_pattern(self, session: Session, pattern: ShiftPattern) -> ShiftPattern:
        """A pattern of the college's own; with the id of a stored one that one is changed.

        Raises roster.bad_pattern(field).
        """
        authorize(session, Permission.EDIT_ROSTER)
        _check_pattern(pattern)

        def work(tx: Tx) -> ShiftPattern:
            known = tx.shift_patterns.find(pattern.id)
            if known is None:
                saved = tx.shift_patterns.add(pattern)
            else:
                saved = tx.shift_patterns.save(replace(pattern, row_version=known.row_version))
            tx.audit(session, "roster.pattern", saved.id, before=known, after=saved)
            tx.record(RosterChanged("", "pattern"))
            return saved

        return self._database.write(work)

    def fill(self, session: Session, monday: date, pattern_id: str, teams: Sequence[str]) -> int:
        """Plan the week for these teams by a pattern, in their order; how many shifts were planned.

        What these guards were planned for and has not begun gives way; what has begun stays.
        Raises roster.no_pattern(id), roster.no_team(team), roster.nothing_planned.
        """
        authorize(session, Permission.EDIT_ROSTER)
        site, now = self._site(), self._clock.now()
        for team in teams:
            if site.team(team) is None:
                raise ServiceError("roster.no_team", team=team)

        def work(tx: Tx) -> int:
            pattern = next((one for one in patterns_of(tx) if one.id == pattern_id), None)
            if pattern is None:
                raise ServiceError("roster.no_pattern", id=pattern_id)
            planned = plan_week(site, pattern, teams, monday, is_workday)
            guards = {str(guard.no) for guard in site.guards if guard.team in teams}
            self._clear(tx, monday, guards, now)
            added = self._add(tx, planned, pattern, now)
            if not added:
                raise ServiceError("roster.nothing_planned")
            told = {"pattern": pattern.name, "teams": list(teams), "shifts": len(added)}
            tx.audit(session, "roster.filled", str(monday), after=told)
            tx.record(RosterChanged(str(monday), "filled"))
            return len(added)

        return self._database.write(work, deadline_s=20.0)

    def swap(self, session: Session, one_id: str, other_id: str) -> tuple[RosterSlot, RosterSlot]:
        """Two guards take each other's shift 换班, each with the post that belongs to it.

        Raises roster.past(guard, day), roster.same_guard, roster.double(guard, day),
        roster.illegal_move(was, wanted).
        """
        authorize(session, Permission.EDIT_ROSTER)
        now = self._clock.now()

        def work(tx: Tx) -> tuple[RosterSlot, RosterSlot]:
            one, other = tx.slots.get(one_id), tx.slots.get(other_id)
            if one.guard == other.guard:
                raise ServiceError("roster.same_guard")
            saved = (_swapped(tx, one, other.guard, now), _swapped(tx, other, one.guard, now))
            for slot in saved:
                self._check_clash(tx, slot)
            tx.audit(session, "roster.swapped", one.id, before=[one, other], after=list(saved))
            _tell(tx, saved, "swapped")
            return saved

        return self._database.write(work)

    def put(self, session: Session, slot: RosterSlot) -> RosterSlot:
        """One shift planned by hand, or a planned one given another guard, post or note.

        Raises roster.past(guard, day), roster.double(guard, day), roster.no_guard(guard),
        roster.no_post(post), people.text_too_long(most).
        """
        authorize(session, Permission.EDIT_ROSTER)
        return self.put_all(session, (slot,))[0]

    def put_all(self, session: Session, slots: Sequence[RosterSlot]) -> tuple[RosterSlot, ...]:
        """All of them or none, as a table brings them in."""
        authorize(session, Permission.EDIT_ROSTER)
        site, now = self._site(), self._clock.now()

        def work(tx: Tx) -> tuple[RosterSlot, ...]:
            saved = tuple(_put(tx, site, slot, now) for slot in slots)
            for slot in saved:
                self._check_clash(tx, slot)
            tx.audit(session, "roster.put", saved[0].id if saved else "", after=list(saved))
            _tell(tx, saved, "put")
            return saved

        return self._database.write(work, deadline_s=20.0)

    def remove(self, session: Session, slot_id: str) -> RosterSlot:
        """Raises roster.past(guard, day), roster.illegal_move(was, wanted)."""
        authorize(session, Permission.EDIT_ROSTER)
        now = self._clock.now()

        def work(tx: Tx) -> RosterSlot:
            before = tx.slots.get(slot_id)
            saved = tx.slots.save(_moved(_not_past(before, now), SlotState.REMOVED))
            tx.audit(session, "roster.removed", slot_id, before=before, after=saved)
            _tell(tx, (saved,), "removed")
            return saved

        return self._database.write(work)

    def _clear(self, tx: Tx, monday: date, guards: set[str], now: datetime) -> None:
        since, until = week_bounds(monday, self._zone)
        going = [
            _moved(slot, SlotState.REMOVED)
            for slot in tx.slots.between(since, until)
            if slot.stands and slot.guard in guards and slot.begins_at > now
        ]
        tx.slots.save_all(going)

    def _add(
        self, tx: Tx, planned: Iterable[Planned], pattern: ShiftPattern, now: datetime
    ) -> list[RosterSlot]:
        """Of what has not begun yet, and of whom nothing else is planned then."""
        slots = [slot for one in planned if (slot := self._slot(one, pattern)).begins_at > now]
        if not slots:
            return []
        since, until = min(s.begins_at for s in slots), max(s.ends_at for s in slots)
        held = [s for s in tx.slots.between(since - _LONGEST_SHIFT, until) if s.stands]
        of_guard: dict[str, list[RosterSlot]] = {}
        for slot in held:
            of_guard.setdefault(slot.guard, []).append(slot)
        free = [slot for slot in slots if clash(of_guard.get(slot.guard, ()), slot) is None]
        for slot in free:
            tx.slots.add(slot)
        return free

    def _slot(self, planned: Planned, pattern: ShiftPattern) -> RosterSlot:
        begins_at, ends_at = shift_times(planned.shift, planned.day, self._zone)
        return RosterSlot(
            id=new_id(),
            guard=planned.guard,
            day=str(planned.day),
            shift=planned.shift.code,
            shift_name=planned.shift.name,
            post=planned.post,
            begins_at=begins_at.astimezone(UTC),
            ends_at=ends_at.astimezone(UTC),
            pattern=pattern.id,
        )

    def _check_clash(self, tx: Tx, slot: RosterSlot) -> None:
        near = tx.slots.between(slot.begins_at - _LONGEST_SHIFT, slot.ends_at)
        other = clash(near, slot)
        if other is not None:
            guard = self._site().guard(slot.guard)
            name = guard.name if guard else slot.guard
            raise ServiceError("roster.double", guard=name, day=other.day, shift=other.shift_name)


def patterns_of(view: View) -> tuple[ShiftPattern, ...]:
    """The built-in ones and the college's own, which stand for built-in ones of the same id."""
    own = {pattern.id: pattern for pattern in view.shift_patterns.all()}
    built_in = (own.pop(pattern.id, pattern) for pattern in BUILT_IN)
    return (*built_in, *own.values())


def _standing(view: View, since: datetime, until: datetime) -> list[RosterSlot]:
    found = view.slots.between(since - _LONGEST_SHIFT, until)
    return [slot for slot in found if slot.stands and slot.ends_at > since]


def _put(tx: Tx, site: Site, slot: RosterSlot, now: datetime) -> RosterSlot:
    if site.guard(slot.guard) is None:
        raise ServiceError("roster.no_guard", guard=slot.guard)
    if slot.post and site.post(slot.post) is None:
        raise ServiceError("roster.no_post", post=slot.post)
    if len(slot.note) > MOST_NOTE:
        raise ServiceError("people.text_too_long", most=MOST_NOTE)
    known = tx.slots.find(slot.id)
    if known == slot:
        return slot
    _not_past(known or slot, now)
    return tx.slots.add(slot) if known is None else tx.slots.save(slot)


def _swapped(tx: Tx, slot: RosterSlot, guard: str, now: datetime) -> RosterSlot:
    _not_past(slot, now)
    state = slot.state if slot.state is SlotState.SWAPPED else _moved(slot, SlotState.SWAPPED).state
    return tx.slots.save(replace(slot, guard=guard, swapped_with=slot.guard, state=state))


def _moved(slot: RosterSlot, wanted: SlotState) -> RosterSlot:
    with legally("roster.illegal_move"):
        check_move(SLOT_MOVES, slot.state, wanted)
    return replace(slot, state=wanted)


def _not_past(slot: RosterSlot, now: datetime) -> RosterSlot:
    """What was worked is a record, and no longer a plan."""
    if slot.ends_at <= now:
        raise ServiceError("roster.past", guard=slot.guard, day=slot.day)
    return slot


def _tell(tx: Tx, slots: Iterable[RosterSlot], change: str) -> None:
    for monday in sorted({monday_of(date.fromisoformat(slot.day)) for slot in slots}):
        tx.record(RosterChanged(str(monday), change))


def _check_pattern(pattern: ShiftPattern) -> None:
    codes = {shift.code for shift in pattern.shifts}
    if not pattern.name.strip() or not pattern.id:
        raise ServiceError("roster.bad_pattern", field="name")
    if not codes or len(codes) != len(pattern.shifts) or "" in codes:
        raise ServiceError("roster.bad_pattern", field="shifts")
    if not 1 <= len(pattern.cycle) <= 8 * DAYS or not set(pattern.cycle) <= codes | {""}:
        raise ServiceError("roster.bad_pattern", field="cycle")
    if not any(pattern.cycle):
        raise ServiceError("roster.bad_pattern", field="cycle")
    for shift in pattern.shifts:
        try:
            shift_times(shift, date(2026, 1, 1), UTC)
        except ValueError:
            raise ServiceError("roster.bad_pattern", field="shifts") from None
