"""A record with a clock that stands still, and a real simulated device to steer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from services.core.clock import ManualClock
from services.devices.onvif import OnvifDevice, open_device
from services.domain.people import Role, Session
from services.storage import Database
from tests.records import new_record
from tests.services.sim.onvif.onvif_kit import CREDENTIAL, DeviceKit

STARTS_AT = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
WANG = Session("wang", "王某", Role.OPERATOR, "seat-1")
ZHAO = Session("zhao", "赵某", Role.OPERATOR, "seat-2")
LEADER = Session("li", "李某", Role.SHIFT_LEADER, "seat-2")


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(STARTS_AT)


@pytest.fixture
def record(tmp_path: Path, clock: ManualClock) -> Iterator[Database]:
    with new_record(tmp_path / "record.db", clock) as database:
        yield database


@pytest.fixture
def kit() -> Iterator[DeviceKit]:
    kit = DeviceKit()
    yield kit
    kit.stop()


@pytest.fixture
def device(kit: DeviceKit) -> Iterator[OnvifDevice]:
    device = open_device(kit.url("P01"), CREDENTIAL, limit_s=10.0)
    yield device
    device.close()
