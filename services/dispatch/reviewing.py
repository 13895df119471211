"""The review that opens by itself when an incident is contained, and what it forbids until it is approved."""

from __future__ import annotations

from dataclasses import replace

from services.core.errors import ServiceError
from services.core.ids import new_id
from services.dispatch.record import Record
from services.domain.facts import ReviewChanged
from services.domain.incidents import Incident
from services.domain.people import Permission
from services.domain.reviews import Review


def open_review(record: Record, incident: Incident) -> None:
    """In the transaction that contains the incident; one that is still open goes on, for all of it."""
    known = record.tx.reviews.last_of(incident.id)
    if known is not None and known.is_open:
        _open_anew(record, known, incident)
        return
    review = Review(
        id=new_id(),
        incident=incident.id,
        incident_no=incident.incident_no,
        title=incident.title,
        level=incident.level,
        opened_at=record.now,
        handled_by=tuple(filter(None, (incident.owner, incident.commander, *incident.had_by))),
        is_drill=incident.is_drill,
    )
    record.tx.reviews.add(review)
    record.tx.audit(record.session, "review.opened", review.id, after=review)
    record.tx.record(ReviewChanged(review, "opened"))


def check_reviewed(record: Record, incident: Incident) -> None:
    """A grave incident is contained, and the review opened at that moment or later is approved.

    Raises dispatch.review_needed(incident_no).
    """
    if not incident.is_grave:
        return
    since = incident.contained_at
    if since is None or not record.tx.reviews.is_approved(incident.id, since):
        raise ServiceError("dispatch.review_needed", incident_no=incident.incident_no)


def check_may_make_light(record: Record, incident: Incident) -> None:
    """A grave incident is called less than that only by those who review.

    Raises dispatch.leader_needed(incident_no).
    """
    if incident.is_grave and (record.session is None or not record.session.may(Permission.REVIEW)):
        raise ServiceError("dispatch.leader_needed", incident_no=incident.incident_no)


def _open_anew(record: Record, review: Review, incident: Incident) -> None:
    """It was opened before the incident flared up and has to cover what came after."""
    if review.opened_at >= record.now and review.level == incident.level:
        return
    saved = record.tx.reviews.save(replace(review, opened_at=record.now, level=incident.level))
    record.tx.audit(record.session, "review.opened", saved.id, before=review, after=saved)
    record.tx.record(ReviewChanged(saved, "opened"))
