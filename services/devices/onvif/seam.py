"""What the product asks of an ONVIF device, in our own words; no library shows through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class FoundDevice:
    """A device that answered a probe.

    url: its device service, without credentials. endpoint: its own name for itself, stable over
    addresses. name, hardware, location: from its scopes, "" where it says nothing.
    """

    url: str
    endpoint: str
    name: str = ""
    hardware: str = ""
    location: str = ""


@dataclass(frozen=True, slots=True)
class DeviceInformation:
    maker: str
    model: str
    firmware: str
    serial: str


@dataclass(frozen=True, slots=True)
class DeviceClock:
    """The device's own UTC time, and how far it is ahead of ours (negative: behind)."""

    at: datetime
    ahead_s: float


@dataclass(frozen=True, slots=True)
class Capabilities:
    has_media: bool
    has_ptz: bool
    has_events: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """One way the device encodes its picture; codec as it names it ("H264", "H265", "JPEG").

    width_px, height_px, fps: 0 where it does not say.
    """

    token: str
    name: str
    codec: str
    width_px: int
    height_px: int
    fps: float
    has_ptz: bool


@dataclass(frozen=True, slots=True)
class Streams:
    """The stream to look at closely and the one for small tiles; URLs without credentials.

    A device with one profile gives the same for both.
    """

    main: Profile
    main_url: str
    sub: Profile
    sub_url: str


@dataclass(frozen=True, slots=True)
class Velocity:
    """Parts of full speed, each -1..1: right, up and closer are positive."""

    pan: float = 0.0
    tilt: float = 0.0
    zoom: float = 0.0

    @property
    def is_still(self) -> bool:
        return not (self.pan or self.tilt or self.zoom)


@dataclass(frozen=True, slots=True)
class PtzStatus:
    """pan, tilt: -1..1, zoom: 0..1, None where the device does not say."""

    pan: float | None
    tilt: float | None
    zoom: float | None
    is_moving: bool


@dataclass(frozen=True, slots=True)
class DevicePreset:
    """A position that the device remembers."""

    token: str
    name: str


@dataclass(frozen=True, slots=True)
class Relay:
    """A switch output; is_pulse: it falls back by itself."""

    token: str
    is_pulse: bool


@dataclass(frozen=True, slots=True)
class DeviceEvent:
    """What the device reported; topic without namespace prefixes ("Device/Trigger/DigitalInput").

    at: the device's own clock, None when unreadable. is_first: the state at subscription, not a change.
    """

    topic: str
    at: datetime | None
    source: Mapping[str, str] = field(default_factory=dict)
    data: Mapping[str, str] = field(default_factory=dict)
    is_first: bool = False


class EventPull(Protocol):
    """An open subscription; renewed by pulling, ended by `close`."""

    def pull(self, wait_s: float) -> tuple[DeviceEvent, ...]:
        """Wait up to `wait_s` for events; empty when nothing happened."""
        ...

    def close(self) -> None: ...


class OnvifDevice(Protocol):
    """One device; not thread-safe. Every call blocks, at most for the limit it was opened with.

    Raises ServiceError:
    onvif.unreachable (host)         no way there, or it does not answer in time
    onvif.refused (host)             the machine is there, nothing listens on the port
    onvif.unauthorized (host)        user or password wrong
    onvif.clock (host, seconds)      its clock is so far off that no digest passes
    onvif.unsupported (what)         the device cannot do that
    onvif.rejected (reason)          it can, but not so (an unknown preset, a value out of range)
    onvif.bad_answer (host)          what answers there does not speak ONVIF
    """

    def information(self) -> DeviceInformation: ...

    def clock(self) -> DeviceClock:
        """Needs no log-in."""
        ...

    def capabilities(self) -> Capabilities: ...

    def profiles(self) -> tuple[Profile, ...]:
        """In the device's own order."""
        ...

    def streams(self) -> Streams: ...

    def snapshot(self, profile: str = "") -> bytes:
        """A JPEG; profile: a token, "" = the first that has one."""
        ...

    def move(self, velocity: Velocity, timeout_s: float) -> None:
        """Move until `stop`, another move, or `timeout_s` later (the device keeps that by itself)."""
        ...

    def stop(self) -> None: ...
    def ptz_status(self) -> PtzStatus: ...
    def presets(self) -> tuple[DevicePreset, ...]: ...

    def save_preset(self, name: str, token: str = "") -> str:
        """Remember where it looks now; `token` replaces that preset. Returns the preset's token."""
        ...

    def look_at(self, pan: float, tilt: float, zoom: float) -> None:
        """Turn there as fast as it can: pan, tilt -1..1 of its way, zoom 0..1; returns before it is there."""
        ...

    def go_to_preset(self, token: str, speed: float = 1.0) -> None: ...
    def remove_preset(self, token: str) -> None: ...
    def go_home(self) -> None: ...
    def save_home(self) -> None: ...
    def relays(self) -> tuple[Relay, ...]: ...
    def switch_relay(self, token: str, is_on: bool) -> None: ...
    def subscribe(self) -> EventPull: ...

    def hang_up(self) -> None:
        """From any thread: a call that waits for the device ends at once, and so does every later one."""
        ...

    def close(self) -> None: ...
