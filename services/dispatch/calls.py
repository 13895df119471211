"""The communication log: what was said to 110, 119, 120 and everybody else, and what it set going."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from services.campus.routes import Routes
from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.core.typed import typed_text
from services.dispatch.orders import Order, bounded
from services.dispatch.record import Record
from services.dispatch.sending import send
from services.dispatch.sheet import MOST_WORD, note_police_ref
from services.domain.calls import Call, CallDirection, CallKind, CallOutcome
from services.domain.facts import CallLogged
from services.domain.incidents import Channel, TargetKind
from services.domain.people import Permission, Session
from services.domain.site import Site
from services.identity import authorize
from services.storage import Database

_TARGETS = {
    CallKind.POLICE: TargetKind.POLICE,
    CallKind.FIRE_BRIGADE: TargetKind.FIRE_BRIGADE,
    CallKind.AMBULANCE: TargetKind.AMBULANCE,
}


class CallDesk:
    """Writes calls down; each is one transaction and blocks the caller. Raises ServiceError."""

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

    def use_site(self, site: Site, routes: Routes) -> None:
        """Go on with a newly imported site."""
        self._campus = (site, routes)

    def log(self, session: Session, call: Call) -> Call:
        """Keep a call; the same id twice is kept once. Who called is the session's.

        A service that comes is an order to it in the same transaction, as long as the incident is open; the
        police's number goes onto the incident. Raises call.party_needed, call.bad_times,
        dispatch.text_too_long(most).
        """
        authorize(session, Permission.DISPATCH)
        return self._database.write(
            lambda tx: self._log(Record(tx, session, self._clock.now()), session, _checked(call))
        )

    def of_incident(self, incident_id: str) -> list[Call]:
        """Oldest first."""
        return self._database.read(lambda view: view.calls.of(incident_id))

    def between(self, session: Session, since: datetime, until: datetime) -> list[Call]:
        """Every call of a time, oldest first; for the log and handover."""
        authorize(session, Permission.WATCH)
        return self._database.read(lambda view: view.calls.between(since, until))

    def _log(self, record: Record, session: Session, call: Call) -> Call:
        known = record.tx.calls.find(call.id)
        if known is not None:
            return known
        incident = record.tx.incidents.get(call.incident) if call.incident else None
        call = replace(call, by=session.user, by_name=session.display_name, workstation=session.workstation)
        if incident is not None:
            call = replace(call, is_drill=incident.is_drill)
            if incident.is_open and _sets_going(call):
                call = replace(call, dispatch=self._send(record, call))
        record.tx.calls.add(call)
        record.tx.audit(session, "call.logged", call.id, after=call)
        record.tx.record(CallLogged(call))
        if incident is not None:
            self._tell(record, call)
        return call

    def _send(self, record: Record, call: Call) -> str:
        site, routes = self._campus
        target = _TARGETS[call.kind]
        channel = Channel.POLICE if target is TargetKind.POLICE else Channel.PHONE
        order = Order(
            "",
            call.script or call.said or call.party,
            incident_id=call.incident,
            channel=channel,
            id=new_id(),
            target=target,
        )
        return send(record, site, routes, order).id

    def _tell(self, record: Record, call: Call) -> None:
        record.line(
            call.incident,
            f"call.{call.direction.value}",
            party=call.party,
            number=call.number,
            said=call.said,
            outcome=call.outcome.value,
            ref=call.ref,
        )
        if call.unconfirmed and call.outcome is CallOutcome.ACCEPTED:
            items = " ".join(item.value for item in call.unconfirmed)
            record.line(call.incident, "call.unconfirmed", party=call.party, items=items)
        if call.kind is CallKind.POLICE and call.ref:
            note_police_ref(record, call.incident, call.ref)


def _sets_going(call: Call) -> bool:
    is_asking = call.direction is CallDirection.OUT and call.outcome is CallOutcome.ACCEPTED
    return is_asking and call.kind in _TARGETS


def _checked(call: Call) -> Call:
    party = typed_text(call.party)
    if not party:
        raise ServiceError("call.party_needed")
    if any(len(word) > MOST_WORD for word in (party, call.number, call.ref)):
        raise ServiceError("dispatch.text_too_long", most=MOST_WORD)
    if call.ended_at < call.began_at:
        raise ServiceError("call.bad_times")
    return replace(
        call,
        party=party,
        number=typed_text(call.number),
        ref=typed_text(call.ref),
        script=bounded(call.script),
        said=bounded(call.said),
        dispatch="",
    )
