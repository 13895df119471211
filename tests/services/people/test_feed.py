"""Positions by a feed: thinned, in order, each with its source; calls for help go through at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from services.core.clock import ManualClock
from services.dispatch.desk import DispatchDesk
from services.domain.incidents import Dispatch
from services.domain.people import GuardState, GuardStatus, Session
from services.domain.positions import GuardReport, Heard, is_stale
from services.domain.site import Point, Site
from services.people.calls import DuressLine
from services.people.feed import GuardFeed
from services.people.statuses import StatusDesk
from services.storage import Database


@pytest.fixture
def feed(database: Database, clock: ManualClock, site: Site, duress: DuressLine) -> GuardFeed:
    return GuardFeed(database, clock, lambda: site, duress)


def state_of(database: Database, guard: str) -> GuardState:
    return database.read(lambda view: view.guards.get(guard))


def at(guard: str, point: Point | None, **more: object) -> GuardReport:
    return replace(GuardReport(guard, point, "Q1"), **more)  # type: ignore[arg-type]


def rows_since(database: Database, seq: int) -> int:
    return len(database.read(lambda view: view.changes_after(seq, 100_000)))


def test_44_guards_who_report_each_second_write_a_row_each_quarter_of_a_minute_at_most(
    database: Database, clock: ManualClock, site: Site, feed: GuardFeed
) -> None:
    clock.advance(1)
    before = database.read(lambda view: view.seq)
    for second in range(60):
        # Everybody walks at 1.4 m/s: 15 s are 21 m.
        feed.offer([at(guard.no, (100 + 1.4 * second, 100.0)) for guard in site.guards])
        feed.tick()
        clock.advance(1)
    # The first of each, then at 15, 30 and 45 s: 4 of 60.
    assert rows_since(database, before) == 44 * 4


def test_who_stands_still_is_written_once_a_minute(
    database: Database, clock: ManualClock, feed: GuardFeed
) -> None:
    clock.advance(1)
    before = database.read(lambda view: view.seq)
    for _ in range(121):
        feed.offer([at("G34", (100.0, 100.0))])
        feed.tick()
        clock.advance(1)
    assert rows_since(database, before) == 3
    assert state_of(database, "G34").position_source == "feed"


def test_who_is_sent_is_followed_each_three_seconds(
    database: Database, clock: ManualClock, feed: GuardFeed, send: Callable[[str], Dispatch]
) -> None:
    send("G34")
    clock.advance(1)
    before = database.read(lambda view: view.seq)
    for second in range(30):
        feed.offer([at("G34", (100 + 4.0 * second, 100.0))])
        feed.tick()
        clock.advance(1)
    assert rows_since(database, before) == 10


def test_what_comes_late_is_not_written_over_what_is_newer(
    database: Database, clock: ManualClock, feed: GuardFeed
) -> None:
    clock.advance(600)
    feed.offer([at("G34", (100.0, 100.0), told_at=clock.now())])
    feed.tick()
    feed.offer([at("G34", (200.0, 200.0), told_at=clock.now() - timedelta(seconds=90))])
    feed.tick()
    assert state_of(database, "G34").at == (100.0, 100.0)


def test_what_another_hub_wrote_between_reading_and_writing_is_not_written_over(
    database: Database, clock: ManualClock, site: Site, duress: DuressLine
) -> None:
    clock.advance(600)
    newer, older = clock.now(), clock.now() - timedelta(seconds=30)

    def site_of_the_moment() -> Site:
        # The feed asks for the site when it has read who is where and is about to write.
        if racing:
            racing.clear()
            other.offer([at("G34", (100.0, 100.0), told_at=newer)])
            other.tick()
        return site

    racing: list[bool] = []
    other = GuardFeed(database, clock, lambda: site, duress)
    late = GuardFeed(database, clock, site_of_the_moment, duress)
    late.offer([at("G34", (200.0, 200.0), told_at=older)])
    racing.append(True)
    late.tick()

    assert racing == []
    assert (state_of(database, "G34").at, state_of(database, "G34").position_at) == ((100.0, 100.0), newer)


def test_a_device_whose_clock_is_ahead_is_not_believed(
    database: Database, clock: ManualClock, feed: GuardFeed
) -> None:
    clock.advance(5)
    feed.offer([at("G34", (100.0, 100.0), told_at=clock.now() + timedelta(days=1))])
    feed.tick()
    assert state_of(database, "G34").position_at == clock.now()


def test_a_buffered_position_keeps_its_own_age(
    database: Database, clock: ManualClock, feed: GuardFeed
) -> None:
    clock.advance(600)
    told_at = clock.now() - timedelta(minutes=5)
    feed.offer([at("G34", (100.0, 100.0), told_at=told_at)])
    feed.tick()
    state = state_of(database, "G34")
    assert state.position_at == told_at
    assert is_stale(state, clock.now())


def test_strangers_and_places_off_the_plan_are_logged_once_and_change_nothing(
    database: Database, clock: ManualClock, feed: GuardFeed, expected_log: Callable[..., None]
) -> None:
    expected_log("guard_feed.ignored")
    clock.advance(1)
    before = database.read(lambda view: view.seq)
    for _ in range(5):
        feed.offer([at("G99", (1.0, 1.0)), at("G34", (-5.0, 1.0))])
        feed.tick()
        clock.advance(20)
    assert rows_since(database, before) == 0


def test_a_call_is_one_alarm_at_the_reported_place_however_long_the_button_is_held(
    database: Database, clock: ManualClock, feed: GuardFeed
) -> None:
    for _ in range(10):
        clock.advance(1)
        feed.answer(feed.offer([at("G34", (75.0, 196.0), is_duress=True)]))
    (alarm,) = database.read(lambda view: view.alarms.open())
    assert (alarm.at, alarm.place) == ((75.0, 196.0), "第一食堂岗")
    assert state_of(database, "G34").status is GuardStatus.DURESS


def test_a_button_pressed_again_after_the_guard_was_helped_is_another_alarm(
    database: Database, clock: ManualClock, feed: GuardFeed, desk: StatusDesk, operator: Session
) -> None:
    feed.answer(feed.offer([at("G34", None, is_duress=True)]))
    desk.set_status(operator, "G34", GuardStatus.AVAILABLE, "误触")
    clock.advance(5)
    feed.answer(feed.offer([at("G34", None, is_duress=True)]))
    assert len(database.read(lambda view: view.alarms.open())) == 1
    feed.answer(feed.offer([at("G34", None)]))
    clock.advance(5)
    feed.answer(feed.offer([at("G34", None, is_duress=True)]))
    assert len(database.read(lambda view: view.alarms.open())) == 2


def test_a_second_call_by_a_device_that_never_says_released_is_another_alarm(
    database: Database, clock: ManualClock, feed: GuardFeed, desk: StatusDesk, operator: Session
) -> None:
    call = at("G34", None, is_duress=True)
    assert feed.answer(feed.offer([call])) is Heard.STORED
    desk.set_status(operator, "G34", GuardStatus.AVAILABLE, "已到场")
    clock.advance(60)
    assert feed.answer(feed.offer([call])) is Heard.STORED
    assert len(database.read(lambda view: view.alarms.open())) == 2
    assert state_of(database, "G34").status is GuardStatus.DURESS


def test_only_what_stands_in_the_record_is_called_stored(
    clock: ManualClock, feed: GuardFeed, desk: StatusDesk, operator: Session
) -> None:
    call, sign = at("G34", None, is_duress=True), at("G34", None, is_check_in=True)
    assert feed.answer(feed.offer([sign])) is Heard.NOTED  # nobody has sent them
    feed.answer(feed.offer([call]))
    clock.advance(59)
    assert feed.answer(feed.offer([call])) is Heard.STORED  # the open alarm says it
    desk.set_status(operator, "G34", GuardStatus.AVAILABLE, "误触")
    clock.advance(59)
    assert feed.answer(feed.offer([call])) is Heard.NOTED  # the button is held, the call is over


def test_a_sign_of_life_by_feed_counts_for_who_is_sent(
    database: Database, clock: ManualClock, feed: GuardFeed, send: Callable[[str], Dispatch]
) -> None:
    send("G34")
    clock.advance(200)
    feed.answer(feed.offer([at("G34", None, is_check_in=True), at("G35", None, is_check_in=True)]))
    assert state_of(database, "G34").checkin_at == clock.now()
    assert state_of(database, "G35").checkin_at is None


def test_positions_age_by_what_told_them(
    database: Database, clock: ManualClock, dispatches: DispatchDesk
) -> None:
    minutes = {"feed": 3, "checkpoint": 41}
    for source, old in minutes.items():
        dispatches.report_position("G34", (100.0, 100.0), source)
        state = state_of(database, "G34")
        assert not is_stale(state, state.position_at + timedelta(minutes=old - 1))
        assert is_stale(state, state.position_at + timedelta(minutes=old))
    at_post = state_of(database, "G01")
    assert not is_stale(at_post, clock.now() + timedelta(hours=8))
    assert is_stale(replace(at_post, status=GuardStatus.DISPATCHED), clock.now())
