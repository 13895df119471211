"""The board that every screen shows follows the facts, and a late reader ends with the same board."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.domain.alarms import Alarm, AlarmId, AlarmState
from services.domain.board import ENDED_ON_BOARD, Board
from services.domain.calls import Call, CallDirection, CallKind, CallOutcome
from services.domain.classes import AlarmClass, Priority
from services.domain.facts import (
    AlarmChanged,
    AlarmRaised,
    AlarmRepeated,
    CallLogged,
    DispatchChanged,
    DispatchSent,
    Fact,
    GuardChanged,
    IncidentChanged,
    IncidentOpened,
    PlanRunChanged,
    SiteImported,
    TimelineAdded,
)
from services.domain.incidents import (
    Channel,
    Dispatch,
    DispatchId,
    DispatchState,
    Incident,
    IncidentId,
    IncidentState,
    TimelineEntry,
)
from services.domain.people import GuardState, GuardStatus
from services.domain.plan_runs import PlanRun, PlanRunId, PlanRunState
from services.domain.plans import PlanId, PlanText
from services.domain.site import GuardNo
from tests.alarms import PANIC

AT = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)


def alarm(no: str, priority: Priority = Priority.P1, after_s: float = 0.0, **changed: object) -> Alarm:
    made = replace(
        PANIC,
        id=AlarmId(no),
        event_no=no,
        dedup_key=no,
        priority=priority,
        place="东门",
        at=(480.0, 170.0),
        received_at=AT + timedelta(seconds=after_s),
        last_occurrence_at=AT,
    )
    return replace(made, **changed)  # type: ignore[arg-type]


def incident(no: str, state: IncidentState = IncidentState.NEW) -> Incident:
    return Incident(
        IncidentId(no), no, "东门报警", "panic", "东门", None, "", "wang", "王某", received_at=AT, state=state
    )


def dispatch(no: str, of: str, after_s: float = 0.0, state: DispatchState = DispatchState.SENT) -> Dispatch:
    return Dispatch(
        id=DispatchId(no),
        dispatch_no=no,
        incident=IncidentId(of),
        guard="G01",
        guard_name="李某",
        order_text="速去东门",
        channel=Channel.RADIO,
        why="",
        distance_m=40.0,
        sent_by="wang",
        sent_by_name="王某",
        sent_at=AT + timedelta(seconds=after_s),
        state=state,
    )


def test_the_queue_is_by_urgency_and_then_by_age() -> None:
    board = Board()
    for raised in (alarm("c", Priority.P2, 1), alarm("d", Priority.P2, 0), alarm("b", Priority.P1, 9)):
        board.apply(AlarmRaised(raised))

    assert [waiting.id for waiting in board.queue()] == ["b", "d", "c"]


def test_a_fire_stands_before_all_that_is_as_urgent_and_behind_what_is_more_so() -> None:
    board = Board()
    fire, fault = AlarmClass.FIRE, alarm("f", Priority.P2, 0, alarm_class=AlarmClass.FIRE)
    for raised in (
        alarm("b", after_s=1),
        fault,
        alarm("a", after_s=9, alarm_class=fire),
        alarm("c", after_s=2),
    ):
        board.apply(AlarmRaised(raised))
    board.apply(AlarmRaised(alarm("d", after_s=0, alarm_class=fire, is_drill=True)))

    assert [waiting.id for waiting in board.queue()] == ["a", "b", "c", "f", "d"]


def test_an_alarm_stays_until_it_is_reset() -> None:
    board = Board()
    board.apply(AlarmRaised(alarm("a")))
    for state in AlarmState:
        board.apply(AlarmChanged(alarm("a", state=state), "moved"))
        is_shown = [waiting.id for waiting in board.queue()] == ["a"]
        assert is_shown == (state not in (AlarmState.RESET, AlarmState.CLOSED))


def test_a_restore_of_the_source_takes_no_alarm_away() -> None:
    board = Board()
    board.apply(AlarmRaised(alarm("a")))
    board.apply(AlarmChanged(alarm("a", source_active=False), "restored"))

    assert not board.alarms["a"].source_active


def test_a_repeated_alarm_is_shown_once_as_it_is_now() -> None:
    board = Board()
    board.apply(AlarmRaised(alarm("a")))
    board.apply(AlarmRepeated(alarm("a", occurrence_count=2)))

    assert [waiting.occurrence_count for waiting in board.queue()] == [2]


def test_incidents_dispatches_guards_and_timelines_are_kept_as_last_told() -> None:
    board = Board()
    guard = GuardState(GuardNo("G01"), GuardStatus.EN_ROUTE, (1.0, 2.0), "sim", AT)
    entries = [TimelineEntry(str(n), IncidentId("i"), AT, "王某", "opened") for n in range(2)]
    for fact in (
        IncidentOpened(incident("i")),
        IncidentChanged(incident("i", IncidentState.ACCEPTED), "accepted"),
        DispatchSent(dispatch("p2", "i", 5)),
        DispatchSent(dispatch("p1", "i", 1)),
        DispatchSent(dispatch("p3", "other")),
        DispatchChanged(dispatch("p1", "i", 1, DispatchState.SIGNED), "signed"),
        GuardChanged(guard),
        *(TimelineAdded(entry) for entry in entries),
        SiteImported("demo"),
    ):
        board.apply(fact)

    assert board.incidents["i"].state is IncidentState.ACCEPTED
    assert [(d.id, d.state.value) for d in board.dispatches_of("i")] == [("p1", "signed"), ("p2", "sent")]
    assert board.guards == {"G01": guard}
    assert board.timeline == {"i": entries}


def ended(number: int) -> Incident:
    """Received later the higher its number."""
    made = incident(f"i{number}", IncidentState.CLOSED)
    return replace(made, received_at=AT + timedelta(minutes=number))


def call(no: str, of: str) -> Call:
    return Call(
        id=no,
        incident=of,
        kind=CallKind.POLICE,
        direction=CallDirection.OUT,
        party="110",
        number="110",
        began_at=AT,
        ended_at=AT,
        outcome=CallOutcome.ACCEPTED,
        by="wang",
        by_name="王某",
        workstation="SEAT-1",
    )


def run(no: str, of: str, state: PlanRunState) -> PlanRun:
    return PlanRun(PlanRunId(no), PlanId("p"), 1, PlanText("预案"), of, "wang", "王某", AT, (), state=state)


def hang_on(board: Board, one: Incident) -> None:
    """An order, a line of its log, a call and a plan carried out to its end."""
    no = one.id
    for fact in (
        DispatchSent(dispatch(f"d{no}", no)),
        TimelineAdded(TimelineEntry(f"t{no}", no, AT, "王某", "opened")),
        CallLogged(call(f"c{no}", no)),
        PlanRunChanged(run(f"r{no}", no, PlanRunState.COMPLETED), "completed"),
    ):
        board.apply(fact)


def test_of_ended_incidents_the_newest_stay_with_what_hangs_on_them() -> None:
    """Five more than the board has room for, the newest ended first: the five received first leave."""
    board, wanted = Board(), {f"i{number}" for number in range(5, ENDED_ON_BOARD + 5)}
    for number in reversed(range(ENDED_ON_BOARD + 5)):
        board.apply(IncidentOpened(replace(ended(number), state=IncidentState.NEW)))
        hang_on(board, ended(number))
    for number in reversed(range(ENDED_ON_BOARD + 5)):
        board.apply(IncidentChanged(ended(number), "closed"))
        board.apply(TimelineAdded(TimelineEntry("x", ended(number).id, AT, "王某", "closed")))

    assert set(board.incidents) == set(board.timeline) == wanted
    for held in (board.dispatches, board.calls, board.plan_runs):
        assert {one.incident for one in held.values()} == wanted


def test_no_open_incident_leaves_and_no_plan_that_still_runs() -> None:
    board = Board()
    board.apply(IncidentOpened(incident("open")))
    hang_on(board, incident("open"))
    board.apply(IncidentChanged(ended(-1), "closed"))
    board.apply(PlanRunChanged(run("runs", "i-1", PlanRunState.RUNNING), "started"))
    for number in range(2 * ENDED_ON_BOARD):
        board.apply(IncidentChanged(ended(number), "closed"))

    assert "open" in board.incidents
    assert [order.id for order in board.dispatches_of("open")] == ["dopen"]
    assert len(board.incidents) == ENDED_ON_BOARD + 1
    assert set(board.plan_runs) == {"ropen", "runs"}


def test_an_ended_incident_in_front_of_somebody_stays_until_they_leave_it() -> None:
    board = Board()
    board.apply(IncidentOpened(incident("i0")))
    hang_on(board, ended(0))
    board.in_front = frozenset({"i0"})
    for number in range(ENDED_ON_BOARD + 1):
        board.apply(IncidentChanged(ended(number), "closed"))
    assert len(board.incidents) == ENDED_ON_BOARD + 1
    assert board.timeline["i0"]

    board.in_front = frozenset()
    board.apply(IncidentChanged(ended(ENDED_ON_BOARD + 1), "closed"))
    assert ("i0" in board.incidents, len(board.incidents)) == (False, ENDED_ON_BOARD)
    assert (board.timeline, board.dispatches) == ({}, {})


ALARM_FACTS = st.builds(
    lambda no, state, count: AlarmChanged(alarm(no, state=state, occurrence_count=count), "moved"),
    st.sampled_from("abc"),
    st.sampled_from(AlarmState),
    st.integers(1, 9),
)


@given(facts=st.lists(ALARM_FACTS, max_size=20))
def test_the_last_fact_of_each_alarm_alone_gives_the_same_queue(facts: list[Fact]) -> None:
    followed, late = Board(), Board()
    last: dict[str, Fact] = {}
    for fact in facts:
        followed.apply(fact)
        assert isinstance(fact, AlarmChanged)
        last[fact.alarm.id] = fact
    for fact in last.values():
        late.apply(fact)

    assert followed.queue() == late.queue()
