"""The newest picture of a stream, and how often pictures come."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from threading import Lock

import numpy as np
import numpy.typing as npt

RATE_WINDOW_S = 2.0
SHORTEST_SPAN_S = 0.3


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A decoded picture in a buffer of its own that nobody writes to again.

    pixels: (height_px, width_px, 4) uint8 BGRA, C-contiguous, alpha 255. number: grows over the
    stream's life, across reconnections. arrived_s: monotonic, when its packet came in.
    """

    pixels: npt.NDArray[np.uint8]
    width_px: int
    height_px: int
    number: int
    arrived_s: float


class LatestSlot:
    """Holds one picture: a newer one overwrites it and, when nobody took it, counts a drop."""

    def __init__(self) -> None:
        self._picture: Picture | None = None
        self._is_taken = True
        self._dropped = 0
        self._number = 0
        self._lock = Lock()

    @property
    def dropped(self) -> int:
        return self._dropped

    @property
    def newest(self) -> Picture | None:
        """A look that does not count as taking."""
        return self._picture

    def put(self, pixels: npt.NDArray[np.uint8], arrived_s: float) -> Picture:
        """Publish (height, width, 4) pixels under the next number."""
        height_px, width_px = pixels.shape[:2]
        with self._lock:
            self._number += 1
            picture = Picture(pixels, width_px, height_px, self._number, arrived_s)
            if not self._is_taken:
                self._dropped += 1
            self._picture, self._is_taken = picture, False
        return picture

    def miss(self, count: int = 1) -> None:
        """Count pictures that were received but never made."""
        with self._lock:
            self._dropped += count

    def take(self, after: int) -> Picture | None:
        """The picture when its number is greater than `after`."""
        picture = self._picture
        if picture is None or picture.number <= after:
            return None
        with self._lock:
            picture = self._picture
            self._is_taken = True
        return picture


class FrameRate:
    """Frames per second over the last `RATE_WINDOW_S`; one writer, any number of readers."""

    def __init__(self) -> None:
        self._times_s: deque[float] = deque(maxlen=64)

    def tick(self, now_s: float) -> None:
        self._times_s.append(now_s)

    def fps(self, now_s: float) -> float:
        times_s = [time_s for time_s in tuple(self._times_s) if now_s - time_s <= RATE_WINDOW_S]
        # A connection begins with a burst of what the server had ready: no rate from an instant.
        if len(times_s) < 2 or times_s[-1] - times_s[0] < SHORTEST_SPAN_S:
            return 0.0
        return (len(times_s) - 1) / (times_s[-1] - times_s[0])
