"""One order of time, out of everything that the record keeps apart."""

from __future__ import annotations

from datetime import timedelta

from services.campus.routes import Routes
from services.core.ids import new_id
from services.dispatch.calls import CallDesk
from services.dispatch.orders import Order
from services.domain.alarms import Qualifier
from services.domain.calls import Call, CallDirection, CallKind, CallOutcome, ReadBack, ReadBackItem
from services.domain.clocks import DEFAULT_CLOCKS
from services.domain.incidents import Dispatch
from services.domain.notices import Notice
from services.domain.people import Role, Session
from services.domain.plan_runs import PlanRun, PlanRunId, StepRun, StepState
from services.domain.plan_steps import Step, StepKind
from services.domain.plans import PlanId, PlanText
from services.domain.reviews import Review
from services.review.moments import (
    AlarmMoment,
    CallMoment,
    EntryMoment,
    LinkageMoment,
    Moment,
    NoticeMoment,
    PictureMoment,
    ReviewMoment,
    ShownMoment,
    SignalMoment,
)
from services.review.timings import Clock, timings_of
from tests.services.review.night import START_AT, Night


def moments_of(night: Night, session: Session, review: Review) -> list[Moment]:
    return list(night.reviews.story(session, review.id).history.moments)


def told(moment: Moment) -> str:
    match moment:
        case AlarmMoment():
            return moment.step.action
        case EntryMoment():
            return moment.entry.what
        case ReviewMoment():
            return moment.step.action
        case ShownMoment():
            return "picture" if moment.has_picture else "shown"
        case SignalMoment():
            return "raised" if moment.is_first else moment.signal.qualifier.value
        case _:
            return type(moment).__name__


def test_an_incident_is_told_from_the_signal_to_its_review_in_the_order_of_time(
    night: Night, contained: Review, supervisor: Session
) -> None:
    moments = [
        (round((moment.at - START_AT).total_seconds(), 1), told(moment))
        for moment in moments_of(night, supervisor, contained)
        if not isinstance(moment, LinkageMoment)
    ]
    assert moments == [
        (0.0, "raised"),
        (0.0, "shown"),
        (1.5, "picture"),
        (6.0, "alarm.claimed"),
        (15.0, "incident.opened"),
        (15.0, "dispatch.sent"),
        (27.0, "dispatch.signed"),
        (35.0, "dispatch.en_route"),
        (215.0, "dispatch.on_scene"),
        (275.0, "dispatch.done"),
        (275.0, "dispatch.feedback"),
        (295.0, "alarm.decided"),
        (315.0, "incident.contained"),
        (315.0, "review.opened"),
    ]


def test_what_a_person_did_carries_their_name_and_what_the_program_did_none(
    night: Night, contained: Review, supervisor: Session
) -> None:
    moments = moments_of(night, supervisor, contained)
    claimed = next(m for m in moments if isinstance(m, AlarmMoment))
    feedback = next(m for m in moments if isinstance(m, EntryMoment) and m.feedback is not None)
    assert claimed.actor_name == "wang"
    assert feedback.feedback is not None
    assert (feedback.entry.actor_name, feedback.feedback.caught) == ("王某", 1)


def test_every_linkage_action_that_ended_is_a_moment_with_its_milliseconds(
    night: Night, contained: Review, supervisor: Session
) -> None:
    found = [m for m in moments_of(night, supervisor, contained) if isinstance(m, LinkageMoment)]
    kept = night.database.read(lambda view: view.linkage_runs.of_incident(contained.incident))
    ended = [one for runs in kept.values() for run in runs for one in run.actions if one.ended_at]
    assert [moment.one for moment in found] == ended
    assert [moment.run.ms(moment.one) for moment in found] == [1500]


def test_a_restore_and_a_repeated_signal_are_told_and_change_nothing_before_them(
    night: Night, sent: Dispatch, operator: Session
) -> None:
    night.clock.advance(5)
    night.signal("1001", 1)
    night.clock.advance(5)
    night.signal("1001", 1, Qualifier.RESTORE)
    night.incidents.contain_incident(operator, sent.incident)
    review = night.database.read(lambda view: view.reviews.of(sent.incident))[0]
    signals = [m for m in moments_of(night, operator, review) if isinstance(m, SignalMoment)]
    assert [told(moment) for moment in signals] == ["raised", "new", "restore"]


def test_pictures_of_the_cameras_that_saw_it_are_marks_and_those_of_others_are_not(
    night: Night, sent: Dispatch, operator: Session
) -> None:
    def snapshot(camera: str, alarm: str = "") -> None:
        after = {"file": f"/pictures/{camera}.png", "sha256": "00", "alarm": alarm}
        night.clock.advance(1)
        night.database.write(lambda tx: tx.audit(operator, "camera.snapshot", camera, after=after))

    for camera, alarm in (("C01", ""), ("C02", ""), ("C01", "another-alarm")):
        snapshot(camera, alarm)
    night.incidents.contain_incident(operator, sent.incident)
    night.clock.advance(60)
    review = night.database.read(lambda view: view.reviews.of(sent.incident))[0]
    pictures = [m for m in moments_of(night, operator, review) if isinstance(m, PictureMoment)]
    assert [(m.camera, m.file) for m in pictures] == [("C01", "/pictures/C01.png")]


def test_who_was_told_and_when_they_read_it_are_two_moments(
    night: Night, sent: Dispatch, operator: Session
) -> None:
    alarm = night.database.read(lambda view: view.alarms.of_incident(sent.incident))[0]
    seen_at = START_AT + timedelta(seconds=40)
    notice = Notice(
        alarm.id, alarm.event_no, 1, START_AT + timedelta(seconds=20), Role.SHIFT_LEADER, seen_at=seen_at
    )
    night.database.write(lambda tx: tx.notices.add(notice))
    night.incidents.contain_incident(operator, sent.incident)
    review = night.database.read(lambda view: view.reviews.of(sent.incident))[0]
    notices = [m for m in moments_of(night, operator, review) if isinstance(m, NoticeMoment)]
    assert [(m.at - START_AT).total_seconds() for m in notices] == [20, 40]
    assert [m.is_seen for m in notices] == [False, True]


def test_times_stand_against_the_clocks_and_only_what_passed_its_limit_is_late(
    night: Night, contained: Review, supervisor: Session
) -> None:
    story = night.reviews.story(supervisor, contained.id)
    found = {timing.clock: (timing.actual_s, timing.target_s, timing.is_late) for timing in story.timings}
    # P1: claim within 10 s, first order within 60 s, signed within 20 s, there within 180 s, done in 1800 s.
    assert found == {
        Clock.CLAIM: (6.0, 10.0, False),
        Clock.DISPATCH: (15.0, 60.0, False),
        Clock.SIGN: (12.0, 20.0, False),
        Clock.ARRIVE: (200.0, 180.0, True),
        Clock.DONE: (260.0, 1800.0, False),
        Clock.CONTAIN: (315.0, None, False),
    }


def test_an_order_that_was_never_signed_is_late_and_one_that_was_taken_back_is_not_judged(
    night: Night, sent: Dispatch, operator: Session
) -> None:
    other = night.dispatch.send(operator, order_of(sent, "G33"))
    night.clock.advance(30)
    night.dispatch.cancel(operator, other.id, "误派")
    night.incidents.contain_incident(operator, sent.incident)
    review = night.database.read(lambda view: view.reviews.of(sent.incident))[0]
    history = night.reviews.story(operator, review.id).history
    signs = [t for t in timings_of(history, DEFAULT_CLOCKS) if t.clock is Clock.SIGN]
    assert [(t.no, t.actual_s, t.is_late) for t in signs] == [(sent.dispatch_no, None, True)]


def test_a_call_is_told_once_when_it_began_with_what_was_not_said_back(
    night: Night, sent: Dispatch, operator: Session
) -> None:
    began_at = night.clock.now()
    night.clock.advance(40)
    call = Call(
        id=new_id(),
        incident=sent.incident,
        kind=CallKind.OTHER,
        direction=CallDirection.OUT,
        party="校医院",
        number="8120",
        began_at=began_at,
        ended_at=night.clock.now(),
        outcome=CallOutcome.ACCEPTED,
        by="",
        by_name="",
        workstation="",
        said="马上到",
        read_back=(ReadBack(ReadBackItem.PLACE, "东门"),),
    )
    site = night.dispatch.site
    CallDesk(night.database, night.clock, Routes(site), site).log(operator, call)
    night.incidents.contain_incident(operator, sent.incident)
    review = night.database.read(lambda view: view.reviews.of(sent.incident))[0]
    moments = moments_of(night, operator, review)
    (told_call,) = [m for m in moments if isinstance(m, CallMoment)]
    assert (told_call.at, told_call.call.by_name) == (began_at, "王某")
    assert told_call.call.unconfirmed == (ReadBackItem.PLACE,)
    assert not [m for m in moments if isinstance(m, EntryMoment) and m.entry.what.startswith("call.")]


def test_steps_of_a_plan_stand_against_their_deadlines_and_skipped_ones_do_not(
    night: Night, sent: Dispatch, operator: Session
) -> None:
    def step(name: str) -> Step:
        return Step(name, StepKind.CONFIRM, name, deadline_s=60.0)

    def taken(name: str, took_s: float | None, state: StepState = StepState.DONE) -> StepRun:
        ended_at = START_AT + timedelta(seconds=took_s) if took_s is not None else None
        late_at = START_AT + timedelta(seconds=60) if took_s is None else None
        return StepRun(name, state, began_at=START_AT, ended_at=ended_at, late_at=late_at)

    names = ("疏散", "清点", "封路", "断电")
    run = PlanRun(
        id=PlanRunId(new_id()),
        plan=PlanId("p1"),
        version=1,
        text=PlanText("宿舍火灾", steps=tuple(step(name) for name in names)),
        incident=sent.incident,
        started_by=operator.user,
        started_by_name=operator.display_name,
        started_at=START_AT,
        steps=(
            taken("疏散", 30),
            taken("清点", 90),
            taken("封路", 70, StepState.SKIPPED),
            taken("断电", None, StepState.ACTIVE),
        ),
    )
    night.database.write(lambda tx: tx.plan_runs.add(run))
    night.incidents.contain_incident(operator, sent.incident)
    review = night.database.read(lambda view: view.reviews.of(sent.incident))[0]
    steps = [t for t in night.reviews.story(operator, review.id).timings if t.clock is Clock.STEP]
    assert [(t.name, t.actual_s, t.is_late) for t in steps] == [
        ("疏散", 30.0, False),
        ("清点", 90.0, True),
        ("断电", None, True),
    ]


def order_of(sent: Dispatch, guard: str) -> Order:
    return Order(guard, "增援", incident_id=sent.incident)
