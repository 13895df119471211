"""Each confirmed order is sent once, waits for its proof, and says plainly when there is none."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest

from services.alarms.center import AlarmCenter
from services.core.clock import ManualClock
from services.domain.alarms import Alarm, AlarmSource, Qualifier, Signal
from services.domain.classes import AlarmClass
from services.domain.outputs import (
    WHOLE_SITE,
    Activity,
    OrderCause,
    OrderState,
    OutputAction,
    OutputMode,
    OutputOrder,
)
from services.linkage.outputs import Outputs, Switchboard
from services.storage import Database
from tests.services.linkage.outputs.conftest import (
    LEADER,
    PASSWORDS,
    SITE,
    WANG,
    Acquaintances,
    NotingWire,
)

ON, OFF, PULSE = OutputAction.ON, OutputAction.OFF, OutputAction.PULSE
CarryOn = Callable[..., OutputOrder]


def activity(database: Database, output: str) -> Activity:
    return database.read(lambda view: view.output_states.get(output)).activity


def alarms(database: Database) -> list[Alarm]:
    return database.read(lambda view: view.alarms.open())


@pytest.fixture
def pump(outputs: Outputs) -> OutputOrder:
    """Two persons want the pump on."""
    order = outputs.order(WANG, "PUMP", ON)
    outputs.vouch(order.id, "wang", PASSWORDS["wang"], "seat-1")
    return outputs.vouch(order.id, "zhao", PASSWORDS["zhao"], "seat-1")


def test_an_order_is_sent_started_and_proved_by_reading_the_coil_back(
    outputs: Outputs, carry_on: CarryOn, wire: NotingWire, database: Database
) -> None:
    done = carry_on(outputs.order(WANG, "SOUND", ON), OrderState.FEEDBACK)

    assert wire.told == [("SOUND", ON)]
    assert done.sent_at is not None
    assert done.started_at is not None
    assert done.feedback_at is not None
    assert activity(database, "SOUND") is Activity.ON


def test_nothing_is_sent_that_is_not_confirmed(
    outputs: Outputs, switchboard: Switchboard, wire: NotingWire
) -> None:
    outputs.switch("SOUND", ON, "烟感报警", "run-1")
    outputs.order(WANG, "PUMP", ON)

    switchboard.tick()
    assert wire.told == []


def test_the_signal_of_the_feedback_zone_proves_it_and_is_no_alarm(
    pump: OutputOrder, carry_on: CarryOn, hear: Callable[..., None], database: Database, clock: ManualClock
) -> None:
    carry_on(pump, OrderState.STARTED)
    assert activity(database, "PUMP") is Activity.UNKNOWN
    clock.advance(1.5)
    hear(2)

    done = database.read(lambda view: view.output_orders.get(pump.id))
    assert (done.state, done.feedback_at) == (OrderState.FEEDBACK, clock.now())
    assert activity(database, "PUMP") is Activity.ON
    assert alarms(database) == []


def test_a_feedback_that_is_faster_than_the_devices_answer_counts(
    pump: OutputOrder, carry_on: CarryOn, wire: NotingWire, hear: Callable[..., None]
) -> None:
    wire.before_answer = lambda: hear(2)

    assert carry_on(pump, OrderState.FEEDBACK).started_at is not None


def test_an_output_that_moves_by_itself_is_an_alarm_that_its_rest_restores(
    hear: Callable[..., None], database: Database
) -> None:
    hear(2)

    (alarm,) = alarms(database)
    assert (alarm.zone, alarm.source_active, activity(database, "PUMP")) == ("F2", True, Activity.ON)
    hear(2, Qualifier.RESTORE)
    (alarm,) = alarms(database)
    assert (alarm.source_active, activity(database, "PUMP")) == (False, Activity.OFF)


def test_an_output_that_nobody_ordered_sounds_again_each_time_it_says_so(
    hear: Callable[..., None], database: Database, clock: ManualClock
) -> None:
    for _ in range(3):
        hear(2)
        clock.advance(1)

    assert [alarm.occurrence_count for alarm in alarms(database)] == [3]


def test_a_pump_that_stops_by_itself_is_an_alarm_until_it_runs_again(
    pump: OutputOrder, carry_on: CarryOn, hear: Callable[..., None], database: Database
) -> None:
    carry_on(pump, OrderState.STARTED)
    hear(2)
    hear(2, Qualifier.RESTORE)

    (alarm,) = alarms(database)
    assert (alarm.zone, alarm.name, alarm.source_active) == ("F2", "自行停止：水泵反馈", True)
    assert activity(database, "PUMP") is Activity.OFF
    hear(2, Qualifier.RESTORE)
    assert [alarm.occurrence_count for alarm in alarms(database)] == [1]
    hear(2)
    assert {alarm.name: alarm.source_active for alarm in alarms(database)} == {
        "自行停止：水泵反馈": False,
        "水泵反馈": True,
    }


@pytest.mark.parametrize("action", [ON, PULSE])
def test_an_output_that_stops_as_ordered_raises_nothing(
    outputs: Outputs,
    carry_on: CarryOn,
    hear: Callable[..., None],
    database: Database,
    action: OutputAction,
) -> None:
    def let_go(action: OutputAction) -> None:
        order = outputs.order(WANG, "PUMP", action)
        for name in ("wang", "zhao"):
            outputs.vouch(order.id, name, PASSWORDS[name], "seat-1")
        carry_on(order, OrderState.STARTED)

    let_go(action)
    hear(2)
    if action is ON:
        let_go(OFF)
    hear(2, Qualifier.RESTORE)

    assert activity(database, "PUMP") is Activity.OFF
    assert alarms(database) == []


@pytest.mark.parametrize("code", ["modbus:cut", "modbus:short"])
def test_a_cut_feedback_wire_proves_nothing_and_is_an_alarm(
    pump: OutputOrder,
    carry_on: CarryOn,
    center: AlarmCenter,
    clock: ManualClock,
    database: Database,
    code: str,
) -> None:
    carry_on(pump, OrderState.STARTED)
    center.receive(
        [Signal(AlarmSource.MODBUS, "4001", code, 2, Qualifier.NEW, clock.now(), fingerprint="cut")]
    )

    assert database.read(lambda view: view.output_orders.get(pump.id)).state is OrderState.STARTED
    (alarm,) = alarms(database)
    assert (alarm.zone, alarm.alarm_class) == ("F2", AlarmClass.TAMPER)


def test_without_feedback_in_time_the_order_is_a_fault_with_one_alarm_of_its_own(
    pump: OutputOrder,
    carry_on: CarryOn,
    clock: ManualClock,
    switchboard: Switchboard,
    database: Database,
) -> None:
    carry_on(pump, OrderState.STARTED)
    switchboard.tick()
    clock.advance(5.0)

    failed = carry_on(pump, OrderState.FAULT)
    assert failed.cause is OrderCause.NO_FEEDBACK
    assert activity(database, "PUMP") is Activity.UNKNOWN
    for _ in range(3):
        switchboard.tick()
    (alarm,) = alarms(database)
    assert (alarm.name, alarm.place, alarm.occurrence_count) == ("PUMP 输出：无反馈", "一号楼", 1)


def test_a_feedback_that_comes_too_late_is_noted_and_the_fault_stays(
    pump: OutputOrder,
    carry_on: CarryOn,
    clock: ManualClock,
    switchboard: Switchboard,
    hear: Callable[..., None],
    database: Database,
) -> None:
    carry_on(pump, OrderState.STARTED)
    switchboard.tick()
    clock.advance(5.0)
    carry_on(pump, OrderState.FAULT)
    clock.advance(2.0)
    hear(2)

    late = database.read(lambda view: view.output_orders.get(pump.id))
    assert (late.state, late.feedback_at) == (OrderState.FAULT, clock.now())
    assert activity(database, "PUMP") is Activity.ON
    assert {alarm.zone for alarm in alarms(database)} <= {""}


def test_the_wall_clock_may_jump_without_failing_an_order(
    pump: OutputOrder, carry_on: CarryOn, clock: ManualClock, switchboard: Switchboard, database: Database
) -> None:
    carry_on(pump, OrderState.STARTED)
    switchboard.tick()
    clock._now_at += timedelta(hours=1)

    switchboard.tick()
    assert database.read(lambda view: view.output_orders.get(pump.id)).state is OrderState.STARTED


@pytest.mark.parametrize(
    ("error", "cause", "left"),
    [
        ("output.refused", OrderCause.REFUSED, Activity.OFF),
        ("output.unreachable", OrderCause.UNREACHABLE, Activity.OFF),
        ("output.silent", OrderCause.OUTCOME_UNKNOWN, Activity.UNKNOWN),
    ],
)
def test_what_the_device_says_decides_what_is_known_of_the_output(
    outputs: Outputs,
    carry_on: CarryOn,
    wire: NotingWire,
    database: Database,
    error: str,
    cause: OrderCause,
    left: Activity,
) -> None:
    wire.error = error

    failed = carry_on(outputs.order(WANG, "SOUND", ON), OrderState.FAULT)
    assert (failed.cause, activity(database, "SOUND")) == (cause, left)


class KilledInBetween(BaseException):
    """The process is gone here: nothing after it runs."""


def tick_for_ever(switchboard: Switchboard) -> None:
    for _ in iter(switchboard.tick, None):
        pass


def killed_while_sending(wire: NotingWire, switchboard: Switchboard, *, was_sent: bool) -> None:
    """Leave the record as a hub killed between its note and its answer leaves it."""
    if was_sent:
        wire.before_answer = lambda: (_ for _ in ()).throw(KilledInBetween())
    else:
        told = wire.told
        wire.switch = lambda _output, _action: (_ for _ in ()).throw(KilledInBetween())  # type: ignore[method-assign]
        assert told == []
    with pytest.raises(KilledInBetween):
        tick_for_ever(switchboard)
    vars(wire).pop("switch", None)
    wire.before_answer = lambda: None


@pytest.mark.parametrize("was_sent", [True, False])
def test_a_dangerous_output_is_never_sent_twice_when_the_hub_dies_over_it(
    pump: OutputOrder,
    wire: NotingWire,
    make_switchboard: Callable[..., Switchboard],
    carry_on: CarryOn,
    was_sent: bool,
) -> None:
    wire.moves = False  # its coil falls back by itself, so it cannot be asked
    killed_while_sending(wire, make_switchboard(), was_sent=was_sent)
    told_before = list(wire.told)

    resumed = carry_on(pump, OrderState.FAULT, make_switchboard())
    assert resumed.cause is OrderCause.OUTCOME_UNKNOWN
    assert wire.told == told_before


def test_a_dangerous_output_that_the_device_says_is_on_goes_on_to_wait_for_its_feedback(
    pump: OutputOrder,
    wire: NotingWire,
    make_switchboard: Callable[..., Switchboard],
    carry_on: CarryOn,
) -> None:
    killed_while_sending(wire, make_switchboard(), was_sent=True)

    carry_on(pump, OrderState.STARTED, make_switchboard())
    assert wire.told == [("PUMP", ON)]


def test_an_ordinary_output_is_told_again_at_once_but_not_minutes_later(
    outputs: Outputs,
    wire: NotingWire,
    make_switchboard: Callable[..., Switchboard],
    carry_on: CarryOn,
    clock: ManualClock,
) -> None:
    sound = outputs.order(WANG, "SOUND", ON)
    killed_while_sending(wire, make_switchboard(), was_sent=False)
    carry_on(sound, OrderState.FEEDBACK, make_switchboard())
    assert wire.told == [("SOUND", ON)]

    wire.told.clear()
    damper = outputs.order(WANG, "DAMPER", ON)
    killed_while_sending(wire, make_switchboard(), was_sent=False)
    clock.advance(31)
    assert carry_on(damper, OrderState.FAULT, make_switchboard()).cause is OrderCause.OUTCOME_UNKNOWN
    assert wire.told == []


def test_a_pulse_is_not_repeated_either(
    outputs: Outputs, wire: NotingWire, make_switchboard: Callable[..., Switchboard], carry_on: CarryOn
) -> None:
    door = outputs.order(WANG, "DAMPER", PULSE)
    killed_while_sending(wire, make_switchboard(), was_sent=True)

    carry_on(door, OrderState.FAULT, make_switchboard())
    assert wire.told == [("DAMPER", PULSE)]


def test_a_hub_that_another_has_replaced_sends_nothing(
    pump: OutputOrder, wire: NotingWire, make_switchboard: Callable[..., Switchboard], carry_on: CarryOn
) -> None:
    carry_on(pump, OrderState.FAULT, make_switchboard(may_send=lambda: False))

    assert wire.told == []


def test_an_order_that_waited_for_an_absent_hub_is_not_carried_out_later(
    outputs: Outputs,
    switchboard: Switchboard,
    carry_on: CarryOn,
    clock: ManualClock,
    wire: NotingWire,
    database: Database,
) -> None:
    order = outputs.order(WANG, "SOUND", ON)
    clock.advance(31)

    assert carry_on(order, OrderState.CANCELLED).cause is OrderCause.TOO_LATE
    assert wire.told == []
    switchboard.tick()  # the dropping is on record before it is told
    assert [alarm.name for alarm in alarms(database)] == ["SOUND 输出：命令过期未执行"]


@pytest.fixture
def seat_clock(clock: ManualClock) -> ManualClock:
    """The clock of a workstation that nobody set right."""
    return ManualClock(clock.now())


@pytest.fixture
def seat(database: Database, seat_clock: ManualClock) -> Outputs:
    return Outputs(database, seat_clock, lambda: SITE, Acquaintances())


@pytest.mark.parametrize("is_ahead_s", [-660.0, -31.0, 3600.0])
def test_an_order_from_a_seat_whose_clock_is_wrong_is_carried_out(
    seat: Outputs,
    seat_clock: ManualClock,
    switchboard: Switchboard,
    carry_on: CarryOn,
    clock: ManualClock,
    is_ahead_s: float,
) -> None:
    seat_clock.set_wall(is_ahead_s)
    switchboard.tick()
    pump, sound = seat.order(WANG, "PUMP", ON), seat.order(WANG, "SOUND", ON)
    carry_on(sound, OrderState.FEEDBACK)
    for name in ("wang", "zhao"):
        clock.advance(20)
        switchboard.tick()
        seat.vouch(pump.id, name, PASSWORDS[name], "seat-1")

    carry_on(pump, OrderState.STARTED)


@pytest.mark.parametrize("is_ahead_s", [-31.0, 0.0, 3600.0])
def test_no_clock_of_a_seat_makes_a_hub_that_was_away_carry_out_what_is_old(
    seat: Outputs,
    seat_clock: ManualClock,
    switchboard: Switchboard,
    carry_on: CarryOn,
    clock: ManualClock,
    wire: NotingWire,
    is_ahead_s: float,
) -> None:
    seat_clock.set_wall(is_ahead_s)
    switchboard.tick()
    order = seat.order(WANG, "SOUND", ON)
    clock.advance(1800)

    assert carry_on(order, OrderState.CANCELLED).cause is OrderCause.TOO_LATE
    assert wire.told == []


def test_the_interlocks_are_judged_once_more_when_it_is_sent(
    outputs: Outputs, carry_on: CarryOn, wire: NotingWire
) -> None:
    sound, door = outputs.order(WANG, "SOUND", ON), outputs.order(WANG, "DOOR", ON)
    ends = {carry_on(sound, OrderState.FEEDBACK).state, carry_on(door, OrderState.CANCELLED).cause}

    assert ends == {OrderState.FEEDBACK, OrderCause.INTERLOCKED}
    assert wire.told == [("SOUND", ON)]


def test_a_drill_runs_through_every_state_and_touches_no_wire(
    outputs: Outputs, carry_on: CarryOn, wire: NotingWire, clock: ManualClock, database: Database
) -> None:
    outputs.start_drill(LEADER, timedelta(minutes=30))
    order = carry_on(outputs.order(WANG, "SOUND", ON), OrderState.STARTED)
    carry_on(order, OrderState.STARTED)
    clock.advance(1.0)

    done = carry_on(order, OrderState.FEEDBACK)
    assert done.is_drill
    assert wire.told == []
    assert database.read(lambda view: view.output_states.find("SOUND")) is None


def test_an_order_asked_before_a_drill_moves_nothing_in_it_and_says_so(
    outputs: Outputs, carry_on: CarryOn, wire: NotingWire, database: Database
) -> None:
    asked = outputs.order(WANG, "PUMP", ON)
    outputs.start_drill(LEADER, timedelta(minutes=30))
    for name in ("wang", "zhao"):
        outputs.vouch(asked.id, name, PASSWORDS[name], "seat-1")

    assert carry_on(asked, OrderState.CANCELLED).cause is OrderCause.DRILL
    assert wire.told == []
    assert [alarm.name for alarm in alarms(database)] == ["PUMP 输出：演习中，真实命令未执行"]


def test_an_order_left_by_a_dead_hub_is_not_said_again_in_a_drill(
    outputs: Outputs, wire: NotingWire, make_switchboard: Callable[..., Switchboard], carry_on: CarryOn
) -> None:
    sound = outputs.order(WANG, "SOUND", ON)
    killed_while_sending(wire, make_switchboard(), was_sent=False)
    outputs.start_drill(LEADER, timedelta(minutes=30))

    assert carry_on(sound, OrderState.FAULT, make_switchboard()).cause is OrderCause.OUTCOME_UNKNOWN
    assert wire.told == []


def test_an_order_for_another_way_ends_the_waiting_of_the_one_before(
    outputs: Outputs, pump: OutputOrder, carry_on: CarryOn, hear: Callable[..., None]
) -> None:
    carry_on(pump, OrderState.STARTED)
    stop = outputs.order(WANG, "PUMP", OFF)
    for name in ("wang", "zhao"):
        stop = outputs.vouch(stop.id, name, PASSWORDS[name], "seat-1")
    carry_on(stop, OrderState.STARTED)

    assert outputs.history(5, "PUMP")[-1].cause is OrderCause.SUPERSEDED
    hear(2, Qualifier.RESTORE)
    assert carry_on(stop, OrderState.FEEDBACK).action is OFF


def test_an_automatic_order_runs_without_anybody(
    outputs: Outputs, carry_on: CarryOn, wire: NotingWire
) -> None:
    outputs.set_mode(LEADER, WHOLE_SITE, OutputMode.AUTOMATIC)

    done = carry_on(outputs.switch("SOUND", ON, "烟感报警", "run-1"), OrderState.FEEDBACK)
    assert (done.confirmations, done.run) == ((), "run-1")
    assert wire.told == [("SOUND", ON)]


def test_a_silent_device_holds_up_no_other_output(
    outputs: Outputs, carry_on: CarryOn, wire: NotingWire
) -> None:
    may_answer = threading.Event()
    slow = outputs.order(WANG, "SOUND", ON)
    wire.before_answer = lambda: may_answer.wait() if wire.told[-1][0] == "SOUND" else None
    carry_on(slow, OrderState.SENT)

    carry_on(outputs.order(WANG, "DAMPER", ON), OrderState.FEEDBACK)
    may_answer.set()
    carry_on(slow, OrderState.FEEDBACK)


def test_one_order_that_cannot_be_told_of_hides_no_newer_one(
    outputs: Outputs,
    make_switchboard: Callable[..., Switchboard],
    wire: NotingWire,
    wait_until: Callable[..., object],
    database: Database,
) -> None:
    def cannot(_order: OutputOrder, _output: object) -> None:
        raise RuntimeError("no such alarm")

    switchboard = make_switchboard(tell=cannot)
    wire.error = "output.refused"
    failing = outputs.order(WANG, "SOUND", ON)

    def still_says_so() -> bool:
        try:
            switchboard.tick()
        except RuntimeError:
            return True
        return False

    wait_until(still_says_so)
    wire.error = ""
    newer = outputs.order(WANG, "DAMPER", ON)

    def is_proved() -> bool:
        assert still_says_so()
        return database.read(lambda view: view.output_orders.get(newer.id)).state is OrderState.FEEDBACK

    wait_until(is_proved)
    assert database.read(lambda view: view.output_orders.get(failing.id)).state is OrderState.FAULT
