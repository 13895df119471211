"""What linkage asks of a seat is done there, timed where it is painted, and shown with its milliseconds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from services.core.clock import SystemClock
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.core.jobs import Jobs
from services.dispatch.desk import Order
from services.domain.alarms import Alarm, AlarmId
from services.domain.board import Board
from services.domain.facts import AlarmRaised, LinkageRunChanged
from services.domain.linkage import Action, ActionKind, Rule
from services.domain.linkage_runs import ActionRun, LinkageRun, Result, RunState
from services.domain.people import Session
from services.domain.triggers import Trigger, TriggerKind
from services.linkage.desk import SeatReport
from tests.ui.queue.test_model import alarm
from tests.views.seat import OPERATOR, OTHER, Campus, Seat
from ui.board import LiveBoard
from ui.jobs import UiJobs
from views.watch.seat_linkage import GATHER_MS, MOST_RUNS, SeatLinkage

Wait = Callable[..., object]


def runs(campus: Campus, alarm_id: str) -> list[LinkageRun]:
    return campus.database.read(lambda view: view.linkage_runs.of_alarm(alarm_id))


def for_panic(*actions: Action) -> Rule:
    return Rule(new_id(), "东门", "East gate", Trigger(TriggerKind.CLASS, ("panic",)), actions)


def test_a_painted_alarm_has_its_milliseconds_on_the_screen(
    campus: Campus, open_seat: Callable[..., Seat], wait_until: Wait
) -> None:
    seat = open_seat()
    alarm_id = campus.ring("Z01")
    wait_until(lambda: [run.state for run in runs(campus, alarm_id)] == [RunState.DONE])
    (run,) = runs(campus, alarm_id)
    assert {one.result for one in run.actions} <= {Result.OK, Result.LATE}
    assert {one.by for one in run.actions} == {OPERATOR.workstation}
    wait_until(lambda: "ms" in seat.side.linkage.words)
    for one in run.actions:
        assert f"{run.ms(one)} ms" in seat.side.linkage.words


def test_an_alarm_at_a_point_that_has_its_mark_already_is_on_the_map_too(
    campus: Campus, open_seat: Callable[..., Seat], wait_until: Wait
) -> None:
    open_seat()
    first = campus.ring("Z01")
    wait_until(lambda: runs(campus, first)[0].actions[1].is_over)
    # Another class at the same point: an alarm of its own, and no mark of its own.
    from tests.views import seat as kit

    zone = campus.site.zone("Z01")
    assert zone is not None
    kit.CODES[zone.alarm_class], code = "137", kit.CODES[zone.alarm_class]
    try:
        second = campus.ring("Z01")
    finally:
        kit.CODES[zone.alarm_class] = code
    assert second != first
    wait_until(lambda: runs(campus, second)[0].actions[1].result in (Result.OK, Result.LATE))


def test_a_hand_of_the_seat_is_moved_once_and_tells_how_it_went(
    campus: Campus, seat: Seat, wait_until: Wait
) -> None:
    done: list[str] = []

    def sound(_action: Action, alarm: Alarm) -> bool:
        done.append(alarm.id)
        return True

    def preset(action: Action, _alarm: Alarm) -> bool:
        raise ServiceError("linkage.no_preset", name=action.target)

    seat.linkage.hold(ActionKind.SOUND, sound)
    seat.linkage.hold(ActionKind.WALL_PRESET, preset)
    campus.linkage.take_rules([for_panic(Action(ActionKind.SOUND), Action(ActionKind.WALL_PRESET, "夜间"))])
    alarm_id = campus.ring("Z01")
    wait_until(lambda: len(runs(campus, alarm_id)) == 2 and runs(campus, alarm_id)[1].is_over)
    _built_in, run = runs(campus, alarm_id)
    assert done == [alarm_id]
    assert [one.result for one in run.actions] == [Result.OK, Result.FAILED]
    assert (run.actions[1].code, run.actions[1].params) == ("linkage.no_preset", {"name": "夜间"})


@pytest.mark.usefixtures("qapp")
def test_a_seat_that_an_action_is_not_for_leaves_the_word_to_another(
    campus: Campus, wait_until: Wait
) -> None:
    seats = [Seat(campus, OPERATOR), Seat(campus, OTHER)]
    try:
        for at, made in enumerate(seats):
            made.linkage.hold(ActionKind.NOTIFY, lambda _action, _alarm, is_mine=at == 1: is_mine)
            made.start()
        campus.linkage.take_rules([for_panic(Action(ActionKind.NOTIFY, "operator", text="去看"))])
        alarm_id = campus.ring("Z01")
        wait_until(lambda: len(runs(campus, alarm_id)) == 2 and runs(campus, alarm_id)[1].is_over)
        assert runs(campus, alarm_id)[1].actions[0].by == OTHER.workstation
    finally:
        for made in seats:
            made.close()


def test_the_incident_keeps_the_record_after_its_alarm_is_over(
    campus: Campus, open_seat: Callable[..., Seat], wait_until: Wait
) -> None:
    seat = open_seat()
    alarm_id = campus.ring("Z01")
    campus.alarms.claim(seat.session, alarm_id)
    (candidate, *_rest) = campus.dispatches.candidates((483.5, 187.6))
    order = Order(candidate.guard.no, "去东门", alarm_id=alarm_id)
    campus.dispatches.send(seat.session, order)
    wait_until(lambda: runs(campus, alarm_id)[0].state is RunState.DONE)
    wait_until(lambda: any("ms" in line for line in seat.board.detail.linkage.lines))
    assert len(seat.board.detail.linkage.lines) == 4  # the rule, and its three actions


class Told:
    """Takes reports as the desk does."""

    def __init__(self) -> None:
        self.parts: list[list[SeatReport]] = []

    def report(self, _session: Session, reports: Sequence[SeatReport]) -> None:
        self.parts.append(list(reports))

    def runs(self) -> list[str]:
        return [report.run for part in self.parts for report in part]


@pytest.fixture
def storm(qapp: QApplication) -> Iterator[tuple[SeatLinkage, LiveBoard, Told]]:
    """A seat that saw fifty alarms at once."""
    assert qapp is not None
    pool, told, live = Jobs("storm-test", 2), Told(), LiveBoard(Board())
    jobs = UiJobs(pool)
    made = SeatLinkage(live=live, commands=told, session=OPERATOR, jobs=jobs, clock=SystemClock())
    live.apply([AlarmRaised(fresh(number)) for number in range(50)])
    for number in range(50):
        made.note_displayed(f"a{number:04d}", SystemClock().monotonic())
    for number in range(50):
        made.note_filmed(f"a{number:04d}", SystemClock().monotonic())
    yield made, live, told
    jobs.close()
    pool.stop()


def fresh(number: int) -> Alarm:
    return replace(alarm(number), received_at=SystemClock().now())


def test_a_storm_is_told_in_small_parts_with_all_of_one_run_together(
    storm: tuple[SeatLinkage, LiveBoard, Told], wait_until: Wait
) -> None:
    _linkage, _live, told = storm
    wait_until(lambda: len(told.runs()) == 100)
    parts = [{report.run for report in part} for part in told.parts]
    assert all(len(part) <= MOST_RUNS for part in parts)
    assert sum(map(len, parts)) == 50, "no run is in two parts"


def test_what_a_stored_rule_waits_for_does_not_wait_behind_a_storm(
    storm: tuple[SeatLinkage, LiveBoard, Told], wait_until: Wait
) -> None:
    linkage, live, told = storm
    linkage.hold(ActionKind.SOUND, lambda _action, _alarm: True)
    wait_until(lambda: linkage._timer.remainingTime() > GATHER_MS)
    one = live.board.alarms[AlarmId("a0049")]
    actions = (ActionRun(Action(ActionKind.SOUND)),)
    run = LinkageRun("r1", one.id, "rule", 1, "规则", "Rule", one.received_at, actions)
    live.apply([LinkageRunChanged(run)])
    wait_until(lambda: told.parts)
    assert "r1" in {report.run for report in told.parts[0]}


def test_the_end_of_the_program_waits_for_no_storm(
    storm: tuple[SeatLinkage, LiveBoard, Told], wait_until: Wait
) -> None:
    linkage, _live, told = storm
    linkage.end()
    wait_until(lambda: [len(part) for part in told.parts] == [100])
