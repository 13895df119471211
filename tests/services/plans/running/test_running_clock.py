"""What the hub sees to while plans run: each deadline once, whoever sets the clock, whatever was away."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.domain.incidents import IncidentState
from services.domain.linkage_runs import Outcome, Result
from services.domain.plan_runs import PlanRunState, StepState
from services.plans.running_answers import Answer
from services.plans.running_clock import PlanClock
from tests.services.plans.running.run_kit import DOOR, PTZ, SEND, WAIT, WANG, RunKit, confirm

HOUR_S = 3600.0
SEND_ONE = replace(SEND, id="one", units=1)


def test_a_deadline_is_flagged_once_by_however_many_hubs(kit: RunKit) -> None:
    kit.begin(confirm("a", deadline_s=60.0))
    kit.hub.tick()
    kit.clock.advance(59)
    assert kit.hub.tick() == 0
    kit.clock.advance(1)
    assert kit.hub.tick() == 1
    # Another hub, as after a crash.
    another = PlanClock(kit.database, kit.clock)
    for _ in range(3):
        kit.clock.advance(30)
        assert (kit.hub.tick(), another.tick()) == (0, 0)
    assert kit.stored().steps[0].is_late
    assert (kit.facts("late"), kit.told("plan.step_late")) == (1, 1)


def test_a_hub_that_was_away_flags_what_passed_meanwhile(kit: RunKit) -> None:
    kit.begin(confirm("a", deadline_s=60.0))
    kit.clock.advance(600)
    assert PlanClock(kit.database, kit.clock).tick() == 1
    assert kit.stored().steps[0].is_late


@pytest.mark.parametrize("set_by_s", [HOUR_S, -HOUR_S])
def test_a_clock_that_is_set_makes_no_step_late_early_or_never(kit: RunKit, set_by_s: float) -> None:
    kit.begin(confirm("a", deadline_s=60.0))
    kit.hub.tick()
    kit.clock.advance(20)
    kit.clock.set_wall(set_by_s)
    kit.hub.tick()
    due_at = kit.stored().steps[0].due_at
    assert due_at is not None
    # What seats count down to is right again: 40 s are left.
    assert (due_at - kit.clock.now()).total_seconds() == pytest.approx(40)
    kit.clock.advance(39)
    assert kit.hub.tick() == 0
    # A hub that begins after the clock was set goes by the record.
    another = PlanClock(kit.database, kit.clock)
    assert another.tick() == 0
    kit.clock.advance(1)
    another.tick()
    assert kit.stored().steps[0].is_late
    assert kit.facts("late") == 1


def test_a_seat_whose_clock_is_ahead_gains_no_more_than_the_steps_own_time(kit: RunKit) -> None:
    kit.clock.set_wall(HOUR_S)
    kit.begin(confirm("a", deadline_s=60.0))
    kit.clock.set_wall(-HOUR_S)
    kit.hub.tick()
    kit.clock.advance(60)
    kit.hub.tick()
    assert kit.stored().steps[0].is_late


def test_a_wait_ends_by_itself_and_is_never_late(kit: RunKit) -> None:
    kit.begin(WAIT, confirm("b"))
    kit.hub.tick()
    kit.clock.advance(59)
    kit.hub.tick()
    assert kit.states() == "wait:active b:pending"
    kit.clock.advance(1)
    kit.hub.tick()
    assert kit.states() == "wait:done b:active"
    assert not kit.stored().steps[0].is_late


def test_no_deadline_passes_while_a_run_is_paused(kit: RunKit) -> None:
    kit.begin(confirm("a", deadline_s=60.0))
    kit.hub.tick()
    kit.clock.advance(50)
    kit.runs.pause(WANG, "r1", "真实报警")
    kit.clock.advance(HOUR_S)
    assert kit.hub.tick() == 0
    kit.runs.resume(WANG, "r1")
    kit.hub.tick()
    kit.clock.advance(9)
    assert kit.hub.tick() == 0
    kit.clock.advance(1)
    assert kit.hub.tick() == 1


@pytest.mark.parametrize(
    ("result", "state"),
    [
        (Result.OK, StepState.DONE),
        (Result.FAILED, StepState.FAILED),
        (Result.UNAVAILABLE, StepState.FAILED),
    ],
)
def test_an_automatic_step_ends_as_its_action_did(kit: RunKit, result: Result, state: StepState) -> None:
    kit.begin(PTZ, confirm("b"))
    kit.clock.advance(0.5)
    kit.carry_out(0, Outcome(result, kit.clock.now(), code="" if result is Result.OK else "linkage.no_ptz"))
    kit.hub.tick()
    one = kit.stored().steps[0]
    assert (one.state, one.result, one.took_ms) == (state, result, 500)
    assert kit.hub.tick() == 0
    assert kit.states() == f"ptz:{state.value} b:active"


def test_a_failed_action_is_tried_again_as_a_new_one(kit: RunKit) -> None:
    kit.begin(DOOR, confirm("b"))
    first = kit.stored().steps[0].linkage
    kit.carry_out(0, Outcome(Result.FAILED, kit.clock.now(), code="linkage.timeout"))
    kit.hub.tick()
    kit.runs.try_again(WANG, "r1", 0)
    assert kit.stored().steps[0].linkage not in ("", first)
    kit.carry_out(0, Outcome(Result.OK, kit.clock.now()))
    kit.hub.tick()
    assert kit.states() == "door:done b:active"


def test_orders_sent_while_a_step_asks_for_them_are_its_own_each_once(kit: RunKit) -> None:
    kit.begin(confirm("a"), SEND, SEND_ONE, confirm("b"))
    early = kit.send("G0")
    kit.clock.advance(5)
    kit.runs.answer(WANG, "r1", 0, Answer())
    sent = []
    for guard in ("G1", "G2", "G3"):
        kit.clock.advance(1)
        sent.append(kit.send(guard))
    kit.clock.advance(1)
    kit.hub.tick()
    kit.hub.tick()
    run = kit.stored()
    assert run.steps[1].dispatches == (sent[0], sent[1])
    # The third was sent before the second step began.
    assert kit.states() == "a:done send:done one:active b:pending"
    kit.clock.advance(1)
    last = kit.send("G4")
    kit.hub.tick()
    assert kit.stored().steps[2].dispatches == (last,)
    assert early not in {one for step in kit.stored().steps for one in step.dispatches}


@pytest.mark.parametrize(
    ("ending", "state"),
    [(IncidentState.CLOSED, PlanRunState.COMPLETED), (IncidentState.UNFOUNDED, PlanRunState.ABORTED)],
)
def test_a_run_ends_with_its_incident(kit: RunKit, ending: IncidentState, state: PlanRunState) -> None:
    kit.begin(confirm("a", is_mandatory=False))
    stored = kit.database.read(lambda view: view.incidents.get("i1"))
    kit.database.write(lambda tx: tx.incidents.save(replace(stored, state=ending)))
    assert kit.hub.tick() == 1
    assert kit.stored().state is state


def test_nothing_is_written_while_nothing_is_due(kit: RunKit, log_events: list[dict[str, object]]) -> None:
    kit.begin(confirm("a", deadline_s=60.0), DOOR)
    seq = kit.database.read(lambda view: view.seq)
    for _ in range(5):
        kit.clock.advance(1)
        assert kit.hub.tick() == 0
    assert kit.database.read(lambda view: view.seq) == seq
    assert log_events == []
