"""One place where a stream is shown: its newest picture and what that picture may claim."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from services.core.clock import Clock
from services.domain.video import STALLED_AFTER_S, FeedStatus, Importance, StreamState
from services.video.picture import FrameRate, Picture
from services.video.shown import ShownStream


class Feed:
    """Several feeds may share one stream; each counts what it showed. Every call returns at once."""

    def __init__(
        self, stream: ShownStream, clock: Clock, forget_scene: Callable[[ShownStream], None]
    ) -> None:
        self.stream = stream
        self._forget_scene = forget_scene
        self._clock = clock
        self._shown_rate = FrameRate()
        self._shown = 0
        self._last_number = 0
        self._is_closed = False
        self._is_watched = True
        self._importance = Importance.ORDINARY
        self._woke_s = -math.inf
        stream.demand(id(self))

    @property
    def key(self) -> str:
        return self.stream.key

    @property
    def shown(self) -> int:
        """How many different pictures `latest` has handed out."""
        return self._shown

    def status(self) -> FeedStatus:
        status = self.stream.status(self._shown_rate.fps(self._clock.monotonic()))
        if self._is_closed:
            return replace(status, state=StreamState.OFFLINE)
        return replace(status, state=StreamState.CONNECTING) if self._waits_for_first(status) else status

    def forget_scene(self) -> None:
        """What the camera shows from now on is its scene: it was steered, or somebody has looked."""
        self._forget_scene(self.stream)

    def latest(self, after: int) -> Picture | None:
        """The newest picture whose number is greater than `after`; call it from one thread."""
        picture = None if self._is_closed else self.stream.take(after)
        if picture is None:
            return None
        if picture.number > self._last_number:
            self._last_number = picture.number
            self._shown += 1
            self._shown_rate.tick(self._clock.monotonic())
        return picture

    def ask_size(self, width_px: int, height_px: int) -> None:
        """How large it is shown, in device pixels; the next picture is scaled to fit the largest asked."""
        if not self._is_closed:
            self.stream.demand(id(self), size=(width_px, height_px))

    def set_watched(self, is_watched: bool) -> None:
        """A stream that none of its feeds watches stays connected, but is not decoded.

        Watched again it shows a picture from the next key frame on.
        """
        if self._is_closed or is_watched == self._is_watched:
            return
        self._is_watched = is_watched
        if is_watched:
            self._woke_s = self._clock.monotonic()
        self.stream.demand(id(self), is_watched=is_watched)

    def set_importance(self, importance: Importance) -> None:
        """An important stream is decoded first, and gives way last when the machine is too slow for all."""
        if not self._is_closed and importance is not self._importance:
            self._importance = importance
            self.stream.demand(id(self), importance=importance)

    def close(self) -> None:
        """Called by the engine: nothing more is shown."""
        self._is_closed = True
        self.stream.forget(id(self))

    def _waits_for_first(self, status: FeedStatus) -> bool:
        """Looked at again, and the last picture is from before: nothing is wrong yet, but nothing is live."""
        awake_s = self._clock.monotonic() - self._woke_s
        is_older = status.age_s is not None and status.age_s > awake_s
        return is_older and not status.error and awake_s < STALLED_AFTER_S
