"""Recordings to play: the shipped clip as cameras' main streams, written by the product's own recorder."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import av
from av.packet import Packet
from av.stream import Stream

from app.bench.clips import FPS, GROUP_FRAMES, main_clip
from services.core.paths import default_cache_dir
from services.domain.recordings import Cause, Segment
from services.recording.files import DiskFiles
from services.recording.naming import Begun
from services.recording.writer import SegmentWriter

BEGINS_AT = datetime(2026, 11, 24, 2, 0, 0, tzinfo=UTC)
PIECE_S = 40
PIECES = 8
# No two cameras have their key pictures at the same moment.
PHASES_S = (0.0, 0.53, 1.07, 1.61, 0.27, 0.79, 1.33, 1.87, 0.41)
_RECIPE = f"1 {PIECE_S}"


@dataclass(frozen=True, slots=True)
class Filmed:
    """One camera's recording, and where its files are."""

    camera: str
    segments: tuple[Segment, ...]
    locate: Callable[[Segment], Path]


def filmed(clip: Path, cameras: int) -> list[Filmed]:
    """1080p at 25 a second and 4 Mbit/s, a key picture every two seconds; made once and kept."""
    source = main_clip(clip)
    name = hashlib.sha256(source.name.encode() + _RECIPE.encode()).hexdigest()[:16]
    folder = default_cache_dir() / "bench" / f"past-{name}"
    made = []
    for number in range(cameras):
        piece = folder / f"C{number + 1:02d}.mp4"
        if not piece.exists():
            print("bench playback: writing recordings, once", file=sys.stderr, flush=True)
            _write(source, piece)
        made.append(_filmed(piece, PHASES_S[number % len(PHASES_S)]))
    return made


def _filmed(piece: Path, phase_s: float) -> Filmed:
    """The same piece again and again, as so many pieces that follow each other."""
    size_bytes = piece.stat().st_size
    segments = []
    for number in range(PIECES):
        begins_at = BEGINS_AT + timedelta(seconds=phase_s + number * PIECE_S)
        ends_at = begins_at + timedelta(seconds=PIECE_S)
        path = f"{piece.stem}/{number}"
        segments.append(
            Segment(piece.stem, "main", begins_at, ends_at, Cause.CONTINUOUS, "bench", path, size_bytes)
        )
    return Filmed(piece.stem, tuple(segments), lambda _segment: piece)


def _write(source: Path, target: Path) -> None:
    unfinished = target.parent / f"unfinished-{os.getpid()}"
    with av.open(str(source)) as film:
        video = film.streams.video[0]
        begun = Begun("bench", "main", BEGINS_AT, Cause.CONTINUOUS)
        writer = SegmentWriter(DiskFiles(), unfinished, begun, [video])
        for packet in _repeated([bytes(one) for one in film.demux(video) if one.size], video):
            writer.write(packet)
        segment = writer.finish(BEGINS_AT + timedelta(seconds=PIECE_S), "bench")
    assert segment is not None
    (unfinished / segment.path).replace(target)
    shutil.rmtree(unfinished)


def _repeated(packets: list[bytes], stream: Stream) -> Iterator[Packet[Stream]]:
    """One after the other for a whole piece, evenly spaced."""
    time_base = stream.time_base
    assert time_base is not None
    for number in count():
        if number >= PIECE_S * FPS:
            return
        turn = number % len(packets)
        packet: Packet[Stream] = Packet(packets[turn])
        packet.stream, packet.time_base, packet.is_keyframe = stream, time_base, turn % GROUP_FRAMES == 0
        packet.pts = packet.dts = round(number / FPS / time_base)
        packet.duration = round(1 / FPS / time_base)
        yield packet
