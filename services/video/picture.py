"""One decoded picture, and how often pictures come."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from services.domain.video import PictureFormat

RATE_WINDOW_S = 2.0
SHORTEST_SPAN_S = 0.3


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A decoded picture; nobody writes to its pixels while anybody refers to them.

    pixels: (height_px, width_px, 4) uint8 BGRA, C-contiguous, alpha 255; of a planar format its planes one
    after the other, without gaps. number: grows over the stream's life, across reconnections. arrived_s:
    monotonic, when its packet came in.
    """

    pixels: npt.NDArray[np.uint8]
    width_px: int
    height_px: int
    number: int
    arrived_s: float
    format: PictureFormat = PictureFormat.BGRA


class Planes(NamedTuple):
    """A picture for a graphics card, as it goes on a shelf."""

    pixels: npt.NDArray[np.uint8]
    width_px: int
    height_px: int
    format: PictureFormat


@dataclass(slots=True)
class Delivery:
    """What the streams of one process deliver: planes for a graphics card, or BGRA."""

    is_planar: bool = False


def planes_bytes(width_px: int, height_px: int) -> int:
    """What an I420 picture takes."""
    return width_px * height_px + 2 * ((width_px + 1) // 2) * ((height_px + 1) // 2)


class BitRate:
    """Bits per second between two looks at least `SHORTEST_LOOK_S` apart; one writer, one reader."""

    SHORTEST_LOOK_S = 1.0

    def __init__(self) -> None:
        self._received_bytes = 0
        self._looked_bytes = 0
        self._looked_s: float | None = None
        self._rate = 0.0

    def tick(self, size_bytes: int) -> None:
        self._received_bytes += size_bytes

    def bits_per_s(self, now_s: float) -> float:
        if self._looked_s is None:
            self._looked_s, self._looked_bytes = now_s, self._received_bytes
        elif now_s - self._looked_s >= self.SHORTEST_LOOK_S:
            received = self._received_bytes - self._looked_bytes
            self._rate = 8.0 * received / (now_s - self._looked_s)
            self._looked_s, self._looked_bytes = now_s, self._received_bytes
        return self._rate


class FrameRate:
    """Frames per second over the last `RATE_WINDOW_S`; one writer, any number of readers."""

    def __init__(self) -> None:
        self._times_s: deque[float] = deque(maxlen=64)

    def tick(self, now_s: float) -> None:
        self._times_s.append(now_s)

    def fps(self, now_s: float) -> float:
        times_s = tuple(self._times_s)
        times_s = times_s[bisect_left(times_s, now_s - RATE_WINDOW_S) :]
        # A connection begins with a burst of what the server had ready: no rate from an instant.
        if len(times_s) < 2 or times_s[-1] - times_s[0] < SHORTEST_SPAN_S:
            return 0.0
        return (len(times_s) - 1) / (times_s[-1] - times_s[0])
