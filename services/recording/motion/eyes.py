"""Looks at a stream: decodes it as cheaply as can be and makes a few small grey pictures of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import av
import av.error
import numpy as np
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation, VideoReformatter
from av.video.stream import VideoStream

from services.recording.motion.detector import HEIGHT, WIDTH, Luma
from services.recording.streams import known_streams

# Faster runners are seen at three places of a picture's width; more looks cost more and show no more.
LOOK_EVERY_S = 0.25
# Without the loop filter decoding costs a fifth less; what it smooths is smaller than a look's points.
_CHEAP = {"skip_loop_filter": "all"}
# A picture that claims more is no camera's.
_MOST_PX = 36_000_000


@dataclass(frozen=True, slots=True)
class Glance:
    """media_s: the picture's time in its stream."""

    media_s: float
    luma: Luma


class Eyes:
    """Of one connection's video; used by one thread."""

    def __init__(self, video: VideoStream) -> None:
        self._context = video.codec_context
        # Looked at in its own time: more threads would hold pictures back and cost more.
        self._context.thread_count = 1
        self._context.options = _CHEAP
        self._scaler = VideoReformatter()
        self._due_s = float("-inf")
        self._waits_for_key = True

    def glances(self, packets: Iterable[Packet[VideoStream]]) -> Iterator[Glance]:
        """Every picture is decoded, for the next ones need it; one in LOOK_EVERY_S is looked at.

        Many packets at once cost less than each alone: the decoder's tables stay in the cache.
        """
        for packet in packets:
            if self._waits_for_key and not packet.is_keyframe:
                continue
            self._waits_for_key = False
            try:
                frames = self._context.decode(packet)
            except av.error.FFmpegError:
                self._waits_for_key = True
                continue
            for frame in frames:
                if frame.pts is not None and self._is_due(frame.time):
                    yield Glance(frame.time, small(self._scaler, frame))

    def _is_due(self, media_s: float) -> bool:
        # A stream whose time steps back begins again.
        if not self._due_s - LOOK_EVERY_S * 2 <= media_s < self._due_s:
            late_s = media_s - self._due_s
            is_steady = 0 <= late_s < LOOK_EVERY_S
            self._due_s = (self._due_s if is_steady else media_s) + LOOK_EVERY_S
            return True
        return False


def key_glances(path: Path) -> list[Glance]:
    """The key pictures of a finished piece. Raises OSError, av.error.FFmpegError and ValueError for one whose
    coding nobody knows."""
    with av.open(str(path), metadata_errors="replace") as container:
        if not known_streams(container):
            raise ValueError("no video that can be read")
        video = container.streams.video[0]
        video.codec_context.skip_frame = "NONKEY"
        video.codec_context.options = _CHEAP
        scaler = VideoReformatter()
        return [
            Glance(frame.time, small(scaler, frame))
            for frame in container.decode(video)
            if frame.pts is not None
        ]


def small(scaler: VideoReformatter, frame: VideoFrame) -> Luma:
    if frame.width * frame.height > _MOST_PX:
        return np.zeros((HEIGHT, WIDTH), np.uint8)
    grey = scaler.reformat(frame, WIDTH, HEIGHT, "gray", interpolation=Interpolation.AREA, threads=1)
    plane = grey.planes[0]
    return np.ndarray((HEIGHT, WIDTH), np.uint8, memoryview(plane), strides=(plane.line_size, 1)).copy()
