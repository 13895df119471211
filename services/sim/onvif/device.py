"""One simulated camera as a device: its clock, switches, remembered positions and listeners."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.core.clock import Clock
from services.domain.site import Camera
from services.sim.onvif.bell import Bell, Happening, Report
from services.sim.onvif.head import Look, PtzHead
from services.sim.onvif.searches import Searches
from services.sim.rtsp.archive import Span

RELAY = "relay0"
INPUT = "input0"
VIDEO_SOURCE = "source0"
PTZ_NODE = "node0"
PTZ_CONFIGURATION = "ptz0"
PRESETS_LIMIT = 64
MAKER = "Shouwang"
FIRMWARE = "1.4.2"
_SOURCES = {
    Happening.DIGITAL_INPUT: INPUT,
    Happening.RELAY: RELAY,
    Happening.MOTION: VIDEO_SOURCE,
    Happening.TAMPER: VIDEO_SOURCE,
}


@dataclass(frozen=True, slots=True)
class Encoding:
    """One profile of a device and where its stream is."""

    token: str
    url: str
    codec: str
    width_px: int
    height_px: int
    fps: int


@dataclass(frozen=True, slots=True)
class DeviceArchive:
    """What the device has recorded. url: where it is replayed."""

    url: str
    spans: Callable[[], tuple[Span, ...]]


class VirtualDevice:
    """Belongs to the loop of its server. head: None for a fixed camera.

    offset_s: how far its clock is ahead. hides_clock: it tells its time only to who is logged in.
    snapshot: makes a JPEG of what it sees now; None when that cannot be had.
    pictures: JPEGs for ever; None where there is no such stream. archive: None where nothing is recorded.
    """

    def __init__(
        self,
        camera: Camera,
        encodings: tuple[Encoding, ...],
        clock: Clock,
        snapshot: Callable[[], Awaitable[bytes | None]],
        head: PtzHead | None = None,
        pictures: Callable[[], AsyncIterator[bytes]] | None = None,
        archive: DeviceArchive | None = None,
    ) -> None:
        self.camera = camera
        self.encodings = encodings
        self.snapshot = snapshot
        self.pictures = pictures
        self.head = head
        self.archive = archive
        self.searches = Searches()
        self.bell = Bell()
        self.offset_s = 0.0
        self.hides_clock = False
        self.presets: dict[str, tuple[str, Look]] = {}
        self.is_on: dict[Happening, bool] = dict.fromkeys(Happening, False)
        self._clock = clock

    @property
    def model(self) -> str:
        return "SW-PTZ200" if self.head is not None else "SW-IPC100"

    @property
    def serial(self) -> str:
        return f"SW{hashlib.sha256(self.camera.no.encode()).hexdigest()[:10].upper()}"

    @property
    def endpoint(self) -> str:
        """The same at every start."""
        return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'shouwang-sim/{self.camera.no}')}"

    def now(self) -> datetime:
        """By the device's own clock."""
        return self._clock.now() + timedelta(seconds=self.offset_s)

    def monotonic(self) -> float:
        return self._clock.monotonic()

    def happen(self, happening: Happening, is_on: bool) -> None:
        """Report a change to all who listen."""
        self.is_on[happening] = is_on
        self.bell.ring(Report(happening, _SOURCES[happening], is_on, self.now()), self.monotonic())

    def state_of_everything(self) -> tuple[Report, ...]:
        """What a new subscription gets first."""
        now = self.now()
        return tuple(
            Report(happening, _SOURCES[happening], is_on, now, "Initialized")
            for happening, is_on in self.is_on.items()
        )

    def free_preset_token(self) -> str:
        """ "" when all are taken."""
        free = (str(number) for number in range(1, PRESETS_LIMIT + 1) if str(number) not in self.presets)
        return next(free, "")
