"""Reviews and the lessons drawn from them, as they lie in the database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from services.domain.reviews import OPEN_REVIEW_STATES, Lesson, Review, ReviewState
from services.storage import schema
from services.storage.papers import PaperRows, SavedPapers, paper_shape

REVIEW = paper_shape(schema.review, Review, lambda r: (r.id, r.incident, r.state.value, r.opened_at))
LESSON = paper_shape(schema.lesson, Lesson, lambda one: (one.id, one.incident, one.state.value, one.due_at))


class ReviewRows(PaperRows[Review]):
    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, REVIEW)

    def open(self) -> list[Review]:
        """Those that nobody has approved yet, oldest first."""
        return self.in_states(OPEN_REVIEW_STATES)

    def last_of(self, incident: str) -> Review | None:
        """The one that counts: an incident that was reopened is reviewed anew."""
        return next(reversed(self.of(incident)), None)

    def is_approved(self, incident: str, since: datetime) -> bool:
        """Whether the incident's newest review is approved and was opened at `since` or later."""
        last = self.last_of(incident)
        return last is not None and last.state is ReviewState.APPROVED and last.opened_at >= since


class SavedReviews(ReviewRows, SavedPapers[Review]):
    """Reviews inside a transaction."""


class LessonRows(PaperRows[Lesson]):
    """By the day they are due."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, LESSON)


class SavedLessons(LessonRows, SavedPapers[Lesson]):
    """Lessons inside a transaction."""
