"""Every run is on record with what became of each action, once, whatever dies or fails."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.domain.alarms import Alarm, AlarmSource, Qualifier, Signal
from services.domain.linkage import Action, ActionKind, OnFail
from services.domain.linkage_runs import Outcome, Result, RunState
from services.domain.people import Role, Session
from services.domain.triggers import Trigger, TriggerKind
from services.linkage.desk import LinkageDesk, SeatReport
from services.linkage.engine import Task
from services.linkage.refusals import Unavailable
from services.linkage.starting import LinkageStart
from services.storage import Database, Tx, View, schema
from tests.services.linkage.conftest import PANIC, Campus, refuse, rule
from tests.waiting import LIMIT_S

SEAT = Session("wang", "王值班", Role.OPERATOR, "SEAT-1")
DOOR, RELAY = Action(ActionKind.DOOR, "O1"), Action(ActionKind.OUTPUT, "O2", "on")


def test_every_alarm_has_the_built_in_run_in_its_own_transaction(campus: Campus) -> None:
    alarm = campus.press()
    (run,) = campus.runs(alarm)
    assert (run.id, run.rule, run.rule_version, run.state) == (alarm.id, "feeds", 0, RunState.RUNNING)
    assert [one.action.kind for one in run.actions] == [ActionKind.POPUP, ActionKind.MAP, ActionKind.FEEDS]


def test_what_a_seat_reports_first_stands_with_its_milliseconds(campus: Campus) -> None:
    alarm = campus.press()
    desk = LinkageDesk(campus.database)
    after = [alarm.received_at + timedelta(milliseconds=ms) for ms in (180, 420, 501)]
    desk.report(SEAT, [SeatReport(alarm.id, 0, Outcome(Result.OK, after[0], by="SEAT-1"))])
    desk.report(SEAT, [SeatReport(alarm.id, 0, Outcome(Result.OK, after[1], by="SEAT-2"))])
    # 501 ms is one more than a map may take; pictures have 3 s.
    desk.report(SEAT, [SeatReport(alarm.id, 1, Outcome(Result.OK, after[2]))])
    desk.report(SEAT, [SeatReport(alarm.id, 2, Outcome(Result.OK, after[2]))])
    (run,) = campus.runs(alarm)
    assert [(run.ms(one), one.result, one.by) for one in run.actions[:1]] == [(180, Result.OK, "SEAT-1")]
    assert [one.result for one in run.actions] == [Result.OK, Result.LATE, Result.OK]
    assert (run.state, run.total_ms) == (RunState.DONE, 501)


def test_a_count_within_a_count_that_an_earlier_version_took_is_left_out_and_said(
    campus: Campus, expected_log: Callable[..., None]
) -> None:
    """It could stop the hub: all others go on."""
    expected_log("linkage.rule_left_out")
    often = Trigger(TriggerKind.COUNT, parts=(PANIC,), least=1, within_s=60.0)
    nested = Trigger(TriggerKind.COUNT, parts=(often,), least=1, within_s=60.0)
    sound = rule(RELAY, trigger=often)
    campus.start.take_rules([rule(DOOR, trigger=nested), sound])
    alarm = campus.press()
    campus.work()
    assert campus.rule_run(alarm).rule == sound.id
    assert campus.hands.asked == [RELAY]


def test_a_rule_runs_its_actions_and_writes_their_ends(campus: Campus, clock: ManualClock) -> None:
    saved = rule(DOOR, RELAY)
    campus.start.take_rules([saved])
    campus.hands.then = lambda _task: clock.advance(0.3)
    alarm = campus.press()
    campus.work()
    run = campus.rule_run(alarm)
    assert (run.rule, run.rule_version, run.state) == (saved.id, 1, RunState.DONE)
    assert sorted(action.target for action in campus.hands.asked) == ["O1", "O2"]
    assert all(one.result is Result.OK and one.started_at and one.ended_at for one in run.actions)
    assert run.total_ms in (300, 600)  # both at once, each moves the clock by 0.3 s


def test_an_action_beyond_its_budget_is_late_but_done(campus: Campus, clock: ManualClock) -> None:
    campus.start.take_rules([rule(Action(ActionKind.DOOR, "O1", budget_ms=200))])
    campus.hands.then = lambda _task: clock.advance(0.25)
    alarm = campus.press()
    campus.work()
    (one,) = campus.rule_run(alarm).actions
    assert one.result is Result.LATE


def test_in_order_each_action_waits_for_the_one_before(campus: Campus) -> None:
    first_may_end = threading.Event()
    campus.start.take_rules([rule(DOOR, RELAY, in_order=True)])
    campus.hands.then = lambda task: None if task.action == RELAY else _wait(first_may_end)
    campus.press()
    campus.engine.once()
    campus.engine.once()
    asked_before = list(campus.hands.asked)
    first_may_end.set()
    campus.work()
    assert DOOR in campus.hands.asked
    assert RELAY not in asked_before
    assert campus.hands.asked == [DOOR, RELAY]


def test_a_failure_that_stops_leaves_the_rest_out(campus: Campus) -> None:
    failing = Action(ActionKind.DOOR, "O1", on_fail=OnFail.STOP)
    campus.start.take_rules([rule(failing, RELAY, in_order=True)])
    campus.hands.then = refuse
    alarm = campus.press()
    campus.work()
    run = campus.rule_run(alarm)
    assert [one.result for one in run.actions] == [Result.FAILED, Result.SKIPPED]
    assert (run.actions[0].code, run.actions[0].params) == ("onvif.unreachable", {"host": "192.0.2.1"})
    assert campus.hands.asked == [failing]


def test_only_a_failure_is_told_not_what_nothing_here_can_do(campus: Campus) -> None:
    def then(task: Task) -> None:
        if task.action == DOOR:
            raise Unavailable("linkage.no_means")
        refuse(task)

    campus.hands.then = then
    campus.start.take_rules([rule(DOOR, RELAY)])
    alarm = campus.press()
    campus.work()
    assert [failure.one.action for failure in campus.failures] == [RELAY]
    results = [one.result for one in campus.rule_run(alarm).actions]
    assert results == [Result.UNAVAILABLE, Result.FAILED]


def test_our_own_mistake_in_one_action_is_a_failure_on_record(campus: Campus, expected_log: object) -> None:
    expected_log("linkage.action_crashed")  # type: ignore[operator]

    def then(_task: Task) -> None:
        raise KeyError("x")

    campus.hands.then = then
    campus.start.take_rules([rule(DOOR)])
    alarm = campus.press()
    campus.work()
    (one,) = campus.rule_run(alarm).actions
    assert (one.result, one.code) == (Result.FAILED, "app.own_mistake")


def test_an_action_that_never_ends_is_given_up_and_the_run_ends(campus: Campus, clock: ManualClock) -> None:
    may_end = threading.Event()
    campus.hands.then = lambda _task: _wait(may_end)
    campus.start.take_rules([rule(DOOR)])
    alarm = campus.press()
    campus.engine.once()
    clock.advance(11.0)
    campus.engine.once()
    may_end.set()
    run = campus.rule_run(alarm)
    assert (run.state, run.actions[0].result, run.actions[0].code) == (
        RunState.DONE,
        Result.FAILED,
        "linkage.timeout",
    )


def test_what_waited_too_long_for_a_thread_is_not_done_afterwards(campus: Campus, clock: ManualClock) -> None:
    may_end = threading.Event()
    campus.hands.then = lambda _task: _wait(may_end)
    busy = [Action(ActionKind.DOOR, f"O{number}") for number in range(8)]
    campus.start.take_rules([rule(*busy, RELAY)])
    campus.press()
    campus.engine.once()
    clock.advance(11.0)
    campus.engine.once()
    may_end.set()
    campus.engine.stop(5.0)
    assert RELAY not in campus.hands.asked


WEB = Action(ActionKind.HTTP, "http://192.0.2.1/")
CAMERA = Action(ActionKind.PTZ_PRESET, "P01", "1")


@pytest.mark.parametrize(
    ("hanging", "number", "code"),
    # More than there are threads: of cameras or servers by the panic itself too, of relays by lesser alarms.
    [(WEB, 1, "120"), (CAMERA, 1, "120"), (WEB, 11, "130"), (CAMERA, 11, "130"), (RELAY, 11, "130")],
)
def test_the_door_of_a_panic_waits_behind_nothing_that_hangs(
    campus: Campus, hanging: Action, number: int, code: str
) -> None:
    may_end, is_open = threading.Event(), threading.Event()
    campus.hands.then = lambda task: is_open.set() if task.action == DOOR else _wait(may_end)
    trigger = PANIC if code == "120" else Trigger(TriggerKind.CLASS, ("intrusion",))
    campus.start.take_rules([rule(*[hanging] * 12, trigger=trigger), rule(DOOR)])
    if code != "120":
        campus.press(number, code)
        campus.engine.once()
    campus.press(1)
    campus.engine.once()
    assert is_open.wait(2.0)
    may_end.set()


def test_lanes_stop_together_and_one_that_hangs_is_named(
    campus: Campus, expected_log: Callable[..., None], log_events: list[dict[str, object]]
) -> None:
    expected_log("worker.did_not_stop")
    may_end = threading.Event()
    campus.hands.then = lambda task: None if task.action == DOOR else _wait(may_end)
    campus.start.take_rules([rule(RELAY, CAMERA, DOOR, WEB)])
    campus.press()
    campus.engine.once()
    began_s = time.monotonic()
    campus.engine.stop(0.2)
    assert time.monotonic() - began_s < 1.0
    stuck = {str(event.get("worker")) for event in log_events if event["event"] == "worker.did_not_stop"}
    assert stuck == {f"hub-linkage-{lane}-p1_0" for lane in ("output", "camera", "outside")}
    may_end.set()


def test_a_hub_that_dies_under_way_leaves_an_interrupted_run_that_is_never_repeated(
    campus: Campus, expected_log: object
) -> None:
    expected_log("linkage.interrupted")  # type: ignore[operator]
    may_end = threading.Event()
    campus.hands.then = lambda _task: _wait(may_end)
    campus.start.take_rules([rule(DOOR)])
    alarm = campus.press()
    campus.engine.once()
    asked = len(campus.hands.asked)

    campus.new_engine()
    assert campus.engine.close_left_over() == 1
    campus.work()
    may_end.set()
    campus.engines[0].once()
    run = campus.rule_run(alarm)
    assert (run.state, run.actions[0].result) == (RunState.INTERRUPTED, Result.INTERRUPTED)
    assert len(campus.hands.asked) == max(asked, 1)


class LosingAnswers(Database):
    """Commits arrive and their answers do not, while `is_losing`."""

    is_losing = False

    def write(self, work: Callable[[Tx], object], *, deadline_s: float = 5.0) -> object:
        result = super().write(work, deadline_s=deadline_s)
        if self.is_losing:
            raise ServiceError("storage.timeout", outcome="unknown")
        return result


@pytest.fixture
def line(campus: Campus, clock: ManualClock) -> Iterator[LosingAnswers]:
    """The line of the engine that works here."""
    made = LosingAnswers(campus.database.url, clock)
    made.open()
    campus.new_engine(made)
    yield made
    made.close()


def work_without_answer(campus: Campus) -> None:
    """Until a commit was not answered."""
    with pytest.raises(ServiceError, match=r"storage\.timeout"):
        keep_working(campus)


def keep_working(campus: Campus) -> None:
    for _ in range(100):
        campus.engine.once()
        campus.engine.wait(0.1)


def test_a_run_whose_beginning_was_committed_unknown_to_the_hub_is_carried_out_once(
    campus: Campus, line: LosingAnswers
) -> None:
    campus.start.take_rules([rule(DOOR, RELAY)])
    alarm = campus.press()
    line.is_losing = True
    work_without_answer(campus)
    line.is_losing = False
    campus.work()
    assert campus.rule_run(alarm).state is RunState.DONE
    assert sorted(campus.hands.asked, key=str) == sorted([DOOR, RELAY], key=str)
    assert campus.failures == []


def test_a_failure_whose_record_was_committed_unknown_to_the_hub_is_still_told_once(
    campus: Campus, line: LosingAnswers
) -> None:
    may_end = threading.Event()

    def then(task: Task) -> None:
        _wait(may_end)
        refuse(task)

    campus.hands.then = then
    campus.start.take_rules([rule(DOOR)])
    campus.press()
    campus.engine.once()
    line.is_losing = True
    may_end.set()
    work_without_answer(campus)
    assert campus.failures == []
    line.is_losing = False
    campus.work()
    assert [failure.one.action for failure in campus.failures] == [DOOR]


def test_an_action_that_may_take_longer_is_not_interrupted_while_it_is_under_way(
    campus: Campus, clock: ManualClock
) -> None:
    may_end = threading.Event()
    campus.hands.then = lambda _task: _wait(may_end)
    campus.start.take_rules([rule(Action(ActionKind.DOOR, "O1", budget_ms=60_000))])
    alarm = campus.press()
    campus.engine.once()
    clock.advance(31.0)
    campus.engine.once()
    may_end.set()
    campus.work()
    assert campus.rule_run(alarm).state is RunState.DONE


def test_an_action_in_order_whose_end_could_not_be_written_is_not_done_again(
    campus: Campus, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_work: object) -> None:
        raise ServiceError("storage.unreachable")

    campus.start.take_rules([rule(DOOR, RELAY, in_order=True)])
    alarm = campus.press()
    campus.engine.once()
    campus.engine.wait(5.0)  # until the first action nudges
    monkeypatch.setattr(campus.database, "write", away)
    with pytest.raises(ServiceError, match=r"storage\.unreachable"):
        campus.engine.once()
    monkeypatch.undo()
    campus.work()
    assert campus.hands.asked == [DOOR, RELAY]
    assert campus.rule_run(alarm).state is RunState.DONE


def test_an_alarm_that_nobody_can_read_keeps_no_other_alarms_rule_from_running(
    campus: Campus, expected_log: Callable[..., None]
) -> None:
    expected_log("storage.unreadable_row", "linkage.interrupted")
    campus.start.take_rules([rule(DOOR)])
    broken, sound = campus.press(1), campus.press(2)
    spoil = sa.update(schema.alarm).where(schema.alarm.c.id == broken.id).values(body="{}")
    campus.database.write(lambda tx: tx._connection.execute(spoil))
    campus.work()
    assert campus.rule_run(sound).state is RunState.DONE
    assert campus.rule_run(broken).state is RunState.INTERRUPTED
    assert [failure.run.alarm for failure in campus.failures] == [broken.id]
    assert campus.hands.asked == [DOOR]


def test_an_incident_that_nobody_can_read_keeps_no_other_run_from_beginning(
    campus: Campus, expected_log: Callable[..., None]
) -> None:
    expected_log("linkage.interrupted")
    campus.start.take_rules([rule(DOOR)])
    sound = campus.press(1)
    # As a plan begins it, for an incident that no alarm began.
    lost = replace(campus.rule_run(sound), id="a-lost-one", alarm="", incident="gone")
    campus.database.write(lambda tx: tx.linkage_runs.add(lost))
    campus.work()
    assert campus.rule_run(sound).state is RunState.DONE
    assert campus.hands.asked == [DOOR]
    (left,) = campus.database.read(lambda view: view.linkage_runs.some([lost.id]))
    assert left.state is RunState.INTERRUPTED
    assert [failure.run.id for failure in campus.failures] == [lost.id]


def test_all_that_go_in_order_are_read_at_once(campus: Campus) -> None:
    reads = 0

    def count(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        nonlocal reads
        reads += statement.startswith("SELECT") and "linkage_run" in statement

    campus.start.take_rules([rule(Action(ActionKind.SOUND), DOOR, in_order=True)])
    campus.press(1)
    campus.press(2)
    campus.engine.once()
    sa.event.listen(sa.Engine, "before_cursor_execute", count)
    try:
        campus.engine.once()
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", count)
    # What waits, and those two; the sweep is not due again.
    assert reads == 2


def test_a_run_that_nobody_can_read_keeps_no_other_run_from_beginning_or_ending(
    campus: Campus, expected_log: Callable[..., None]
) -> None:
    expected_log("storage.unreadable_row")
    campus.start.take_rules([rule(DOOR)])

    def spoil(alarm: Alarm) -> None:
        run = schema.linkage_run.c.id == campus.rule_run(alarm).id
        broken = sa.update(schema.linkage_run).where(run).values(body="{}")
        campus.database.write(lambda tx: tx._connection.execute(broken))

    spoil(campus.press(1))
    under_way = campus.press(2)
    campus.engine.once()
    spoil(under_way)
    sound = campus.press(11)
    campus.work()
    assert campus.hands.asked == [DOOR, DOOR]
    assert campus.rule_run(sound).state is RunState.DONE


class Troubled(Database):
    """Raises what stands in `troubles`, one at each reading."""

    troubles: list[Exception]

    def read(self, work: Callable[[View], object]) -> object:  # type: ignore[override]
        if self.troubles:
            raise self.troubles.pop(0)
        return super().read(work)


def test_each_trouble_is_said_once_until_linkage_works_again(
    campus: Campus,
    clock: ManualClock,
    expected_log: Callable[..., None],
    log_events: list[dict[str, object]],
    wait_until: Callable[..., object],
) -> None:
    expected_log("linkage.not_stored", "linkage.failing")
    line = Troubled(campus.database.url, clock)
    line.troubles = []
    line.open()
    engine = campus.new_engine(line)
    full = ServiceError("storage.full")
    line.troubles = [full, full, KeyError("x"), full, KeyError("x")]
    stop = threading.Event()
    runner = threading.Thread(target=engine.run, args=(stop,))
    runner.start()

    def works_again() -> bool:
        engine.nudge()
        return "linkage.works_again" in [event["event"] for event in log_events]

    wait_until(works_again)
    stop.set()
    engine.nudge()
    runner.join(LIMIT_S)
    line.close()
    told = [str(event["event"]) for event in log_events if str(event["event"]).startswith("linkage.")]
    assert told == ["linkage.not_stored", "linkage.failing", "linkage.works_again"]


def test_a_seat_settles_no_action_of_the_hub(campus: Campus) -> None:
    campus.start.take_rules([rule(DOOR, Action(ActionKind.SOUND))])
    alarm = campus.press()
    run = campus.rule_run(alarm)
    claims = [
        SeatReport(run.id, index, Outcome(Result.OK, alarm.received_at, by="SEAT-1"))
        for index in (0, 1, 9, -1)
    ]
    LinkageDesk(campus.database).report(SEAT, claims)
    assert [one.result for one in campus.rule_run(alarm).actions] == [Result.PENDING, Result.OK]
    campus.work()
    assert campus.hands.asked == [DOOR]


def test_what_a_dead_hub_had_not_begun_is_begun_by_the_next_if_it_is_still_young_and_told_if_it_is_not(
    campus: Campus, clock: ManualClock, expected_log: Callable[..., None]
) -> None:
    expected_log("linkage.interrupted")
    campus.start.take_rules([rule(DOOR)])
    young = campus.press(1)
    campus.new_engine().close_left_over()
    campus.work()
    assert campus.rule_run(young).state is RunState.DONE

    old = campus.press(2)
    clock.advance(31.0)
    campus.new_engine().close_left_over()
    campus.work()
    assert campus.rule_run(old).state is RunState.INTERRUPTED
    assert campus.hands.asked == [DOOR]
    assert [failure.run.alarm for failure in campus.failures] == [old.id]


def test_seats_that_report_nothing_are_not_waited_for_longer_than_half_a_minute(
    campus: Campus, clock: ManualClock
) -> None:
    alarm = campus.press()
    clock.advance(29.0)
    campus.engine.once()
    assert not campus.runs(alarm)[0].is_over
    clock.advance(2.0)
    campus.engine.once()
    (run,) = campus.runs(alarm)
    assert {(one.result, one.code) for one in run.actions} == {(Result.UNAVAILABLE, "linkage.not_reported")}


def test_cool_down_holds_for_one_alarm_point_and_keeps_no_other_quiet(
    campus: Campus, clock: ManualClock
) -> None:
    campus.start.take_rules([rule(DOOR, cool_down_s=60.0)])
    campus.press(1)
    campus.work()
    clock.advance(59.0)
    campus.press(1)
    campus.press(2)
    campus.work()
    assert len(campus.hands.asked) == 2
    clock.advance(1.0)
    campus.press(1)
    campus.work()
    assert len(campus.hands.asked) == 3


def test_in_a_flood_a_rule_acts_for_twenty_within_ten_seconds_and_says_of_the_rest_why_not(
    campus: Campus, clock: ManualClock
) -> None:
    intrusion = Trigger(TriggerKind.CLASS, ("intrusion", "panic"))
    campus.start.take_rules([rule(DOOR, trigger=intrusion)])
    runs = [campus.rule_run(campus.press(number, "130")) for number in range(100, 125)]
    assert [run.state for run in runs] == [RunState.WAITING] * 20 + [RunState.DONE] * 5
    assert {(one.result, one.code) for run in runs[20:] for one in run.actions} == {
        (Result.SKIPPED, "linkage.flood")
    }
    panic = campus.rule_run(campus.press(1))
    assert panic.state is RunState.WAITING
    campus.work()
    assert len(campus.hands.asked) == 21
    clock.advance(10.0)
    assert campus.rule_run(campus.press(130, "130")).state is RunState.WAITING


@pytest.mark.parametrize("hub", ["the same", "the next"])
def test_what_a_flood_left_out_has_its_run_when_it_speaks_again_though_its_cool_down_were_an_hour(
    campus: Campus, clock: ManualClock, hub: str
) -> None:
    intrusion = rule(DOOR, trigger=Trigger(TriggerKind.CLASS, ("intrusion",)), cool_down_s=3600.0)
    campus.start.take_rules([intrusion])
    begun, *_, left_out = [campus.press(number, "130") for number in range(100, 121)]
    clock.advance(5.0)
    campus.press(120, "130")
    # Still the flood: its record says so once.
    assert campus.rule_run(left_out).state is RunState.DONE
    clock.advance(5.0)
    if hub == "the next":
        campus.start = LinkageStart(clock, rules=[intrusion])
        campus.database.read(campus.start.remember)
    campus.press(120, "130")
    campus.press(100, "130")
    states = [run.state for run in campus.runs(left_out) if run.rule_version]
    assert states == [RunState.DONE, RunState.WAITING]
    assert campus.rule_run(begun).state is RunState.WAITING


def test_a_transaction_that_is_undone_starts_no_cool_down(campus: Campus) -> None:
    campus.start.take_rules([rule(DOOR)])
    signal = Signal(AlarmSource.DC09, "1001", "120", 1, Qualifier.NEW, campus.clock.now(), "once")
    real = campus.raised

    def fail_after(tx: object, alarm: object) -> None:
        real(tx, alarm)  # type: ignore[arg-type]
        raise ServiceError("storage.full")

    campus.center._on_happened = (fail_after, None, None)  # type: ignore[assignment]
    with pytest.raises(ServiceError, match=r"storage\.full"):
        campus.center.receive([signal])
    campus.center._on_happened = (real, None, None)  # type: ignore[assignment]
    # Somebody else's commit must not make it count either.
    campus.database.write(lambda tx: tx.beat("hub", campus.clock.now()))
    alarm = campus.press(1)
    assert campus.rule_run(alarm).state is RunState.WAITING


def test_an_alarm_given_up_at_its_deadline_starts_no_cool_down_when_it_is_given_again(campus: Campus) -> None:
    may_end = threading.Event()
    real = campus.raised

    def slowly(tx: object, alarm: Alarm) -> None:
        real(tx, alarm)
        _wait(may_end)

    campus.start.take_rules([rule(DOOR)])
    signal = Signal(AlarmSource.DC09, "1001", "120", 1, Qualifier.NEW, campus.clock.now(), "once")
    campus.center._on_happened = (slowly, None, None)  # type: ignore[assignment]
    with pytest.raises(ServiceError, match=r"storage\.timeout"):
        campus.center.receive([signal], deadline_s=0.1)
    campus.center._on_happened = (real, None, None)  # type: ignore[assignment]
    may_end.set()
    campus.database.write(lambda tx: tx.beat("hub", campus.clock.now()))
    (outcome,) = campus.center.receive([signal])
    alarm = campus.database.read(lambda view: view.alarms.get(outcome.alarm))
    assert campus.rule_run(alarm).state is RunState.WAITING


def test_two_of_three_beams_within_half_a_minute(campus: Campus, clock: ManualClock) -> None:
    beams = tuple(Trigger(TriggerKind.ZONE, (no,)) for no in ("Z11", "Z12", "Z13"))
    both = Trigger(TriggerKind.COUNT, parts=beams, least=2, within_s=30.0)
    campus.start.take_rules([rule(DOOR, trigger=both)])
    campus.press(11, "130")
    clock.advance(31.0)
    campus.press(12, "130")
    campus.work()
    assert campus.hands.asked == []
    clock.advance(30.0)
    campus.press(11, "130")
    campus.work()
    assert campus.hands.asked == [DOOR]


def test_a_rule_that_is_off_does_nothing(campus: Campus) -> None:
    campus.start.take_rules([rule(DOOR, trigger=PANIC, is_enabled=False)])
    campus.press()
    campus.work()
    assert campus.hands.asked == []


def test_the_hub_does_nothing_that_is_a_workstations(campus: Campus) -> None:
    campus.start.take_rules([rule(Action(ActionKind.SOUND), DOOR)])
    alarm = campus.press()
    campus.work()
    assert campus.hands.asked == [DOOR]
    assert [one.result for one in campus.rule_run(alarm).actions] == [Result.PENDING, Result.OK]


def _wait(event: threading.Event) -> None:
    event.wait(5.0)
