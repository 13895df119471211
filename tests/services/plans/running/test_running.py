"""What people do while a plan is carried out, and what becomes of the record."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace

import pytest

from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.dispatch.desk import import_site
from services.domain.incidents import IncidentState
from services.domain.people import Limit, Permission, Role, Session
from services.domain.plan_runs import EvidenceKind, PlanRunState, StepState
from services.domain.plan_steps import Step
from services.domain.plans import Plan, PlanId, PlanText
from services.plans.running import PlanRuns, Proof, Start
from services.plans.running_answers import NO_ANSWER, REACHED, Answer
from services.storage import Database, Tx
from tests.campus import read_demo_site
from tests.services.plans.running.run_kit import (
    ASK,
    AT,
    BY_PRESS,
    CALL,
    DOOR,
    FORM,
    LI,
    PROVE,
    PTZ,
    SEND,
    WANG,
    ZHAO,
    RunKit,
    confirm,
    incident,
    no_opening,
    refused,
)


def test_a_press_writes_step_audit_fact_and_timeline_together(kit: RunKit) -> None:
    kit.begin(ASK, confirm("note"))
    run = kit.runs.answer(WANG, "r1", 0, Answer("yes", note="二楼"))
    assert kit.states() == "ask:done note:active"
    assert (run.steps[0].answer, run.steps[0].by_name) == ("yes", "王某")
    assert (kit.facts("done"), kit.told("plan.step_said"), kit.told("plan.started")) == (1, 1, 1)
    assert kit.database.read(lambda view: view.incidents.get("i1")).plan_run == "r1"


def test_who_may_not_switch_at_a_place_presses_no_step_that_does(kit: RunKit) -> None:
    site = read_demo_site()
    output = next(one for one in site.outputs if not one.is_dangerous)
    import_site(kit.database, Session("admin", "管理员", Role.ADMINISTRATOR, "SEAT-9"), site)
    kit.begin(replace(BY_PRESS, target=output.no), confirm("b"))

    def limited(place: str) -> Session:
        return replace(WANG, limits=(Limit(Permission.CONTROL_OUTPUTS, (place,)),))

    with refused("identity.barred"):
        kit.runs.answer(limited(output.place), "r1", 0, Answer())
    assert kit.stored().steps[0].linkage == ""
    kit.runs.answer(limited("别处"), "r1", 0, Answer())
    assert kit.stored().steps[0].linkage


def test_starting_twice_with_the_same_id_starts_once(kit: RunKit) -> None:
    kit.begin(confirm("a"))
    again = kit.runs.start(WANG, Start("r1", "p1", incident="i1"))
    assert again.id == "r1"
    assert len(kit.runs.of_incident("i1")) == 1


def test_a_run_keeps_its_text_when_the_plan_is_published_anew(kit: RunKit) -> None:
    kit.begin(confirm("a"), confirm("b"))

    def publish_another(tx: Tx) -> None:
        plan, version = tx.plans.get("p1"), tx.plan_versions.of_plan("p1", 1)
        assert version is not None
        text = PlanText("火灾预案", steps=(confirm("x"),))
        tx.plans.save(replace(plan, version=2, text=text))
        tx.plan_versions.add(replace(version, id="v2", version=2, text=text))

    kit.database.write(publish_another)
    kit.runs.answer(WANG, "r1", 0, Answer())
    assert kit.states() == "a:done b:active"
    other = kit.runs.start(WANG, Start("r2", "p1", incident="i1"))
    assert (other.version, kit.states("r2")) == (2, "x:active")


def test_an_unpublished_plan_and_an_ended_incident_are_refused(kit: RunKit) -> None:
    kit.publish(confirm("a"))
    draft = Plan(PlanId("draft"), PlanText("草稿"), "z", "z", AT)
    kit.database.write(lambda tx: tx.plans.add(draft))
    kit.add_incident(replace(incident("over"), state=IncidentState.CLOSED))
    with refused("plans.not_in_force"):
        kit.runs.start(WANG, Start("r2", "draft", incident="over"))
    with refused("plan_run.incident_ended"):
        kit.runs.start(WANG, Start("r2", "p1", incident="over"))


def test_two_seats_that_press_one_step_have_one_winner_and_one_who_is_told(
    kit: RunKit, run_url: str, clock: ManualClock
) -> None:
    kit.begin(ASK, *(confirm(f"s{n}") for n in range(8)), confirm("note"))
    with closing(Database(run_url, clock)) as there:
        there.open()
        seats = [(kit.runs, WANG, "yes"), (PlanRuns(there, clock, no_opening), LI, "no")]

        def press(seat: tuple[PlanRuns, Session, str]) -> str:
            try:
                seat[0].answer(seat[1], "r1", 0, Answer(seat[2]))
            except ServiceError as error:
                return f"{error.code} {error.params['by']}"
            return "won"

        with ThreadPoolExecutor(2) as pool:
            results = sorted(pool.map(press, seats))
    winner = kit.stored().steps[0].by_name
    assert results == [f"plan_run.step_ended {winner}", "won"]
    assert kit.facts("done") == 1


def test_the_same_press_of_the_same_person_again_changes_nothing(kit: RunKit) -> None:
    kit.begin(ASK, confirm("note"))
    first = kit.runs.answer(WANG, "r1", 0, Answer("no"))
    assert kit.runs.answer(WANG, "r1", 0, Answer("no")) == first


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.ADMINISTRATOR])
def test_who_may_not_run_plans_presses_nothing(kit: RunKit, role: Role) -> None:
    kit.begin(confirm("a"))
    with refused("identity.forbidden"):
        kit.runs.answer(Session("x", "x", role, "s"), "r1", 0, Answer())


def test_a_skip_needs_a_reason_and_stays_unread_until_somebody_who_reviews_has_seen_it(kit: RunKit) -> None:
    kit.begin(confirm("a"), confirm("b"))
    with refused("plan_run.reason_needed"):
        kit.runs.skip(WANG, "r1", 0, "  ")
    run = kit.runs.skip(WANG, "r1", 0, "东门已开")
    assert (run.steps[0].state, run.steps[0].reason) == (StepState.SKIPPED, "东门已开")
    assert run.steps[0].skip_seen_at is None
    with refused("identity.forbidden"):
        kit.runs.note_skip_seen(WANG, "r1", 0)
    seen = kit.runs.note_skip_seen(ZHAO, "r1", 0).steps[0]
    assert seen.skip_seen_by_name == "赵某"
    kit.clock.advance(5)
    assert kit.runs.note_skip_seen(LI, "r1", 0).steps[0] == seen


def test_a_call_is_done_when_it_was_read_back_and_failed_when_nobody_answered(kit: RunKit) -> None:
    kit.begin(CALL, confirm("b"))
    run = kit.runs.answer(WANG, "r1", 0, Answer(NO_ANSWER))
    assert run.steps[0].state is StepState.FAILED
    assert kit.told("plan.step_no_answer") == 1
    kit.runs.try_again(WANG, "r1", 0)
    run = kit.runs.answer(WANG, "r1", 0, Answer(REACHED, note="接警员 07"))
    assert run.steps[0].state is StepState.DONE
    assert kit.states() == "call:done b:active"


def test_a_form_wants_what_it_requires_in_the_shape_it_says(kit: RunKit) -> None:
    kit.begin(FORM)
    with refused("plan_run.field_needed"):
        kit.runs.answer(WANG, "r1", 0, Answer(values={"floor": "3"}))
    with refused("plan_run.field_wrong"):
        kit.runs.answer(WANG, "r1", 0, Answer(values={"count": "三"}))
    run = kit.runs.answer(WANG, "r1", 0, Answer(values={"count": "3"}))
    assert run.steps[0].values == {"count": "3", "floor": ""}
    assert run.state is PlanRunState.COMPLETED


def test_a_step_that_wants_proof_is_done_only_with_it(kit: RunKit) -> None:
    kit.begin(PROVE)
    with refused("plan_run.evidence_needed"):
        kit.runs.answer(WANG, "r1", 0, Answer())
    proof = Proof(EvidenceKind.SNAPSHOT, "20261128.png", "ab" * 32, "/x/20261128.png", "C01")
    kit.runs.add_evidence(WANG, "r1", 0, proof)
    kit.runs.add_evidence(LI, "r1", 0, proof)
    run = kit.runs.answer(WANG, "r1", 0, Answer())
    (kept,) = run.steps[0].evidence
    assert (kept.sha256, kept.by_name) == ("ab" * 32, "王某")
    # Pictures come late.
    assert len(kit.runs.add_note(LI, "r1", 0, "门已锁").steps[0].evidence) == 2


def test_a_step_with_orders_is_done_by_as_many_as_it_wants(kit: RunKit) -> None:
    kit.begin(SEND, confirm("b"))
    with refused("plan_run.nobody_sent"):
        kit.runs.answer(WANG, "r1", 0, Answer())
    first, second = kit.send("G1"), kit.send("G2")
    kit.runs.take_dispatch(WANG, "r1", 0, first)
    assert kit.states() == "send:active b:pending"
    run = kit.runs.take_dispatch(WANG, "r1", 0, second)
    assert run.steps[0].dispatches == (first, second)
    assert kit.states() == "send:done b:active"


def test_an_order_of_another_incident_is_not_taken(kit: RunKit) -> None:
    kit.begin(SEND)
    kit.add_incident(incident("i2"))
    with refused("plan_run.not_its_order"):
        kit.runs.take_dispatch(WANG, "r1", 0, kit.send("G1", incident_id="i2"))


def test_a_paused_run_takes_no_press_and_goes_on_where_it_stood(kit: RunKit) -> None:
    kit.begin(confirm("a", deadline_s=60.0), confirm("b"))
    with refused("plan_run.reason_needed"):
        kit.runs.pause(WANG, "r1", "")
    kit.runs.pause(WANG, "r1", "先处置真实报警")
    with refused("plan_run.paused"):
        kit.runs.answer(WANG, "r1", 0, Answer())
    kit.runs.resume(LI, "r1")
    kit.runs.answer(WANG, "r1", 0, Answer())
    assert (kit.told("plan.paused"), kit.told("plan.resumed")) == (1, 1)
    aborted = kit.runs.abort(WANG, "r1", "误报")
    assert (aborted.state, aborted.reason) == (PlanRunState.ABORTED, "误报")
    with refused("plan_run.over"):
        kit.runs.answer(WANG, "r1", 1, Answer())
    assert kit.database.read(lambda view: view.plan_runs.open_mandatory_steps("i1")) == ()


def test_an_aborted_plan_leaves_its_open_step_unread_for_those_who_review(kit: RunKit) -> None:
    kit.begin(confirm("a"), confirm("b"))
    run = kit.runs.abort(WANG, "r1", "误报")
    one = run.steps[0]
    assert (one.state, one.reason, one.by_name, one.skip_seen_at) == (StepState.SKIPPED, "误报", "王某", None)
    assert (run.aborted_by_name, run.steps[1].state) == ("王某", StepState.PENDING)
    assert kit.runs.note_skip_seen(ZHAO, "r1", 0).steps[0].skip_seen_by_name == "赵某"
    assert kit.runs.abort(LI, "r1", "又一次").aborted_by_name == "王某"


@pytest.mark.parametrize("level", [1, 3])
def test_the_plan_of_a_grave_incident_is_aborted_by_those_who_review(kit: RunKit, level: int) -> None:
    kit.begin(confirm("a"), confirm("b"))
    kit.database.write(lambda tx: tx.incidents.save(replace(tx.incidents.get("i1"), level=level)))
    with refused("plan_run.leader_needed"):
        kit.runs.abort(WANG, "r1", "不需要")
    with refused("plan_run.reason_needed"):
        kit.runs.abort(LI, "r1", " ")
    assert kit.runs.abort(LI, "r1", "不需要").state is PlanRunState.ABORTED


def test_mandatory_steps_keep_an_incident_open_until_done_or_skipped(kit: RunKit) -> None:
    kit.begin(confirm("a"), confirm("b", is_mandatory=False), confirm("c"))

    def open_titles() -> list[str]:
        found = kit.database.read(lambda view: view.plan_runs.open_mandatory_steps("i1"))
        return [step.title for step in found]

    assert open_titles() == ["步骤a", "步骤c"]
    kit.runs.answer(WANG, "r1", 0, Answer())
    kit.runs.answer(WANG, "r1", 1, Answer())
    assert open_titles() == ["步骤c"]
    kit.runs.skip(WANG, "r1", 2, "不需要")
    assert open_titles() == []


def test_an_automatic_step_is_handed_to_linkage_with_the_press_that_begins_it(kit: RunKit) -> None:
    kit.begin(confirm("a"), PTZ, DOOR, confirm("b"))
    kit.runs.answer(WANG, "r1", 0, Answer())
    assert kit.states() == "a:done ptz:active door:active b:active"
    linkage = kit.linkage(2)
    assert (linkage.actions[0].action, linkage.incident, linkage.state.value) == (
        DOOR.action,
        "i1",
        "waiting",
    )


def test_what_a_step_names_is_carried_out_when_it_is_pressed(kit: RunKit) -> None:
    kit.begin(BY_PRESS, confirm("b"))
    assert kit.stored().steps[0].linkage == ""
    kit.runs.answer(WANG, "r1", 0, Answer())
    assert kit.states() == "light:active b:active"
    assert kit.linkage(0).actions[0].action.target == "L1"
    # Somebody switched it on by hand meanwhile.
    kit.runs.answer(WANG, "r1", 0, Answer(by_hand=True))
    assert kit.states() == "light:done b:active"


@pytest.mark.parametrize("moving", [DOOR, PTZ], ids=["door", "camera"])
def test_a_drill_moves_no_door_and_no_camera_and_the_plan_goes_on(kit: RunKit, moving: Step) -> None:
    run = kit.begin(moving, confirm("b"), is_drill=True)
    assert run.is_drill
    assert (run.steps[0].state, run.steps[0].code) == (StepState.DONE, "linkage.drill")
    assert kit.linkage(0).is_over
    assert kit.database.read(lambda view: view.linkage_runs.waiting(10)) == []
