"""How a run of a plan goes on, walked by every answer; its tables pair by pair."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.domain import plan_flow as flow
from services.domain.linkage import Action, ActionKind
from services.domain.moves import IllegalMove
from services.domain.plan_flow import StepEnd
from services.domain.plan_runs import (
    OPEN_STEP_STATES,
    PLAN_RUN_MOVES,
    STEP_MOVES,
    PlanRun,
    PlanRunId,
    PlanRunState,
    StepRun,
    StepState,
)
from services.domain.plan_steps import END, Choice, Step, StepKind, check_steps
from services.domain.plans import PlanId, PlanText

AT = datetime(2026, 11, 28, 2, 0, tzinfo=UTC)
DONE = StepEnd(StepState.DONE, "wang", "王某")
# From domain.md: "RUNNING→PAUSED→COMPLETED/ABORTED; step: PENDING→ACTIVE→DONE | SKIPPED | FAILED"; what was
# paused goes on, and what failed is tried again, done by hand or left out.
RUN_PAIRS = {
    "running": "paused completed aborted",
    "paused": "running completed aborted",
    "completed": "",
    "aborted": "",
}
STEP_PAIRS = {
    "pending": "active",
    "active": "done skipped failed",
    "failed": "active done skipped",
    "done": "",
    "skipped": "",
}


def step(step_id: str, kind: StepKind = StepKind.CONFIRM, **more: object) -> Step:
    return Step(step_id, kind, step_id, **more)  # type: ignore[arg-type]


def door(step_id: str, **more: object) -> Step:
    return step(step_id, StepKind.DOOR, action=Action(ActionKind.DOOR, "D1"), **more)


def run_of(*steps: Step) -> PlanRun:
    assert check_steps(steps) == ()
    run = PlanRun(PlanRunId("r"), PlanId("p"), 1, PlanText("预案", steps=steps), "i", "wang", "王某", AT, ())
    return flow.begun(run, AT)


def states(run: PlanRun) -> str:
    return " ".join(f"{one.step}:{one.state.value}" for one in run.steps)


def test_every_pair_of_run_states_is_in_the_table_or_refused() -> None:
    assert {was.value: " ".join(sorted(t.value for t in to)) for was, to in PLAN_RUN_MOVES.items()} == {
        was: " ".join(sorted(to.split())) for was, to in RUN_PAIRS.items()
    }
    for was, wanted in product(PlanRunState, PlanRunState):
        run = replace(run_of(step("a")), state=was)
        if wanted.value in RUN_PAIRS[was.value].split():
            assert flow.moved(run, wanted, "x", AT).state is wanted
        else:
            with pytest.raises(IllegalMove):
                flow.moved(run, wanted, "x", AT)


def test_every_pair_of_step_states_is_in_the_table_or_refused() -> None:
    assert {was.value: " ".join(sorted(t.value for t in to)) for was, to in STEP_MOVES.items()} == {
        was: " ".join(sorted(to.split())) for was, to in STEP_PAIRS.items()
    }
    for was, wanted in product(StepState, StepState):
        run = run_of(step("a"), step("b"))
        run = replace(run, steps=(StepRun("a", was), *run.steps[1:]))
        try:
            after = flow.again(run, 0, AT) if wanted is StepState.ACTIVE else None
            after = after or flow.ended(run, 0, StepEnd(wanted), AT)
        except IllegalMove:
            assert wanted.value not in STEP_PAIRS[was.value].split() or was is StepState.PENDING
        else:
            assert wanted.value in STEP_PAIRS[was.value].split()
            assert after.steps[0].state is wanted


def test_an_answer_leads_to_its_step_and_the_others_stay_pending() -> None:
    asked = step("fire?", StepKind.YES_NO, choices=(Choice("yes", next="call"), Choice("no", next="note")))
    run = run_of(replace(asked, id="ask"), step("call"), step("note"))
    run = flow.ended(run, 0, replace(DONE, answer="no"), AT)
    assert states(run) == "ask:done call:pending note:active"
    run = flow.ended(run, 2, DONE, AT)
    assert run.state is PlanRunState.COMPLETED
    assert run.ended_at == AT


def test_what_the_program_does_by_itself_holds_nobody_up() -> None:
    run = run_of(door("d1"), door("d2"), step("look"), step("last"))
    assert states(run) == "d1:active d2:active look:active last:pending"
    run = flow.ended(run, 0, StepEnd(StepState.FAILED), AT)
    assert states(run) == "d1:failed d2:active look:active last:pending"
    run = flow.ended(run, 2, DONE, AT)
    run = flow.ended(run, 3, DONE, AT)
    assert run.state is PlanRunState.RUNNING, "a door is still being opened"
    run = flow.ended(run, 1, DONE, AT)
    assert run.state is PlanRunState.RUNNING, "a mandatory step failed and nobody has seen to it"
    assert flow.ended(run, 0, StepEnd(StepState.SKIPPED, reason="坏"), AT).state is PlanRunState.COMPLETED


def test_a_failed_step_that_need_not_be_done_does_not_keep_a_run_open() -> None:
    run = run_of(door("d", is_mandatory=False), step("look"))
    run = flow.ended(run, 0, StepEnd(StepState.FAILED), AT)
    assert flow.ended(run, 1, DONE, AT).state is PlanRunState.COMPLETED


def test_a_step_tried_again_does_not_begin_the_next_one_twice() -> None:
    run = run_of(step("a", deadline_s=30.0), step("b"), step("c"))
    run = flow.ended(run, 0, StepEnd(StepState.FAILED, reason="无人接听"), AT)
    later = AT + timedelta(seconds=90)
    run = flow.again(run, 0, later)
    assert run.steps[0].due_at == later + timedelta(seconds=30)
    run = flow.ended(run, 1, DONE, later)
    run = flow.ended(run, 0, DONE, later)
    assert states(run) == "a:done b:done c:active"


def test_a_plan_that_goes_round_takes_its_steps_anew() -> None:
    out = step("out", StepKind.YES_NO, choices=(Choice("yes", next=END), Choice("no", next="look")))
    run = run_of(step("look", deadline_s=10.0), out)
    run = flow.ended(run, 0, DONE, AT)
    run = flow.ended(run, 1, replace(DONE, answer="no"), AT)
    assert states(run) == "look:done out:done look:active"
    run = flow.ended(run, 2, DONE, AT)
    run = flow.ended(run, 3, replace(DONE, answer="yes"), AT)
    assert run.state is PlanRunState.COMPLETED


def test_no_time_runs_while_a_run_is_paused() -> None:
    run = run_of(step("a", deadline_s=60.0))
    paused = flow.moved(run, PlanRunState.PAUSED, "真实报警", AT + timedelta(seconds=20))
    assert paused.steps[0].due_at is None
    resumed = flow.moved(paused, PlanRunState.RUNNING, "", AT + timedelta(hours=1))
    # 60 s of which 20 had gone.
    assert resumed.steps[0].due_at == AT + timedelta(hours=1, seconds=40)


def test_a_press_after_the_deadline_is_late_even_if_no_clock_looked() -> None:
    run = run_of(step("a", deadline_s=60.0), step("b"))
    on_time = flow.ended(run, 0, DONE, AT + timedelta(seconds=59))
    late = flow.ended(run, 0, DONE, AT + timedelta(seconds=60))
    assert (on_time.steps[0].is_late, late.steps[0].is_late) == (False, True)


def test_open_mandatory_steps_are_those_begun_failed_or_still_to_come_on_some_way() -> None:
    ask = step("ask", StepKind.YES_NO, choices=(Choice("yes", next="b"), Choice("no", next="c")))
    run = run_of(step("a"), ask, step("b", next="d"), step("c", is_mandatory=False), step("d"))
    assert [one.title for one in flow.open_mandatory(run)] == ["a", "ask", "b", "d"]
    run = flow.ended(run, 0, StepEnd(StepState.FAILED, reason="x"), AT)
    run = flow.ended(run, 1, replace(DONE, answer="no"), AT)
    assert [one.title for one in flow.open_mandatory(run)] == ["a", "d"]
    assert flow.open_mandatory(flow.moved(run, PlanRunState.ABORTED, "x", AT)) == ()
    run = flow.ended(run, 0, StepEnd(StepState.SKIPPED, reason="x"), AT)
    run = flow.ended(flow.ended(run, 3, DONE, AT), 4, DONE, AT)
    assert flow.open_mandatory(run) == ()


def test_a_way_that_was_not_taken_is_not_to_come_though_the_program_is_still_at_a_step_before_it() -> None:
    ask = step("ask", StepKind.YES_NO, choices=(Choice("yes", next="b"), Choice("no", next="c")))
    run = run_of(door("d", is_mandatory=False), ask, step("b", next=END), step("c"))
    run = flow.ended(run, 1, replace(DONE, answer="yes"), AT)
    assert states(run) == "d:active ask:done b:active c:pending"
    assert [one.title for one in flow.open_mandatory(run)] == ["b"]


STEPS = (
    step("a", deadline_s=5.0),
    door("d"),
    step("ask", StepKind.YES_NO, choices=(Choice("yes", next="a"), Choice("no", next="w"))),
    step("w", StepKind.WAIT, wait_s=5.0),
    step("opt", is_mandatory=False),
    step("z"),
)


@given(st.lists(st.tuples(st.integers(0, 30), st.sampled_from(["done", "skip", "fail", "again", "pause"]))))
def test_no_order_of_presses_loses_a_step_or_leaves_a_run_without_one(presses: list[tuple[int, str]]) -> None:
    run = run_of(*STEPS)
    for number, (at, press) in enumerate(presses):
        now = AT + timedelta(seconds=number)
        before = run
        try:
            if press == "pause":
                to = PlanRunState.RUNNING if run.state is PlanRunState.PAUSED else PlanRunState.PAUSED
                run = flow.completed(flow.moved(run, to, "x", now), now)
            elif press == "again":
                run = flow.again(run, at % len(run.steps), now)
            elif run.state is PlanRunState.RUNNING:
                to_state = {"done": StepState.DONE, "skip": StepState.SKIPPED, "fail": StepState.FAILED}[
                    press
                ]
                run = flow.ended(run, at % len(run.steps), StepEnd(to_state, answer="no"), now)
        except IllegalMove:
            run = before
        # What was taken stays on record, at its place.
        assert [one.step for one in run.steps][: len(before.steps)] == [one.step for one in before.steps]
        if run.is_open:
            assert any(one.state in OPEN_STEP_STATES for one in run.steps)
        else:
            assert flow.open_mandatory(run) == ()
            break
