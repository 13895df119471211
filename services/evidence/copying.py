"""Makes a copy of a film with masks and watermark: decoded, painted over, encoded anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from fractions import Fraction
from pathlib import Path

import av
import av.error
import numpy as np
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.stream import Stream
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from services.core.errors import ServiceError
from services.domain.evidence import Mask
from services.evidence.film import AT_ONCE_BYTES, Reel, Sink
from services.evidence.mask_keys import key_at
from services.evidence.masking import Grey, Planes, blur
from services.evidence.watermark import Watermark

# What the eye does not tell from the original, at a third of the camera's bits.
_OPTIONS = {"preset": "veryfast", "crf": "20", "bf": "0", "g": "50"}
MARK = "副本，经重新编码 / re-encoded copy"


@dataclass(frozen=True, slots=True)
class Paint:
    """What is done to every picture. watermark: the text, "" = none; masks: of this film's camera."""

    watermark: str
    masks: tuple[Mask, ...]
    zone: tzinfo | None


def make_copy(reel: Reel, source: Path, target: Path, paint: Paint, watch: Callable[[int], None]) -> Reel:
    """The copy; its sound is the original's, untouched. watch: told each picture; raises to end the work.

    Raises OSError, ServiceError("evidence.copy_failed", camera); `target` is then nobody's.
    """
    sink = Sink(target)
    painter = _Painter(reel, paint)
    try:
        with av.open(str(source), metadata_errors="replace") as film:
            with av.open(sink, "w", format=reel.form, buffer_size=AT_ONCE_BYTES) as copy:
                copy.metadata["comment"] = MARK
                video = _painted_all(film, copy, painter, watch)
            size_px = video.width, video.height
    except av.error.FFmpegError:
        if sink.error is None:
            raise ServiceError("evidence.copy_failed", camera=reel.camera) from None
    finally:
        sink.close()
    if sink.error is not None:
        raise sink.error
    return replace(
        reel, path=target, frames=painter.frames, codec="h264", width_px=size_px[0], height_px=size_px[1]
    )


def _painted_all(
    film: InputContainer, copy: OutputContainer, painter: _Painter, watch: Callable[[int], None]
) -> VideoStream:
    """Every picture painted and encoded, every packet of sound as it is."""
    source, video = film.streams.video[0], _video_for(film, copy)
    sounds = {one.index: copy.add_stream_from_template(one) for one in film.streams.audio[:1]}
    streams: Sequence[Stream] = (source, *film.streams.audio[:1])
    for packet in film.demux(*streams):
        # The last packet of each stream is empty and bears no number: the stream itself says whose it is.
        if packet.stream.type == "audio":
            if packet.dts is not None:
                packet.stream = sounds[packet.stream_index]
                copy.mux(packet)
            continue
        for frame in _decoded(source, packet):
            copy.mux(video.encode(painter.painted(frame)))
            watch(1)
    copy.mux(video.encode(None))
    return video


def _decoded(source: VideoStream, packet: Packet[Stream]) -> Sequence[VideoFrame]:
    """A picture that came broken is not there in the copy; the original keeps what there is of it."""
    try:
        return source.decode(packet)
    except av.error.InvalidDataError:
        return ()


class _Painter:
    """Of one film; knows when each picture was taken by where it stands in it."""

    def __init__(self, reel: Reel, paint: Paint) -> None:
        self._reel = reel
        self._paint = paint
        self._watermark: Watermark | None = None
        self._first_s: float | None = None
        self.frames = 0

    def painted(self, frame: VideoFrame) -> VideoFrame:
        size_px = _even(frame.width), _even(frame.height)
        picture: Grey = frame.reformat(*size_px, "yuv420p").to_ndarray().view(np.uint8)
        at = self._at(frame)
        luma = picture[: size_px[1]]
        for mask in self._paint.masks:
            blur((luma, *_chroma_of(picture, size_px)), key_at(mask, at))
        if self._paint.watermark:
            if self._watermark is None:
                self._watermark = Watermark(self._paint.watermark, size_px, self._paint.zone)
            self._watermark.burn(luma, at)
        painted = VideoFrame.from_ndarray(picture, "yuv420p")
        painted.pts, painted.time_base = frame.pts, frame.time_base
        self.frames += 1
        return painted

    def _at(self, frame: VideoFrame) -> datetime:
        if self._first_s is None:
            self._first_s = frame.time
        return self._reel.first_at + timedelta(seconds=frame.time - self._first_s)


def _chroma_of(picture: Grey, size_px: tuple[int, int]) -> Planes:
    """The two colour planes below the luma, as views: a quarter of its dots each."""
    width, height = size_px
    colour = picture[height:].reshape(2, height // 2, width // 2)
    return colour[0], colour[1]


def _video_for(film: InputContainer, copy: OutputContainer) -> VideoStream:
    source = film.streams.video[0]
    video = copy.add_stream("libx264", rate=source.average_rate or Fraction(25), options=dict(_OPTIONS))
    video.width, video.height = _even(source.width), _even(source.height)
    video.pix_fmt = "yuv420p"
    # Cameras do not keep to their rate: each picture stays at its own time.
    video.codec_context.time_base = source.time_base or Fraction(1, 90_000)
    return video


def _even(length_px: int) -> int:
    return length_px - length_px % 2
