"""What people do with requests for recordings: ask, allow, refuse, hand over, file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.domain.evidence import LAPSING, EvidenceRequest, EvidenceState, HandOver
from services.domain.people import Permission, Session
from services.evidence import steps
from services.evidence.of_incident import IncidentFootage, footage_of
from services.evidence.steps import Pen, Wanted, checked_text
from services.identity import authorize
from services.recording.clock_doubt import ClockDoubt
from services.storage import Database, Tx, View

SHOWN = 500


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who takes a package away, with which proof; place: where it is signed; medium: what it lies on."""

    name: str
    unit: str
    document: str
    place: str = ""
    medium: str = ""


class EvidenceDesk:
    """Commands are one transaction each and block; all raise identity.forbidden, identity.barred, storage.*,
    and storage.conflict when somebody else changed the request meanwhile."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._doubt = ClockDoubt(clock)

    def overview(self, session: Session) -> list[EvidenceRequest]:
        """The newest, newest first, without those of cameras that `session` may not watch."""
        authorize(session, Permission.REQUEST_EVIDENCE)
        return self._database.read(lambda view: _seen(view, session, view.evidence.newest(SHOWN)))

    def register_of(self, session: Session, since: datetime, until: datetime) -> list[EvidenceRequest]:
        """The register 登记簿: all that was asked in [since, until), oldest first; noted in the audit."""
        authorize(session, Permission.REQUEST_EVIDENCE)

        def work(tx: Tx) -> list[EvidenceRequest]:
            found = _seen(tx, session, tx.evidence.between(since, until))
            span = {"since": since.isoformat(), "until": until.isoformat(), "requests": len(found)}
            tx.audit(session, "evidence.register_read", "register", after=span)
            return found

        return self._database.write(work)

    def find(self, session: Session, request_id: str) -> EvidenceRequest:
        """Raises storage.not_found, also for one that `session` may not see."""
        authorize(session, Permission.REQUEST_EVIDENCE)

        def read(view: View) -> EvidenceRequest:
            seen = _seen(view, session, [view.evidence.get(request_id)])
            if not seen:
                raise ServiceError("storage.not_found", kind="evidence", id=request_id)
            return seen[0]

        return self._database.read(read)

    def of_incident(self, session: Session, incident_id: str) -> IncidentFootage:
        """What to ask for of an incident: the cameras that its alarms showed, from a little before the first
        alarm until it was contained. Raises storage.not_found."""
        authorize(session, Permission.REQUEST_EVIDENCE)
        now = self._clock.now()
        return self._database.read(lambda view: footage_of(view, session, incident_id, now))

    def request(self, session: Session, wanted: Wanted) -> EvidenceRequest:
        """Ask; what is asked for is kept from now on. Raises evidence.incomplete, .bad_span(camera,
        most_hours), .too_many(most), .unknown_camera(camera), .text_too_long(most)."""
        authorize(session, Permission.REQUEST_EVIDENCE)
        now = self._clock.now()
        return self._database.write(lambda tx: steps.ask(Pen(tx, session, now), session, wanted))

    def approve(self, session: Session, request: EvidenceRequest) -> EvidenceRequest:
        """Raises evidence.own(number), evidence.illegal_move(number, was, wanted)."""
        return self._change(
            session,
            Permission.APPROVE_EVIDENCE,
            request,
            lambda pen, found: steps.decide(pen, session, found, EvidenceState.APPROVED),
        )

    def reject(self, session: Session, request: EvidenceRequest, reason: str) -> EvidenceRequest:
        """Raises evidence.reason_needed and what `approve` raises."""
        reason = _needed(reason)
        return self._change(
            session,
            Permission.APPROVE_EVIDENCE,
            request,
            lambda pen, found: steps.decide(pen, session, found, EvidenceState.REJECTED, reason),
        )

    def withdraw(self, session: Session, request: EvidenceRequest, reason: str) -> EvidenceRequest:
        """It is wanted no longer; the package, if there is one, is to be destroyed. Raises
        evidence.reason_needed, evidence.illegal_move."""
        reason = _needed(reason)
        return self._change(
            session,
            Permission.REQUEST_EVIDENCE,
            request,
            lambda pen, found: steps.withdraw(pen, found, reason),
        )

    def redo(self, session: Session, request: EvidenceRequest, reason: str) -> EvidenceRequest:
        """The package is lost or damaged: approved again. Raises evidence.reason_needed, .illegal_move."""
        reason = _needed(reason)
        return self._change(
            session, Permission.EXPORT_EVIDENCE, request, lambda pen, found: steps.redo(pen, found, reason)
        )

    def hand_over(self, session: Session, request: EvidenceRequest, to: Receiver) -> EvidenceRequest:
        """Raises evidence.receiver_needed, evidence.illegal_move."""
        paper = HandOver(
            receiver=checked_text(to.name),
            unit=checked_text(to.unit),
            document=checked_text(to.document),
            place=checked_text(to.place),
            medium=checked_text(to.medium),
            at=self._clock.now(),
            by=session.user,
            by_name=session.display_name,
        )
        if not paper.receiver or not paper.document:
            raise ServiceError("evidence.receiver_needed")
        return self._change(
            session,
            Permission.EXPORT_EVIDENCE,
            request,
            lambda pen, found: steps.hand_over(pen, found, paper),
        )

    def give_back(self, session: Session, request: EvidenceRequest, reason: str) -> EvidenceRequest:
        """The receiver brought it back. Raises evidence.reason_needed, evidence.illegal_move."""
        reason = _needed(reason)
        return self._change(
            session,
            Permission.EXPORT_EVIDENCE,
            request,
            lambda pen, found: steps.give_back(pen, found, reason),
        )

    def register(self, session: Session, request: EvidenceRequest) -> EvidenceRequest:
        """The signed papers are filed. Raises evidence.illegal_move."""
        return self._change(
            session,
            Permission.EXPORT_EVIDENCE,
            request,
            lambda pen, found: steps.register(pen, session, found),
        )

    def tend(self) -> list[EvidenceRequest]:
        """What time did: exports whose seat died are approved again, requests nobody came for lapse.

        Any seat may call it, often; returns those that changed. By a clock set lately nothing lapses,
        for what a request keeps would be free to go.
        """
        now, is_in_doubt = self._clock.now(), self._doubt.look()

        def due(view: View) -> list[EvidenceRequest]:
            return [one for one in _due(view, now) if not (is_in_doubt and one.has_lapsed(now))]

        if not self._database.read(due):
            return []

        def work(tx: Tx) -> list[EvidenceRequest]:
            pen = Pen(tx, None, now)
            return [
                steps.lapse(pen, one) if one.has_lapsed(now) else steps.break_off(pen, one, "stalled")
                for one in due(tx)
            ]

        return self._database.write(work)

    def _change(
        self,
        session: Session,
        permission: Permission,
        request: EvidenceRequest,
        work: Callable[[Pen, EvidenceRequest], EvidenceRequest],
    ) -> EvidenceRequest:
        """On the request as `session` has seen it, and on no other."""
        authorize(session, permission)
        now = self._clock.now()

        def write(tx: Tx) -> EvidenceRequest:
            pen = Pen(tx, session, now)
            return work(pen, pen.as_read(session, permission, request))

        return self._database.write(write)


def _seen(view: View, session: Session, found: list[EvidenceRequest]) -> list[EvidenceRequest]:
    if not session.limits:
        return found
    site = view.site()
    return [one for one in found if steps.may_see(site, session, one)]


def _due(view: View, now: datetime) -> list[EvidenceRequest]:
    waiting = view.evidence.in_states([*LAPSING, EvidenceState.EXPORTING])
    return [
        one
        for one in waiting
        if one.has_lapsed(now) or (one.export is not None and one.export.is_stalled(now))
    ]


def _needed(text: str) -> str:
    text = checked_text(text)
    if not text:
        raise ServiceError("evidence.reason_needed")
    return text
