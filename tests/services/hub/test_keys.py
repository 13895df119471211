"""A hub whose secrets cannot be read hears what it can, says so at every seat, and takes the keys later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from services.core.heldsecrets import SecretsFile
from services.core.secrets import Secrets
from services.core.settings import Settings
from services.domain.alarms import Alarm
from services.hub import Hub
from services.sim.panels import Dialler, Report
from services.storage import Database

KEY = bytes(range(16))
SHUT = "密钥文件读不全，加密主机可能听不见"
Dial = Callable[..., Dialler]
Wait = Callable[..., object]


@pytest.fixture
def key_file(settings: Settings) -> Path:
    return settings.data_dir / "secrets.key"


@pytest.fixture(autouse=True)
def kept(key_file: Path, expected_log: Callable[..., None]) -> bytes:
    """The key of a secrets file that holds panel 1002's, taken away."""
    expected_log("secrets.not_read", "dc09.refused", "dialler.gave_up", "panel.silent")
    Secrets(panel_keys={"1002": KEY}).save(key_file.with_name("secrets.toml"))
    raw = key_file.read_bytes()
    key_file.unlink()
    return raw


@pytest.fixture
def secrets(settings: Settings) -> SecretsFile:
    return _secrets(settings)


@contextmanager
def running(settings: Settings) -> Iterator[None]:
    hub = Hub(settings, _secrets(settings))
    hub.start()
    try:
        yield
    finally:
        hub.stop()


def _secrets(settings: Settings) -> SecretsFile:
    secrets = SecretsFile(settings.data_dir / "secrets.toml")
    secrets.load_what_opens()
    return secrets


def open_alarms(database: Database) -> dict[str, Alarm]:
    return {alarm.name: alarm for alarm in database.read(lambda view: view.alarms.open())}


def test_without_its_keys_a_hub_hears_plain_panels_and_refuses_encrypted_ones(
    dial: Dial, database: Database, wait_until: Wait
) -> None:
    assert dial("1001").send(Report("120", 1))
    assert not dial("1002", key=KEY, answer_s=0.3, tries=2).send(Report("120", 2))
    assert not dial("1002", answer_s=0.3, tries=2).send(Report("120", 3))
    wait_until(lambda: {SHUT, "报文无法解密", "拒收未加密报文"} <= open_alarms(database).keys())
    assert open_alarms(database)[SHUT].occurrence_count == 1


def test_a_hub_takes_its_keys_when_they_can_be_read_again_and_says_so(
    dial: Dial, database: Database, wait_until: Wait, key_file: Path, kept: bytes
) -> None:
    wait_until(lambda: SHUT in open_alarms(database))
    key_file.write_bytes(kept)
    wait_until(lambda: not open_alarms(database)[SHUT].source_active)
    assert dial("1002", key=KEY).send(Report("120", 2))


def test_the_alarm_of_a_hub_that_has_gone_is_restored_by_the_next_one_that_reads_its_keys(
    settings: Settings, database: Database, wait_until: Wait, key_file: Path, kept: bytes
) -> None:
    with running(settings):
        wait_until(lambda: SHUT in open_alarms(database))
    key_file.write_bytes(kept)
    with running(settings):
        wait_until(lambda: not open_alarms(database)[SHUT].source_active)
