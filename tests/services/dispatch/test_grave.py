"""A grave incident, level Ⅲ or above, ends only with a review of all of it; on a real record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from services.core.clock import ManualClock
from services.core.ids import new_id
from services.dispatch import DispatchDesk, IncidentDesk, Order
from services.dispatch.sheet import sheet_of
from services.domain.incidents import Dispatch, DispatchState, Feedback, Incident, IncidentState
from services.domain.people import Session
from services.domain.plan_runs import PlanRun, PlanRunId, StepRun, StepState
from services.domain.plan_steps import Step, StepKind
from services.domain.plans import PlanId, PlanText
from services.domain.reviews import CauseKind, ReviewCause, ReviewState
from services.review.desk import ReviewDesk
from services.review.steps import Draft
from services.storage import Database
from tests.services.dispatch.test_incidents import SHEET, lines_of, put, refused, stored

S, D = IncidentState, DispatchState
DRAFT = Draft("水房电热水器冒烟", (ReviewCause(CauseKind.THINGS, "电器没有检查"),))


@pytest.fixture
def grave(incidents: IncidentDesk, operator: Session) -> Incident:
    return incidents.open(operator, new_id(), replace(SHEET, level=1))


@pytest.fixture
def work(desk: DispatchDesk, operator: Session) -> Callable[[Incident], Dispatch]:
    """`work(incident)`: a guard goes there and reports."""

    def go(incident: Incident) -> Dispatch:
        sent = desk.send(operator, Order("G34", "去", incident_id=incident.id))
        for step in (D.SIGNED, D.EN_ROUTE, D.ON_SCENE, D.DONE):
            desk.advance(operator, sent.id, step)
        return desk.give_feedback(operator, Feedback(sent.id, sent.sent_at, "", "", "已处置"))

    return go


@pytest.fixture
def approve(
    database: Database, clock: ManualClock, operator: Session, leader: Session
) -> Callable[[Incident], None]:
    """`approve(incident)`: its newest review is handed in, and approved by the shift leader."""
    desk = ReviewDesk(database, clock)

    def go(incident: Incident) -> None:
        review = database.read(lambda view: view.reviews.last_of(incident.id))
        assert review is not None
        desk.approve(leader, desk.submit(operator, review, DRAFT))

    return go


def open_plan(database: Database, incident: Incident) -> PlanRun:
    run = PlanRun(
        id=PlanRunId(new_id()),
        plan=PlanId("p1"),
        version=1,
        text=PlanText("火灾", "Fire", steps=(Step("s1", StepKind.CONFIRM, "清点人数", is_mandatory=True),)),
        incident=incident.id,
        started_by="wang",
        started_by_name="王某",
        started_at=incident.received_at,
        steps=(StepRun("s1", StepState.ACTIVE),),
    )
    return database.write(lambda tx: tx.plan_runs.add(run))


def test_the_level_is_lowered_with_a_reason_by_those_who_review_and_the_review_stays_due(
    incidents: IncidentDesk,
    database: Database,
    operator: Session,
    leader: Session,
    grave: Incident,
    work: Callable[[Incident], Dispatch],
) -> None:
    work(grave)
    seen = sheet_of(stored(database, grave.id))
    lower = replace(seen, level=4)
    error = refused(lambda: incidents.edit(operator, grave.id, seen, lower, "看错了"))
    assert error.code == "dispatch.leader_needed"
    assert (
        refused(lambda: incidents.edit(leader, grave.id, seen, lower, " ")).code == "dispatch.reason_needed"
    )
    lowered = incidents.edit(leader, grave.id, seen, lower, "只是冒烟")
    assert (lowered.level, lowered.gravest, lowered.is_grave) == (4, 1, True)
    assert "incident.lowered" in lines_of(database, grave.id)
    incidents.contain_incident(operator, grave.id)
    error = refused(lambda: incidents.close_incident(operator, grave.id, "完"))
    assert error.code == "dispatch.review_needed"


def test_raising_the_level_needs_nobody_else(
    incidents: IncidentDesk, database: Database, operator: Session
) -> None:
    light = incidents.open(operator, new_id(), SHEET)
    seen = sheet_of(light)
    assert incidents.edit(operator, light.id, seen, replace(seen, level=2)).is_grave
    assert "incident.level" in lines_of(database, light.id)


@pytest.mark.parametrize("was_lowered", [False, True])
def test_a_merge_leaves_the_graver_one_and_its_review_is_due(
    incidents: IncidentDesk,
    database: Database,
    operator: Session,
    grave: Incident,
    work: Callable[[Incident], Dispatch],
    *,
    was_lowered: bool,
) -> None:
    if was_lowered:
        put(database, grave.id, level=4, gravest=1)
    light = incidents.open(operator, new_id(), SHEET)
    work(light)
    incidents.merge(operator, grave.id, light.id, "同一起")
    survivor = stored(database, light.id)
    assert (survivor.level, survivor.is_grave) == (4 if was_lowered else 1, True)
    incidents.contain_incident(operator, light.id)
    error = refused(lambda: incidents.close_incident(operator, light.id, "完"))
    assert error.code == "dispatch.review_needed"


def test_a_merge_takes_the_open_plan_and_its_mandatory_steps_along(
    incidents: IncidentDesk,
    database: Database,
    operator: Session,
    grave: Incident,
    work: Callable[[Incident], Dispatch],
) -> None:
    run = open_plan(database, grave)
    light = incidents.open(operator, new_id(), SHEET)
    work(light)
    incidents.merge(operator, grave.id, light.id, "同一起")
    assert stored(database, light.id).plan_run == run.id
    assert [one.id for one in database.read(lambda view: view.plan_runs.of(light.id))] == [run.id]
    assert "plan.moved_here" in lines_of(database, light.id)
    error = refused(lambda: incidents.close_incident(operator, light.id, "完"))
    assert (error.code, error.params["step"]) == ("dispatch.steps_open", "清点人数")


def test_taking_in_a_grave_one_ends_containment_and_a_light_one_does_not(
    incidents: IncidentDesk, database: Database, operator: Session, grave: Incident
) -> None:
    over, light = (incidents.open(operator, new_id(), SHEET) for _ in range(2))
    incidents.contain_incident(operator, over.id)
    incidents.merge(operator, light.id, over.id, "同一起")
    assert stored(database, over.id).state is S.CONTAINED
    incidents.merge(operator, grave.id, over.id, "同一起")
    now = stored(database, over.id)
    assert (now.state, now.contained_at) == (S.RESPONDING, None)


def test_a_grave_incident_that_nobody_contained_is_not_closed(
    incidents: IncidentDesk, operator: Session, grave: Incident, work: Callable[[Incident], Dispatch]
) -> None:
    work(grave)
    error = refused(lambda: incidents.close_incident(operator, grave.id, "完"))
    assert error.code == "dispatch.review_needed"


def test_what_was_reopened_is_not_closed_on_the_review_of_before(
    incidents: IncidentDesk,
    clock: ManualClock,
    operator: Session,
    leader: Session,
    grave: Incident,
    work: Callable[[Incident], Dispatch],
    approve: Callable[[Incident], None],
) -> None:
    work(grave)
    close = lambda: incidents.close_incident(operator, grave.id, "完")  # noqa: E731
    incidents.contain_incident(operator, grave.id)
    approve(grave)
    assert close().state is S.CLOSED
    clock.advance(60)
    incidents.reopen(leader, grave.id, "又烧起来")
    assert refused(close).code == "dispatch.review_needed"
    incidents.contain_incident(operator, grave.id)
    assert refused(close).code == "dispatch.review_needed"
    approve(grave)
    assert close().state is S.CLOSED


def test_what_flared_up_is_not_closed_on_the_review_of_before(
    incidents: IncidentDesk,
    database: Database,
    clock: ManualClock,
    operator: Session,
    grave: Incident,
    work: Callable[[Incident], Dispatch],
    approve: Callable[[Incident], None],
) -> None:
    close = lambda: incidents.close_incident(operator, grave.id, "完")  # noqa: E731
    incidents.contain_incident(operator, grave.id)
    approve(grave)
    clock.advance(60)
    work(grave)
    now = stored(database, grave.id)
    assert (now.state, now.contained_at) == (S.RESPONDING, None)
    assert refused(close).code == "dispatch.review_needed"
    incidents.contain_incident(operator, grave.id)
    reviews = database.read(lambda view: view.reviews.of(grave.id))
    assert [one.state for one in reviews] == [ReviewState.APPROVED, ReviewState.PREPARED]
    approve(grave)
    assert close().state is S.CLOSED


def test_a_review_begun_before_it_flared_up_goes_on_and_lets_it_close(
    incidents: IncidentDesk,
    database: Database,
    clock: ManualClock,
    operator: Session,
    grave: Incident,
    work: Callable[[Incident], Dispatch],
    approve: Callable[[Incident], None],
) -> None:
    incidents.contain_incident(operator, grave.id)
    (begun,) = database.read(lambda view: view.reviews.of(grave.id))
    clock.advance(60)
    work(grave)
    incidents.contain_incident(operator, grave.id)
    (now,) = database.read(lambda view: view.reviews.of(grave.id))
    assert (now.id, now.opened_at) == (begun.id, begun.opened_at + timedelta(seconds=60))
    approve(grave)
    assert incidents.close_incident(operator, grave.id, "完").state is S.CLOSED


def test_a_grave_incident_is_called_unfounded_only_by_those_who_review(
    incidents: IncidentDesk, operator: Session, leader: Session, grave: Incident
) -> None:
    error = refused(lambda: incidents.dismiss(operator, grave.id, "没有火"))
    assert error.code == "dispatch.leader_needed"
    assert incidents.dismiss(leader, grave.id, "没有火").state is S.UNFOUNDED


def test_an_operator_hands_a_grave_incident_over_and_its_record_says_what_was_left(
    incidents: IncidentDesk, database: Database, operator: Session, grave: Incident
) -> None:
    open_plan(database, grave)
    incidents.transfer(operator, grave.id, "城关派出所", "刑事案件")
    last = database.read(lambda view: view.timeline_of(grave.id))[-1]
    assert (last.what, last.params) == ("incident.transferred_grave", {"level": "1", "count": "1"})
    (review,) = database.read(lambda view: view.reviews.of(grave.id))
    assert review.state is ReviewState.PREPARED
