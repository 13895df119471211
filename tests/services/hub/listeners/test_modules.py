"""Modbus modules as the hub hears them: alarms, lost modules, a changing site, relays."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from services.alarms.drivers.base import Received, Source, Tell
from services.alarms.drivers.modbus import RelayOrder
from services.core.clock import Clock, ManualClock, SystemClock
from services.core.errors import ServiceError
from services.core.secrets import Secrets
from services.domain.alarms import Alarm
from services.domain.classes import AlarmClass
from services.domain.site import PanelProtocol, Site, ZoneNo
from services.hub import Hub
from services.hub.listeners import Listeners
from services.hub.sources import sources_of
from services.hub.tasks import end_tasks
from services.sim.modules import IoModule
from services.storage import Database

Alarms = Callable[[], Mapping[str, Alarm]]
Wait = Callable[..., object]


def test_a_broken_beam_is_an_alarm_of_its_zone(
    module: IoModule, open_alarms: Alarms, wait_until: Wait
) -> None:
    module.set_input(1, True)
    wait_until(open_alarms)
    (alarm,) = open_alarms().values()
    assert (alarm.zone, alarm.alarm_class, alarm.code_raw) == ("M1-2", AlarmClass.INTRUSION, "modbus:alarm")
    module.set_input(1, False)
    wait_until(lambda: not open_alarms()["2 号对射"].source_active)


def test_a_beam_that_is_still_broken_after_a_new_start_is_the_same_alarm(
    hub: Hub, module: IoModule, open_alarms: Alarms, wait_until: Wait, changed_site: Callable[..., None]
) -> None:
    """A changed panel is listened to anew; what it then finds active is not counted again."""
    module.set_input(0, True)
    wait_until(open_alarms)
    site = hub.site
    changed_site(zones=(*site.zones, replace(site.zones[0], no=ZoneNo("M1-9"), number=9, name="新防区")))
    module.set_input(8, True)
    wait_until(lambda: "新防区" in open_alarms())
    assert open_alarms()["1 号对射"].occurrence_count == 1
    assert open_alarms()["1 号对射"].source_active


def test_a_module_that_goes_away_is_a_communications_alarm_until_it_is_back(
    module: IoModule, open_alarms: Alarms, wait_until: Wait
) -> None:
    module.set_input(0, True)
    wait_until(open_alarms)
    module.stop()
    wait_until(lambda: "M1 模块：通信中断" in open_alarms())
    assert open_alarms()["M1 模块：通信中断"].alarm_class is AlarmClass.COMMS
    back = IoModule(port=int(module.address.rpartition(":")[2]))
    back.start()
    try:
        wait_until(lambda: not open_alarms()["M1 模块：通信中断"].source_active)
        wait_until(lambda: not open_alarms()["1 号对射"].source_active)
    finally:
        back.stop()


def test_a_module_that_cannot_be_reached_costs_the_others_nothing(
    database: Database, module: IoModule, open_alarms: Alarms, wait_until: Wait
) -> None:
    def is_lost() -> bool:
        open_ = database.read(lambda view: view.alarms.open())
        return any(alarm.panel == "M2" and alarm.name == "M2 模块：通信中断" for alarm in open_)

    wait_until(is_lost)
    module.set_input(0, True)
    wait_until(open_alarms)


@pytest.mark.parametrize(("order", "is_on"), [(RelayOrder.ON, True), (RelayOrder.PULSE, False)])
def test_a_relay_is_switched_from_any_thread_and_read_back(
    hub: Hub,
    module: IoModule,
    wait_until: Wait,
    order: RelayOrder,
    is_on: bool,
    expected_log: Callable[..., None],
) -> None:
    expected_log("modbus.pulse_ended_late")  # on a machine so busy that the module is lost during the pulse

    def answer() -> object:
        try:
            return (hub.relays.switch("M1", 5, order),)
        except ServiceError:  # not connected yet
            return None

    assert wait_until(answer) == (is_on,)
    assert module.relay(5) is is_on


@pytest.mark.parametrize(("panel", "code"), [("M2", "source.silent"), ("M7", "source.not_listened")])
def test_a_relay_that_cannot_be_reached_is_said_so(hub: Hub, panel: str, code: str) -> None:
    with pytest.raises(ServiceError) as refused:
        hub.relays.switch(panel, 5, RelayOrder.ON)
    assert refused.value.code in (code, "source.not_listened")


# --- the keeper itself, with listeners that misbehave -------------------------------------------------------


class Misbehaving:
    """Does as its panel is called; tries: one entry for each time it was run."""

    def __init__(self, source: Source, tries: list[str]) -> None:
        self._name = source.panel.name
        self._account = source.panel.account
        self._tries = tries

    async def run(self, tell: Tell) -> None:
        self._tries.append(self._name)
        match self._name:
            case "dies":
                raise RuntimeError("a mistake in a driver")
            case "hangs":
                await asyncio.Event().wait()
            case "falls silent":
                if len(self._tries) == 1:
                    await tell(Received(self._account))
                raise ServiceError("source.silent", address="")
            case "speaks":
                await tell(Received(self._account))
                await asyncio.Event().wait()


def keeper(site: Site, *, heard: set[str], lost: list[str], tries: list[str], clock: Clock) -> Listeners:
    async def take(_source: Source, received: Received) -> bool:
        heard.add(received.account)
        return True

    return Listeners(
        {PanelProtocol.MODBUS: lambda source, _clock: Misbehaving(source, tries)},
        wanted=lambda: sources_of(site, Secrets(), {PanelProtocol.MODBUS}),
        take=take,
        lost=lost.append,
        clock=clock,
    )


def named(site: Site, *names: str) -> Site:
    panel = site.panels[0]
    return replace(
        site,
        panels=tuple(
            replace(panel, no=f"P{index}", account=f"300{index}", name=name)
            for index, name in enumerate(names)
        ),
    )


def test_a_listener_that_dies_or_hangs_leaves_the_others_heard(
    site: Site, expected_log: Callable[..., None]
) -> None:
    expected_log("listener.failed")
    heard: set[str] = set()
    three = named(site, "dies", "hangs", "speaks")
    listeners = keeper(three, heard=heard, lost=[], tries=[], clock=SystemClock())

    async def story() -> None:
        running = asyncio.create_task(listeners.run())
        async with asyncio.timeout(5):
            while not heard:
                await asyncio.sleep(0)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    asyncio.run(story())
    assert heard == {"3002"}


@pytest.mark.parametrize(
    ("name", "away_s", "is_lost"),
    [("falls silent", 2.9, False), ("falls silent", 3.0, True), ("dies", 1000.0, False)],
)
def test_a_panel_is_lost_once_it_was_heard_and_then_away_for_longer_than_a_restart_takes(
    site: Site, expected_log: Callable[..., None], name: str, away_s: float, is_lost: bool
) -> None:
    """One that was never heard has its full time by supervision. It is tried again after the time."""
    expected_log("listener.failed", "listener.lost")
    lost: list[str] = []
    tries: list[str] = []
    clock = ManualClock(SystemClock().now())
    listeners = keeper(named(site, name), heard=set(), lost=lost, tries=tries, clock=clock)

    async def story() -> None:
        running = asyncio.create_task(listeners.run())
        async with asyncio.timeout(10):
            while not tries:
                await asyncio.sleep(0)
            clock.advance(away_s)
            while len(tries) < 3:
                await asyncio.sleep(0.01)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    asyncio.run(story())
    assert ("3000" in lost) is is_lost


def test_a_task_that_drops_its_first_cancellation_is_ended_all_the_same() -> None:
    """As a library does whose answer comes in that very moment."""

    async def stubborn() -> None:
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.Event().wait()
        await asyncio.Event().wait()

    async def story() -> bool:
        task = asyncio.create_task(stubborn())
        await asyncio.sleep(0)
        async with asyncio.timeout(5):
            await end_tasks([task])
        return task.cancelled()

    assert asyncio.run(story())
