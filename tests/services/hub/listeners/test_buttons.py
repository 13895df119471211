"""Simulated buttons at a whole hub: by MQTT over a foreign broker, and by HTTP."""

from __future__ import annotations

import asyncio
import socket
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from amqtt.broker import Broker
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

from services.core.secrets import Credential, Secrets
from services.core.settings import Settings
from services.core.workers import Worker
from services.dispatch.guards import import_site
from services.domain.alarms import Alarm, AlarmSource
from services.domain.classes import AlarmClass, Priority
from services.domain.people import Role, Session
from services.domain.site import Guard, GuardNo, Panel, PanelNo, PanelProtocol, Site, Zone, ZoneKind, ZoneNo
from services.hub import Hub
from services.sim.buttons import HttpButton, MqttButton
from services.storage import Database, Tx
from services.storage.spool import kept_on
from tests.waiting import LIMIT_S

Alarms = Callable[[], Mapping[str, Alarm]]
Wait = Callable[..., object]
TOKEN = "the token of the button at the clinic"


class ForeignBroker:
    """amqtt on a loop of its own."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self._ready = threading.Event()
        self._worker = Worker("foreign-broker", lambda _stop: asyncio.run(self._serve()))
        self._worker.start()
        assert self._ready.wait(LIMIT_S)

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._ending.set)
        self._worker.stop(10)

    async def _serve(self) -> None:
        self._loop, self._ending = asyncio.get_running_loop(), asyncio.Event()
        everybody = {"amqtt.plugins.authentication.AnonymousAuthPlugin": {"allow_anonymous": True}}
        listeners = {"default": {"type": "tcp", "bind": f"127.0.0.1:{self.port}"}}
        broker = Broker({"listeners": listeners, "plugins": everybody})
        await broker.start()
        self._ready.set()
        await self._ending.wait()
        await broker.shutdown()


@pytest.fixture
def broker() -> Iterator[ForeignBroker]:
    broker = ForeignBroker()
    yield broker
    broker.stop()


def button(panel: str, point: str) -> Zone:
    return Zone(
        ZoneNo(f"{panel}-1"),
        PanelNo(panel),
        1,
        f"{panel} 按钮",
        f"{panel} button",
        ZoneKind.PANIC_BUTTON,
        AlarmClass.PANIC,
        "东门",
        (1.0, 1.0),
        point=point,
    )


@pytest.fixture
def site(broker: ForeignBroker) -> Site:
    at = (1.0, 1.0)
    mqtt = Panel(
        PanelNo("Q1"),
        "5001",
        "按钮",
        "Buttons",
        at,
        protocol=PanelProtocol.MQTT,
        address=f"mqtt://127.0.0.1:{broker.port}/campus",
    )
    http = Panel(
        PanelNo("H1"), "4001", "医务室", "Clinic", at, protocol=PanelProtocol.HTTP, credential="clinic"
    )
    zones = (button("Q1", "gate/button"), button("H1", ""))
    guards = (Guard(GuardNo("G05"), "周五", "Zhou Wu", "", "R805", (), None, at),)
    return Site(
        "test", "测试校区", "Test campus", 500.0, 350.0, panels=(mqtt, http), zones=zones, guards=guards
    )


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, dc09_host="127.0.0.1", dc09_port=0, http_host="127.0.0.1", http_port=0)


@pytest.fixture
def secrets() -> Secrets:
    return Secrets({"clinic": Credential("", TOKEN)})


@pytest.fixture(autouse=True)
def _foreign_noise(expected_log: Callable[..., None]) -> None:
    """A broker does not like it when a client goes without a word, which is what is tried here."""
    expected_log(
        "amqtt.broker", "amqtt.mqtt.protocol.handler", "amqtt.mqtt.protocol.broker_handler", "asyncio"
    )


def test_a_button_on_mqtt_raises_its_zone_and_dying_is_a_fault_until_it_is_back(
    hub: Hub, broker: ForeignBroker, open_alarms: Alarms, wait_until: Wait
) -> None:
    """The session at the broker begins when the hub first subscribes; a press before that is nobody's."""
    assert not hub.is_over
    with MqttButton("127.0.0.1", broker.port, "campus/gate/button") as pressed:

        def is_heard() -> bool:
            pressed.press("panic")
            return bool(open_alarms())

        wait_until(is_heard)
        (alarm,) = open_alarms().values()
        assert (alarm.zone, alarm.priority, alarm.alarm_class) == ("Q1-1", Priority.P1, AlarmClass.PANIC)
        pressed.die()
        wait_until(lambda: "Q1 按钮：离线" in open_alarms())
    with MqttButton("127.0.0.1", broker.port, "campus/gate/button"):
        wait_until(lambda: not open_alarms()["Q1 按钮：离线"].source_active)


def test_a_radio_on_mqtt_moves_its_guard_and_calls_for_help(
    hub: Hub, broker: ForeignBroker, database: Database, site: Site, open_alarms: Alarms, wait_until: Wait
) -> None:
    assert not hub.is_over
    import_site(database, Session("admin", "管理员", Role.ADMINISTRATOR, ""), site)
    radio = Client(CallbackAPIVersion.VERSION2, client_id="radio-805")
    radio.connect("127.0.0.1", broker.port)
    radio.loop_start()

    def has_moved() -> bool:
        """The session at the broker begins when the hub first subscribes."""
        radio.publish("campus/guards/G05", '{"x": 120, "y": 80}', qos=1)
        return database.read(lambda view: view.guards.get("G05")).at == (120.0, 80.0)

    wait_until(has_moved)
    radio.publish("campus/guards/G05", '{"duress": true}', qos=1).wait_for_publish(5)
    wait_until(lambda: "保安遇险：周五" in open_alarms())
    # What does not name the guard of its topic is kept as a message that was not understood.
    radio.publish("campus/guards/G05", '{"guard": "G06", "duress": true}', qos=1)
    wait_until(lambda: any("guards/G05" in name for name in open_alarms()))
    radio.disconnect()
    radio.loop_stop()


@pytest.mark.parametrize("call", ['{"check_in": true}', '{"duress": true}'])
def test_a_guards_call_that_waits_for_the_record_keeps_no_button_waiting(
    hub: Hub,
    broker: ForeignBroker,
    database: Database,
    settings: Settings,
    site: Site,
    open_alarms: Alarms,
    wait_until: Wait,
    expected_log: Callable[..., None],
    call: str,
) -> None:
    """The record's file is held by somebody else: what a button says is kept beside the hub meanwhile."""
    assert not hub.is_over
    expected_log("guards.not_stored", "shelter.apart", "shelter.together", "feed.lost")
    import_site(database, Session("admin", "管理员", Role.ADMINISTRATOR, ""), site)
    with MqttButton("127.0.0.1", broker.port, "campus/gate/button") as pressed:

        def is_heard() -> bool:
            pressed.press("test")
            return bool(database.read(lambda view: view.newest_signal()))

        wait_until(is_heard)
        locked = sqlite3.connect(settings.data_dir / "shouwang.db", isolation_level=None, timeout=10.0)
        locked.execute("BEGIN IMMEDIATE")
        radio = Client(CallbackAPIVersion.VERSION2, client_id="radio-805")
        radio.connect("127.0.0.1", broker.port)
        radio.loop_start()
        radio.publish("campus/guards/G05", call, qos=1).wait_for_publish(5)
        pressed.press("panic")
        spool = settings.data_dir / "spool.db"
        wait_until(lambda: any(kept.signal.code == "mqtt:panic" for kept in kept_on(spool, 0, 100)[1]))
        locked.execute("ROLLBACK")
        locked.close()
        wait_until(lambda: any(alarm.zone == "Q1-1" for alarm in open_alarms().values()))
        radio.disconnect()
        radio.loop_stop()


def test_a_button_on_http_raises_its_zone_and_each_press_counts(hub: Hub, open_alarms: Alarms) -> None:
    pressed = HttpButton(f"http://127.0.0.1:{hub.http_port}", TOKEN)
    assert [pressed.press(), pressed.press()] == [200, 200]
    pressed.close()
    (alarm,) = open_alarms().values()
    assert (alarm.zone, alarm.occurrence_count) == ("H1-1", 2)


def test_a_fire_that_is_posted_overtakes_what_waits_for_the_record(
    hub: Hub, database: Database, wait_until: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else writes for a while; what is posted meanwhile waits, and the fire came last."""
    pressed = HttpButton(f"http://127.0.0.1:{hub.http_port}", TOKEN)
    plain, came = hub._intake.submit, []

    def submit(*frame: Any, **lane: Any) -> asyncio.Future[bool]:
        waiting = plain(*frame, **lane)
        came.append(waiting)
        return waiting

    monkeypatch.setattr(hub._intake, "submit", submit)
    with ThreadPoolExecutor(13) as threads:
        writing, may_end = threading.Event(), threading.Event()

        def write(_tx: Tx) -> None:
            writing.set()
            may_end.wait(LIMIT_S)

        held = threads.submit(database.write, write)
        try:
            assert writing.wait(LIMIT_S)
            answers = []
            for kind in ["panic"] * 11 + ["fire"]:
                answers.append(threads.submit(pressed.press, kind))
                # Each is there before the next.
                wait_until(lambda: len(came) == len(answers))
        finally:
            may_end.set()
        held.result()
        assert [answer.result() for answer in answers] == [200] * 12
    pressed.close()

    def codes() -> list[str]:
        stored = database.read(lambda view: view.signals_of_account_after("4001", 0))
        return [signal.code for signal in stored if signal.source is AlarmSource.HTTP]

    wait_until(lambda: len(codes()) == 12, timeout_s=20)
    # The first was being written already when the fire came.
    assert codes().index("http:fire") <= 1
