"""Who may switch what, when it goes at once, when it waits for people, and what the interlocks refuse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.domain.linkage_runs import LinkageRun
from services.domain.outputs import WHOLE_SITE, OrderState, OutputAction, OutputMode, OutputOrder
from services.domain.people import Role, Session
from services.linkage.outputs import Outputs, Switchboard
from services.storage import Database, verify_audit
from tests.services.linkage.outputs.conftest import LEADER, PASSWORDS, SITE, WANG, ZHAO, Acquaintances

ON, OFF = OutputAction.ON, OutputAction.OFF
CarryOn = Callable[..., OutputOrder]


@pytest.fixture
def automatic(outputs: Outputs) -> None:
    outputs.set_mode(LEADER, WHOLE_SITE, OutputMode.AUTOMATIC)


def refusal(call: Callable[[], object]) -> ServiceError:
    with pytest.raises(ServiceError) as refused:
        call()
    return refused.value


def test_a_person_who_confirms_an_ordinary_output_lets_it_go_at_once(outputs: Outputs) -> None:
    order = outputs.order(WANG, "SOUND", ON, "疏散")

    assert order.state is OrderState.CONFIRMED
    assert [given.user for given in order.confirmations] == ["wang"]


def test_in_manual_mode_linkage_waits_for_one_person(outputs: Outputs) -> None:
    order = outputs.switch("SOUND", ON, "烟感报警", "run-1")
    assert order.state is OrderState.ASKED

    assert outputs.confirm(WANG, order.id).state is OrderState.CONFIRMED


@pytest.mark.usefixtures("automatic")
def test_in_automatic_mode_linkage_goes_at_once_unless_the_output_was_set_to_manual(
    outputs: Outputs,
) -> None:
    assert outputs.switch("SOUND", ON, "烟感报警", "run-1").state is OrderState.CONFIRMED

    outputs.set_mode(LEADER, "DAMPER", OutputMode.MANUAL)
    assert outputs.switch("DAMPER", ON, "烟感报警", "run-1").state is OrderState.ASKED


@pytest.mark.usefixtures("automatic")
def test_a_dangerous_output_waits_for_two_persons_in_every_mode_and_for_whoever_asks(
    outputs: Outputs,
) -> None:
    assert outputs.switch("PUMP", ON, "喷淋", "run-1").state is OrderState.ASKED
    asked = outputs.order(WANG, "PUMP", ON)

    assert (asked.state, asked.needs, asked.confirmations) == (OrderState.ASKED, 2, ())
    assert refusal(lambda: outputs.confirm(WANG, asked.id)).code == "output.two_persons"


def test_two_persons_are_two_and_each_gives_a_password(guarded_outputs: Outputs) -> None:
    order = guarded_outputs.order(WANG, "PUMP", ON)
    guarded_outputs.vouch(order.id, "wang", PASSWORDS["wang"], "seat-1")

    same = refusal(lambda: guarded_outputs.vouch(order.id, "wang", PASSWORDS["wang"], "seat-2"))
    wrong = refusal(lambda: guarded_outputs.vouch(order.id, "zhao", "not it", "seat-1"))
    nobody = refusal(lambda: guarded_outputs.vouch(order.id, "chen", PASSWORDS["chen"], "seat-1"))
    assert (same.code, wrong.code, nobody.code) == (
        "output.same_person",
        "identity.wrong_password",
        "identity.forbidden",
    )
    assert guarded_outputs.history(1)[0].state is OrderState.ASKED

    done = guarded_outputs.vouch(order.id, "zhao", PASSWORDS["zhao"], "seat-1")
    assert done.state is OrderState.CONFIRMED
    assert [given.user for given in done.confirmations] == ["wang", "zhao"]


def test_the_audit_says_who_stood_for_it_and_never_a_password(
    guarded_outputs: Outputs, database: Database
) -> None:
    order = guarded_outputs.order(WANG, "PUMP", ON)
    guarded_outputs.vouch(order.id, "wang", PASSWORDS["wang"], "seat-1")

    assert verify_audit(database.url).first_broken is None
    facts = database.read(lambda view: view.changes_after(0, 100))
    assert [row.kind for row in facts if row.subject == order.id] == ["OutputOrderChanged"] * 2
    assert not any(PASSWORDS["wang"] in row.payload for row in facts)


def test_who_may_only_watch_switches_nothing(outputs: Outputs) -> None:
    supervisor = Session("zhou", "周某", Role.SUPERVISOR, "seat-3")

    assert refusal(lambda: outputs.order(supervisor, "SOUND", ON)).code == "identity.forbidden"
    assert refusal(lambda: outputs.set_mode(WANG, WHOLE_SITE, OutputMode.AUTOMATIC)).code == (
        "identity.forbidden"
    )


def test_a_mode_keeps_who_set_it_and_when(outputs: Outputs, clock: ManualClock, database: Database) -> None:
    clock.advance(60)
    outputs.set_mode(LEADER, "FAN", OutputMode.MANUAL)

    held = database.read(lambda view: view.output_states.all())["FAN"]
    assert (held.mode, held.mode_by, held.mode_at) == (OutputMode.MANUAL, "li", clock.now())


def test_the_same_order_sent_twice_is_one(outputs: Outputs) -> None:
    order_id = new_id()

    first = outputs.order(WANG, "SOUND", ON, order_id=order_id)
    assert outputs.order(WANG, "SOUND", ON, order_id=order_id) == first
    assert len(outputs.history(10)) == 1


@pytest.mark.usefixtures("automatic")
def test_a_run_that_asks_again_and_another_alarm_that_asks_the_same_get_the_order_there_is(
    outputs: Outputs, carry_on: CarryOn
) -> None:
    first = outputs.switch("SOUND", ON, "烟感报警", "run-1")
    assert outputs.switch("SOUND", ON, "烟感报警", "run-1").id == first.id
    assert outputs.switch("SOUND", ON, "手报", "run-2").id == first.id

    carry_on(first, OrderState.FEEDBACK)
    assert outputs.switch("SOUND", ON, "手报", "run-3").id == first.id
    assert outputs.switch("SOUND", OFF, "复位", "run-3").id != first.id


@pytest.mark.usefixtures("automatic")
def test_linkage_does_not_push_a_persons_waiting_order_aside_but_a_person_may_push_linkages(
    outputs: Outputs,
) -> None:
    outputs.order(WANG, "SOUND", OFF)
    assert refusal(lambda: outputs.switch("SOUND", ON, "烟感报警", "run-1")).code == "output.busy"

    asked = outputs.switch("DOOR", ON, "烟感报警", "run-2")
    outputs.order(WANG, "DOOR", OFF)
    assert [order.state for order in outputs.history(5, "DOOR") if order.id == asked.id] == [
        OrderState.CANCELLED
    ]


@pytest.mark.usefixtures("automatic")
def test_what_requires_another_output_is_refused_with_the_reason_until_that_is_proved(
    outputs: Outputs, carry_on: CarryOn
) -> None:
    by_person = refusal(lambda: outputs.order(WANG, "FAN", ON))
    by_rule = refusal(lambda: outputs.switch("FAN", ON, "烟感报警", "run-1"))
    assert by_person.code == by_rule.code == "output.interlocked"
    assert by_rule.params["reason"] == "排烟阀未开，风机不得启动"

    damper = outputs.switch("DAMPER", ON, "烟感报警", "run-1")
    assert refusal(lambda: outputs.switch("FAN", ON, "烟感报警", "run-1")).code == "output.interlocked"
    carry_on(damper, OrderState.FEEDBACK)
    assert outputs.switch("FAN", ON, "烟感报警", "run-1").state is OrderState.CONFIRMED


def test_what_excludes_another_excludes_it_both_ways(outputs: Outputs, carry_on: CarryOn) -> None:
    carry_on(outputs.order(WANG, "SOUND", ON), OrderState.FEEDBACK)
    assert refusal(lambda: outputs.order(WANG, "DOOR", ON)).code == "output.interlocked"

    carry_on(outputs.order(WANG, "SOUND", OFF), OrderState.FEEDBACK)
    carry_on(outputs.order(WANG, "DOOR", ON), OrderState.FEEDBACK)
    assert refusal(lambda: outputs.order(WANG, "SOUND", ON)).code == "output.interlocked"


def test_an_order_waits_ten_minutes_for_people_and_no_longer(
    outputs: Outputs, clock: ManualClock, carry_on: CarryOn
) -> None:
    order = outputs.switch("SOUND", ON, "烟感报警", "run-1")
    clock.advance(10 * 60)

    assert carry_on(order, OrderState.CANCELLED).cause == "too_late"
    assert refusal(lambda: outputs.confirm(WANG, order.id)).code == "output.too_late"


@pytest.mark.parametrize("is_ahead_s", [-3600.0, 3600.0])
def test_two_seats_whose_clocks_are_an_hour_apart_confirm_one_order(
    outputs: Outputs,
    database: Database,
    clock: ManualClock,
    switchboard: Switchboard,
    carry_on: CarryOn,
    is_ahead_s: float,
) -> None:
    switchboard.tick()
    elsewhere = ManualClock(clock.now())
    elsewhere.set_wall(is_ahead_s)
    other = Outputs(database, elsewhere, lambda: SITE, Acquaintances())
    order = other.order(WANG, "PUMP", ON)
    outputs.vouch(order.id, "wang", PASSWORDS["wang"], "seat-1")
    other.vouch(order.id, "zhao", PASSWORDS["zhao"], "seat-2")
    assert carry_on(order, OrderState.STARTED).state is OrderState.STARTED


def test_an_order_is_taken_back_only_before_it_is_sent(outputs: Outputs, carry_on: CarryOn) -> None:
    taken_back = outputs.cancel(ZHAO, outputs.switch("SOUND", ON, "烟感报警", "run-1").id)
    assert (taken_back.state, taken_back.detail) == (OrderState.CANCELLED, "赵某")

    sent = carry_on(outputs.order(WANG, "SOUND", ON), OrderState.FEEDBACK)
    assert refusal(lambda: outputs.cancel(WANG, sent.id)).code == "output.illegal_move"


@pytest.mark.usefixtures("automatic")
def test_what_the_alarm_of_a_drill_asks_for_is_a_drill_too(
    outputs: Outputs, database: Database, clock: ManualClock
) -> None:
    run = LinkageRun("run-7", "a1", "r1", 1, "疏散", "Evacuate", clock.now(), (), is_drill=True)
    database.write(lambda tx: tx.linkage_runs.add(run))

    assert outputs.switch("SOUND", ON, "烟感", "run-7").is_drill
    assert not outputs.switch("DAMPER", ON, "烟感", "run-8").is_drill


def test_a_drill_of_a_seat_that_is_an_hour_behind_is_one_for_the_hub(
    outputs: Outputs, database: Database, clock: ManualClock
) -> None:
    hubs_now = clock.now() + timedelta(hours=1)
    database.write(lambda tx: tx.beat("there:1:a", hubs_now))
    state = outputs.start_drill(LEADER, timedelta(minutes=30))
    assert state.drill_until == hubs_now + timedelta(minutes=30)


def test_a_drill_ends_by_itself_and_lasts_four_hours_at_most(outputs: Outputs, clock: ManualClock) -> None:
    assert refusal(lambda: outputs.start_drill(LEADER, timedelta(hours=5))).code == "output.drill_too_long"

    outputs.start_drill(LEADER, timedelta(minutes=30))
    assert outputs.order(WANG, "SOUND", ON).is_drill
    clock.advance(30 * 60)
    assert not outputs.order(WANG, "DAMPER", ON).is_drill
