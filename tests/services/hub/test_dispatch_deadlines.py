"""A dispatch's deadlines fire exactly once, with every workstation closed and whatever happens to the hub."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from services.alarms.center import AlarmCenter
from services.alarms.desk import AlarmDesk
from services.campus.routes import Routes
from services.core.clock import ManualClock
from services.core.ids import new_id
from services.core.settings import Settings
from services.dispatch.desk import DispatchDesk, Order, import_site
from services.domain.alarms import AlarmSource, Qualifier, Signal
from services.domain.incidents import Dispatch, DispatchState
from services.domain.people import Role, Session
from services.domain.site import Guard, GuardNo, Site
from services.storage import Database
from tests.services.hub.killable_hub import HubProcess

Wait = Callable[..., object]
WANG = Session("wang", "王", Role.OPERATOR, "S1")
ADMINISTRATOR = Session("admin", "管理员", Role.ADMINISTRATOR, "S1")
GUARDS = 12
ALL = ("sign", "arrive", "done")


@pytest.fixture
def guarded(database: Database, site: Site) -> Site:
    guards = tuple(
        Guard(GuardNo(f"G{number:02d}"), f"保安{number}", f"Guard {number}", "", "", (), None, (20.0, 20.0))
        for number in range(1, GUARDS + 1)
    )
    site = replace(site, guards=guards)
    import_site(database, ADMINISTRATOR, site)
    return site


@pytest.fixture
def hub_process(settings: Settings) -> Iterator[HubProcess]:
    hub = HubProcess(settings)
    yield hub
    hub.kill()


def send(database: Database, site: Site, number: int, at: datetime) -> Dispatch:
    """A guard sent at `at` to a panic button, by a seat that has been closed since."""
    clock = ManualClock(at)
    signal = Signal(AlarmSource.DC09, "1001", "120", number, Qualifier.NEW, at, new_id())
    alarm = AlarmCenter(database, clock, site, lambda _zone: ()).receive([signal])[0].alarm
    AlarmDesk(database, clock).claim(WANG, alarm)
    desk = DispatchDesk(database, clock, Routes(site), site)
    return desk.send(WANG, Order(f"G{number:02d}", "核实", alarm_id=alarm))


def late(database: Database, dispatch: Dispatch) -> tuple[str, ...]:
    return database.read(lambda view: view.dispatches.get(dispatch.id)).late


def told(database: Database, dispatch: Dispatch) -> dict[str, int]:
    """How often the timeline says so, by kind."""
    lines = database.read(lambda view: view.timeline_of(dispatch.incident))
    return Counter(line.what for line in lines if line.what.endswith("_late"))


def test_a_hub_killed_between_two_deadlines_flags_each_once(
    hub_process: HubProcess, database: Database, guarded: Site, wait_until: Wait
) -> None:
    # P1: to sign within 20 s, to be there within 180 s.
    dispatch = send(database, guarded, 1, datetime.now(UTC) - timedelta(seconds=30))
    hub_process.start()
    wait_until(lambda: late(database, dispatch) == ("sign",))
    hub_process.kill()
    # The second comes due while no hub is there, however fast this machine is.
    flagged = database.read(lambda view: view.dispatches.get(dispatch.id))
    database.write(lambda tx: tx.dispatches.save(replace(flagged, arrive_due_at=datetime.now(UTC))))
    hub_process.start()
    wait_until(lambda: late(database, dispatch) == ("sign", "arrive"))
    assert told(database, dispatch) == {"dispatch.sign_late": 1, "dispatch.arrive_late": 1}


def test_a_hub_killed_at_any_moment_flags_no_deadline_twice_and_forgets_none(
    hub_process: HubProcess, database: Database, guarded: Site, wait_until: Wait
) -> None:
    now, chance = datetime.now(UTC), random.Random(5)
    # Their orders fall due one after the other while the hub dies and comes back; done is due after 1800 s.
    sent = [
        send(database, guarded, number, now - timedelta(seconds=1800 - number * 0.8))
        for number in range(1, GUARDS + 1)
    ]
    for _ in range(3):
        hub_process.start()
        time.sleep(0.3 + chance.random())
        hub_process.kill()
    hub_process.start()
    wait_until(lambda: all(late(database, dispatch) == ALL for dispatch in sent))
    wanted = {f"dispatch.{name}_late": 1 for name in ALL}
    assert [told(database, dispatch) for dispatch in sent] == [wanted] * GUARDS


def test_what_was_met_while_the_hub_was_dead_is_not_late(
    hub_process: HubProcess, database: Database, guarded: Site, wait_until: Wait
) -> None:
    sent_at = datetime.now(UTC) - timedelta(seconds=60)
    met, missed = (send(database, guarded, number, sent_at) for number in (1, 2))
    desk = DispatchDesk(database, ManualClock(sent_at + timedelta(seconds=10)), Routes(guarded), guarded)
    desk.advance(WANG, met.id, DispatchState.SIGNED)
    hub_process.start()
    wait_until(lambda: late(database, missed) == ("sign",))
    assert late(database, met) == ()
