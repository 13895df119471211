"""What every kind of stream offers to the stream that reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import Event
from typing import Protocol, cast

from av.packet import Packet
from av.video.stream import VideoStream

from services.video.address import StreamAddress


@dataclass(frozen=True, slots=True)
class RawPicture:
    """How the pixels of one decoded picture lie in memory. pixels: FFmpeg's name (`bgra`, `yuyv422`)."""

    width_px: int
    height_px: int
    pixels: str


@dataclass(frozen=True, slots=True)
class Codec:
    """What a decoder must know before the first packet. name: the decoder's (`h264`, `hevc`).

    picture: of `rawvideo`, whose packets are whole pictures in rows without gaps.
    """

    name: str
    extradata: bytes | None = None
    picture: RawPicture | None = None


class Source(Protocol):
    """An opened stream. Used by one thread; raises whatever its library raises."""

    @property
    def codec(self) -> Codec: ...

    def packets(self, stop: Event) -> Iterator[Packet[VideoStream]]:
        """Compressed pictures at the pace of their making, until `stop` or the end."""
        ...

    def close(self) -> None: ...


def whole_picture(body: bytes) -> Packet[VideoStream]:
    """A packet that needs no other to be decoded: a JPEG, or the rows of a `RawPicture`."""
    packet = cast("Packet[VideoStream]", Packet(body))
    packet.is_keyframe = True
    return packet


# The address, and how long (s) each blocking step of opening may take.
OpenSource = Callable[[StreamAddress, float], Source]
