"""Buttons on the broker that sites most often have: Mosquitto, killed and begun again, with passwords."""

from __future__ import annotations

import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

from services.core.secrets import Credential, Secrets
from services.core.settings import Settings
from services.domain.alarms import Alarm
from services.domain.classes import AlarmClass, Priority
from services.domain.site import Panel, PanelNo, PanelProtocol, Site, Zone, ZoneKind, ZoneNo
from services.hub import Hub
from services.storage import Database

Alarms = Callable[[], Mapping[str, Alarm]]
Wait = Callable[..., object]
USER, PASSWORD = "guardroom", "一键 Campus 2026"
# Debian puts it where only root's PATH leads.
MOSQUITTO = shutil.which("mosquitto", path="/usr/local/sbin:/usr/sbin:/usr/local/bin:/usr/bin")


class Mosquitto:
    """On a port of its own, with one user; what it was told to keep outlives it in `folder`."""

    def __init__(self, folder: Path) -> None:
        assert MOSQUITTO is not None
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        passwords = folder / "passwords"
        passwords.touch(0o600)
        subprocess.run(["mosquitto_passwd", "-b", passwords, USER, PASSWORD], check=True, capture_output=True)
        self._file = folder / "mosquitto.conf"
        self._file.write_text(
            f"listener {self.port} 127.0.0.1\n"
            "allow_anonymous false\n"
            f"password_file {passwords}\n"
            "persistence true\n"
            f"persistence_location {folder}/\n"
            "autosave_interval 1\n"
            "autosave_on_changes true\n"
            "user root\n"
        )
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen([str(MOSQUITTO), "-c", self._file], stderr=subprocess.DEVNULL)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait(10)


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Mosquitto]:
    folder = tmp_path / "mosquitto"
    folder.mkdir()
    broker = Mosquitto(folder)
    yield broker
    broker.kill()


@pytest.fixture
def site(broker: Mosquitto) -> Site:
    at = (1.0, 1.0)
    panel = Panel(
        PanelNo("Q1"),
        "5001",
        "按钮",
        "Buttons",
        at,
        protocol=PanelProtocol.MQTT,
        address=f"mqtt://127.0.0.1:{broker.port}/campus",
        credential="broker",
    )
    zone = Zone(
        ZoneNo("Q1-1"),
        PanelNo("Q1"),
        1,
        "东门按钮",
        "East gate button",
        ZoneKind.PANIC_BUTTON,
        AlarmClass.PANIC,
        "东门",
        at,
        point="gate/button",
    )
    return Site("test", "测试校区", "Test campus", 500.0, 350.0, panels=(panel,), zones=(zone,))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, dc09_host="127.0.0.1", dc09_port=0)


@pytest.fixture
def secrets() -> Secrets:
    return Secrets({"broker": Credential(USER, PASSWORD)})


def press(button: Client, state: str = "new") -> None:
    """Returns when the broker has it."""
    button.publish("campus/gate/button", f'{{"kind": "panic", "state": "{state}"}}', qos=1).wait_for_publish(
        10
    )


@pytest.fixture
def button(broker: Mosquitto, wait_until: Wait) -> Iterator[Client]:
    client = Client(CallbackAPIVersion.VERSION2, client_id="gate-button")
    client.username_pw_set(USER, PASSWORD)
    client.reconnect_delay_set(1, 1)

    def is_there() -> bool:
        try:
            client.connect("127.0.0.1", broker.port)
        except OSError:
            return False
        return True

    wait_until(is_there)
    client.loop_start()
    yield client
    client.disconnect()
    client.loop_stop()


def test_a_button_on_a_broker_with_passwords_raises_its_zone(
    hub: Hub, button: Client, open_alarms: Alarms, wait_until: Wait
) -> None:
    assert not hub.is_over

    def is_heard() -> bool:
        """The session at the broker begins when the hub first subscribes; a press before that is nobody's."""
        press(button)
        return bool(open_alarms())

    wait_until(is_heard)
    (alarm,) = open_alarms().values()
    assert (alarm.zone, alarm.priority, alarm.alarm_class) == ("Q1-1", Priority.P1, AlarmClass.PANIC)


def test_presses_are_heard_again_after_the_broker_was_killed(
    hub: Hub, broker: Mosquitto, button: Client, open_alarms: Alarms, wait_until: Wait
) -> None:
    assert not hub.is_over

    def counted() -> int:
        press(button)
        return sum(alarm.occurrence_count for alarm in open_alarms().values() if alarm.zone == "Q1-1")

    wait_until(lambda: counted() > 0)
    broker.kill()
    broker.start()
    before = sum(alarm.occurrence_count for alarm in open_alarms().values() if alarm.zone == "Q1-1")
    wait_until(button.is_connected)
    wait_until(lambda: counted() > before)


def test_what_is_pressed_while_the_hub_is_away_comes_when_it_is_back(
    hub: Hub,
    settings: Settings,
    secrets: Secrets,
    database: Database,
    button: Client,
    open_alarms: Alarms,
    wait_until: Wait,
    expected_log: Callable[..., None],
) -> None:
    """The broker keeps the hub's session: what it acknowledged to the button is not lost."""
    expected_log("hub.goodbye_not_stored")  # the fixture stops the first one once more

    def count() -> int:
        found = database.read(lambda view: view.alarms.open())
        return sum(alarm.occurrence_count for alarm in found if alarm.zone == "Q1-1")

    def is_heard() -> bool:
        press(button)
        return bool(open_alarms())

    wait_until(is_heard)
    hub.stop()
    before = count()
    for _ in range(3):
        press(button)
    assert count() == before
    back = Hub(settings, secrets)
    back.start()
    try:
        wait_until(lambda: count() == before + 3)
    finally:
        back.stop()
