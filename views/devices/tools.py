"""What the devices screen does outside the database: searching, asking, trying."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from services.devices.onvif import FoundDevice
from services.devices.recorders.looking import LookAtRecorder
from services.devices.trial import CameraTrial, Wish


@dataclass(frozen=True, slots=True)
class DeviceTools:
    """discover and look_at_recorder block some seconds; make_trial returns at once, its `run` blocks."""

    discover: Callable[[], tuple[FoundDevice, ...]]
    make_trial: Callable[[Wish], CameraTrial]
    look_at_recorder: LookAtRecorder
