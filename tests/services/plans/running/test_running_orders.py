"""A step that sends somebody takes the orders that are carried out, of those that came since it began."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.domain.incidents import DispatchState, TargetKind
from services.plans.running_answers import Answer
from tests.services.plans.running.run_kit import LI, SEND, WANG, RunKit, confirm, refused

SEND_ONE = replace(SEND, id="one", units=1)
NOBODY_GOES = [DispatchState.RETURNED, DispatchState.CANCELLED]
OUTSIDE = [TargetKind.POLICE, TargetKind.FIRE_BRIGADE, TargetKind.AMBULANCE, TargetKind.DEPARTMENT]


@pytest.mark.parametrize("state", NOBODY_GOES)
def test_an_order_that_nobody_carries_out_is_not_taken(kit: RunKit, state: DispatchState) -> None:
    kit.begin(SEND_ONE, confirm("b"))
    order = kit.send("G1")
    kit.end_order(order, state)
    assert kit.hub.tick() == 0
    with refused("plan_run.not_its_order"):
        kit.runs.take_dispatch(WANG, "r1", 0, order)
    assert kit.states() == "one:active b:pending"


@pytest.mark.parametrize("target", OUTSIDE)
def test_a_call_for_help_from_outside_sends_nobody_of_ours(kit: RunKit, target: TargetKind) -> None:
    kit.begin(SEND_ONE, confirm("b"))
    kit.send(target.value, target=target)
    assert kit.hub.tick() == 0
    assert kit.states() == "one:active b:pending"


@pytest.mark.parametrize(
    "state", [one for one in DispatchState if one not in (*NOBODY_GOES, DispatchState.DRAFT)]
)
def test_an_order_that_is_under_way_or_done_is_taken(kit: RunKit, state: DispatchState) -> None:
    kit.begin(SEND_ONE, confirm("b"))
    kit.end_order(kit.send("G1"), state)
    assert kit.hub.tick() == 1
    assert kit.states() == "one:done b:active"


@pytest.mark.parametrize("state", NOBODY_GOES)
def test_who_was_called_off_leaves_the_place_in_the_step_open(kit: RunKit, state: DispatchState) -> None:
    kit.begin(SEND, confirm("b"))
    first = kit.send("G1")
    kit.hub.tick()
    kit.end_order(first, state)
    second = kit.send("G2")
    kit.hub.tick()
    assert kit.states() == "send:active b:pending"
    third = kit.send("G3")
    kit.hub.tick()
    assert kit.states() == "send:done b:active"
    assert kit.stored().steps[0].dispatches == (first, second, third)


def test_nobody_presses_away_a_step_whose_only_unit_was_called_off(kit: RunKit) -> None:
    kit.begin(SEND, confirm("b"))
    order = kit.send("G1")
    kit.hub.tick()
    kit.end_order(order, DispatchState.CANCELLED)
    with refused("plan_run.nobody_sent"):
        kit.runs.answer(LI, "r1", 0, Answer())
    kit.send("G2")
    kit.hub.tick()
    kit.runs.answer(LI, "r1", 0, Answer())
    assert kit.states() == "send:done b:active"


@pytest.mark.parametrize("behind_s", [2.0, -2.0, 3600.0])
def test_what_was_sent_since_is_known_though_the_seats_clocks_differ(kit: RunKit, behind_s: float) -> None:
    kit.begin(confirm("a"), SEND_ONE, confirm("b"))
    early = kit.send("G0", behind_s=-behind_s)
    kit.runs.answer(WANG, "r1", 0, Answer())
    assert kit.hub.tick() == 0
    with refused("plan_run.not_its_order"):
        kit.runs.take_dispatch(WANG, "r1", 1, early)
    late = kit.send("G1", behind_s=behind_s)
    kit.hub.tick()
    assert kit.stored().steps[1].dispatches == (late,)
    assert kit.states() == "a:done one:done b:active"


def test_an_order_that_came_back_before_the_step_and_went_out_again_in_it_is_its_own(kit: RunKit) -> None:
    kit.begin(confirm("a"), SEND_ONE, confirm("b"))
    order = kit.send("G1")
    kit.end_order(order, DispatchState.RETURNED)
    kit.runs.answer(WANG, "r1", 0, Answer())
    kit.end_order(order, DispatchState.SENT)
    kit.hub.tick()
    assert kit.stored().steps[1].dispatches == (order,)


def test_an_order_is_one_steps_only(kit: RunKit) -> None:
    kit.begin(SEND, confirm("b"))
    order = kit.send("G1")
    kit.hub.tick()
    for _ in range(2):
        assert kit.hub.tick() == 0
        assert kit.runs.take_dispatch(WANG, "r1", 0, order).steps[0].dispatches == (order,)
