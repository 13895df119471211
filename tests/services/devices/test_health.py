"""The record of camera health: one change is one event, whoever tells it and however often it flaps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest

from services.core.clock import ManualClock
from services.devices.health import HealthDesk
from services.devices.knocking import Knocker
from services.devices.reporting import SeatReporter
from services.domain.devices import CameraReport, HealthState
from services.domain.video import FeedStatus, StreamState
from services.storage import Database
from services.video import StreamAddress

AT = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
LIVE, OFFLINE, BLACK, UNSTABLE = (
    HealthState.LIVE,
    HealthState.OFFLINE,
    HealthState.BLACK,
    HealthState.UNSTABLE,
)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(AT)


@pytest.fixture
def desk(database: Database, clock: ManualClock) -> HealthDesk:
    return HealthDesk(database, clock)


def report(state: HealthState, after_s: float, *, has_picture: bool = True) -> CameraReport:
    error = "video.unreachable" if state is OFFLINE else ""
    return CameraReport("C01", state, AT + timedelta(seconds=after_s), error=error, has_picture=has_picture)


def tell(desk: HealthDesk, news: Sequence[tuple[HealthState, float]], seat: str = "seat-1") -> None:
    for state, after_s in news:
        desk.report([report(state, after_s)], seat)


def events(desk: HealthDesk) -> list[tuple[HealthState, int]]:
    """Oldest first: state and how many changes the event stands for."""
    return [(event.state, event.count) for event in reversed(desk.events_of("C01"))]


def facts(database: Database) -> int:
    rows = database.read(lambda view: view.changes_after(0, 1000))
    return sum(row.kind == "CameraHealthChanged" for row in rows)


def test_a_change_is_one_event_one_fact_and_the_present_state(desk: HealthDesk, database: Database) -> None:
    tell(desk, [(LIVE, 0), (OFFLINE, 100)])

    assert events(desk) == [(LIVE, 1), (OFFLINE, 1)]
    assert facts(database) == 2
    health = database.read(lambda view: view.camera_health.get("C01"))
    assert (health.state, health.error) == (OFFLINE, "video.unreachable")
    assert health.since_at == AT + timedelta(seconds=100)
    assert health.last_fault_at == health.since_at


def test_two_seats_that_see_the_same_change_make_one_event(desk: HealthDesk, database: Database) -> None:
    tell(desk, [(LIVE, 0), (OFFLINE, 100)], "seat-1")
    tell(desk, [(OFFLINE, 100.4)], "seat-2")

    assert events(desk) == [(LIVE, 1), (OFFLINE, 1)]
    assert facts(database) == 2


def test_a_report_that_was_overtaken_changes_nothing(desk: HealthDesk) -> None:
    tell(desk, [(LIVE, 0), (OFFLINE, 100), (LIVE, 99)])
    assert events(desk)[-1] == (OFFLINE, 1)


def test_four_changes_in_a_minute_are_one_unstable_event_until_a_quiet_minute(
    desk: HealthDesk, database: Database
) -> None:
    tell(desk, [(LIVE, 0)])
    # Changes at 100, 110, 120 are told; the fourth, at 130, makes it unstable; two more are only counted.
    tell(desk, [(OFFLINE, 100), (LIVE, 110), (OFFLINE, 120), (LIVE, 130), (OFFLINE, 140), (LIVE, 150)])
    assert events(desk) == [(LIVE, 1), (OFFLINE, 1), (LIVE, 1), (OFFLINE, 1), (UNSTABLE, 4)]
    told = facts(database)

    tell(desk, [(LIVE, 180), (LIVE, 209)])
    assert facts(database) == told
    tell(desk, [(LIVE, 211)])

    assert events(desk)[-1] == (LIVE, 6)
    assert database.read(lambda view: view.camera_health.get("C01")).state is LIVE


def test_an_answer_to_a_knock_heals_no_black_picture(desk: HealthDesk, database: Database) -> None:
    tell(desk, [(BLACK, 0)])
    desk.report([report(LIVE, 500, has_picture=False)], "hub")
    assert database.read(lambda view: view.camera_health.get("C01")).state is BLACK


def test_somebody_who_sees_pictures_is_believed_before_a_knock(desk: HealthDesk, database: Database) -> None:
    tell(desk, [(LIVE, 0)])
    desk.report([report(OFFLINE, 60, has_picture=False)], "hub")
    assert database.read(lambda view: view.camera_health.get("C01")).state is LIVE
    desk.report([report(OFFLINE, 120, has_picture=False)], "hub")
    assert database.read(lambda view: view.camera_health.get("C01")).state is OFFLINE


def test_rates_are_kept_without_an_event(desk: HealthDesk, database: Database) -> None:
    tell(desk, [(LIVE, 0)])
    desk.report(
        [CameraReport("C01", LIVE, AT + timedelta(seconds=30), source_fps=24.9, bit_rate=8e5, reconnects=2)],
        "seat-1",
    )
    health = database.read(lambda view: view.camera_health.get("C01"))
    assert (health.source_fps, health.bit_rate, health.reconnects) == (24.9, 8e5, 2)
    assert len(events(desk)) == facts(database) == 1


def test_uptime_is_the_part_of_the_last_day_without_trouble(desk: HealthDesk, clock: ManualClock) -> None:
    # Known for 10 h, of which 1 h offline: 9 / 10.
    tell(desk, [(LIVE, 0), (OFFLINE, 3600 * 4), (LIVE, 3600 * 5)])
    clock.advance(3600 * 10)
    _, uptimes = desk.overview()
    assert uptimes["C01"] == pytest.approx(0.9)


def test_uptime_looks_back_one_day_only(desk: HealthDesk, clock: ManualClock) -> None:
    # Offline from hour 0 to 30, seen at hour 42: the last 24 h hold 12 h of trouble.
    tell(desk, [(OFFLINE, 0), (LIVE, 3600 * 30)])
    clock.advance(3600 * 42)
    _, uptimes = desk.overview()
    assert uptimes["C01"] == pytest.approx(0.5)


def test_what_the_device_says_of_itself_is_kept(desk: HealthDesk, database: Database) -> None:
    tell(desk, [(LIVE, 0)])
    desk.note_device("C01", clock_offset_s=3.5, firmware="V5.7.1")
    desk.note_device("C01", clock_offset_s=None, firmware=None)
    health = database.read(lambda view: view.camera_health.get("C01"))
    assert (health.clock_offset_s, health.firmware) == (3.5, "V5.7.1")


def status(state: StreamState) -> FeedStatus:
    return FeedStatus(state, 0.1, 25.0, bit_rate=8e5)


def test_a_seat_tells_changes_at_once_and_the_rest_now_and_then() -> None:
    seat = SeatReporter()

    def states(state: StreamState, now_s: float) -> list[HealthState]:
        return [r.state for r in seat.news({"C01": status(state)}, AT, now_s)]

    assert states(StreamState.CONNECTING, 0.0) == []
    assert states(StreamState.LIVE, 1.0) == [LIVE]
    assert states(StreamState.LIVE, 2.0) == []
    assert states(StreamState.LATE, 3.0) == []
    assert states(StreamState.BLACK, 4.0) == [BLACK]
    assert states(StreamState.BLACK, 33.0) == []
    assert states(StreamState.BLACK, 34.0) == [BLACK]


def test_reconnects_are_counted_between_reports() -> None:
    seat = SeatReporter()
    seat.news({"C01": status(StreamState.LIVE)}, AT, 0.0)
    gone = seat.news({"C01": status(StreamState.RECONNECTING)}, AT, 1.0)
    seat.news({"C01": status(StreamState.RECONNECTING)}, AT, 2.0)
    back = seat.news({"C01": status(StreamState.LIVE)}, AT, 3.0)
    assert [r.reconnects for r in (*gone, *back)] == [1, 0]


def test_the_hub_finds_a_dead_camera_that_nobody_watches_with_a_second_knock(
    database: Database, clock: ManualClock, desk: HealthDesk
) -> None:
    desk.report([CameraReport("C02", LIVE, AT)], "seat-1")
    knocks: list[str] = []

    def is_there(address: StreamAddress) -> bool:
        knocks.append(address.url)
        return "C03" not in address.url

    changed = Knocker(database, clock, is_there, second_knock_s=0.0).once(Event())

    site = database.read(lambda view: view.site())
    assert site is not None
    dead = site.camera("C03")
    assert dead is not None
    assert {health.camera for health in changed if health.state is OFFLINE} == {"C03"}
    assert knocks.count(dead.sub_url) == 2
    assert not any("C02" in url for url in knocks), "a camera whose pictures are seen is not knocked at"


def test_a_round_of_knocks_ends_when_told_to_although_nobody_has_answered_yet(
    database: Database, clock: ManualClock, expected_log: Callable[..., None]
) -> None:
    expected_log("worker.did_not_stop")
    stop, release = Event(), Event()
    answered: list[bool] = []

    def is_there(_address: StreamAddress) -> bool:
        stop.set()
        answered.append(release.wait(20.0))
        return True

    try:
        assert Knocker(database, clock, is_there).once(stop) == []
        assert answered == []
    finally:
        release.set()
