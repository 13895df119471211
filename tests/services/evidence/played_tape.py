"""A recorder's tape as a test wants it: its pictures, and where it falls silent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

import av
import numpy as np
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame

from services.core.errors import ServiceError
from tests.services.evidence.sealed.conftest import AT, FPS


@dataclass(frozen=True, slots=True)
class PlayedPicture:
    at: datetime
    data: bytes
    is_key: bool


class PlayedTape:
    """A `Tape` of pictures that a test made."""

    address, channel = "rtsp://recorder/1", ""

    def __init__(self, pictures: list[PlayedPicture], fails_after: int = -1) -> None:
        self._pictures = pictures
        self._left = list(pictures)
        self._fails_after = fails_after
        self.codec: tuple[str, bytes] | None = ("h264", b"")

    def clock_ahead_s(self) -> float | None:
        return None

    def spans(self, since: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
        return [(since, until)]

    def begin(self, _at: datetime, *, only_keys: bool = False) -> None:  # noqa: ARG002
        self._left = list(self._pictures)

    def next(self) -> PlayedPicture | None:
        if len(self._pictures) - len(self._left) == self._fails_after:
            raise ServiceError("video.timeout")
        return self._left.pop(0) if self._left else None

    def close(self) -> None:
        """Nothing is held."""


def coded(pictures: int, options: dict[str, str]) -> list[PlayedPicture]:
    """In the order in which they are decoded; each with the moment at which it is shown."""
    encoder = av.CodecContext.create("libx264", "w")
    assert isinstance(encoder, VideoCodecContext)
    encoder.width, encoder.height, encoder.pix_fmt = 320, 180, "yuv420p"
    encoder.time_base, encoder.framerate, encoder.options = Fraction(1, FPS), Fraction(FPS), options
    packets = []
    for number in range(pictures):
        picture = VideoFrame.from_ndarray(np.full((270, 320), 20 + 3 * (number % 70), np.uint8), "yuv420p")
        picture.pts = number
        packets += encoder.encode(picture)
    packets += encoder.encode(None)
    assert all(packet.pts is not None for packet in packets)
    return [
        PlayedPicture(AT + timedelta(seconds=(one.pts or 0) / FPS), bytes(one), one.is_keyframe)
        for one in packets
    ]
