"""Taking recordings away 调取: who asks for which cameras and times, who allows it, who got it.

The way is that of State Council Order 799: nothing is copied without an approved request, and every copy is
in a register.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from services.domain.incidents import IncidentId
from services.domain.people import Session

NO_INCIDENT = IncidentId("")
# So long an approval holds; who has not fetched it by then asks again.
VALID_FOR = timedelta(days=30)
# A copy that was handed over may be asked for once more: so long its recording is kept.
KEPT_AFTER = timedelta(days=30)
# An export that has said nothing for so long has died with its seat.
STALLED_AFTER = timedelta(minutes=2)


class EvidenceState(StrEnum):
    """EXPIRED: asked or approved too long ago. RETURNED: it was given back. REGISTERED: filed, closed."""

    REQUESTED = "requested"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    EXPORTING = "exporting"
    EXPORTED = "exported"
    HANDED_OVER = "handed_over"
    RETURNED = "returned"
    REGISTERED = "registered"


EVIDENCE_MOVES: dict[EvidenceState, frozenset[EvidenceState]] = {
    EvidenceState.REQUESTED: frozenset(
        {EvidenceState.APPROVED, EvidenceState.REJECTED, EvidenceState.WITHDRAWN, EvidenceState.EXPIRED}
    ),
    EvidenceState.APPROVED: frozenset(
        {EvidenceState.EXPORTING, EvidenceState.WITHDRAWN, EvidenceState.EXPIRED}
    ),
    # An export that failed, was stopped or died leaves everything as it was before.
    EvidenceState.EXPORTING: frozenset({EvidenceState.EXPORTED, EvidenceState.APPROVED}),
    # Back to approved: the package is lost or damaged and has to be made again.
    EvidenceState.EXPORTED: frozenset(
        {EvidenceState.HANDED_OVER, EvidenceState.APPROVED, EvidenceState.WITHDRAWN}
    ),
    EvidenceState.HANDED_OVER: frozenset({EvidenceState.RETURNED, EvidenceState.REGISTERED}),
    EvidenceState.RETURNED: frozenset({EvidenceState.REGISTERED}),
    EvidenceState.REJECTED: frozenset(),
    EvidenceState.WITHDRAWN: frozenset(),
    EvidenceState.EXPIRED: frozenset(),
    EvidenceState.REGISTERED: frozenset(),
}
# Somebody still has to do something.
OPEN_EVIDENCE = frozenset(
    {
        EvidenceState.REQUESTED,
        EvidenceState.APPROVED,
        EvidenceState.EXPORTING,
        EvidenceState.EXPORTED,
        EvidenceState.HANDED_OVER,
        EvidenceState.RETURNED,
    }
)
# Those that nobody came for lapse.
LAPSING = frozenset({EvidenceState.REQUESTED, EvidenceState.APPROVED})


class Ground(StrEnum):
    """On what ground somebody may have it.

    CASE: an authority in its duty; EMERGENCY: an event being handled; OWN_INTEREST: life, health or property
    of the asker or of somebody in their care; INTERNAL: our own management.
    """

    CASE = "case"
    EMERGENCY = "emergency"
    OWN_INTEREST = "own_interest"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class Asker:
    """Who wants it. document: of which kind and number their proof is (warrant, police card, identity)."""

    unit: str
    person: str
    document: str
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Take:
    """One camera's recording of [since, until)."""

    camera: str
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class MaskKey:
    """Where a box lies at a moment; left, top, width, height: shares of the picture, 0 to 1."""

    at: datetime
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Mask:
    """Something that must not be seen in a copy. keys: by their time, at least one.

    Between two keys the box moves evenly; before the first and after the last it stays where they are.
    """

    camera: str
    keys: tuple[MaskKey, ...]


@dataclass(frozen=True, slots=True)
class CopyOptions:
    """What the package holds and how it is locked. has_watermark: a copy with the case written in it.

    keeps_originals: False gives away the copies only, with the originals' hashes.
    """

    has_watermark: bool = False
    masks: tuple[Mask, ...] = ()
    keeps_originals: bool = True
    is_encrypted: bool = False


PLAIN_COPY = CopyOptions()


@dataclass(frozen=True, slots=True)
class Export:
    """One copying of the recording. fingerprint: SHA-256 of the package's manifest, in hex.

    seat, folder: where it is made or lies; said_at: when it last said that it goes on, share: of it done.
    """

    by: str
    by_name: str
    seat: str
    began_at: datetime
    said_at: datetime
    share: float = 0.0
    folder: str = ""
    fingerprint: str = ""
    key_fingerprint: str = ""
    files: int = 0
    size_bytes: int = 0
    ended_at: datetime | None = None

    def is_stalled(self, now: datetime) -> bool:
        return self.ended_at is None and now - self.said_at > STALLED_AFTER


@dataclass(frozen=True, slots=True)
class HandOver:
    """Who took the package away, with which proof, on what, and who gave it."""

    receiver: str
    unit: str
    document: str
    place: str
    medium: str
    at: datetime
    by: str
    by_name: str


@dataclass(frozen=True, slots=True)
class EvidenceRequest:
    """A request to take recordings away 调取申请.

    case_no: the asker's own number; why: the purpose. reason: of the last rejection, withdrawal, redoing or
    return. decided_by: who approved or rejected. valid_until: when it lapses unless it is fetched.
    """

    id: str
    number: str
    asker: Asker
    ground: Ground
    why: str
    takes: tuple[Take, ...]
    requested_at: datetime
    requested_by: str
    requested_by_name: str
    valid_until: datetime
    case_no: str = ""
    incident: IncidentId = NO_INCIDENT
    incident_no: str = ""
    options: CopyOptions = PLAIN_COPY
    state: EvidenceState = EvidenceState.REQUESTED
    decided_by: str = ""
    decided_by_name: str = ""
    decided_at: datetime | None = None
    reason: str = ""
    export: Export | None = None
    hand_over: HandOver | None = None
    returned_at: datetime | None = None
    registered_at: datetime | None = None
    registered_by_name: str = ""
    is_drill: bool = False
    row_version: int = 1

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_EVIDENCE

    @property
    def cameras(self) -> tuple[str, ...]:
        """Each once, as first named."""
        return tuple(dict.fromkeys(take.camera for take in self.takes))

    @property
    def since(self) -> datetime:
        return min(take.since for take in self.takes)

    @property
    def until(self) -> datetime:
        return max(take.until for take in self.takes)

    def may_be_decided_by(self, session: Session) -> bool:
        """Nobody allows what they asked for themselves, as the desk's writer or as the asker."""
        return session.user != self.requested_by and session.display_name not in {
            self.requested_by_name,
            self.asker.person,
        }

    def has_lapsed(self, now: datetime) -> bool:
        return self.state in LAPSING and now >= self.valid_until
