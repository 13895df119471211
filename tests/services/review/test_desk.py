"""A review is written by one, judged by another, and what it teaches is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from services.core.errors import ServiceError
from services.dispatch.orders import Order
from services.domain.incidents import Dispatch, IncidentState
from services.domain.people import Role, Session
from services.domain.reviews import CauseKind, Lesson, LessonState, Proposal, Review, ReviewCause, ReviewState
from services.review.steps import MOST_LINES, MOST_TEXT, Draft
from services.storage import verify_audit
from tests.services.review.night import START_AT, Night

DUE_AT = START_AT + timedelta(days=7)
FENCE = Proposal("东门加装护栏", "后勤处 赵某", DUE_AT)
DRAFT = Draft(
    "两人争执，保安 200 秒到场，超时。", (ReviewCause(CauseKind.MANAGEMENT, "东门夜间只有一人"),), (FENCE,)
)
LEADER = Session("li", "李某", Role.SHIFT_LEADER, "seat-2")
COLLEAGUE = Session("qian", "钱某", Role.OPERATOR, "seat-2")


def refused(work: Callable[[], object]) -> ServiceError:
    with pytest.raises(ServiceError) as caught:
        work()
    return caught.value


def state_of(night: Night, review: Review) -> IncidentState:
    return night.database.read(lambda view: view.incidents.get(review.incident)).state


def test_what_is_handed_in_and_approved_by_another_lets_a_grave_incident_close(
    night: Night,
    contained: Review,
    operator: Session,
    supervisor: Session,
    make_grave: Callable[[str], None],
) -> None:
    make_grave(contained.incident)
    close = lambda: night.incidents.close_incident(operator, contained.incident, "结")  # noqa: E731
    assert refused(close).code == "dispatch.review_needed"
    submitted = night.reviews.submit(operator, contained, DRAFT)
    assert (submitted.state, submitted.written_by_name) == (ReviewState.SUBMITTED, "王某")
    assert state_of(night, contained) is IncidentState.REVIEW
    assert refused(close).code == "dispatch.review_needed"
    approved = night.reviews.approve(supervisor, submitted)
    assert (approved.state, approved.reviewer_name) == (ReviewState.APPROVED, "周某")
    assert close().state is IncidentState.CLOSED


def test_nobody_judges_what_they_led_or_wrote(night: Night, contained: Review, supervisor: Session) -> None:
    written = night.reviews.submit(LEADER, contained, DRAFT)
    led = Session("wang", "王某", Role.SHIFT_LEADER, "seat-9")
    for session in (led, LEADER):
        assert refused(lambda session=session: night.reviews.approve(session, written)).code == "review.own"  # type: ignore[misc]
    assert refused(lambda: night.reviews.approve(COLLEAGUE, written)).code == "identity.forbidden"
    assert night.reviews.approve(supervisor, written).state is ReviewState.APPROVED


def test_nobody_judges_what_they_wrote_before_another_hand_went_over_it(
    night: Night, contained: Review, supervisor: Session
) -> None:
    begun = night.reviews.write(LEADER, contained, DRAFT)
    submitted = night.reviews.submit(COLLEAGUE, begun, DRAFT)
    assert submitted.written_by == COLLEAGUE.user
    assert refused(lambda: night.reviews.approve(LEADER, submitted)).code == "review.own"
    back = night.reviews.send_back(supervisor, submitted, "再写细些")
    again = night.reviews.submit(COLLEAGUE, back, DRAFT)
    assert refused(lambda: night.reviews.approve(LEADER, again)).code == "review.own"
    assert night.reviews.approve(supervisor, again).state is ReviewState.APPROVED


def test_whoever_commands_it_now_does_not_judge_it_either(
    night: Night, contained: Review, operator: Session, supervisor: Session
) -> None:
    submitted = night.reviews.submit(operator, contained, DRAFT)
    incident = night.database.read(lambda view: view.incidents.get(contained.incident))
    commanded = replace(incident, commander=supervisor.display_name)
    night.database.write(lambda tx: tx.incidents.save(commanded))
    assert refused(lambda: night.reviews.approve(supervisor, submitted)).code == "review.own"


def test_a_review_sent_back_says_why_and_is_written_again(
    night: Night, contained: Review, operator: Session, supervisor: Session
) -> None:
    submitted = night.reviews.submit(operator, contained, DRAFT)
    assert refused(lambda: night.reviews.send_back(supervisor, submitted, " ")).code == "review.reason_needed"
    back = night.reviews.send_back(supervisor, submitted, "没写为何只有一人")
    assert (back.state, back.reason) == (ReviewState.SENT_BACK, "没写为何只有一人")
    assert refused(lambda: night.reviews.approve(supervisor, back)).code == "review.illegal_move"
    again = night.reviews.submit(operator, back, DRAFT)
    assert (again.state, again.reason) == (ReviewState.SUBMITTED, "")
    assert night.reviews.approve(supervisor, again).state is ReviewState.APPROVED


def test_what_is_handed_in_or_approved_is_not_written_over(
    night: Night, contained: Review, operator: Session, supervisor: Session
) -> None:
    submitted = night.reviews.submit(operator, contained, DRAFT)
    assert refused(lambda: night.reviews.write(operator, submitted, DRAFT)).params == {"state": "submitted"}
    approved = night.reviews.approve(supervisor, submitted)
    assert refused(lambda: night.reviews.write(operator, approved, DRAFT)).code == "review.not_writable"


def test_two_who_write_at_once_do_not_write_over_each_other(
    night: Night, contained: Review, operator: Session
) -> None:
    mine = night.reviews.write(operator, contained, DRAFT)
    assert refused(lambda: night.reviews.write(COLLEAGUE, contained, Draft("另一版"))).code == (
        "storage.conflict"
    )
    assert night.reviews.story(operator, mine.id).review.summary == DRAFT.summary


@pytest.mark.parametrize(
    ("draft", "missing"),
    [
        (Draft("  ", DRAFT.causes), "summary"),
        (Draft("写了", (ReviewCause(CauseKind.PEOPLE, " "),)), "causes"),
    ],
)
def test_a_review_without_a_summary_or_a_cause_is_not_taken(
    night: Night, contained: Review, operator: Session, draft: Draft, missing: str
) -> None:
    assert refused(lambda: night.reviews.submit(operator, contained, draft)).params == {"missing": missing}
    assert night.reviews.story(operator, contained.id).review == contained


def test_an_action_without_an_owner_and_endless_text_are_not_taken(
    night: Night, contained: Review, operator: Session
) -> None:
    for draft, code in (
        (Draft("写", proposals=(Proposal("加灯", " ", DUE_AT),)), "review.no_owner"),
        (Draft("长" * (MOST_TEXT + 1)), "review.text_too_long"),
        (Draft("多", proposals=(FENCE,) * (MOST_LINES + 1)), "review.too_many"),
    ):
        assert refused(lambda draft=draft: night.reviews.write(operator, contained, draft)).code == code  # type: ignore[misc]


def test_what_flares_up_again_is_neither_handed_in_nor_approved(
    night: Night, contained: Review, sent: Dispatch, operator: Session, supervisor: Session
) -> None:
    submitted = night.reviews.submit(operator, contained, DRAFT)
    night.dispatch.send(operator, Order("G33", "又打起来了", incident_id=sent.incident))
    assert state_of(night, contained) is IncidentState.RESPONDING
    assert refused(lambda: night.reviews.approve(supervisor, submitted)).code == "review.still_running"


def test_an_approved_review_makes_its_lessons_and_a_draft_makes_none(
    night: Night, contained: Review, operator: Session, supervisor: Session
) -> None:
    submitted = night.reviews.submit(operator, contained, DRAFT)
    assert night.reviews.overview(operator)[1] == []
    night.reviews.approve(supervisor, submitted)
    (lesson,) = night.reviews.overview(operator)[1]
    assert (lesson.text, lesson.owner, lesson.due_at) == ("东门加装护栏", "后勤处 赵某", DUE_AT)
    assert night.reviews.story(operator, contained.id).lessons == (lesson,)


@pytest.fixture
def lesson(night: Night, contained: Review, operator: Session, supervisor: Session) -> Lesson:
    night.reviews.approve(supervisor, night.reviews.submit(operator, contained, DRAFT))
    return night.reviews.overview(operator)[1][0]


def test_a_lesson_is_overdue_after_its_day_and_also_when_it_was_done_late(
    night: Night, lesson: Lesson, operator: Session
) -> None:
    assert not lesson.is_overdue(DUE_AT)
    assert lesson.is_overdue(DUE_AT + timedelta(seconds=1))
    night.clock.advance((DUE_AT - START_AT).total_seconds() + 60)
    done = night.reviews.finish_lesson(operator, lesson.id, "已装好")
    assert (done.state, done.note, done.done_by_name) == (LessonState.DONE, "已装好", "王某")
    assert done.is_overdue(DUE_AT)


def test_a_lesson_that_was_not_done_after_all_is_opened_by_a_reviewer_with_a_reason(
    night: Night, lesson: Lesson, operator: Session, supervisor: Session
) -> None:
    assert refused(lambda: night.reviews.finish_lesson(operator, lesson.id, "")).code == (
        "review.reason_needed"
    )
    night.reviews.finish_lesson(operator, lesson.id, "已装好")
    assert refused(lambda: night.reviews.reopen_lesson(operator, lesson.id, "没有")).code == (
        "identity.forbidden"
    )
    again = night.reviews.reopen_lesson(supervisor, lesson.id, "护栏未固定")
    assert (again.state, again.done_at, again.note) == (LessonState.OPEN, None, "护栏未固定")


def test_every_step_of_a_review_is_in_the_audit_chain(
    night: Night, lesson: Lesson, operator: Session
) -> None:
    night.reviews.finish_lesson(operator, lesson.id, "已装好")
    report = verify_audit(night.database)
    assert report.first_broken is None
    steps = night.database.read(lambda view: view.trail.of([lesson.review, lesson.id]))
    assert [step.action for step in steps] == [
        "review.opened",
        "review.written",
        "review.submitted",
        "review.approved",
        "lesson.made",
        "lesson.done",
    ]
