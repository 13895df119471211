"""What every kind of stream offers to the stream that reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import Event
from typing import Protocol

from av.packet import Packet
from av.video.stream import VideoStream

from services.video.address import StreamAddress


@dataclass(frozen=True, slots=True)
class Codec:
    """What a decoder must know before the first packet. name: the decoder's (`h264`, `hevc`)."""

    name: str
    extradata: bytes | None


class Source(Protocol):
    """An opened stream. Used by one thread; raises whatever its library raises."""

    @property
    def codec(self) -> Codec: ...

    def packets(self, stop: Event) -> Iterator[Packet[VideoStream]]:
        """Compressed pictures at the pace of their making, until `stop` or the end."""
        ...

    def close(self) -> None: ...


# The address, and how long (s) each blocking step of opening may take.
OpenSource = Callable[[StreamAddress, float], Source]
