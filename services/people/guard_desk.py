"""What a guard does by phone: see the order, take its steps or give it back, call for help, be found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.typed import typed_text
from services.dispatch import steps
from services.dispatch.guards import Position, place_guards
from services.dispatch.orders import MOST_TEXT
from services.dispatch.record import Record
from services.domain.alarms import Alarm
from services.domain.guard_links import GuardLink
from services.domain.incidents import Dispatch, DispatchState, Incident
from services.domain.people import GuardState, Permission, Session
from services.domain.positions import PHONE
from services.domain.site import Point, Site
from services.identity import authorize
from services.people.calls import Caller, DuressLine
from services.people.guard_links import ACTOR_PREFIX, entered, guard_session
from services.people.statuses import note_check_in
from services.storage import Database, View

_STEPS = frozenset(
    {
        DispatchState.DELIVERED,
        DispatchState.SIGNED,
        DispatchState.EN_ROUTE,
        DispatchState.ON_SCENE,
        DispatchState.DONE,
    }
)
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class GuardView:
    """What one phone may see; order None: nothing to do now. alarm: what opened the incident."""

    link: GuardLink
    state: GuardState
    order: Dispatch | None = None
    incident: Incident | None = None
    alarm: Alarm | None = None


class GuardDesk:
    """Every method takes what the phone shows and blocks; each command is one transaction.

    All raise ServiceError: dispatch.phone_out, storage.*; those on an order storage.not_found for one that
    is another guard's, dispatch.illegal_move(was, wanted).
    """

    def __init__(
        self, database: Database, clock: Clock, site: Callable[[], Site], duress: DuressLine
    ) -> None:
        self._database = database
        self._clock = clock
        self._site = site
        self._duress = duress

    def look(self, shown: str) -> GuardView:
        now = self._clock.now()
        return self._database.read(lambda view: _seen(view, entered(view, shown, now)))

    def advance(self, shown: str, dispatch_id: str, to: DispatchState, at: Point | None = None) -> Dispatch:
        """One step; `at`: where the guard is, when the phone says so."""
        if to not in _STEPS:
            raise ServiceError("dispatch.illegal_move", was="", wanted=to.value)

        def work(record: Record, link: GuardLink) -> Dispatch:
            _own(record, link, dispatch_id)
            saved = steps.advance(record, dispatch_id, to)
            self._place(record, link, at)
            return saved

        return self._write(shown, work)

    def return_order(self, shown: str, dispatch_id: str, reason: str) -> Dispatch:
        """Raises dispatch.reason_needed, dispatch.text_too_long(most)."""
        reason = typed_text(reason)
        if not reason:
            raise ServiceError("dispatch.reason_needed")
        if len(reason) > MOST_TEXT:
            raise ServiceError("dispatch.text_too_long", most=MOST_TEXT)

        def work(record: Record, link: GuardLink) -> Dispatch:
            _own(record, link, dispatch_id)
            return steps.end(record, dispatch_id, DispatchState.RETURNED, reason)

        return self._write(shown, work)

    def call_for_help(self, shown: str, at: Point | None = None) -> GuardState:
        """遇险, from where the guard is; see `DuressLine.call`."""

        def place(record: Record, link: GuardLink) -> Session:
            self._place(record, link, at)
            return guard_session(record.tx, link)

        session = self._write(shown, place)
        guard_no = session.user.removeprefix(ACTOR_PREFIX)
        return self._duress.call(guard_no, Caller("link", session))

    def check_in(self, shown: str, at: Point | None = None) -> GuardState:
        """报平安: the check-in clock begins anew."""

        def work(record: Record, link: GuardLink) -> GuardState:
            self._place(record, link, at)
            return note_check_in(record.tx, record.session, link.guard, record.now, "link")

        return self._write(shown, work)

    def report_position(self, shown: str, at: Point) -> GuardState:
        """Raises dispatch.position_outside(guard)."""

        def work(record: Record, link: GuardLink) -> GuardState:
            return place_guards(record.tx, self._site(), [_position(link, at)], record.now)[0]

        return self._write(shown, work)

    def _place(self, record: Record, link: GuardLink, at: Point | None) -> None:
        """A position that cannot be must not hold a step or a call for help up."""
        if at is None:
            return
        try:
            place_guards(record.tx, self._site(), [_position(link, at)], record.now)
        except ServiceError as error:
            if error.code != "dispatch.position_outside":
                raise

    def _write(self, shown: str, work: Callable[[Record, GuardLink], Result]) -> Result:
        def whole(record: Record) -> Result:
            link = entered(record.tx, shown, record.now)
            record.session = guard_session(record.tx, link)
            authorize(record.session, Permission.ANSWER_ORDER)
            return work(record, link)

        return self._database.write(lambda tx: whole(Record(tx, None, self._clock.now())))


def _seen(view: View, link: GuardLink) -> GuardView:
    state = view.guards.get(link.guard)
    number = link.dispatch or state.dispatch
    if not number:
        return GuardView(link, state)
    order = view.dispatches.get(number)
    if link.guard not in order.guards:  # it came back, and others were sent
        return GuardView(link, state)
    incident = view.incidents.get(order.incident)
    alarm = view.alarms.get(incident.alarm) if incident.alarm else None
    return GuardView(link, state, order, incident, alarm)


def _own(record: Record, link: GuardLink, dispatch_id: str) -> None:
    """Another guard's order is, to this phone, none at all."""
    order = record.tx.dispatches.get(dispatch_id)
    if link.guard not in order.guards or link.dispatch not in ("", order.id):
        raise ServiceError("storage.not_found", kind="dispatch", id=dispatch_id)


def _position(link: GuardLink, at: Point) -> Position:
    return Position(link.guard, at, PHONE)
