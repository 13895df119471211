"""The check-in clock: each level once, whoever is killed, whatever the clock is set to."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from services.alarms.center import AlarmCenter
from services.core.clock import ManualClock
from services.dispatch.desk import DispatchDesk
from services.domain.classes import Priority
from services.domain.incidents import Dispatch, DispatchState
from services.domain.people import Session
from services.domain.site import Site
from services.people.checkins import CheckInClock
from services.people.statuses import StatusDesk
from services.storage import Database

WARN_S, CRITICAL_S = 300, 600


@pytest.fixture
def new_clock(
    database: Database, clock: ManualClock, site: Site, center: AlarmCenter
) -> Callable[[], CheckInClock]:
    """A hub's own, as after each start."""
    return lambda: CheckInClock(database, clock, lambda: site, center)


def overdue(database: Database) -> int:
    return database.read(lambda view: view.guards.get("G34")).overdue


def alarms(database: Database) -> list[tuple[str, Priority]]:
    return [(a.name, a.priority) for a in database.read(lambda view: view.alarms.open())]


def test_a_silent_guard_is_a_warning_then_an_alarm_each_once(
    database: Database,
    clock: ManualClock,
    send: Callable[[str], Dispatch],
    new_clock: Callable[[], CheckInClock],
) -> None:
    sent = send("G34")
    ticking = new_clock()
    seen = []
    for _ in range(CRITICAL_S + 20):
        clock.advance(1)
        if ticking.tick():
            at_s = (clock.now() - sent.sent_at).total_seconds()
            seen.append((at_s, overdue(database), len(alarms(database))))
    assert seen == [(WARN_S, 1, 0), (CRITICAL_S, 2, 1)]
    assert alarms(database) == [("保安逾时未报平安：谢四", Priority.P2)]
    lines = [entry.what for entry in database.read(lambda view: view.timeline_of(sent.incident))]
    assert lines[-2:] == ["guard.overdue", "guard.critical"]


def test_a_new_hub_repeats_nothing_and_misses_nothing(
    database: Database,
    clock: ManualClock,
    send: Callable[[str], Dispatch],
    new_clock: Callable[[], CheckInClock],
) -> None:
    send("G34")
    clock.advance(WARN_S)
    assert new_clock().tick() == 1
    assert new_clock().tick() == 0
    clock.advance(CRITICAL_S - WARN_S)
    assert new_clock().tick() == 1
    assert new_clock().tick() == 0
    assert (overdue(database), len(alarms(database))) == (2, 1)


def test_two_hubs_at_once_raise_one_alarm(
    database: Database,
    clock: ManualClock,
    send: Callable[[str], Dispatch],
    new_clock: Callable[[], CheckInClock],
) -> None:
    send("G34")
    one, other = new_clock(), new_clock()
    clock.advance(CRITICAL_S)
    state = database.read(lambda view: view.guards.get("G34"))
    one.tick()
    # As if the other had read before the first wrote.
    assert not other._pass_limits(state)
    assert len(alarms(database)) == 1


def test_a_clock_that_is_set_neither_hurries_nor_delays_it(
    clock: ManualClock,
    send: Callable[[str], Dispatch],
    new_clock: Callable[[], CheckInClock],
    expected_log: Callable[..., None],
) -> None:
    expected_log("clock.was_set")
    send("G34")
    ticking = new_clock()
    ticking.tick()
    clock.set_wall(3600)
    assert ticking.tick() == 0
    clock.set_wall(-3 * 3600)
    clock.advance(WARN_S - 1)
    assert ticking.tick() == 0
    clock.advance(1)
    assert ticking.tick() == 1


def test_a_step_of_the_order_and_a_word_by_radio_begin_it_anew(
    clock: ManualClock,
    desk: StatusDesk,
    dispatches: DispatchDesk,
    operator: Session,
    send: Callable[[str], Dispatch],
    new_clock: Callable[[], CheckInClock],
) -> None:
    sent = send("G34")
    ticking = new_clock()
    clock.advance(WARN_S - 1)
    for step in (DispatchState.SIGNED, DispatchState.EN_ROUTE):
        dispatches.advance(operator, sent.id, step)
    clock.advance(WARN_S)
    assert ticking.tick() == 1
    assert desk.check_in(operator, "G34").overdue == 0
    clock.advance(WARN_S - 1)
    assert ticking.tick() == 0


def test_who_is_not_sent_is_not_asked_after(
    clock: ManualClock, new_clock: Callable[[], CheckInClock]
) -> None:
    ticking = new_clock()
    clock.advance(24 * 3600)
    assert ticking.tick() == 0
