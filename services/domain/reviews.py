"""What is learnt after an incident 复盘: its review, the causes found, and lessons that become actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.domain.incidents import IncidentId
from services.domain.people import Session


class ReviewState(StrEnum):
    """PREPARED: opened by the program when the incident was contained; SENT_BACK: to be written again."""

    PREPARED = "prepared"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    SENT_BACK = "sent_back"


REVIEW_MOVES: dict[ReviewState, frozenset[ReviewState]] = {
    ReviewState.PREPARED: frozenset({ReviewState.SUBMITTED}),
    ReviewState.SUBMITTED: frozenset({ReviewState.APPROVED, ReviewState.SENT_BACK}),
    ReviewState.SENT_BACK: frozenset({ReviewState.SUBMITTED}),
    ReviewState.APPROVED: frozenset(),
}
WRITABLE = frozenset({ReviewState.PREPARED, ReviewState.SENT_BACK})
OPEN_REVIEW_STATES = frozenset(ReviewState) - {ReviewState.APPROVED}


class CauseKind(StrEnum):
    """人、物、管理."""

    PEOPLE = "people"
    THINGS = "things"
    MANAGEMENT = "management"


@dataclass(frozen=True, slots=True)
class ReviewCause:
    kind: CauseKind
    text: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A lesson as the review proposes it; it becomes a `Lesson` when the review is approved.

    owner: the person or department that does it.
    """

    text: str
    owner: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Review:
    """The review of one incident. reason: why it was sent back last. handled_by: who led the incident, by
    log-in or display name, and may therefore not judge it. written_by: the last who wrote in it; writers:
    the log-ins of all who ever did."""

    id: str
    incident: IncidentId
    incident_no: str
    title: str
    level: int
    opened_at: datetime
    handled_by: tuple[str, ...] = ()
    state: ReviewState = ReviewState.PREPARED
    summary: str = ""
    causes: tuple[ReviewCause, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    written_by: str = ""
    written_by_name: str = ""
    submitted_at: datetime | None = None
    reviewer: str = ""
    reviewer_name: str = ""
    decided_at: datetime | None = None
    reason: str = ""
    is_drill: bool = False
    row_version: int = 1
    writers: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_REVIEW_STATES

    def may_be_judged_by(self, session: Session) -> bool:
        """Nobody judges what they led or wrote themselves."""
        return not {session.user, session.display_name} & {
            *self.handled_by,
            *self.writers,
            self.written_by,
        }


class LessonState(StrEnum):
    OPEN = "open"
    DONE = "done"


LESSON_MOVES: dict[LessonState, frozenset[LessonState]] = {
    LessonState.OPEN: frozenset({LessonState.DONE}),
    LessonState.DONE: frozenset({LessonState.OPEN}),
}


@dataclass(frozen=True, slots=True)
class Lesson:
    """One action that a review asks for. note: what was done, or why it is open again."""

    id: str
    review: str
    incident: IncidentId
    incident_no: str
    text: str
    owner: str
    due_at: datetime
    made_at: datetime
    state: LessonState = LessonState.OPEN
    done_by_name: str = ""
    done_at: datetime | None = None
    note: str = ""
    is_drill: bool = False
    row_version: int = 1

    def is_overdue(self, now: datetime) -> bool:
        """Also of one that was done after its day."""
        return (self.done_at or now) > self.due_at
