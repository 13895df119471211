"""What the program and its decode processes say to each other."""

from __future__ import annotations

from dataclasses import dataclass

from services.core.orders import Quit
from services.domain.video import Economy, StreamState
from services.video.address import StreamAddress
from services.video.decoder import Size
from services.video.shelf import ShelfPlace


@dataclass(frozen=True, slots=True)
class Wish:
    """What those who show a stream want of it. size: the largest asked, (0, 0) while nobody has asked."""

    size: Size = (0, 0)
    is_watched: bool = True
    is_important: bool = False
    economy: Economy = Economy.NONE


@dataclass(frozen=True, slots=True)
class Open:
    """Begin a stream. after_number: its pictures are numbered from there on. key: its name in logs."""

    stream: int
    key: str
    address: StreamAddress
    after_number: int
    wish: Wish


@dataclass(frozen=True, slots=True)
class Change:
    stream: int
    wish: Wish


@dataclass(frozen=True, slots=True)
class Close:
    stream: int


@dataclass(frozen=True, slots=True)
class ForgetScene:
    """What the camera shows from now on is its scene."""

    stream: int


@dataclass(frozen=True, slots=True)
class UseHardware:
    """Decode with this device from the next key frames on; "" = in software."""

    device: str


@dataclass(frozen=True, slots=True)
class UsePlanes:
    """Deliver planes for a graphics card from the next pictures on, or BGRA again."""

    is_planar: bool


Order = Open | Change | ForgetScene | Close | UseHardware | UsePlanes | Quit


@dataclass(frozen=True, slots=True)
class StreamReport:
    """What a decode process knows of one stream; what depends on the time is decided where it is shown.

    lag_s: how late the latest packet was when it was decoded, at worst since the report before. lost: packets
    thrown away unseen since then. decoded_fps: over the last seconds. error: a `video.*` code.
    seen: what the picture watch found wrong. changed_s: monotonic, when the content last changed.
    bit_rate: received, bit/s over the last seconds.
    """

    is_connected: bool = False
    error: str = ""
    codec: str = ""
    size: Size = (0, 0)
    source_fps: float = 0.0
    decoded_fps: float = 0.0
    dropped: int = 0
    lag_s: float = 0.0
    lost: int = 0
    attempts: int = 0
    seen: StreamState | None = None
    changed_s: float | None = None
    bit_rate: float = 0.0


@dataclass(frozen=True, slots=True)
class Shelved:
    """From now on the stream's pictures are there."""

    stream: int
    place: ShelfPlace


@dataclass(frozen=True, slots=True)
class Reports:
    """Streams of one process. load: the share of the time its decode thread was at work, if measured."""

    streams: tuple[tuple[int, StreamReport], ...]
    load: float | None = None
