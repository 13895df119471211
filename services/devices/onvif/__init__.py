"""Cameras by ONVIF: finding them, asking them, steering them."""

from services.devices.onvif.client import open_device
from services.devices.onvif.discovery import discover
from services.devices.onvif.seam import (
    Capabilities,
    DeviceClock,
    DeviceEvent,
    DeviceInformation,
    DevicePreset,
    EventPull,
    FoundDevice,
    OnvifDevice,
    Profile,
    PtzStatus,
    Relay,
    Streams,
    Velocity,
)

__all__ = [
    "Capabilities",
    "DeviceClock",
    "DeviceEvent",
    "DeviceInformation",
    "DevicePreset",
    "EventPull",
    "FoundDevice",
    "OnvifDevice",
    "Profile",
    "PtzStatus",
    "Relay",
    "Streams",
    "Velocity",
    "discover",
    "open_device",
]
