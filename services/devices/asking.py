"""Asks a device over ONVIF who it is, what its clock says and where its streams are."""

from __future__ import annotations

from services.core.errors import ServiceError
from services.core.secrets import Credential
from services.devices.onvif import OnvifDevice, open_device
from services.devices.trial import DeviceFacts


def ask_device(url: str, login: Credential | None) -> DeviceFacts:
    """What could be learned before something refused; blocks, at most some calls long."""
    try:
        device = open_device(url, login)
    except ServiceError as error:
        return DeviceFacts(error=error.code)
    try:
        return _ask(device)
    finally:
        device.close()


def _ask(device: OnvifDevice) -> DeviceFacts:
    ahead_s: float | None = None
    try:
        ahead_s = device.clock().ahead_s
        told = device.information()
        streams = device.streams()
    except ServiceError as error:
        seconds = error.params.get("seconds")
        known_s = float(seconds) if isinstance(seconds, (int, float)) else ahead_s
        return DeviceFacts(clock_ahead_s=known_s, error=error.code)
    return DeviceFacts(
        told.maker,
        told.model,
        ahead_s,
        streams.main_url,
        streams.sub_url,
        streams.main.has_ptz or streams.sub.has_ptz,
    )
