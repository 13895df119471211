"""Writes packets of following pieces into one plain MP4 file and notes what is on it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path

import av
import av.error
from av.packet import Packet
from av.stream import Stream
from av.video.codeccontext import VideoCodecContext

from services.domain.recordings import SEAM_S, Segment
from services.recording.writer import form_for

AT_ONCE_BYTES = 2**18
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Reel:
    """A finished film. first_at, last_at: its first and last picture, by the recorder's clock.

    ends_at: how long the last one is shown. form: FFmpeg's name, mp4 or mov.
    """

    path: Path
    camera: str
    stream: str
    first_at: datetime
    last_at: datetime
    ends_at: datetime
    frames: int
    codec: str
    width_px: int
    height_px: int
    has_sound: bool
    form: str


@dataclass(frozen=True, slots=True)
class _Track:
    """What must be the same for packets to follow in one file. head: what the decoder reads first."""

    codec: str
    size_px: tuple[int, int]
    head: bytes


class Sink:
    """Where FFmpeg puts the file's bytes; keeps the disk's own error, which FFmpeg would hide behind its."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("xb", buffering=0)
        self.error: OSError | None = None

    def write(self, data: bytes) -> int:
        """All of it: a full disk raises instead of taking a part."""
        left = memoryview(data)
        try:
            while left:
                left = left[self._file.write(left) :]
        except OSError as error:
            self.error = error
            raise
        return len(data)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def close(self) -> None:
        self._file.close()


class Film:
    """Used by one thread. streams: of the open piece that it begins with, the video first.

    Raises OSError when the disk refuses, FFmpegError for what cannot be put into MP4.
    """

    def __init__(self, path: Path, begun_with: Segment, streams: Sequence[Stream]) -> None:
        self._path = path
        self._segment = begun_with
        self._shape = [_track_of(stream) for stream in streams]
        self._form = form_for(streams)
        self._sink = Sink(path)
        try:
            self._container = av.open(self._sink, "w", format=self._form, buffer_size=AT_ONCE_BYTES)
            self._tracks = [self._container.add_stream_from_template(stream) for stream in streams]
            self._container.start_encoding()
        except BaseException:
            self._sink.close()
            raise
        self._last: list[int | None] = [None] * len(streams)
        # When the last picture that was written begins and ends.
        self.newest = (begun_with.begins_at, begun_with.begins_at)
        self._begins_s: Fraction | None = None
        self._shown: tuple[datetime, datetime, datetime] | None = None
        self._frames = 0

    def continues(self, segment: Segment, streams: Sequence[Stream]) -> bool:
        """Whether `segment` follows without a gap and in the same form."""
        ends_at = self.newest[1] if self._shown is None else self._shown[2]
        apart_s = (segment.begins_at - ends_at).total_seconds()
        return abs(apart_s) <= SEAM_S and [_track_of(stream) for stream in streams] == self._shape

    def write(self, packet: Packet[Stream], segment: Segment) -> None:
        """The next packet, which is of `segment`; the first of a film must be a key picture."""
        dts_s, pts_s = times_of(packet)
        since_begin_s = Fraction((segment.begins_at - self._segment.begins_at) // _MICROSECOND, 1_000_000)
        if self._begins_s is None:
            self._begins_s = since_begin_s + dts_s
        shift_s = since_begin_s - self._begins_s
        number = 0 if packet.stream.type == "video" else 1
        track, last = self._tracks[number], self._last[number]
        base, length_s = track.time_base, (packet.duration or 0) * packet.time_base
        assert base is not None
        dts = round((dts_s + shift_s) / base)
        if dts < 0 and number > 0:
            return  # sound from before the first picture
        # Two pieces may overlap by what the moment of arrival is uncertain: the later one waits.
        moved = 0 if last is None else max(0, last + 1 - dts)
        if number == 0:
            self._note(segment.begins_at, pts_s, length_s)
        packet.duration = round(length_s / base)
        packet.pts, packet.dts = round((pts_s + shift_s) / base) + moved, dts + moved
        packet.time_base, packet.stream = base, track
        self._last[number] = packet.dts
        self._muxed(packet)

    def finish(self) -> Reel:
        """What is on it; the file is written, not yet synced."""
        try:
            self._container.close()
        except av.error.FFmpegError:
            if self._sink.error is None:
                raise
        finally:
            self._sink.close()
        if self._sink.error is not None:
            raise self._sink.error
        assert self._shown is not None
        video = self._shape[0]
        return Reel(
            self._path,
            self._segment.camera,
            self._segment.stream,
            *self._shown,
            self._frames,
            video.codec,
            *video.size_px,
            len(self._tracks) > 1,
            self._form,
        )

    @property
    def is_empty(self) -> bool:
        return self._shown is None

    def abandon(self) -> None:
        """Its file is nobody's."""
        with suppress(OSError, av.error.FFmpegError):
            self._container.close()
        self._sink.close()

    def _note(self, begins_at: datetime, pts_s: Fraction, length_s: Fraction) -> None:
        at = begins_at + timedelta(seconds=float(pts_s))
        ends_at = at + timedelta(seconds=float(length_s))
        self.newest = at, ends_at
        first, last, end = self._shown or (at, at, ends_at)
        self._shown = min(first, at), max(last, at), max(end, ends_at)
        self._frames += 1

    def _muxed(self, packet: Packet[Stream]) -> None:
        try:
            self._container.mux(packet)
        except av.error.FFmpegError:
            if self._sink.error is not None:
                raise self._sink.error from None
            raise


def times_of(packet: Packet[Stream]) -> tuple[Fraction, Fraction]:
    """When it is decoded and when it is shown, in seconds of its file; only for packets with a time."""
    assert packet.dts is not None
    shown = packet.dts if packet.pts is None else packet.pts
    return packet.dts * packet.time_base, shown * packet.time_base


def _track_of(stream: Stream) -> _Track:
    context = stream.codec_context
    size_px = (context.width, context.height) if isinstance(context, VideoCodecContext) else (0, 0)
    return _Track(context.name, size_px, bytes(context.extradata or b""))
