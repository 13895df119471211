"""Who must be told is told exactly once, whatever happens to the hub; no workstation is needed for it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from services.alarms.center import AlarmCenter
from services.alarms.desk import AlarmDesk
from services.alarms.limits import LimitDesk
from services.alarms.shelving import Shelving
from services.core.clock import ManualClock
from services.core.ids import new_id
from services.core.settings import Settings
from services.domain.alarms import AlarmSource, Qualifier, Signal
from services.domain.classes import Priority
from services.domain.people import Role, Session
from services.domain.site import Site
from services.storage import Database
from tests.services.hub.test_power import HubProcess

Wait = Callable[..., object]
BOSS = Session("boss", "处长", Role.SUPERVISOR, "S9")
WANG = Session("wang", "王", Role.OPERATOR, "S1")


@pytest.fixture
def hub_process(settings: Settings, database: Database, site: Site) -> Iterator[HubProcess]:
    assert database.read(lambda view: view.site()) == site
    hub = HubProcess(settings)
    yield hub
    hub.kill()


def press(database: Database, site: Site, zone: int, at: datetime) -> str:
    """A panic button of panel A1 that was pressed at `at`, while no hub was there to escalate."""
    signal = Signal(AlarmSource.DC09, "1001", "120", zone, Qualifier.NEW, at, new_id())
    return AlarmCenter(database, ManualClock(at), site, lambda _zone: ()).receive([signal])[0].alarm


def tell_at(database: Database, *escalate_s: float) -> None:
    """Lay down when the levels of P1 are told."""
    desk = LimitDesk(database)
    limits = desk.read()
    wanted = {**limits, Priority.P1: replace(limits[Priority.P1], escalate_s=escalate_s)}
    desk.lay_down(BOSS, limits, wanted)


def levels(database: Database, alarm: str) -> list[int]:
    return [notice.level for notice in database.read(lambda view: view.notices.of(alarm))]


def test_a_hub_killed_between_two_levels_tells_each_once(
    hub_process: HubProcess, database: Database, site: Site, wait_until: Wait
) -> None:
    # The second level is due when the hub has been killed, and before it is back.
    tell_at(database, 20, 6000)
    alarm = press(database, site, 1, datetime.now(UTC) - timedelta(seconds=30))
    hub_process.start()
    wait_until(lambda: levels(database, alarm) == [1])
    hub_process.kill()
    tell_at(database, 20, 25)
    hub_process.start()
    wait_until(lambda: levels(database, alarm) == [1, 2])


def test_a_hub_killed_at_any_moment_tells_nobody_twice_and_forgets_nobody(
    hub_process: HubProcess, database: Database, site: Site, wait_until: Wait
) -> None:
    now, chance = datetime.now(UTC), random.Random(7)
    # Their first level falls due one after the other while the hub dies and comes back.
    alarms = [press(database, site, zone, now - timedelta(seconds=20 - zone * 0.6)) for zone in range(1, 21)]

    def told() -> int:
        return sum(len(levels(database, alarm)) for alarm in alarms)

    # Some hubs die while they start, the others just when they have told a few.
    for more in (0, chance.randint(1, 3), 0, chance.randint(1, 3)):
        before = told()
        hub_process.start()
        wait_until(lambda least=before + more: told() >= least)
        hub_process.kill()
    hub_process.start()
    wait_until(lambda: all(levels(database, alarm)[:1] == [1] for alarm in alarms))
    for alarm in alarms:
        stored = database.read(lambda view, id_=alarm: view.alarms.get(id_))
        told = levels(database, alarm)
        assert told == list(range(1, len(told) + 1))
        assert len(told) >= stored.escalation_level


def test_a_hub_started_after_the_crash_brings_the_shelved_back_and_sounds_again(
    hub_process: HubProcess, database: Database, site: Site, wait_until: Wait
) -> None:
    past = ManualClock(datetime.now(UTC) - timedelta(minutes=2))
    beam = Signal(AlarmSource.DC09, "1001", "131", 0, Qualifier.NEW, past.now(), new_id())
    shelved = AlarmCenter(database, past, site, lambda _zone: ()).receive([beam])[0].alarm
    Shelving(database, past).shelve(WANG, shelved, 1, "检修")
    panic = press(database, site, 3, past.now())
    AlarmDesk(database, past).silence(WANG, panic)
    hub_process.start()

    def is_back() -> bool:
        def both(alarm: str) -> tuple[bool, bool]:
            found = database.read(lambda view: view.alarms.get(alarm))
            return found.shelf is None, found.silenced_at is None

        return both(shelved)[0] and both(panic)[1]

    wait_until(is_back)
