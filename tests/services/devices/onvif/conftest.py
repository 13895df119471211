"""Simulated devices, and our client to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from services.core.secrets import Credential
from services.devices.onvif import OnvifDevice, open_device
from tests.services.sim.onvif.onvif_kit import CREDENTIAL, DeviceKit

Opening = Callable[..., OnvifDevice]


@pytest.fixture
def kit() -> Iterator[DeviceKit]:
    kit = DeviceKit()
    yield kit
    kit.stop()


@pytest.fixture
def opened() -> Iterator[Opening]:
    """`opened(url, credential=…, limit_s=…)`, closed at the end."""
    devices = []

    def open_it(url: str, credential: Credential | None = CREDENTIAL, limit_s: float = 5.0) -> OnvifDevice:
        device = open_device(url, credential, limit_s=limit_s)
        devices.append(device)
        return device

    yield open_it
    for device in devices:
        device.close()
