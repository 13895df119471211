"""What people do with reviews: read the history, write, hand in, judge, and see to the lessons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.domain.clocks import DEFAULT_CLOCKS
from services.domain.people import Permission, Session
from services.domain.reviews import Lesson, LessonState, Review, ReviewState
from services.identity import authorize
from services.review.history import history_of
from services.review.moments import History
from services.review.steps import Draft, Pen, checked_text, judge, keep, move_lesson, submit
from services.review.timings import Timing, timings_of
from services.storage import Database, View

SHOWN = 200


@dataclass(frozen=True, slots=True)
class Story:
    """A review with the incident as the record tells it."""

    review: Review
    history: History
    timings: tuple[Timing, ...]
    lessons: tuple[Lesson, ...]


class ReviewDesk:
    """Commands are one transaction each and block; all raise identity.forbidden and storage.*."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def overview(self, session: Session) -> tuple[list[Review], list[Lesson]]:
        """The newest reviews, newest first; lessons by the day they are due, those to be done first."""
        authorize(session, Permission.WATCH)
        return self._database.read(_overview)

    def story(self, session: Session, review_id: str) -> Story:
        """Everything about one review, from one snapshot. Raises storage.not_found."""
        authorize(session, Permission.WATCH)
        return self._database.read(lambda view: self._told(view, review_id), deadline_s=20.0)

    def write(self, session: Session, review: Review, draft: Draft) -> Review:
        """Keep what was written over `review` as it was read; nothing is handed in yet.

        Raises review.not_writable(state), review.no_owner(text), review.text_too_long(most),
        review.too_many(most), storage.conflict when somebody else wrote meanwhile.
        """
        return self._change(
            session, Permission.WRITE_REVIEW, review, lambda pen, found: keep(pen, found, draft)
        )

    def submit(self, session: Session, review: Review, draft: Draft) -> Review:
        """Keep it and hand it in; the incident is under review then.

        Raises what `write` raises, review.incomplete(missing: summary or causes),
        review.still_running(incident_no).
        """
        return self._change(
            session, Permission.WRITE_REVIEW, review, lambda pen, found: submit(pen, found, draft)
        )

    def approve(self, session: Session, review: Review) -> Review:
        """Somebody else stands for it as it was read; its proposals become lessons to be done.

        Raises review.own(incident_no), review.illegal_move(was, wanted), review.still_running(incident_no).
        """
        return self._change(
            session, Permission.REVIEW, review, lambda pen, found: judge(pen, found, ReviewState.APPROVED)
        )

    def send_back(self, session: Session, review: Review, reason: str) -> Review:
        """It has to be written again. Raises review.reason_needed, review.own, review.illegal_move."""
        reason = _needed(reason)
        return self._change(
            session,
            Permission.REVIEW,
            review,
            lambda pen, found: judge(pen, found, ReviewState.SENT_BACK, reason),
        )

    def finish_lesson(self, session: Session, lesson_id: str, note: str) -> Lesson:
        """What was done about it. Raises review.reason_needed."""
        return self._move_lesson(session, Permission.WRITE_REVIEW, lesson_id, LessonState.DONE, note)

    def reopen_lesson(self, session: Session, lesson_id: str, reason: str) -> Lesson:
        """It was not done after all. Raises review.reason_needed."""
        return self._move_lesson(session, Permission.REVIEW, lesson_id, LessonState.OPEN, reason)

    def _told(self, view: View, review_id: str) -> Story:
        review = view.reviews.get(review_id)
        history = history_of(view, review.incident, self._clock.now())
        lessons = [one for one in view.lessons.of(review.incident) if one.review == review.id]
        site = view.site()
        limits = DEFAULT_CLOCKS if site is None else site.limits
        return Story(review, history, tuple(timings_of(history, limits)), tuple(lessons))

    def _change(
        self,
        session: Session,
        permission: Permission,
        review: Review,
        work: Callable[[Pen, Review], Review],
    ) -> Review:
        """On the review as `session` has seen it, and on no other."""
        authorize(session, permission)
        now = self._clock.now()

        def write(pen: Pen) -> Review:
            found = pen.tx.reviews.get(review.id)
            if found.row_version != review.row_version:
                raise ServiceError("storage.conflict", kind="review", id=review.id)
            return work(pen, found)

        return self._database.write(lambda tx: write(Pen(tx, session, now)))

    def _move_lesson(
        self, session: Session, permission: Permission, lesson_id: str, wanted: LessonState, note: str
    ) -> Lesson:
        authorize(session, permission)
        note, now = _needed(note), self._clock.now()
        return self._database.write(
            lambda tx: move_lesson(Pen(tx, session, now), tx.lessons.get(lesson_id), wanted, note)
        )


def _overview(view: View) -> tuple[list[Review], list[Lesson]]:
    lessons = [one for state in LessonState for one in view.lessons.in_states([state])]
    return view.reviews.newest(SHOWN), lessons


def _needed(text: str) -> str:
    text = checked_text(text)
    if not text:
        raise ServiceError("review.reason_needed")
    return text
