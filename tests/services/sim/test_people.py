"""Guards that walk when they are sent, on a real record and a clock that the test moves."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from services.campus.routes import Routes
from services.core.bus import Bus
from services.core.clock import ManualClock, SystemClock
from services.core.ids import new_id
from services.dispatch.desk import DispatchDesk, Order, import_site
from services.domain.alarms import Alarm, AlarmId, AlarmSource, AlarmState, Qualifier
from services.domain.classes import AlarmClass, Priority
from services.domain.facts import DispatchChanged, DispatchSent
from services.domain.incidents import Dispatch, DispatchState, Feedback
from services.domain.people import GuardState, GuardStatus, Role, Session
from services.domain.site import Site
from services.sim.people import RUN_MPS, GuardForce
from services.storage import ChangeFeed, Database
from tests.campus import read_demo_site
from tests.records import new_record

START_AT = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
OPERATOR = Session("wang", "王某", Role.OPERATOR, "seat-1")
ADMINISTRATOR = Session("admin", "管理员", Role.ADMINISTRATOR, "seat-1")


@pytest.fixture(scope="module")
def site() -> Site:
    return read_demo_site()


@pytest.fixture(scope="module")
def routes(site: Site) -> Routes:
    return Routes(site)


@pytest.fixture
def database(tmp_path: Path, site: Site) -> Iterator[Database]:
    with new_record(tmp_path / "record.db") as database:
        import_site(database, ADMINISTRATOR, site)
        yield database


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START_AT)


@pytest.fixture
def alarm(database: Database, site: Site) -> Alarm:
    zone = site.zone("Z01")
    assert zone is not None
    now = datetime.now(UTC)
    return database.write(
        lambda tx: tx.alarms.add(
            Alarm(
                AlarmId(new_id()),
                "BJ20261124-0001",
                AlarmSource.DC09,
                new_id(),
                AlarmClass.PANIC,
                Priority.P1,
                Qualifier.NEW,
                "120",
                "",
                "A1",
                "Z01",
                1,
                zone.name,
                zone.name_en,
                zone.place,
                zone.at,
                ("C01",),
                now,
                now,
                state=AlarmState.CLAIMED,
                owner="wang",
                owner_name="王某",
            )
        )
    )


class Day:
    """The force, its desk, and the seconds that pass."""

    def __init__(self, database: Database, clock: ManualClock, routes: Routes, site: Site) -> None:
        self.database = database
        self.clock = clock
        self.bus = Bus()
        self.desk = DispatchDesk(database, clock, routes, site)
        self.parts = (self.bus, self.desk, routes, clock)
        self.force = GuardForce(database, *self.parts)

    def send(self, alarm: Alarm, guard: str = "G34") -> Dispatch:
        dispatch = self.desk.send(OPERATOR, Order(guard, "去", alarm_id=alarm.id))
        self.force.hear(dispatch)
        return dispatch

    def pass_s(self, seconds: float) -> None:
        for _ in range(round(seconds / 0.5)):
            self.clock.advance(0.5)
            self.force.step()

    def dispatch(self, dispatch: Dispatch) -> Dispatch:
        return self.database.read(lambda view: view.dispatches.get(dispatch.id))

    def guard(self, no: str = "G34") -> GuardState:
        return self.database.read(lambda view: view.guards.get(no))


@pytest.fixture
def day(database: Database, clock: ManualClock, routes: Routes, site: Site) -> Day:
    return Day(database, clock, routes, site)


def seconds(later: datetime | None, earlier: datetime | None) -> float:
    assert later is not None
    assert earlier is not None
    return (later - earlier).total_seconds()


def test_a_guard_who_is_sent_signs_walks_arrives_and_reports_done(day: Day, alarm: Alarm) -> None:
    dispatch = day.send(alarm)
    day.pass_s(60)
    done = day.dispatch(dispatch)
    assert done.state is DispatchState.DONE
    assert seconds(done.delivered_at, done.sent_at) == pytest.approx(1, abs=0.5)
    assert seconds(done.signed_at, done.delivered_at) == pytest.approx(2, abs=0.5)
    assert seconds(done.en_route_at, done.signed_at) == pytest.approx(1, abs=0.5)
    # 36 m to (472, 180), 11.5 m on, 7.6 m up to the booth: 55.1 m at 4 m/s.
    assert done.distance_m == pytest.approx(55.1, abs=0.1)
    assert seconds(done.on_scene_at, done.en_route_at) == pytest.approx(55.1 / 4, abs=1.0)
    assert seconds(done.done_at, done.on_scene_at) == pytest.approx(15, abs=0.5)


def test_positions_move_along_the_route_at_running_speed_once_a_second(
    day: Day, alarm: Alarm, routes: Routes
) -> None:
    way = routes.route(day.guard().at, alarm.at or (0, 0)).line
    day.send(alarm)
    day.pass_s(5)
    seen = []
    while day.guard().status is GuardStatus.EN_ROUTE:
        day.pass_s(1)
        seen.append(day.guard().at)
    moves = [math.dist(a, b) for a, b in pairwise(seen)]
    assert len(seen) >= 12
    assert all(move <= RUN_MPS * 1.51 for move in moves)
    assert seen[-1] == way[-1]
    assert day.guard().position_source == "sim"


def test_after_the_work_the_guard_goes_back_and_is_free_for_the_next_order(
    day: Day, alarm: Alarm, site: Site
) -> None:
    day.send(alarm, "G01")  # on post at the east gate
    day.pass_s(30)
    assert day.guard("G01").status in (GuardStatus.AVAILABLE, GuardStatus.ON_POST)
    day.pass_s(20)
    home = site.guard("G01")
    assert home is not None
    assert day.guard("G01").status is GuardStatus.ON_POST
    assert math.dist(day.guard("G01").at, home.at) < 2.0


def test_a_guard_who_is_called_off_stops_and_walks_home(day: Day, alarm: Alarm, site: Site) -> None:
    dispatch = day.send(alarm)
    day.pass_s(10)
    assert day.guard().status is GuardStatus.EN_ROUTE
    day.force.hear(day.desk.cancel(OPERATOR, dispatch.id, "误报"))
    day.pass_s(60)
    assert day.dispatch(dispatch).state is DispatchState.CANCELLED
    home = site.guard("G34")
    assert home is not None
    assert math.dist(day.guard().at, home.at) < 1.0


def test_a_guard_obeys_the_operator_who_is_faster(day: Day, alarm: Alarm) -> None:
    dispatch = day.send(alarm)
    day.pass_s(0.5)
    # nobody tells the force: its own next step must find out by itself
    for state in (DispatchState.DELIVERED, DispatchState.SIGNED, DispatchState.EN_ROUTE):
        day.desk.advance(OPERATOR, dispatch.id, state)
    day.pass_s(60)
    assert day.dispatch(dispatch).state is DispatchState.DONE


def test_a_force_that_is_restarted_goes_on_with_what_is_running(
    day: Day, alarm: Alarm, database: Database
) -> None:
    dispatch = day.send(alarm)
    day.pass_s(10)
    left_at = day.guard().at
    day.force = GuardForce(database, *day.parts)
    day.pass_s(2)
    assert math.dist(day.guard().at, left_at) < 2.5 * RUN_MPS
    day.pass_s(50)
    assert day.dispatch(dispatch).state is DispatchState.DONE


def test_late_news_of_what_the_guard_did_already_changes_nothing(day: Day, alarm: Alarm) -> None:
    first = dispatch = day.send(alarm)
    for _ in range(120):
        day.pass_s(0.5)
        day.force.hear(first)
    done = day.dispatch(dispatch)
    assert seconds(done.signed_at, done.sent_at) == pytest.approx(3, abs=1.0)
    assert seconds(done.on_scene_at, done.en_route_at) == pytest.approx(55.1 / 4, abs=1.0)


def test_feedback_is_left_to_the_operator(day: Day, alarm: Alarm) -> None:
    dispatch = day.send(alarm)
    day.pass_s(120)
    assert day.dispatch(dispatch).state is DispatchState.DONE
    report = Feedback(dispatch.id, START_AT, "", "", "误触")
    assert day.desk.give_feedback(OPERATOR, report).state is DispatchState.CLOSED


def test_two_guards_walk_at_the_same_time(day: Day, alarm: Alarm) -> None:
    first, second = day.send(alarm, "G34"), day.send(alarm, "G42")
    day.pass_s(90)
    assert day.dispatch(first).state is DispatchState.DONE
    assert day.dispatch(second).state is DispatchState.DONE


def test_a_record_that_is_away_is_waited_for(
    day: Day, alarm: Alarm, expected_log: Callable[..., None]
) -> None:
    expected_log("people.waiting")
    dispatch = day.send(alarm)
    day.pass_s(2)
    day.database.close()
    day.pass_s(3)
    day.database.open()
    day.pass_s(60)
    assert day.dispatch(dispatch).state is DispatchState.DONE


def test_on_the_record_of_another_campus_it_moves_nobody(
    day: Day, alarm: Alarm, database: Database, site: Site, expected_log: Callable[..., None]
) -> None:
    expected_log("people.other_campus")
    database.write(lambda tx: tx.replace_site(replace(site, code="real")))
    dispatch = day.send(alarm)
    day.pass_s(60)
    assert day.dispatch(dispatch).state is DispatchState.SENT


def test_its_own_thread_hears_the_feed_and_moves_the_guard(
    database: Database, routes: Routes, site: Site, alarm: Alarm, wait_until: Callable[..., object]
) -> None:
    bus = Bus()
    desk = DispatchDesk(database, SystemClock(), routes, site)
    force = GuardForce(database, bus, desk, routes, SystemClock(), pace=20)
    feed = ChangeFeed(database, bus)
    heard: list[object] = []
    bus.subscribe(DispatchSent, heard.append)
    bus.subscribe(DispatchChanged, heard.append)
    feed.start(database.read(lambda view: view.board()).seq)
    force.start()
    try:
        dispatch = desk.send(OPERATOR, Order("G34", "去", alarm_id=alarm.id))
        wait_until(
            lambda: database.read(lambda view: view.dispatches.get(dispatch.id)).state is DispatchState.DONE,
        )
    finally:
        force.stop()
        feed.stop()
    assert len(heard) >= 5
