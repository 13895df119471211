"""The review that opens by itself when an incident is contained, and what it forbids until it is approved."""

from __future__ import annotations

from services.core.errors import ServiceError
from services.core.ids import new_id
from services.dispatch.record import Record
from services.domain.facts import ReviewChanged
from services.domain.incidents import Incident
from services.domain.reviews import Review


def open_review(record: Record, incident: Incident) -> None:
    """In the transaction that contains the incident; one that is still open goes on."""
    known = record.tx.reviews.last_of(incident.id)
    if known is not None and known.is_open:
        return
    review = Review(
        id=new_id(),
        incident=incident.id,
        incident_no=incident.incident_no,
        title=incident.title,
        level=incident.level,
        opened_at=record.now,
        handled_by=tuple(filter(None, (incident.owner, incident.commander))),
        is_drill=incident.is_drill,
    )
    record.tx.reviews.add(review)
    record.tx.audit(record.session, "review.opened", review.id, after=review)
    record.tx.record(ReviewChanged(review, "opened"))


def check_reviewed(record: Record, incident: Incident) -> None:
    """Raises dispatch.review_needed(incident_no) for level Ⅲ and above without an approved review."""
    if incident.needs_review and not record.tx.reviews.is_approved(incident.id):
        raise ServiceError("dispatch.review_needed", incident_no=incident.incident_no)
