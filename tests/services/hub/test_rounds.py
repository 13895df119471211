"""One duty's trouble stops no other, and a beat is a promise that panels are heard."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from services.alarms.batch import Outcome
from services.alarms.center import AlarmCenter
from services.alarms.limits import LimitDesk
from services.alarms.response import ResponseClocks
from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.core.jobs import Jobs
from services.core.secrets import Secrets
from services.core.workers import Worker
from services.devices.onvif import OnvifDevice
from services.devices.ptz import HomeKeeper
from services.domain.alarms import AlarmSource, Qualifier, Signal
from services.domain.classes import Priority
from services.domain.clocks import DEFAULT_CLOCKS
from services.domain.people import Role, Session
from services.domain.site import Site
from services.hub.campus import Campus
from services.hub.heartbeat import Heartbeat
from services.hub.homes import Homes
from services.hub.keywatch import KeyReader
from services.hub.rounds import Rounds
from services.hub.supervision import Supervision
from services.storage import Database
from tests.waiting import LIMIT_S

STARTS_AT = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
MakeRounds = Callable[..., Rounds]


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(STARTS_AT)


@pytest.fixture
def rounds(database: Database, clock: ManualClock, site: Site) -> Iterator[MakeRounds]:
    """`rounds(is_receiving=…, response=…)` of a hub that has claimed the site."""
    plain = Campus(site, Secrets())
    jobs = Jobs("homes")

    def make(
        is_receiving: Callable[[], bool] = lambda: True,
        response: ResponseClocks | None = None,
        campus: Campus = plain,
        center: AlarmCenter | None = None,
    ) -> Rounds:
        heartbeat = Heartbeat(database, clock)
        heartbeat.claim_site()
        return Rounds(
            database=database,
            clock=clock,
            center=center or AlarmCenter(database, clock, site, campus.choose_feeds),
            campus=campus,
            supervision=Supervision(),
            heartbeat=heartbeat,
            response=response or ResponseClocks(database, clock),
            homes=Homes(HomeKeeper(database, clock, _no_device), clock, jobs),
            is_receiving=is_receiving,
            on_superseded=lambda: None,
        )

    yield make
    jobs.stop()


def _no_device(_camera: str) -> OnvifDevice:
    raise ServiceError("onvif.unsupported", what="onvif")


def beat_at(database: Database) -> datetime:
    beat = database.read(lambda view: view.last_hub_beat())
    assert beat is not None
    return beat.at


class Mistaken(ResponseClocks):
    """Response clocks with a mistake of ours in them."""

    def tick(self) -> int:
        raise KeyError("mistake")


def test_our_own_mistake_in_one_duty_stops_neither_the_beat_nor_the_next_round(
    rounds: MakeRounds,
    database: Database,
    clock: ManualClock,
    site: Site,
    expected_log: Callable[..., None],
    log_events: list[dict[str, object]],
) -> None:
    expected_log("rounds.failing", "panel.silent")
    press = Signal(AlarmSource.DC09, "1001", "120", 1, Qualifier.NEW, clock.now(), "press")
    AlarmCenter(database, clock, site, lambda _: ()).receive([press])
    broken = rounds(response=Mistaken(database, clock))
    for _ in range(3):
        clock.advance(1)
        assert broken.once()
    assert beat_at(database) == STARTS_AT + timedelta(seconds=3)
    clock.advance(100)
    assert broken.once()
    lost = [alarm.name for alarm in database.read(lambda view: view.alarms.open())]
    assert any(name.endswith("：通信中断") for name in lost)
    assert "rounds.failing" in [event["event"] for event in log_events]


class MistakenOnce(AlarmCenter):
    """An alarm centre with a mistake of ours in the first thing it is told."""

    is_mistaken = True

    def receive(self, signals: Sequence[Signal], *, deadline_s: float = 5.0) -> list[Outcome]:
        if self.is_mistaken:
            self.is_mistaken = False
            raise KeyError("mistake")
        return super().receive(signals, deadline_s=deadline_s)


def test_a_silent_panel_is_told_again_after_a_mistake_of_ours(
    rounds: MakeRounds,
    database: Database,
    clock: ManualClock,
    site: Site,
    expected_log: Callable[..., None],
) -> None:
    expected_log("rounds.failing", "panel.silent")
    running = rounds(center=MistakenOnce(database, clock, site, lambda _: ()))
    assert running.once()
    clock.advance(100)
    assert running.once()
    assert database.read(lambda view: view.alarms.open()) == []
    assert running.once()
    lost = [alarm.name for alarm in database.read(lambda view: view.alarms.open())]
    assert any(name.endswith("：通信中断") for name in lost)


def test_a_running_hub_takes_the_limits_that_are_laid_down(
    rounds: MakeRounds, database: Database, clock: ManualClock, site: Site
) -> None:
    press = Signal(AlarmSource.DC09, "1001", "120", 1, Qualifier.NEW, clock.now(), "press")
    AlarmCenter(database, clock, site, lambda _: ()).receive([press])
    running = rounds()

    def level() -> int:
        assert running.once()
        return database.read(lambda view: view.alarms.open())[0].escalation_level

    clock.advance(16)
    assert level() == 0
    boss = Session("boss", "保卫处长", Role.SUPERVISOR, "SEAT-9")
    shorter = replace(DEFAULT_CLOCKS[Priority.P1], escalate_s=(15.0, 60.0))
    LimitDesk(database).lay_down(boss, DEFAULT_CLOCKS, {**DEFAULT_CLOCKS, Priority.P1: shorter})
    assert level() == 1


def test_a_hub_that_hears_no_panel_does_not_say_that_it_serves_the_site(
    rounds: MakeRounds, database: Database, clock: ManualClock, expected_log: Callable[..., None]
) -> None:
    expected_log("hub.deaf")
    deaf = rounds(is_receiving=lambda: False)
    clock.advance(1)
    assert deaf.once()
    assert beat_at(database) == STARTS_AT


class HangingKeyring(Secrets):
    """Secrets whose reading waits for a keyring that does not answer."""

    def __init__(self) -> None:
        super().__init__()
        self.release = threading.Event()

    def refresh(self) -> None:
        self.release.wait(60.0)


def test_a_keyring_that_hangs_does_not_hold_the_beat_up(
    rounds: MakeRounds, database: Database, clock: ManualClock, site: Site
) -> None:
    keyring = HangingKeyring()
    campus = Campus(site, keyring)
    reader = Worker("keys", KeyReader(campus).run)
    reader.start()
    jobs = Jobs("round", threads=1)
    try:
        clock.advance(1)
        assert jobs.submit(rounds(campus=campus).once).result(LIMIT_S)
        assert beat_at(database) == STARTS_AT + timedelta(seconds=1)
    finally:
        keyring.release.set()
        jobs.stop()
        reader.stop()
