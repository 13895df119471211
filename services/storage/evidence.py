"""Requests to take recordings away, as they lie in the database."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection

from services.domain.evidence import EvidenceRequest, EvidenceState
from services.domain.recordings import Protection
from services.storage import schema
from services.storage.papers import PaperRows, SavedPapers, paper_shape

EVIDENCE = paper_shape(
    schema.evidence, EvidenceRequest, lambda r: (r.id, r.incident, r.state.value, r.requested_at)
)


class EvidenceRows(PaperRows[EvidenceRequest]):
    """By the time they were asked."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, EVIDENCE)

    def touching(self, cameras: Collection[str], since: datetime, until: datetime) -> list[EvidenceRequest]:
        """Those that were, or are to be, copied out of [since, until) of any of `cameras`."""
        wanted = set(cameras)
        counted = [state for state in EvidenceState if state is not EvidenceState.REJECTED]
        return [
            one
            for one in self.in_states(counted)
            if any(t.camera in wanted and t.since < until and since < t.until for t in one.takes)
        ]


class SavedEvidence(EvidenceRows, SavedPapers[EvidenceRequest]):
    """Requests inside a transaction."""


def kept_for(protections: PaperRows[Protection], request: EvidenceRequest) -> list[Protection]:
    """What protects the recording that a request is about, the ended ones left out."""
    found = protections.of_many(request.cameras)
    return [one for one in found if is_of(one, request) and one.ended_at is None]


def is_of(protection: Protection, request: EvidenceRequest) -> bool:
    """Whether the request itself set it: a person may write the same number as the reason of their own."""
    return (protection.reason, protection.owner, protection.set_at) == (
        request.number,
        request.requested_by,
        request.requested_at,
    )
