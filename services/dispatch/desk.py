"""What a person does with guards: choose, send, follow, take back, and write down what was found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from services.campus.routes import Routes
from services.core.clock import Clock
from services.core.errors import ServiceError
from services.dispatch import incidents, sending, steps
from services.dispatch.guards import Position, import_site, place_guards
from services.dispatch.orders import MOST_TEXT, Candidate, Order, Reason
from services.dispatch.ranking import rank
from services.dispatch.record import Record
from services.domain.classes import AlarmClass, Priority
from services.domain.clocks import DEFAULT_CLOCKS, Clocks
from services.domain.incidents import Dispatch, DispatchState, Feedback, Incident, IncidentState
from services.domain.people import GuardState, Permission, Session
from services.domain.site import Point, Site
from services.identity import authorize
from services.storage import Database, Tx

__all__ = ["Candidate", "DispatchDesk", "Order", "Position", "Reason", "import_site"]

Result = TypeVar("Result")


class DispatchDesk:
    """Commands on dispatches and incidents; each is one transaction and blocks the caller.

    Every command raises ServiceError: identity.forbidden, dispatch.illegal_move(was, wanted),
    storage.* beside what its own text names.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        routes: Routes,
        site: Site,
        clocks: Mapping[Priority, Clocks] = DEFAULT_CLOCKS,
    ) -> None:
        self._database = database
        self._clock = clock
        self._campus = (site, routes)
        self._clocks = clocks

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
        site, routes = self._campus
        states = self._database.read(lambda view: view.guards.all())
        return rank(site, routes, states, point, limit=limit, alarm_class=alarm_class)

    def send(self, session: Session, order: Order) -> Dispatch:
        """Send a guard; opens the alarm's incident when there is none. The same order twice sends once.

        Raises dispatch.guard_busy(guard, by), dispatch.guard_unavailable(guard, status),
        dispatch.unknown_guard(guard), dispatch.claim_first(event_no), dispatch.not_owner(event_no, owner),
        dispatch.alarm_ended(event_no, state), dispatch.incident_ended(incident_no), dispatch.text_needed.
        """
        authorize(session, Permission.DISPATCH)
        order = replace(order, text=_text(order.text))
        site, routes = self._campus
        return self._write(session, lambda record: sending.send(record, site, routes, self._clocks, order))

    def incident_for(self, tx: Tx, session: Session, alarm_id: str) -> Incident:
        """The alarm's open incident, opened when there is none, inside somebody else's transaction.

        Raises dispatch.claim_first, dispatch.not_owner, dispatch.alarm_ended as `send` does.
        """
        record = Record(tx, session, self._clock.now())
        return sending.incident_of_alarm(record, tx.alarms.get(alarm_id))

    def advance(self, session: Session, dispatch_id: str, to: DispatchState) -> Dispatch:
        """Delivered, signed, en route, on scene or done; a step already reached changes nothing."""
        authorize(session, Permission.DISPATCH)
        return self._write(session, lambda record: steps.advance(record, dispatch_id, to))

    def give_feedback(self, session: Session, feedback: Feedback) -> Dispatch:
        """What the guard found; closes a dispatch that is DONE. Time and author are the session's.

        Raises dispatch.text_needed for an empty result, dispatch.bad_count(field).
        """
        authorize(session, Permission.DISPATCH)
        feedback = replace(feedback, result=_text(feedback.result))
        return self._write(session, lambda record: steps.give_feedback(record, feedback))

    def return_order(self, session: Session, dispatch_id: str, reason: str) -> Dispatch:
        """The guard gives the order back 退单 before setting out. Raises dispatch.text_needed."""
        return self._end(session, dispatch_id, DispatchState.RETURNED, reason)

    def cancel(self, session: Session, dispatch_id: str, reason: str) -> Dispatch:
        """The operator calls the guard off. Raises dispatch.text_needed."""
        return self._end(session, dispatch_id, DispatchState.CANCELLED, reason)

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

    def contain_incident(self, session: Session, incident_id: str, result: str = "") -> Incident:
        """The danger is over; people may still be at work."""
        authorize(session, Permission.DISPATCH)
        return self._write(session, lambda record: incidents.contain(record, incident_id, result.strip()))

    def close_incident(self, session: Session, incident_id: str, result: str) -> Incident:
        """End an incident, and its alarms that are already reset.

        Raises dispatch.still_running(incident_no, count), dispatch.feedback_missing(incident_no),
        dispatch.review_needed(incident_no) for level Ⅲ and above.
        """
        authorize(session, Permission.DISPATCH)
        result = _text(result)
        return self._write(session, lambda record: incidents.close(record, incident_id, result))

    def end_incident(
        self, session: Session, incident_id: str, ending: IncidentState, reason: str
    ) -> Incident:
        """End it as UNFOUNDED, MERGED or TRANSFERRED. Raises dispatch.still_running, dispatch.text_needed."""
        authorize(session, Permission.DISPATCH)
        reason = _text(reason)
        return self._write(session, lambda record: incidents.end(record, incident_id, ending, reason))

    def add_note(self, session: Session, incident_id: str, text: str) -> None:
        """Write a line into an incident's timeline. Raises dispatch.text_needed."""
        authorize(session, Permission.DISPATCH)
        text = _text(text)
        self._write(session, lambda record: incidents.add_note(record, incident_id, text))

    def flag_late(self, now: datetime | None = None) -> list[Dispatch]:
        """Flag running dispatches whose deadline has passed, each deadline once; for the hub's round.

        Reads only, unless something is late.
        """
        now = now or self._clock.now()
        running = self._database.read(lambda view: view.dispatches.running())
        due = [dispatch.id for dispatch in running if steps.newly_late(dispatch, now)]
        if not due:
            return []

        def work(tx: Tx) -> list[Dispatch]:
            record = Record(tx, None, now)
            return [flagged for one in due if (flagged := steps.flag_late(record, one))]

        return self._database.write(work)

    def _end(self, session: Session, dispatch_id: str, to: DispatchState, reason: str) -> Dispatch:
        authorize(session, Permission.DISPATCH)
        reason = _text(reason)
        return self._write(session, lambda record: steps.end(record, dispatch_id, to, reason))

    def _write(self, session: Session, work: Callable[[Record], Result]) -> Result:
        return self._database.write(lambda tx: work(Record(tx, session, self._clock.now())))


def _text(text: str) -> str:
    """`text` without blanks around it; raises dispatch.text_needed, dispatch.text_too_long(most)."""
    text = text.strip()
    if not text:
        raise ServiceError("dispatch.text_needed")
    if len(text) > MOST_TEXT:
        raise ServiceError("dispatch.text_too_long", most=MOST_TEXT)
    return text
