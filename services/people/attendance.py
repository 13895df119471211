"""Signing in and out 签到签退: for the shift that is planned, late or early as the times say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.dispatch.guards import status_at
from services.domain.facts import AttendanceChanged, GuardChanged
from services.domain.lanes import Hindrance, Wish, hindrance
from services.domain.people import GuardState, GuardStatus, Permission, Session
from services.domain.positions import POST
from services.domain.roster import Attendance, RosterSlot, absent, early_s, late_s, slot_now
from services.domain.site import Guard, Site
from services.identity import authorize
from services.storage import Database, Tx, View

_REACH = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OnWatch:
    """Who is planned now, who has come, and who has not."""

    slots: tuple[RosterSlot, ...]
    attendance: tuple[Attendance, ...]
    absent: tuple[RosterSlot, ...]


class AttendanceDesk:
    """Commands need DISPATCH; each is one transaction and blocks.

    All raise ServiceError: identity.forbidden, storage.*, people.unknown_guard(guard) and what their own text
    names.
    """

    def __init__(self, database: Database, clock: Clock, site: Callable[[], Site]) -> None:
        self._database = database
        self._clock = clock
        self._site = site

    def now(self, session: Session) -> OnWatch:
        authorize(session, Permission.WATCH)
        at = self._clock.now()

        def read(view: View) -> OnWatch:
            slots = _slots_near(view, at)
            came = [*view.attendance.between(at - _REACH, at + _REACH)]
            known = {one.id for one in came}
            came += [one for one in view.attendance.open() if one.id not in known]
            running = tuple(slot for slot in slots if slot.begins_at <= at < slot.ends_at)
            return OnWatch(running, tuple(came), tuple(absent(slots, came, at)))

        return self._database.read(read)

    def sign_in(self, session: Session, guard_no: str) -> Attendance:
        """The guard is here, at the post of the shift; late when the shift began more than 5 min ago.

        Raises people.signed_in(guard).
        """
        authorize(session, Permission.DISPATCH)
        site, now = self._site(), self._clock.now()
        guard = _guard(site, guard_no)

        def work(tx: Tx) -> Attendance:
            if _open_of(tx, guard_no) is not None:
                raise ServiceError("people.signed_in", guard=guard.name)
            slot = slot_now(_slots_near(tx, now), guard_no, now)
            came = Attendance(
                id=new_id(),
                guard=guard_no,
                slot=slot.id if slot else "",
                post=slot.post if slot else str(guard.post or ""),
                in_at=now,
                late_s=late_s(slot, now),
                in_by=session.user,
            )
            tx.attendance.add(came)
            tx.audit(session, "guard.signed_in", guard_no, after=came)
            tx.record(AttendanceChanged(came))
            _begin_watch(tx, site, guard, came, now)
            return came

        return self._database.write(work)

    def sign_out(self, session: Session, guard_no: str) -> Attendance:
        """Raises people.not_signed_in(guard), people.on_dispatch(guard, dispatch_no),
        people.in_distress(guard)."""
        authorize(session, Permission.DISPATCH)
        site, now = self._site(), self._clock.now()
        guard = _guard(site, guard_no)

        def work(tx: Tx) -> Attendance:
            came = _open_of(tx, guard_no)
            if came is None:
                raise ServiceError("people.not_signed_in", guard=guard.name)
            slot = tx.slots.find(came.slot) if came.slot else None
            left = replace(came, out_at=now, early_s=early_s(slot, now), out_by=session.user)
            saved = tx.attendance.save(left)
            tx.audit(session, "guard.signed_out", guard_no, before=came, after=saved)
            tx.record(AttendanceChanged(saved))
            _end_watch(tx, guard, now)
            return saved

        return self._database.write(work)


def _guard(site: Site, guard_no: str) -> Guard:
    guard = site.guard(guard_no)
    if guard is None:
        raise ServiceError("people.unknown_guard", guard=guard_no)
    return guard


def _slots_near(view: View, at: datetime) -> list[RosterSlot]:
    return [slot for slot in view.slots.between(at - _REACH, at + _REACH) if slot.stands]


def _open_of(tx: Tx, guard_no: str) -> Attendance | None:
    return next((one for one in tx.attendance.of(guard_no) if one.out_at is None), None)


def _begin_watch(tx: Tx, site: Site, guard: Guard, came: Attendance, now: datetime) -> None:
    """On the post of the shift, unless the guard is already about something graver."""
    state = tx.guards.get(guard.no)
    stands_at = site.post(came.post) if came.post else None
    status = status_at(stands_at)
    after = replace(state, post=came.post if came.post != (guard.post or "") else "", checkin_at=now)
    if status is state.status or hindrance(state, Wish(status)) is None:
        at = stands_at.at if stands_at else state.at
        source = POST if stands_at else state.position_source
        after = replace(after, status=status, at=at, position_source=source, position_at=now)
    _save(tx, after)


def _end_watch(tx: Tx, guard: Guard, now: datetime) -> None:
    state = tx.guards.get(guard.no)
    if state.status is GuardStatus.OFF:
        return
    if state.status is GuardStatus.DURESS:
        raise ServiceError("people.in_distress", guard=guard.name)
    found = hindrance(state, Wish(GuardStatus.OFF))
    if found is not None and state.dispatch:
        number = tx.dispatches.get(state.dispatch).dispatch_no
        raise ServiceError(f"people.{Hindrance.ON_DISPATCH.value}", guard=guard.name, dispatch_no=number)
    _save(tx, replace(state, status=GuardStatus.OFF, post="", checkin_at=now, overdue=0))


def _save(tx: Tx, state: GuardState) -> None:
    tx.record(GuardChanged(tx.guards.save(state)))
