"""What every driver of the table must bear."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import pytest

from services.alarms.drivers import DRIVERS
from services.alarms.drivers.base import AlarmDriver, PanelKeys

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)


@pytest.fixture(params=sorted(DRIVERS))
def driver(request: pytest.FixtureRequest) -> AlarmDriver:
    return DRIVERS[request.param](PanelKeys(lambda _account: None, lambda _account: False))


def test_a_driver_bears_the_name_of_its_line(driver: AlarmDriver) -> None:
    assert DRIVERS[driver.name] is type(driver)


def test_no_bytes_at_all_are_borne(driver: AlarmDriver) -> None:
    conversation = driver.converse()
    assert conversation.feed(b"", NOW) == []
    assert not conversation.is_midframe


def test_garbage_is_borne_and_never_answered(driver: AlarmDriver) -> None:
    conversation = driver.converse()
    for _ in range(200):
        assert all(not received.answer for received in conversation.feed(os.urandom(500), NOW))


def test_one_byte_reads_are_borne(driver: AlarmDriver) -> None:
    conversation = driver.converse()
    for byte in os.urandom(5000):
        conversation.feed(bytes([byte]), NOW)


def test_two_peers_do_not_mix(driver: AlarmDriver) -> None:
    assert driver.converse() is not driver.converse()
