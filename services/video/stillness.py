"""Tells a picture that stands still from a scene in which nothing moves."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Luma = npt.NDArray[np.uint8]

# Measured with x264 at constant quality: two key frames of one and the same input differ in at most 1.3 %
# of their pixels once the rate control has settled; with sensor noise of only 0.3 levels in 23 to 60 %.
EQUAL_SHARE = 0.06
# Exact pictures make key frames of one size (they differed by one byte); noise by 0.2 to 2 %.
EQUAL_SIZE = 0.01
# Between key frames an encoder refines what stands still, by up to 3 levels: that is not movement.
MOVEMENT_LEVELS = 6
MOVEMENT_SHARE = 0.005
STILL_FOR_S = 2.4
# Streams without key frames (gradual refresh, very long groups) are judged by exact equality, for longer.
EXACT_FOR_S = 12.0


class Stillness:
    """Compares exact pixels from look to look and from key frame to key frame.

    A static scene at night passes between two key frames as bit-for-bit still, because the encoder
    skips its noise; a key frame is coded afresh and carries the noise of its own moment.
    """

    def __init__(self) -> None:
        self._newest: Luma | None = None
        self._key: Luma | None = None
        self._key_bytes = 0
        self._key_s: float | None = None
        self._has_equal_keys = False
        self.changed_s: float | None = None

    def look(self, pixels: Luma, now_s: float, *, is_key: bool, size_bytes: int) -> bool:
        """True when the picture stands still. pixels: the same places of every frame, not averaged."""
        newest, self._newest = self._newest, pixels
        if newest is None or newest.shape != pixels.shape:
            self._begin_again(now_s)
            if is_key:
                self._keep_key(pixels, now_s, size_bytes)
            return False
        if is_key:
            self._compare_keys(pixels, now_s, size_bytes)
        elif _share(newest, pixels, MOVEMENT_LEVELS) > MOVEMENT_SHARE:
            self._change(now_s)
        elif self._waits_for_keys(now_s) and not np.array_equal(newest, pixels):
            self.changed_s = now_s
        return self._is_still(now_s)

    def _compare_keys(self, pixels: Luma, now_s: float, size_bytes: int) -> None:
        if self._is_equal_key(pixels, size_bytes):
            self._has_equal_keys = True
        else:
            self._change(now_s)
        self._keep_key(pixels, now_s, size_bytes)

    def _is_equal_key(self, pixels: Luma, size_bytes: int) -> bool:
        key = self._key
        if key is None or key.shape != pixels.shape:
            return False
        if abs(size_bytes - self._key_bytes) > EQUAL_SIZE * max(size_bytes, self._key_bytes):
            return False
        return _share(key, pixels, 0) < EQUAL_SHARE

    def _keep_key(self, pixels: Luma, now_s: float, size_bytes: int) -> None:
        self._key, self._key_s, self._key_bytes = pixels, now_s, size_bytes

    def _waits_for_keys(self, now_s: float) -> bool:
        return self._key_s is None or now_s - self._key_s > EXACT_FOR_S / 2

    def _change(self, now_s: float) -> None:
        self.changed_s = now_s
        self._has_equal_keys = False

    def _begin_again(self, now_s: float) -> None:
        self._key = self._key_s = None
        self._change(now_s)

    def _is_still(self, now_s: float) -> bool:
        assert self.changed_s is not None
        still_for_s = now_s - self.changed_s
        if self._has_equal_keys:
            return still_for_s >= STILL_FOR_S
        return self._waits_for_keys(now_s) and still_for_s >= EXACT_FOR_S


def _share(before: Luma, after: Luma, levels: int) -> float:
    """How much of the picture differs by more than `levels`."""
    if levels == 0:
        return float(np.count_nonzero(before != after)) / after.size
    # In uint8 the two differences wrap round; the smaller one is the distance.
    apart = np.minimum(before - after, after - before)
    return float(np.count_nonzero(apart > levels)) / after.size
