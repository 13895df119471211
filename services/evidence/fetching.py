"""Fetches from a recorder what is to be exported: into pieces as our own recorder writes them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import av.error
from av.packet import Packet
from av.stream import Stream

from services.core.errors import ServiceError
from services.domain.recordings import SEAM_S, Cause, Segment
from services.playback.tapes import CodedPicture, Tape
from services.recording.files import DiskFiles
from services.recording.naming import Begun
from services.recording.writer import SegmentWriter
from services.video import trouble

STREAM = "recorder"
_SEAM = timedelta(seconds=SEAM_S)
_USUAL_LENGTH = timedelta(seconds=0.04)
# Pictures that are shown before the end may be sent after one that is shown at it.
_REORDERED = timedelta(seconds=0.5)
# A group is held until it is whole; of a recorder that sends no key pictures this much.
_MOST_GROUP_BYTES = 64 * 2**20
_SCALE = 1_000_000
_UNIT = re.compile(rb"\x00\x00\x01")


@dataclass(frozen=True, slots=True)
class Fetched:
    """error: what broke it off; the pieces up to there are good."""

    segments: tuple[Segment, ...]
    error: ServiceError | None = None


class Fetcher:
    """Of one camera. folder: where the pieces go; watch: told the seconds that came, raises to end it."""

    def __init__(self, camera: str, tape: Tape, folder: Path, watch: Callable[[float], None]) -> None:
        self._camera = camera
        self._tape = tape
        self._folder = folder
        self._watch = watch
        self._piece: _Piece | None = None
        self._segments: list[Segment] = []

    def fetch(self, since: datetime, until: datetime) -> Fetched:
        """What the recorder has of [since, until), from the key picture before it on; not what it says.

        Raises OSError when our own disk refuses, and what `watch` raises.
        """
        self._segments = []
        error: ServiceError | None = None
        try:
            for begins, ends in self._tape.spans(since, until):
                self._copy(max(since, begins), min(until, ends))
        except ServiceError as failed:
            if failed.code.startswith("evidence."):
                raise
            error = failed
        finally:
            self._end_piece()
        return Fetched(tuple(self._segments), error)

    def _copy(self, since: datetime, until: datetime) -> None:
        group, held_bytes, newest, has_key = list[CodedPicture](), 0, since, False
        self._tape.begin(since)
        try:
            while (picture := self._tape.next()) is not None:
                self._watch(max(0.0, (min(picture.at, until) - newest).total_seconds()))
                newest = max(newest, min(picture.at, until))
                if picture.is_key or held_bytes > _MOST_GROUP_BYTES:
                    self._write(group, picture.at)
                    group, held_bytes, has_key = [], 0, has_key or picture.is_key
                if picture.at >= until and (picture.is_key or picture.at >= until + _REORDERED):
                    break
                if has_key:
                    group.append(picture)
                    held_bytes += len(picture.data)
        finally:
            # What came of a group before the recorder fell silent is good, too.
            self._write(group, None)
            self._end_piece()

    def _write(self, group: Sequence[CodedPicture], following: datetime | None) -> None:
        """A whole group; following: when the next picture is shown, None = nobody knows."""
        if not group:
            return
        piece = self._piece
        if piece is None or (group[0].is_key and not piece.continues(group[0])):
            self._end_piece()
            codec = self._tape.codec
            if codec is None:
                raise ServiceError(trouble.BAD_STREAM)
            piece = self._piece = _Piece(self._folder, self._camera, codec, group)
        piece.write(group, following)

    def _end_piece(self) -> None:
        piece, self._piece = self._piece, None
        segment = piece.finish() if piece is not None else None
        if segment is not None:
            self._segments.append(segment)


class _Piece:
    """One file: pictures of one form that follow each other. Raises OSError when the disk refuses."""

    def __init__(
        self, folder: Path, camera: str, codec: tuple[str, bytes], group: Sequence[CodedPicture]
    ) -> None:
        self._codec = codec[0]
        self._sets = _sets_in(self._codec, group[0].data)
        self._base = min(one.at for one in group)
        self._delay = _delay_of(group)
        self._last_dts: int | None = None
        self.ends_at = self._base
        begun = Begun(camera, STREAM, self._base - self._delay, Cause.CONTINUOUS)
        # Only FFmpeg's reader of the raw stream makes a head that its writers take.
        raw = io.BytesIO(codec[1] + group[0].data)
        try:
            with av.open(raw, format=self._codec) as opened:
                self._writer = SegmentWriter(DiskFiles(), folder, begun, opened.streams.video[:1])
        except (av.error.FFmpegError, ValueError):
            raise ServiceError(trouble.BAD_STREAM) from None

    def continues(self, key: CodedPicture) -> bool:
        """Whether the group that begins with `key` follows without a gap and in the same form."""
        return abs(key.at - self.ends_at) <= _SEAM and _sets_in(self._codec, key.data) == self._sets

    def write(self, group: Sequence[CodedPicture], following: datetime | None) -> None:
        shown = sorted(one.at for one in group)
        end = following if following is not None and following > shown[-1] else shown[-1] + _USUAL_LENGTH
        lengths = [_length(one, other) for one, other in pairwise((*shown, end))]
        self._delay = max(self._delay, _delay_of(group))
        for picture, decoded, length in zip(group, shown, lengths, strict=True):
            self._mux(picture, decoded - self._delay, length)
        self.ends_at = shown[-1] + lengths[-1]

    def finish(self) -> Segment | None:
        return self._writer.finish(self.ends_at, "")

    def _mux(self, picture: CodedPicture, decoded_at: datetime, length: timedelta) -> None:
        dts, pts = self._ticks(decoded_at), self._ticks(picture.at)
        if self._last_dts is not None:
            dts = max(dts, self._last_dts + 1)
        self._last_dts = dts
        packet: Packet[Stream] = Packet(picture.data)
        packet.dts, packet.pts, packet.duration = dts, max(pts, dts), round(length.total_seconds() * _SCALE)
        packet.time_base = Fraction(1, _SCALE)
        packet.is_keyframe = picture.is_key
        try:
            self._writer.write(packet)
        except av.error.FFmpegError:
            raise ServiceError(trouble.BAD_STREAM) from None

    def _ticks(self, at: datetime) -> int:
        return (at - self._base) // timedelta(microseconds=1)


def _delay_of(group: Sequence[CodedPicture]) -> timedelta:
    """How long pictures are held so that none is shown before it is decoded; 0 where they come in order."""
    shown = sorted(one.at for one in group)
    return max((at - one.at for at, one in zip(shown, group, strict=True)), default=timedelta())


def _length(at: datetime, following: datetime) -> timedelta:
    """Beyond a seam it is a gap: the picture was not shown all that while."""
    return following - at if following - at <= _SEAM else _USUAL_LENGTH


def _sets_in(codec: str, data: bytes) -> tuple[bytes, ...]:
    """The parameter sets that stand before a key picture; () where they came apart from it."""
    found = []
    for unit in _UNIT.split(data)[1:]:
        if not unit:
            continue
        is_set = unit[0] & 0x1F in (7, 8) if codec == "h264" else 32 <= (unit[0] >> 1) & 0x3F <= 34
        if is_set:
            # What is left of the next start code of four bytes.
            found.append(unit.rstrip(b"\x00"))
    return tuple(found)
