"""Decodes one camera's recording at any moment: the picture that was on the screen then."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import av
import av.error
import numpy as np
import numpy.typing as npt
from av.container import InputContainer
from av.video.frame import VideoFrame

from services.domain.recordings import Segment
from services.video.decoder import fit

# A jump forwards of no more than this is decoded through: seeking would go back to a key picture first.
THROUGH_S = 1.5
# Two seconds of 1080p decoded take 150 MB; a longer group is decoded again for its earlier part.
MOST_HELD = 50
# Of a piece so much may lie between two pictures before they count as a gap.
_PAST_END_S = 0.5
# Of a picture that does not say how long it is shown.
_USUAL_LENGTH_S = 0.04


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture and when it came; it is shown until `until`."""

    frame: VideoFrame
    at: datetime
    until: datetime


@dataclass(slots=True)
class _Open:
    """A segment being decoded. frames: what the decoder gives from here on."""

    segment: Segment
    container: InputContainer
    frames: Iterator[VideoFrame]
    last: Shown | None = None


# Where a segment's file is; None = its disk is not here.
Locate = Callable[[Segment], Path | None]


class Reader:
    """Used by one thread. segments: of one stream, by their beginning.

    `at` raises nothing for what is missing or broken: it is a gap, and `error` says why.
    """

    def __init__(self, segments: Sequence[Segment], locate: Locate) -> None:
        self._known = _indexed(segments)
        self._locate = locate
        self._open: _Open | None = None
        self.error = ""

    def use(self, segments: Sequence[Segment]) -> None:
        """A longer list: recording goes on while it is watched. From any thread."""
        self._known = _indexed(segments)

    def close(self) -> None:
        if self._open is not None:
            self._open.container.close()
            self._open = None

    def segment_at(self, at: datetime) -> Segment | None:
        begins, segments = self._known
        number = bisect_right(begins, at) - 1
        if number < 0 or at >= segments[number].ends_at + timedelta(seconds=_PAST_END_S):
            return None
        return segments[number]

    def at(self, at: datetime, *, only_keys: bool = False) -> Shown | None:
        """The picture of that moment; None in a gap. only_keys: the key picture before it will do."""
        segment = self.segment_at(at)
        if segment is None:
            self.error = ""
            return None
        try:
            return self._decoded(segment, at, only_keys=only_keys)
        except (OSError, av.error.FFmpegError, IndexError) as error:
            self.error = "playback.no_file" if isinstance(error, OSError) else "playback.broken_file"
            self.close()
            return None

    def group_before(self, at: datetime) -> list[Shown]:
        """All pictures from the key picture before `at` up to it, the last MOST_HELD of them: what playing
        backwards shows in turn."""
        segment = self.segment_at(at)
        if segment is None:
            return []
        self.close()
        try:
            opened = self._opened(segment)
            self._seek(opened, at)
            group: deque[Shown] = deque(maxlen=MOST_HELD)
            while (shown := self._next(opened)) is not None and shown.at <= at:
                group.append(shown)
            return list(group)
        except (OSError, av.error.FFmpegError, IndexError):
            self.close()
            return []

    def _decoded(self, segment: Segment, at: datetime, *, only_keys: bool) -> Shown | None:
        opened = self._open
        # Of a piece that is still being written a later look shows more than the open file knows.
        if opened is None or opened.segment != segment:
            self.close()
            opened = self._opened(segment)
        last = opened.last
        if last is not None and last.at <= at < last.until:
            return last
        is_near = last is not None and timedelta(0) <= at - last.at <= timedelta(seconds=THROUGH_S)
        if only_keys or not is_near:
            self._seek(opened, at)
            if only_keys:
                return self._next(opened)
        while (shown := self._next(opened)) is not None:
            if shown.until > at:
                return shown
        return opened.last

    def _opened(self, segment: Segment) -> _Open:
        path = self._locate(segment)
        if path is None:
            raise FileNotFoundError
        container = av.open(str(path))
        container.streams.video[0].thread_type = "AUTO"
        self._open = _Open(segment, container, container.decode(container.streams.video[0]))
        return self._open

    def _seek(self, opened: _Open, at: datetime) -> None:
        """To the key picture at or before that moment."""
        video = opened.container.streams.video[0]
        offset_s = max(0.0, (at - opened.segment.begins_at).total_seconds())
        assert video.time_base is not None
        opened.container.seek(round(offset_s / video.time_base), stream=video, backward=True)
        # A new one: the old still holds pictures from before the jump.
        opened.frames, opened.last = opened.container.decode(video), None

    def _next(self, opened: _Open) -> Shown | None:
        for frame in opened.frames:
            if frame.pts is None:
                continue
            at = opened.segment.begins_at + timedelta(seconds=frame.time)
            length_s = float((frame.duration or 0) * (frame.time_base or 0)) or _USUAL_LENGTH_S
            opened.last = Shown(frame, at, at + timedelta(seconds=length_s))
            return opened.last
        return None


def _indexed(segments: Sequence[Segment]) -> tuple[list[datetime], list[Segment]]:
    return [segment.begins_at for segment in segments], list(segments)


def pixels_of(frame: VideoFrame, size_px: tuple[int, int]) -> npt.NDArray[np.uint8]:
    """BGRA, (height, width, 4), no larger than asked and no larger than the picture."""
    width, height = fit(frame.width, frame.height, size_px)
    return np.ascontiguousarray(frame.reformat(width, height, "bgra", interpolation="BILINEAR").to_ndarray())
