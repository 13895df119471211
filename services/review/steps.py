"""The steps of a review, each inside a transaction of the desk's, with its audit row and facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import TypeVar

from services.core.errors import ServiceError
from services.core.ids import new_id
from services.core.typed import typed_text
from services.domain.facts import IncidentChanged, LessonChanged, ReviewChanged
from services.domain.incidents import INCIDENT_MOVES, Incident, IncidentState
from services.domain.moves import check_move
from services.domain.people import Session
from services.domain.reviews import (
    LESSON_MOVES,
    REVIEW_MOVES,
    WRITABLE,
    Lesson,
    LessonState,
    Proposal,
    Review,
    ReviewCause,
    ReviewState,
)
from services.storage import Tx, legally

State = TypeVar("State", bound=Enum)

MOST_TEXT = 4000
MOST_LINES = 50
_OVER = frozenset({IncidentState.CONTAINED, IncidentState.REVIEW})


@dataclass(frozen=True, slots=True)
class Draft:
    """What the writer lays down; causes and proposals without text are left out."""

    summary: str
    causes: tuple[ReviewCause, ...] = ()
    proposals: tuple[Proposal, ...] = ()


@dataclass(frozen=True, slots=True)
class Pen:
    """Who does it, when, in which transaction."""

    tx: Tx
    session: Session
    now: datetime

    def save(self, before: Review, after: Review, change: str, reason: str = "") -> Review:
        saved = self.tx.reviews.save(after)
        self.tx.audit(self.session, f"review.{change}", saved.id, before=before, after=saved, reason=reason)
        self.tx.record(ReviewChanged(saved, change))
        return saved


def keep(pen: Pen, review: Review, draft: Draft) -> Review:
    """Written down, not handed in."""
    if review.state not in WRITABLE:
        raise ServiceError("review.not_writable", state=review.state.value)
    draft = _checked(draft)
    after = replace(
        review,
        summary=draft.summary,
        causes=draft.causes,
        proposals=draft.proposals,
        written_by=pen.session.user,
        written_by_name=pen.session.display_name,
        writers=tuple(sorted({*review.writers, review.written_by, pen.session.user} - {""})),
    )
    return review if after == review else pen.save(review, after, "written")


def submit(pen: Pen, review: Review, draft: Draft) -> Review:
    """Handed in; the incident is under review from here."""
    incident = _incident_over(pen.tx, review)
    kept = keep(pen, review, draft)
    missing = [name for name in ("summary", "causes") if not getattr(kept, name)]
    if missing:
        raise ServiceError("review.incomplete", missing=missing[0])
    state = _moved(REVIEW_MOVES, kept.state, ReviewState.SUBMITTED)
    saved = pen.save(kept, replace(kept, state=state, submitted_at=pen.now, reason=""), "submitted")
    if incident.state is IncidentState.CONTAINED:
        _put_under_review(pen, incident)
    return saved


def judge(pen: Pen, review: Review, wanted: ReviewState, reason: str = "") -> Review:
    """APPROVED or SENT_BACK, by somebody who neither led the incident nor wrote this."""
    incident = pen.tx.incidents.get(review.incident)
    # Who commands may have changed since the review opened.
    leaders = {incident.owner, incident.commander, *incident.had_by, *review.handled_by} - {""}
    review = replace(review, handled_by=tuple(sorted(leaders)))
    if not review.may_be_judged_by(pen.session):
        raise ServiceError("review.own", incident_no=review.incident_no)
    if wanted is ReviewState.APPROVED:
        _incident_over(pen.tx, review)
    after = replace(
        review,
        state=_moved(REVIEW_MOVES, review.state, wanted),
        reviewer=pen.session.user,
        reviewer_name=pen.session.display_name,
        decided_at=pen.now,
        reason=reason,
    )
    saved = pen.save(review, after, wanted.value, reason)
    if wanted is ReviewState.APPROVED:
        for proposal in saved.proposals:
            _make_lesson(pen, saved, proposal)
    return saved


def move_lesson(pen: Pen, lesson: Lesson, wanted: LessonState, note: str) -> Lesson:
    """Done, or open again; `note` says what was done or why it was not."""
    if lesson.state is wanted:
        return lesson
    is_done = _moved(LESSON_MOVES, lesson.state, wanted) is LessonState.DONE
    after = replace(
        lesson,
        state=wanted,
        note=note,
        done_by_name=pen.session.display_name if is_done else "",
        done_at=pen.now if is_done else None,
    )
    change = "done" if is_done else "reopened"
    saved = pen.tx.lessons.save(after)
    pen.tx.audit(pen.session, f"lesson.{change}", saved.id, before=lesson, after=saved, reason=note)
    pen.tx.record(LessonChanged(saved, change))
    return saved


def _make_lesson(pen: Pen, review: Review, proposal: Proposal) -> None:
    lesson = Lesson(
        id=new_id(),
        review=review.id,
        incident=review.incident,
        incident_no=review.incident_no,
        text=proposal.text,
        owner=proposal.owner,
        due_at=proposal.due_at,
        made_at=pen.now,
        is_drill=review.is_drill,
    )
    pen.tx.lessons.add(lesson)
    pen.tx.audit(pen.session, "lesson.made", lesson.id, after=lesson)
    pen.tx.record(LessonChanged(lesson, "made"))


def _incident_over(tx: Tx, review: Review) -> Incident:
    """What is still going on cannot be looked back on."""
    incident = tx.incidents.get(review.incident)
    if incident.is_open and incident.state not in _OVER:
        raise ServiceError("review.still_running", incident_no=incident.incident_no)
    return incident


def _put_under_review(pen: Pen, incident: Incident) -> None:
    state = _moved(INCIDENT_MOVES, incident.state, IncidentState.REVIEW)
    saved = pen.tx.incidents.save(replace(incident, state=state))
    pen.tx.audit(pen.session, "incident.review", saved.id, before=incident, after=saved)
    pen.tx.record(IncidentChanged(saved, "review"))


def _moved(moves: Mapping[State, frozenset[State]], was: State, wanted: State) -> State:
    with legally("review.illegal_move"):
        check_move(moves, was, wanted)
    return wanted


def _checked(draft: Draft) -> Draft:
    """Without blanks. Raises review.text_too_long(most), review.too_many(most), review.no_owner(text)."""
    causes = tuple(ReviewCause(one.kind, text) for one in draft.causes if (text := checked_text(one.text)))
    proposals = tuple(
        Proposal(text, checked_text(one.owner), one.due_at)
        for one in draft.proposals
        if (text := checked_text(one.text))
    )
    if max(len(causes), len(proposals)) > MOST_LINES:
        raise ServiceError("review.too_many", most=MOST_LINES)
    nobody = next((one for one in proposals if not one.owner), None)
    if nobody is not None:
        raise ServiceError("review.no_owner", text=nobody.text)
    return Draft(checked_text(draft.summary), causes, proposals)


def checked_text(text: str) -> str:
    """`text` without blanks around it; raises review.text_too_long(most)."""
    text = typed_text(text)
    if len(text) > MOST_TEXT:
        raise ServiceError("review.text_too_long", most=MOST_TEXT)
    return text
