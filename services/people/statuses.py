"""What a person changes about a guard by hand: status, a sign of life, distress."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.typed import typed_text
from services.dispatch import steps
from services.dispatch.record import Record
from services.domain.facts import GuardChanged
from services.domain.incidents import DispatchState
from services.domain.lanes import Hindrance, Wish, hindrance
from services.domain.people import WORKING, GuardState, GuardStatus, Permission, Session
from services.domain.site import Site
from services.identity import authorize
from services.people.calls import Caller, DuressLine
from services.storage import Database, Tx

MOST_REASON = 500
# The steps that lie before a status which follows the order, in their order.
_STEPS_TO = {
    GuardStatus.EN_ROUTE: (DispatchState.SIGNED, DispatchState.EN_ROUTE),
    GuardStatus.ON_SCENE: (DispatchState.SIGNED, DispatchState.EN_ROUTE, DispatchState.ON_SCENE),
}
_ORDER_OF_STEPS = (
    DispatchState.SENT,
    DispatchState.DELIVERED,
    DispatchState.SIGNED,
    DispatchState.EN_ROUTE,
    DispatchState.ON_SCENE,
)


class StatusDesk:
    """Commands on guards; each is one transaction and blocks. They need DISPATCH.

    All raise ServiceError: identity.forbidden, storage.* and what their own text names.
    """

    def __init__(
        self, database: Database, clock: Clock, site: Callable[[], Site], duress: DuressLine
    ) -> None:
        self._database = database
        self._clock = clock
        self._site = site
        self._duress = duress

    def set_status(
        self, session: Session, guard_no: str, status: GuardStatus, reason: str = ""
    ) -> GuardState:
        """Distress raises its alarm; en route and on scene go through the steps of the guard's order.

        Raises people.illegal_move(guard, was, wanted), people.order_first(guard),
        people.on_dispatch(guard, dispatch_no), people.reason_needed(guard), people.text_too_long(most).
        """
        authorize(session, Permission.DISPATCH)
        reason = typed_text(reason)
        if len(reason) > MOST_REASON:
            raise ServiceError("people.text_too_long", most=MOST_REASON)
        if status is GuardStatus.DURESS:
            return self._duress.call(guard_no, Caller("seat", session), reason)
        site, now = self._site(), self._clock.now()
        return self._database.write(lambda tx: _set(tx, site, session, guard_no, Wish(status, reason), now))

    def check_in(self, session: Session, guard_no: str) -> GuardState:
        """The guard was heard, by radio or phone: the check-in clock begins anew."""
        authorize(session, Permission.DISPATCH)

        def work(tx: Tx) -> GuardState:
            return note_check_in(tx, session, guard_no, self._clock.now(), "seat")

        return self._database.write(work)


def note_check_in(tx: Tx, session: Session | None, guard_no: str, now: datetime, way: str) -> GuardState:
    """way: how the guard was heard: seat, feed or link."""
    before = tx.guards.get(guard_no)
    saved = tx.guards.save(replace(before, checkin_at=now, overdue=0))
    tx.audit(session, "guard.checked_in", guard_no, after={"way": way, "overdue": before.overdue})
    tx.record(GuardChanged(saved))
    return saved


def _set(tx: Tx, site: Site, session: Session, guard_no: str, wish: Wish, now: datetime) -> GuardState:
    before = tx.guards.get(guard_no)
    if before.status is wish.status:
        return before
    found = hindrance(before, wish)
    if found is not None:
        raise _refusal(tx, site, before, wish, found)
    if wish.status in WORKING:
        return _follow_order(Record(tx, session, now), before, wish.status)
    post = "" if wish.status is GuardStatus.OFF else before.post
    alarm = "" if before.status is GuardStatus.DURESS else before.duress_alarm
    after = replace(before, status=wish.status, post=post, duress_alarm=alarm, checkin_at=now, overdue=0)
    saved = tx.guards.save(after)
    tx.audit(session, "guard.status", guard_no, before=before, after=saved, reason=wish.reason)
    tx.record(GuardChanged(saved))
    return saved


def _follow_order(record: Record, state: GuardState, wanted: GuardStatus) -> GuardState:
    """By the steps of the order, so that its times and late flags are kept."""
    reached = record.tx.dispatches.get(state.dispatch).state
    for step in _STEPS_TO[wanted]:
        if reached in _ORDER_OF_STEPS and _ORDER_OF_STEPS.index(step) > _ORDER_OF_STEPS.index(reached):
            reached = steps.advance(record, state.dispatch, step).state
    return record.tx.guards.get(state.no)


def _refusal(tx: Tx, site: Site, state: GuardState, wish: Wish, found: Hindrance) -> ServiceError:
    guard = site.guard(state.no)
    params: dict[str, object] = {"guard": guard.name if guard else state.no}
    if found is Hindrance.ILLEGAL_MOVE:
        params |= {"was": state.status.value, "wanted": wish.status.value}
    if found is Hindrance.ON_DISPATCH:
        params["dispatch_no"] = tx.dispatches.get(state.dispatch).dispatch_no
    return ServiceError(f"people.{found.value}", **params)
