"""The hub switches real relays of a simulated module, once, and knows by its inputs that something moved."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.sim import demo_site
from services.core.clock import SystemClock
from services.core.secrets import Secrets
from services.core.settings import Settings
from services.domain.classes import AlarmClass
from services.domain.outputs import OrderState, OutputAction, OutputOrder
from services.domain.people import Role, Session
from services.domain.site import (
    Output,
    OutputKind,
    Panel,
    PanelNo,
    PanelProtocol,
    Site,
    Zone,
    ZoneKind,
    ZoneNo,
)
from services.hub import Hub
from services.linkage.outputs import Outputs
from services.sim.firebox import FireBox, FireLine
from services.sim.linkage import LinkageModule
from services.storage import Database
from tests.records import new_record

WANG = Session("wang", "王某", Role.OPERATOR, "seat-1")
ROOT = Path(__file__).parents[3]
HUB_PROCESS = Path(__file__).with_name("hub_process.py")
ON, OFF = OutputAction.ON, OutputAction.OFF
Wait = Callable[..., object]


class Anyone:
    """Takes every name for the person of that name."""

    def vouch(self, name: str, password: str, workstation: str, purpose: str) -> Session:
        assert password
        assert purpose
        return Session(name, name, Role.OPERATOR, workstation)


@pytest.fixture
def linkage() -> Iterator[LinkageModule]:
    site = demo_site(0)
    panel = next(panel for panel in site.panels if panel.protocol is PanelProtocol.MODBUS)
    linkage = LinkageModule(site, panel, SystemClock(), moves_after_s=0.2)
    linkage.start()
    yield linkage
    linkage.stop()


@pytest.fixture
def site(linkage: LinkageModule) -> Site:
    """The demo's module and outputs alone."""
    site = demo_site(0, module_port=linkage.module.port)
    panels = tuple(panel for panel in site.panels if panel.no == "M1")
    return replace(site, panels=panels, zones=tuple(zone for zone in site.zones if zone.panel == "M1"))


@pytest.fixture
def database(settings: Settings, site: Site) -> Iterator[Database]:
    with new_record(settings.data_dir / "shouwang.db") as database:
        database.write(lambda tx: tx.replace_site(site))
        yield database


@pytest.fixture
def outputs(database: Database, site: Site) -> Outputs:
    return Outputs(database, SystemClock(), lambda: site, Anyone())


@pytest.fixture
def reaches(database: Database, wait_until: Wait) -> Callable[..., OutputOrder]:
    """`reaches(order, state)`: wait for the hub to bring the order there."""

    def wait(order: OutputOrder, state: OrderState) -> OutputOrder:
        def held() -> OutputOrder | None:
            found = database.read(lambda view: view.output_orders.get(order.id))
            return found if found.state is state else None

        found = wait_until(held, 15.0)
        assert isinstance(found, OutputOrder)
        return found

    return wait


@pytest.fixture
def hub(settings: Settings, database: Database) -> Iterator[Hub]:
    assert database.read(lambda view: view.site()) is not None
    hub = Hub(settings, Secrets())
    hub.start()
    yield hub
    hub.stop()


@pytest.mark.usefixtures("hub")
def test_a_relay_is_switched_and_its_input_proves_it(
    outputs: Outputs,
    reaches: Callable[..., OutputOrder],
    linkage: LinkageModule,
    database: Database,
    wait_until: Wait,
    hub: Hub,
) -> None:
    wait_until(lambda: hub.relays.is_connected("M1"))
    damper = reaches(outputs.order(WANG, "L03", ON), OrderState.FEEDBACK)
    fan = reaches(outputs.order(WANG, "L04", ON), OrderState.FEEDBACK)

    assert (linkage.module.relay(2), linkage.module.relay(3)) == (True, True)
    for order in (damper, fan):
        assert order.sent_at is not None
        assert order.started_at is not None
        assert order.feedback_at is not None
        assert order.sent_at <= order.started_at <= order.feedback_at
    assert database.read(lambda view: view.alarms.open()) == []

    reaches(outputs.order(WANG, "L04", OFF), OrderState.FEEDBACK)
    assert not linkage.module.relay(3)


class HubProcess:
    """A hub in a process of its own, to be killed."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, HUB_PROCESS, str(self._settings.data_dir), "0"],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "ready\n"

    def kill(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            with process:
                process.send_signal(signal.SIGKILL)


@pytest.fixture
def hub_process(settings: Settings, database: Database) -> Iterator[HubProcess]:
    assert database.read(lambda view: view.site()) is not None
    process = HubProcess(settings)
    yield process
    process.kill()


def test_a_pump_whose_hub_was_killed_after_its_note_is_not_started_by_the_next_hub(
    outputs: Outputs,
    database: Database,
    linkage: LinkageModule,
    hub_process: HubProcess,
    reaches: Callable[..., OutputOrder],
    wait_until: Wait,
) -> None:
    hub_process.start()
    hub_process.kill()
    pump = outputs.order(WANG, "L07", ON)
    for name in ("wang", "zhao"):
        pump = outputs.vouch(pump.id, name, "…", "seat-1")
    # As a hub leaves it that dies between its note and the wire.
    sent = replace(pump, state=OrderState.SENT, sent_at=SystemClock().now())
    database.write(lambda tx: tx.output_orders.save(sent))
    hub_process.start()

    assert reaches(pump, OrderState.FAULT).cause == "outcome_unknown"
    assert not linkage.module.relay(6)
    (alarm,) = wait_until(lambda: database.read(lambda view: view.alarms.open()))  # type: ignore[misc]
    assert alarm.name == "消防泵：是否动作不明"


FIRE_ACCOUNT, FAN = "000000000379", "18.1.1.7"


@pytest.fixture
def fire_site(database: Database) -> Site:
    """A transmission device with one fan, whose component is output and feedback in one."""
    at = (1.0, 1.0)
    panel = Panel(PanelNo("F1"), FIRE_ACCOUNT, "传输装置", "Device", at, 0.0, protocol=PanelProtocol.GB26875)
    zone = Zone(
        ZoneNo("Z1"),
        panel.no,
        1,
        "风机反馈",
        "Fan",
        ZoneKind.FIRE_DEVICE,
        AlarmClass.DEVICE,
        "一号楼",
        at,
        point=FAN,
    )
    fan = Output("O1", panel.no, 0, "风机", "Fan", OutputKind.SMOKE_FAN, "一号楼", at, FAN, "Z1", 10.0)
    site = Site("t", "测试", "Test", 10.0, 10.0, panels=(panel,), zones=(zone,), outputs=(fan,))
    database.write(lambda tx: tx.replace_site(site))
    return site


@pytest.fixture
def fire_box(fire_site: Site, hub: Hub) -> Iterator[FireBox]:
    """The device, listening to its centre."""
    assert fire_site.panels
    box = FireBox(FireLine(FIRE_ACCOUNT, "127.0.0.1", hub.gb26875_port, retry_s=0.05, tries=3), SystemClock())
    stop = threading.Event()
    assert box.poll()

    def listen() -> None:
        while not stop.is_set():
            box.rest(0.05)

    listening = threading.Thread(target=listen)
    listening.start()
    yield box
    stop.set()
    listening.join()
    box.close()


def test_a_component_of_a_fire_device_is_switched_and_proved_by_its_own_feedback_bit(
    fire_site: Site,
    fire_box: FireBox,
    database: Database,
    reaches: Callable[..., OutputOrder],
    hub: Hub,
    wait_until: Wait,
) -> None:
    wait_until(lambda: hub.site == fire_site and hub.fire_link.is_connected(FIRE_ACCOUNT))
    outputs = Outputs(database, SystemClock(), lambda: fire_site, Anyone())
    done = reaches(outputs.order(WANG, "O1", ON), OrderState.FEEDBACK)

    assert fire_box.heard.moved == [(FAN, True)]
    assert done.feedback_at is not None
    assert database.read(lambda view: view.alarms.open()) == []
