"""What a camera says of itself, for the record: how far its clock is off, what firmware it runs."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, suppress

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.devices.health import HealthDesk
from services.devices.onvif import OnvifDevice
from services.storage import Database


class SelfWord:
    """open_device: by a camera's number, as `Reach.open`."""

    def __init__(self, database: Database, clock: Clock, open_device: Callable[[str], OnvifDevice]) -> None:
        self._desk = HealthDesk(database, clock)
        self._open = open_device

    def ask(self, camera: str) -> None:
        """Blocks for two calls at most. What it does not say stays as it was known.

        That it is away is no news: whoever looks at its pictures tells it. Raises storage.*.
        """
        offset_s: float | None = None
        firmware: str | None = None
        with suppress(ServiceError), closing(self._open(camera)) as device:
            # The clock first: it needs no log-in, and one that is far off lets no log-in pass.
            offset_s = device.clock().ahead_s
            firmware = device.information().firmware
        if offset_s is not None or firmware:
            self._desk.note_device(camera, clock_offset_s=offset_s, firmware=firmware)
