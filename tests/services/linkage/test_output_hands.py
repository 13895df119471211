"""Rules switch outputs through orders: a door is a door, and what waits for a person is no failure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.domain.linkage import Action, ActionKind
from services.domain.outputs import OrderCause, OrderState, OutputAction, OutputMode
from services.domain.people import Role, Session
from services.domain.site import Output, OutputKind, PanelNo, Site
from services.identity import Accounts
from services.linkage.engine import Task
from services.linkage.hands.outputs import OrderedOutputs, OutputHands
from services.linkage.outputs import Outputs, book
from services.linkage.refusals import Unavailable
from services.storage import Database
from tests.passwords import QUICK
from tests.services.linkage.conftest import Campus

BOSS = Session("boss", "处长", Role.SUPERVISOR, "SEAT-9")


def output(no: str, kind: OutputKind, **more: object) -> Output:
    made = Output(no, PanelNo("M1"), 1, f"输出 {no}", f"Output {no}", kind, "东门", (1.0, 1.0))
    return replace(made, **more)  # type: ignore[arg-type]


SITE = Site(
    "t",
    "t",
    "t",
    500.0,
    350.0,
    outputs=(
        output("O1", OutputKind.DOOR),
        output("O2", OutputKind.SOUNDER),
        output("O3", OutputKind.PUMP),
        output("O4", OutputKind.BROADCAST),
    ),
)


class Bench:
    """The real orders; a test carries them out instead of the hub, while the rule waits."""

    def __init__(self, database: Database, clock: ManualClock) -> None:
        self.database, self.clock = database, clock
        self.outputs = Outputs(database, clock, lambda: SITE, Accounts(database, passwords=QUICK))
        self.meanwhile: Callable[[], None] = lambda: None
        self.hands = OutputHands(
            OrderedOutputs(self.outputs, database, clock, lambda: SITE, self._pause), lambda: SITE
        )

    def automatic(self) -> None:
        self.outputs.set_mode(BOSS, "", OutputMode.AUTOMATIC)

    def carry_out(self, *, fails: bool = False) -> None:
        (order,) = self.outputs.history(1)
        now = self.clock.now()

        def work(tx: object) -> None:
            sent = book.send(tx, order, now)  # type: ignore[arg-type]
            if fails:
                book.fail(tx, sent, now, OrderCause.UNREACHABLE)  # type: ignore[arg-type]
            else:
                book.start(tx, sent, now, 5.0)  # type: ignore[arg-type]

        if order.state is OrderState.CONFIRMED:
            self.database.write(work)

    def _pause(self, seconds: float) -> None:
        self.clock.advance(seconds)
        self.meanwhile()


@pytest.fixture
def bench(database: Database, clock: ManualClock) -> Bench:
    return Bench(database, clock)


def task(campus: Campus, action: Action) -> Task:
    alarm = campus.press(1)
    return Task(action, alarm, campus.runs(alarm)[0], 3.0)


def test_an_output_that_took_the_order_is_done(campus: Campus, bench: Bench) -> None:
    bench.automatic()
    bench.meanwhile = bench.carry_out
    asked = task(campus, Action(ActionKind.OUTPUT, "O2", "on", text="东门"))
    bench.hands.switch(asked)
    (order,) = bench.outputs.history(1)
    assert (order.state, order.run, order.output) == (OrderState.STARTED, asked.run.id, "O2")
    assert order.reason.endswith(f"{asked.alarm.event_no} 东门")


def test_in_manual_mode_the_order_waits_for_a_person_and_that_is_no_failure(
    campus: Campus, bench: Bench
) -> None:
    with pytest.raises(Unavailable, match=r"linkage\.awaits_person"):
        bench.hands.switch(task(campus, Action(ActionKind.OUTPUT, "O2", "on")))
    assert [order.state for order in bench.outputs.history(9)] == [OrderState.ASKED]


def test_a_dangerous_output_never_goes_by_a_rule_alone(campus: Campus, bench: Bench) -> None:
    bench.automatic()
    with pytest.raises(Unavailable, match=r"linkage\.awaits_person"):
        bench.hands.switch(task(campus, Action(ActionKind.OUTPUT, "O3", "on")))


def test_an_output_that_does_not_move_is_a_failure_with_its_cause(campus: Campus, bench: Bench) -> None:
    bench.automatic()
    bench.meanwhile = lambda: bench.carry_out(fails=True)
    with pytest.raises(ServiceError, match=r"linkage\.output_fault\(output=O1, cause=unreachable\)"):
        bench.hands.release_door(task(campus, Action(ActionKind.DOOR, "O1")))


def test_nobody_carries_it_out_and_the_rule_does_not_wait_for_ever(campus: Campus, bench: Bench) -> None:
    bench.automatic()
    with pytest.raises(ServiceError, match=r"linkage\.timeout"):
        bench.hands.switch(task(campus, Action(ActionKind.OUTPUT, "O2", "on")))


@pytest.mark.parametrize(
    ("kind", "no", "option", "ordered"),
    # What a rule leaves open is the usual: a door opens once, a broadcast goes on.
    [
        (ActionKind.DOOR, "O1", "", OutputAction.PULSE),
        (ActionKind.DOOR, "O1", "on", OutputAction.ON),
        (ActionKind.BROADCAST, "O4", "", OutputAction.ON),
        (ActionKind.BROADCAST, "O4", "off", OutputAction.OFF),
    ],
)
def test_a_door_is_pulsed_and_a_broadcast_switched_on_unless_the_rule_says_otherwise(
    campus: Campus, bench: Bench, kind: ActionKind, no: str, option: str, ordered: OutputAction
) -> None:
    bench.automatic()
    bench.meanwhile = bench.carry_out
    hand = bench.hands.release_door if kind is ActionKind.DOOR else bench.hands.broadcast
    hand(task(campus, Action(kind, no, option)))
    (order,) = bench.outputs.history(1)
    assert (order.output, order.action) == (no, ordered)


def test_opening_a_door_never_switches_anything_else(campus: Campus, bench: Bench) -> None:
    for action in (Action(ActionKind.DOOR, "O3"), Action(ActionKind.DOOR, "O9")):
        with pytest.raises(Unavailable, match=r"linkage\.no_output"):
            bench.hands.release_door(task(campus, action))
    with pytest.raises(Unavailable, match=r"linkage\.no_output"):
        bench.hands.broadcast(task(campus, Action(ActionKind.BROADCAST, "O1")))
    assert bench.outputs.history(9) == []
