"""Recordings whose pictures say which they are: each is grey by its number, at moments chosen freely."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.packet import Packet
from av.stream import Stream
from av.video.frame import VideoFrame

from services.core.clock import ManualClock
from services.domain.recordings import Segment
from services.playback.clock import PlaybackClock
from services.playback.projector import Projector
from services.playback.reader import Reader
from services.recording.files import DiskFiles
from services.recording.naming import Begun
from services.recording.writer import SegmentWriter
from tests.services.recording.conftest import AT, BEGUN

SCALE = 12_800
LAST_S = 0.04


@dataclass(frozen=True, slots=True)
class Piece:
    """after_s: from the end of the piece before; lengths_ms: how long each picture stays; group: so many
    pictures from one key picture to the next; reorder: of the encoder's B pictures."""

    after_s: float
    lengths_ms: tuple[int, ...]
    group: int = 5
    reorder: int = 0


@dataclass(frozen=True, slots=True)
class Made:
    """moments: when each picture came, by its number; they are counted over all pieces."""

    segments: tuple[Segment, ...]
    moments: tuple[datetime, ...]
    folder: Path

    def locate(self, segment: Segment) -> Path:
        return self.folder / segment.path


def make(folder: Path, pieces: Sequence[Piece]) -> Made:
    segments: list[Segment] = []
    moments: list[datetime] = []
    begins = AT
    for piece in pieces:
        begins += timedelta(seconds=piece.after_s)
        segment, times = _write(folder, piece, begins, first=len(moments))
        segments.append(segment)
        moments += times
        begins = segment.ends_at
    return Made(tuple(segments), tuple(moments), folder)


def _write(folder: Path, piece: Piece, begins: datetime, first: int) -> tuple[Segment, list[datetime]]:
    film = folder / f"film-{first}.mp4"
    starts_ms = [sum(piece.lengths_ms[:number]) for number in range(len(piece.lengths_ms))]
    with av.open(str(film), "w") as out:
        keys = f"keyint={piece.group}:min-keyint={piece.group}:scenecut=0:bframes={piece.reorder}:b-adapt=0"
        options = {"preset": "ultrafast", "x264-params": keys}
        video = out.add_stream("libx264", rate=25, options=options)
        video.width, video.height, video.pix_fmt = 32, 32, "yuv420p"
        video.codec_context.time_base = Fraction(1, SCALE)
        video.time_base = Fraction(1, SCALE)
        for number, start_ms in enumerate(starts_ms):
            pixels = np.full((48, 32), 128, np.uint8)
            pixels[:32] = _grey(first + number)
            picture = VideoFrame.from_ndarray(pixels, "yuv420p")
            picture.pts, picture.time_base = start_ms * SCALE // 1000, Fraction(1, SCALE)
            out.mux(video.encode(picture))
        out.mux(video.encode(None))
    with av.open(str(film)) as source:
        stream = source.streams.video[0]
        writer = SegmentWriter(DiskFiles(), folder, Begun("C01", "main", begins, BEGUN.cause), [stream])
        packets: Iterable[Packet[Stream]] = source.demux([stream])
        for packet in packets:
            if packet.size:
                writer.write(packet)
        ends = begins + timedelta(milliseconds=sum(piece.lengths_ms))
        segment = writer.finish(ends, "disk")
    assert segment is not None
    return segment, [begins + timedelta(milliseconds=one) for one in starts_ms]


def _grey(number: int) -> int:
    return 20 + number * 5 % 210


def number_of(luma: float, near: int, count: int) -> bool:
    """Whether a picture so bright is the one numbered `near`."""
    return 0 <= near < count and abs(luma - _grey(near)) < 2.5


class Cinema:
    """A projector without a thread: turned until it has nothing to do, on a clock that is moved by hand."""

    def __init__(self, made: Made, at: datetime) -> None:
        footage = Reader(made.segments, made.locate)
        self.clock = ManualClock(AT)
        self.playback = PlaybackClock(self.clock, at)
        self.footage = footage
        self.passed: list[datetime] = []
        self.projector = Projector(
            footage, self.playback, self.clock.monotonic, lambda one: self.passed.append(one.at)
        )
        self.most_held = 0

    def __enter__(self) -> Cinema:
        return self

    def __exit__(self, *_: object) -> None:
        self.footage.close()

    def settle(self, limit: int = 3000) -> None:
        for _ in range(limit):
            has_more = self.projector.turn(self.playback.read())
            self.most_held = max(self.most_held, len(self.projector.strip))
            if not has_more:
                return
        raise AssertionError("it never comes to rest")

    def shown(self) -> datetime | None:
        """When the picture came that is shown now."""
        self.settle()
        held = self.projector.strip.holding(self.playback.now())
        return held.at if held is not None else None

    def luma(self) -> float:
        held = self.projector.strip.holding(self.playback.now())
        assert held is not None
        return float(held.frame.to_ndarray()[:32].mean())
