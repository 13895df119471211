"""The steps of a request, each inside a transaction of the desk's, with audit row and fact."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.core.errors import ServiceError
from services.core.ids import new_id
from services.core.typed import typed_text
from services.domain.evidence import (
    EVIDENCE_MOVES,
    KEPT_AFTER,
    NO_INCIDENT,
    PLAIN_COPY,
    VALID_FOR,
    Asker,
    CopyOptions,
    EvidenceRequest,
    EvidenceState,
    Export,
    Ground,
    HandOver,
    Take,
)
from services.domain.facts import EvidenceChanged, ProtectionChanged
from services.domain.moves import IllegalMove, check_move
from services.domain.people import Permission, Session
from services.domain.recordings import Protection
from services.domain.site import Site
from services.evidence.mask_keys import check_masks
from services.identity import check_cameras, sees
from services.storage import Tx
from services.storage.evidence import kept_for

# As other series: 调取.
SERIES = "DQ"
MOST_TEXT = 1000
MOST_TAKES = 50
LONGEST = timedelta(hours=72)
# A span may end a little after now: the clocks of two seats differ.
_AHEAD = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person lays down to ask for recordings; fields as in `EvidenceRequest`."""

    asker: Asker
    ground: Ground
    why: str
    takes: tuple[Take, ...]
    case_no: str = ""
    incident: str = ""
    options: CopyOptions = PLAIN_COPY


@dataclass(frozen=True, slots=True)
class Pen:
    """Who does it (None = the program), when, in which transaction."""

    tx: Tx
    session: Session | None
    now: datetime

    def move(
        self, before: EvidenceRequest, after: EvidenceRequest, change: str, reason: str = ""
    ) -> EvidenceRequest:
        """Raises evidence.illegal_move(number, was, wanted)."""
        try:
            check_move(EVIDENCE_MOVES, before.state, after.state)
        except IllegalMove as error:
            raise _illegal(before, after.state) from error
        return self.save(before, after, change, reason)

    def as_read(self, session: Session, permission: Permission, request: EvidenceRequest) -> EvidenceRequest:
        """The row of `request`, which nobody has changed since, that has not lapsed and whose cameras
        `session` may use `permission` on. Raises storage.conflict, evidence.lapsed, identity.*."""
        found = self.tx.evidence.get(request.id)
        if found.row_version != request.row_version:
            raise ServiceError("storage.conflict", kind="evidence", id=request.id)
        check_cameras(self.tx, session, found.cameras, permission)
        # Whether or not a seat has written it down yet.
        if found.has_lapsed(self.now):
            raise ServiceError("evidence.lapsed", number=found.number)
        return found

    def save(
        self, before: EvidenceRequest | None, after: EvidenceRequest, change: str, reason: str = ""
    ) -> EvidenceRequest:
        tx = self.tx
        saved = tx.evidence.add(after) if before is None else tx.evidence.save(after)
        tx.audit(self.session, f"evidence.{change}", saved.id, before=before, after=saved, reason=reason)
        tx.record(EvidenceChanged(saved, change))
        return saved


def may_see(site: Site | None, session: Session, request: EvidenceRequest) -> bool:
    """Who may not watch a camera is not told what was taken of it."""
    return all(sees(session, site, no) for no in request.cameras)


def ask(pen: Pen, session: Session, wanted: Wanted) -> EvidenceRequest:
    """Raises what `Wanted` may be wrong in: evidence.incomplete, .bad_span, .too_many, .unknown_camera,
    .bad_mask, .text_too_long; storage.not_found for an incident that is not there."""
    wanted = _checked(pen, wanted)
    check_cameras(pen.tx, session, [take.camera for take in wanted.takes], Permission.REQUEST_EVIDENCE)
    incident = pen.tx.incidents.get(wanted.incident) if wanted.incident else None
    request = EvidenceRequest(
        id=new_id(),
        number=pen.tx.next_no(SERIES, pen.now),
        asker=wanted.asker,
        ground=wanted.ground,
        why=wanted.why,
        takes=wanted.takes,
        requested_at=pen.now,
        requested_by=session.user,
        requested_by_name=session.display_name,
        valid_until=pen.now + VALID_FOR,
        case_no=wanted.case_no,
        incident=incident.id if incident is not None else NO_INCIDENT,
        incident_no=incident.incident_no if incident is not None else "",
        is_drill=incident is not None and incident.is_drill,
        options=wanted.options,
    )
    for take in request.takes:
        _protect(pen, session, request, take)
    return pen.save(None, request, "requested")


def decide(
    pen: Pen, session: Session, request: EvidenceRequest, wanted: EvidenceState, reason: str = ""
) -> EvidenceRequest:
    """APPROVED or REJECTED, by somebody else than who asks."""
    if not request.may_be_decided_by(session):
        raise ServiceError("evidence.own", number=request.number)
    # The other ways to "approved" are those of an export that comes to nothing.
    if request.state is not EvidenceState.REQUESTED:
        raise _illegal(request, wanted)
    after = replace(
        request,
        state=wanted,
        decided_by=session.user,
        decided_by_name=session.display_name,
        decided_at=pen.now,
        valid_until=pen.now + VALID_FOR if wanted is EvidenceState.APPROVED else request.valid_until,
        reason=reason,
    )
    saved = pen.move(request, after, wanted.value, reason)
    if wanted is EvidenceState.REJECTED:
        keep_until(pen, saved, pen.now)
    else:
        keep_until(pen, saved, saved.valid_until + KEPT_AFTER)
    return saved


def withdraw(pen: Pen, request: EvidenceRequest, reason: str) -> EvidenceRequest:
    after = replace(request, state=EvidenceState.WITHDRAWN, reason=reason)
    saved = pen.move(request, after, "withdrawn", reason)
    keep_until(pen, saved, pen.now)
    return saved


def lapse(pen: Pen, request: EvidenceRequest) -> EvidenceRequest:
    """Nobody decided, or nobody came for it, in time."""
    saved = pen.move(request, replace(request, state=EvidenceState.EXPIRED), "expired")
    keep_until(pen, saved, pen.now)
    return saved


def begin_export(pen: Pen, session: Session, request: EvidenceRequest) -> EvidenceRequest:
    export = Export(session.user, session.display_name, session.workstation, pen.now, pen.now)
    after = replace(request, state=EvidenceState.EXPORTING, export=export)
    return pen.move(request, after, "exporting")


def end_export(pen: Pen, request: EvidenceRequest, export: Export) -> EvidenceRequest:
    """The package is whole. What it was copied from is kept until it is handed over and some time more."""
    after = replace(request, state=EvidenceState.EXPORTED, export=export)
    saved = pen.move(request, after, "exported")
    keep_until(pen, saved, None)
    return saved


def break_off(pen: Pen, request: EvidenceRequest, reason: str) -> EvidenceRequest:
    """Nothing was made: approved as before, with as much time as it had."""
    after = replace(request, state=EvidenceState.APPROVED, export=None, reason=reason)
    return pen.move(request, after, "broken_off", reason)


def redo(pen: Pen, request: EvidenceRequest, reason: str) -> EvidenceRequest:
    """The package is lost or damaged before anybody took it: it is to be made again."""
    after = replace(
        request,
        state=EvidenceState.APPROVED,
        export=None,
        reason=reason,
        valid_until=max(request.valid_until, pen.now + VALID_FOR),
    )
    if request.state is not EvidenceState.EXPORTED:
        raise _illegal(request, EvidenceState.APPROVED)
    saved = pen.move(request, after, "redone", reason)
    keep_until(pen, saved, saved.valid_until + KEPT_AFTER)
    return saved


def hand_over(pen: Pen, request: EvidenceRequest, to: HandOver) -> EvidenceRequest:
    after = replace(request, state=EvidenceState.HANDED_OVER, hand_over=to)
    saved = pen.move(request, after, "handed_over")
    keep_until(pen, saved, pen.now + KEPT_AFTER)
    return saved


def give_back(pen: Pen, request: EvidenceRequest, reason: str) -> EvidenceRequest:
    after = replace(request, state=EvidenceState.RETURNED, reason=reason, returned_at=pen.now)
    return pen.move(request, after, "returned", reason)


def register(pen: Pen, session: Session, request: EvidenceRequest) -> EvidenceRequest:
    """All papers are filed; nothing follows."""
    after = replace(
        request,
        state=EvidenceState.REGISTERED,
        registered_at=pen.now,
        registered_by_name=session.display_name,
    )
    return pen.move(request, after, "registered")


def keep_until(pen: Pen, request: EvidenceRequest, until: datetime | None) -> None:
    """The request's protections end then; None = with another step only; now or earlier = they are over."""
    is_over = until is not None and until <= pen.now
    for one in kept_for(pen.tx.protections, request):
        after = replace(one, ended_at=pen.now) if is_over else replace(one, expires_at=until)
        saved = pen.tx.protections.save(after)
        change = "released" if is_over else "extended"
        pen.tx.audit(pen.session, f"recording.{change}", saved.camera, before=one, after=saved)
        pen.tx.record(ProtectionChanged(saved, change))


def _illegal(request: EvidenceRequest, wanted: EvidenceState) -> ServiceError:
    return ServiceError(
        "evidence.illegal_move", number=request.number, was=request.state.value, wanted=wanted.value
    )


def _protect(pen: Pen, session: Session, request: EvidenceRequest, take: Take) -> None:
    protection = Protection(
        id=new_id(),
        camera=take.camera,
        since=take.since,
        until=take.until,
        reason=request.number,
        owner=session.user,
        owner_name=session.display_name,
        set_at=pen.now,
        expires_at=request.valid_until + KEPT_AFTER,
    )
    pen.tx.protections.add(protection)
    pen.tx.audit(session, "recording.protected", protection.camera, after=protection)
    pen.tx.record(ProtectionChanged(protection, "protected"))


def _checked(pen: Pen, wanted: Wanted) -> Wanted:
    asker = wanted.asker
    asker = Asker(*(checked_text(part) for part in (asker.unit, asker.person, asker.document, asker.contact)))
    why, case_no = checked_text(wanted.why), checked_text(wanted.case_no)
    if not all((asker.unit, asker.person, asker.document, why, wanted.takes)):
        raise ServiceError("evidence.incomplete")
    if len(wanted.takes) > MOST_TAKES:
        raise ServiceError("evidence.too_many", most=MOST_TAKES)
    site = pen.tx.site()
    for take in wanted.takes:
        if site is None or site.camera(take.camera) is None:
            raise ServiceError("evidence.unknown_camera", camera=take.camera)
        if not take.since < take.until <= pen.now + _AHEAD or take.until - take.since > LONGEST:
            most_hours = LONGEST // timedelta(hours=1)
            raise ServiceError("evidence.bad_span", camera=take.camera, most_hours=most_hours)
    check_masks(wanted.options.masks, [take.camera for take in wanted.takes])
    takes = tuple(dict.fromkeys(wanted.takes))
    return replace(wanted, asker=asker, why=why, case_no=case_no, takes=takes)


def checked_text(text: str) -> str:
    """As `typed_text`; raises evidence.text_too_long(most)."""
    text = typed_text(text)
    if len(text) > MOST_TEXT:
        raise ServiceError("evidence.text_too_long", most=MOST_TEXT)
    return text
