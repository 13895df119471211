"""What a person does with guards: choose, send, follow, take back, and write down what was found."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from services.campus.routes import Routes
from services.core.clock import Clock
from services.dispatch import opening, sending, steps
from services.dispatch.guards import Position, import_site, place_guards
from services.dispatch.orders import Candidate, Order, Reason, needed
from services.dispatch.ranking import LOAD_WINDOW, loads_of, rank
from services.dispatch.record import Record
from services.dispatch.units import played_as_sent
from services.domain.classes import AlarmClass
from services.domain.incidents import Dispatch, DispatchState, Feedback, Incident
from services.domain.people import GuardState, Permission, Session
from services.domain.site import Point, Site
from services.identity import authorize
from services.storage import Database, Tx

__all__ = ["Candidate", "DispatchDesk", "Order", "Position", "Reason", "import_site"]

DEADLINE_S = 5.0

Result = TypeVar("Result")


class DispatchDesk:
    """Commands on dispatches; each is one transaction and blocks the caller.

    Every command raises ServiceError: identity.forbidden, dispatch.illegal_move(was, wanted),
    storage.* beside what its own text names.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        routes: Routes,
        site: Site,
    ) -> None:
        self._database = database
        self._clock = clock
        self._campus = (site, routes)

    @property
    def site(self) -> Site:
        return self._campus[0]

    def use_site(self, site: Site, routes: Routes) -> None:
        """Go on with a newly imported site."""
        self._campus = (site, routes)

    def candidates(
        self, point: Point, limit: int = 8, alarm_class: AlarmClass | None = None
    ) -> list[Candidate]:
        """Guards who can be sent to `point` now, best first (see `ranking.rank`)."""
        now = self._clock.now()
        states, sent = self._database.read(
            lambda view: (view.guards.all(), view.dispatches.sent_since(now - LOAD_WINDOW))
        )
        return self.rank_known(states, sent, point, limit, alarm_class)

    def rank_known(
        self,
        states: Iterable[GuardState],
        sent: Iterable[Dispatch],
        point: Point | None,
        limit: int = 8,
        alarm_class: AlarmClass | None = None,
        *,
        is_drill: bool = False,
    ) -> list[Candidate]:
        """The same from guards and orders that the caller knows already; needs no record. is_drill: without
        those whom the drill has sent already.
        """
        site, routes = self._campus
        sent = list(sent)
        away = played_as_sent(sent) if is_drill else frozenset()
        states = [state for state in states if state.no not in away]
        loads = loads_of(sent, self._clock.now())
        return rank(site, routes, states, point, limit=limit, alarm_class=alarm_class, loads=loads)

    def send(self, session: Session, order: Order, *, deadline_s: float = DEADLINE_S) -> Dispatch:
        """Send a unit; opens the alarm's incident when there is none. The same order twice sends once.

        Raises what `units.unit_of` and `opening.incident_for` raise, dispatch.incident_ended(incident_no),
        dispatch.text_needed.
        """
        authorize(session, Permission.DISPATCH)
        order = replace(order, text=needed(order.text))
        site, routes = self._campus
        return self._write(session, lambda record: sending.send(record, site, routes, order), deadline_s)

    def is_sent(self, order_id: str, *, deadline_s: float = DEADLINE_S) -> bool:
        """Whether the record has this order. Asked in the writers' line: a commit whose answer was lost is
        over by then, one way or the other.
        """
        return self._database.write(
            lambda tx: Record(tx, None, self._clock.now()).find_dispatch(order_id) is not None,
            deadline_s=deadline_s,
        )

    def incident_for(self, tx: Tx, session: Session, alarm_id: str) -> Incident:
        """The alarm's open incident, opened when there is none, inside somebody else's transaction.

        Raises dispatch.claim_first, dispatch.not_owner, dispatch.alarm_ended as `send` does.
        """
        record = Record(tx, session, self._clock.now())
        return opening.incident_for(record, tx.alarms.get(alarm_id))

    def advance(self, session: Session, dispatch_id: str, to: DispatchState) -> Dispatch:
        """Delivered, signed, en route, on scene or done; a step already reached changes nothing."""
        authorize(session, Permission.DISPATCH)
        return self._write(session, lambda record: steps.advance(record, dispatch_id, to))

    def give_feedback(self, session: Session, feedback: Feedback) -> Dispatch:
        """What the guard found; closes a dispatch that is DONE. Time and author are the session's.

        Raises dispatch.text_needed for an empty result, dispatch.bad_count(field).
        """
        authorize(session, Permission.DISPATCH)
        feedback = replace(feedback, result=needed(feedback.result))
        return self._write(session, lambda record: steps.give_feedback(record, feedback))

    def return_order(self, session: Session, dispatch_id: str, reason: str) -> Dispatch:
        """The guard gives the order back 退单 before setting out. Raises dispatch.text_needed."""
        return self._end(session, dispatch_id, DispatchState.RETURNED, reason)

    def cancel(self, session: Session, dispatch_id: str, reason: str) -> Dispatch:
        """The operator calls the guard off. Raises dispatch.text_needed."""
        return self._end(session, dispatch_id, DispatchState.CANCELLED, reason)

    def send_again(self, session: Session, dispatch_id: str) -> Dispatch:
        """To the unit that gave it back; raises what `send` raises."""
        authorize(session, Permission.DISPATCH)
        site, routes = self._campus
        return self._write(session, lambda record: sending.send_again(record, site, routes, dispatch_id))

    def report_position(self, guard_no: str, point: Point, source: str) -> GuardState:
        """Where a guard is; see `report_positions`."""
        return self.report_positions([Position(guard_no, point, source)])[0]

    def report_positions(self, positions: Iterable[Position]) -> list[GuardState]:
        """Many positions in one transaction, as a walking force makes them.

        Raises dispatch.position_outside(guard).
        """
        held = list(positions)
        site = self.site
        return self._database.write(lambda tx: place_guards(tx, site, held, self._clock.now()))

    def _end(self, session: Session, dispatch_id: str, to: DispatchState, reason: str) -> Dispatch:
        authorize(session, Permission.DISPATCH)
        reason = needed(reason)
        return self._write(session, lambda record: steps.end(record, dispatch_id, to, reason))

    def _write(
        self, session: Session, work: Callable[[Record], Result], deadline_s: float = DEADLINE_S
    ) -> Result:
        return self._database.write(
            lambda tx: work(Record(tx, session, self._clock.now())), deadline_s=deadline_s
        )
