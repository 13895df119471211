"""The board that every screen shows follows the facts, and a late reader ends with the same board."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.domain.alarms import Alarm, AlarmId, AlarmState
from services.domain.board import Board
from services.domain.classes import AlarmClass, Priority
from services.domain.facts import (
    AlarmChanged,
    AlarmRaised,
    AlarmRepeated,
    DispatchChanged,
    DispatchSent,
    Fact,
    GuardChanged,
    IncidentChanged,
    IncidentOpened,
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
