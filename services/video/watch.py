"""Looks at the pictures of one stream and tells which of them are not to be trusted."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from av.video.frame import VideoFrame

from services.domain.video import StreamState
from services.video.scenery import Scenery, measure
from services.video.stillness import Stillness

# While there is something to find out; else the stillness once a second and the scene, which costs six
# times as much, at every other look: together 4 % of what decoding costs (3 % with scaling); twice a
# second both were 10 %.
SUSPICIOUS_S = 0.5
CALM_S = 1.0
CALM_SCENE_S = 2.0
# How long a fault must be seen before it is told, and how long a good picture before it is told again.
PATIENCE_S = {StreamState.BLACK: 1.4, StreamState.COVERED: 1.9, StreamState.MOVED: 2.4}
GOOD_FOR_S = 0.4
# Nobody looked after a moved camera for so long: what it shows is its scene now. The event stays on record.
ACCEPT_AFTER_S = 600.0
_SAMPLES_ACROSS = 160
# A smaller picture has no scene to judge.
LEAST_SIDE_PX = 16
_EIGHT_BITS = frozenset({"yuv420p", "yuvj420p", "yuv422p", "yuvj422p", "yuv444p", "yuvj444p", "nv12", "gray"})


class PictureWatch:
    """One per stream, used by one thread at a time; keeps what it learned across reconnections.

    The time that passes is the caller's (monotonic). `seen` is the fault of the moment, None while the
    picture may be believed.
    """

    def __init__(self) -> None:
        self._stillness = Stillness()
        self._scenery = Scenery()
        self._due_s = -np.inf
        self._scene_due_s = -np.inf
        self._suspect: StreamState | None = None
        self._suspected_s = 0.0
        self._told_s = 0.0
        self._told: StreamState | None = None
        self._is_still = False
        self._must_forget = False

    @property
    def seen(self) -> StreamState | None:
        """BLACK goes before FROZEN: a black picture stands still too, and black says more."""
        if self._told is StreamState.BLACK or not self._is_still:
            return self._told
        return StreamState.FROZEN

    @property
    def changed_s(self) -> float | None:
        """When the content of the picture last changed; None before the first look."""
        return self._stillness.changed_s

    def forget(self) -> None:
        """Somebody steered the camera: what it shows from now on is its scene. From any thread."""
        self._must_forget = True

    def is_due(self, now_s: float, *, is_key: bool) -> bool:
        """Once or twice a second, and at every key frame: only those carry the noise of their moment."""
        return is_key or now_s >= self._due_s

    def look(self, luma: npt.NDArray[np.uint8], now_s: float, *, is_key: bool, size_bytes: int) -> None:
        """luma: (h, w) uint8 as decoded, not scaled and not kept. size_bytes: of the frame's packet."""
        if min(luma.shape) < LEAST_SIDE_PX:
            return
        self._is_still = self._stillness.look(_samples(luma), now_s, is_key=is_key, size_bytes=size_bytes)
        if self._must_forget:
            self._must_forget = False
            self._scenery.forget()
        if now_s >= self._scene_due_s:
            self._weigh(self._scenery.look(measure(luma)), now_s)
            self._scene_due_s = now_s + (CALM_SCENE_S if self._is_calm else SUSPICIOUS_S)
        self._due_s = now_s + (CALM_S if self._is_calm else SUSPICIOUS_S)

    @property
    def _is_calm(self) -> bool:
        is_well = self._suspect is None and self._told is None and not self._is_still
        return is_well and not self._scenery.is_learning

    def _weigh(self, fault: StreamState | None, now_s: float) -> None:
        """Tell a fault that lasts; take it back when the picture has been good for a moment."""
        if fault is not self._suspect:
            self._suspect, self._suspected_s = fault, now_s
        lasted_s = now_s - self._suspected_s
        patience_s = GOOD_FOR_S if fault is None else PATIENCE_S[fault]
        if fault is not self._told and lasted_s >= patience_s:
            self._told, self._told_s = fault, now_s
        if self._told is StreamState.MOVED and now_s - self._told_s > ACCEPT_AFTER_S:
            self._scenery.forget()
            self._told = None


def luma_of(frame: VideoFrame) -> npt.NDArray[np.uint8]:
    """The (h, w) brightness of a decoded frame: a view of its own memory where that is 8 bits deep."""
    if frame.format.name not in _EIGHT_BITS:
        return np.asarray(frame.to_ndarray(format="gray"), np.uint8)
    plane = frame.planes[0]
    rows: npt.NDArray[np.uint8] = np.frombuffer(memoryview(plane), np.uint8)
    return rows[: plane.line_size * frame.height].reshape(frame.height, plane.line_size)[:, : frame.width]


def _samples(luma: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Every n-th pixel of every n-th row between the strips where clocks are burnt in."""
    height, width = luma.shape
    step = max(1, width // _SAMPLES_ACROSS)
    return np.ascontiguousarray(luma[height // 7 : height - height // 7 : step, ::step])
