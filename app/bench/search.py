"""Measures the search for motion: hours of pieces on a disk, with their index and without."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath
from threading import Event
from typing import cast

import av
from av.packet import Packet
from av.stream import Stream

from app.bench.asking import Asking, between, room_in
from app.bench.broadcast import CLIP
from app.bench.clips import main_clip
from app.bench.telling import tell
from services.core.clock import SystemClock
from services.core.logging import configure_logging
from services.domain.motion import Look
from services.domain.people import Role, Session
from services.domain.recordings import Cause, Segment
from services.playback.motion_search import Answer, MotionSearchDesk, Question
from services.recording.disks import prepare
from services.recording.files import DiskFiles
from services.recording.motion.detector import MotionDetector
from services.recording.motion.eyes import Eyes
from services.recording.motion.sidefile import MotionIndex, write_index
from services.recording.naming import Begun, finished_path
from services.recording.plans import Place
from services.recording.writer import SegmentWriter
from services.storage import Database, care, sqlite_url

INDEXED, BARE = "B01", "B02"
AT = datetime(2026, 1, 1, tzinfo=UTC)
PIECE = timedelta(seconds=60)
FPS = 25
# Without index some minutes tell as much as hours.
MOST_BARE = 10
# The lower left quarter: people walk through it.
REGION = ((0.0, 0.5), (0.5, 0.5), (0.5, 1.0), (0.0, 1.0))
WHO = Session("bench", "bench", Role.SUPERVISOR, "BENCH")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One measurement as asked for on the command line."""

    hours: float
    folder: Path
    json_file: Path | None


def main(arguments: Sequence[str]) -> int:
    """Exit code 0 measured, 1 nothing was found, 2 bad arguments."""
    wanted = parsed(arguments)
    configure_logging(level=40)
    with room_in(wanted.folder, "search") as folder:
        figures = measure(wanted, folder)
    tell(figures, wanted.json_file)
    return 0 if figures["hits"] else 1


def parsed(arguments: Sequence[str]) -> Wanted:
    """Prints what is wrong and exits with 2, as argparse does."""
    parser = Asking("search", __doc__)
    parser.add_argument(
        "--hours", type=between(float, 0.05, 168), default=2.0, help="of recording with index, up to 168"
    )
    parser.add_folder("for the pieces")
    return Wanted(**vars(parser.parse_args(arguments)))


def measure(wanted: Wanted, folder: Path) -> dict[str, float | int]:
    """The figures by name; times_real_time is of the search by index."""
    place = prepare(DiskFiles(), folder / "disk")
    count = max(1, round(wanted.hours * 3600 / PIECE.total_seconds()))
    index_bytes = _lay(place, count)
    care.upgrade(url := sqlite_url(folder / "bench.db"))
    database = Database(url, SystemClock())
    database.open()
    try:
        pieces = _pieces(INDEXED, place, count) + _pieces(BARE, place, min(count, MOST_BARE))
        database.write(lambda tx: tx.segments.add_all(pieces))
        desk = MotionSearchDesk(database, [place.root])
        answer, took_s = _timed(desk, INDEXED, count)
        bare, bare_s = _timed(desk, BARE, min(count, MOST_BARE))
    finally:
        database.close()
    return {
        "hours": round(answer.searched.total_seconds() / 3600, 2),
        "hits": len(answer.hits),
        "seconds": round(took_s, 3),
        "times_real_time": round(answer.searched.total_seconds() / took_s),
        "index_bytes_per_hour": round(index_bytes * 3600 / PIECE.total_seconds()),
        "by_keys_minutes": round(bare.by_keys.total_seconds() / 60, 1),
        "by_keys_times_real_time": round(bare.by_keys.total_seconds() / bare_s),
    }


def _timed(desk: MotionSearchDesk, camera: str, pieces: int) -> tuple[Answer, float]:
    question = Question(camera, REGION, AT, AT + pieces * PIECE)
    began_s = time.monotonic()
    answer = desk.search(WHO, question, lambda _progress: None, Event())
    return answer, time.monotonic() - began_s


def _lay(place: Place, count: int) -> int:
    """One minute of 1080p, under as many names as there are pieces, and its index beside those of INDEXED.

    Returns how many bytes the index of one takes.
    """
    first = _pieces(INDEXED, place, 1)[0]
    source = _written(place)
    looks = _looks()
    size_bytes = 0
    for piece in [*_pieces(INDEXED, place, count), *_pieces(BARE, place, min(count, MOST_BARE))]:
        path = place.root / piece.path
        path.parent.mkdir(parents=True, exist_ok=True)
        if path != source:
            os.link(source, path)
        if piece.camera == INDEXED:
            shift = piece.begins_at - first.begins_at
            moved = tuple(replace(one, at=one.at + shift) for one in looks)
            write_index(DiskFiles(), place.root, piece, MotionIndex(moved))
            size_bytes = path.with_suffix(".motion").stat().st_size
    return size_bytes


def _pieces(camera: str, place: Place, count: int) -> list[Segment]:
    made = []
    for number in range(count):
        begins_at = AT + number * PIECE
        begun = Begun(camera, "main", begins_at, Cause.CONTINUOUS)
        path: PurePosixPath = finished_path(begun, begins_at + PIECE)
        made.append(
            Segment(camera, "main", begins_at, begins_at + PIECE, begun.cause, place.disk, str(path), 1)
        )
    return made


def _written(place: Place) -> Path:
    """The clip as a main stream, over and over for a minute."""
    begun = Begun(INDEXED, "main", AT, Cause.CONTINUOUS)
    written, wanted = 0, round(PIECE.total_seconds() * FPS)
    with av.open(str(main_clip(CLIP))) as clip:
        video = clip.streams.video[0]
        assert video.time_base is not None
        step = round(1 / FPS / video.time_base)
        writer = SegmentWriter(DiskFiles(), place.root, begun, [video])
        while written < wanted:
            clip.seek(0)
            for packet in cast("Iterator[Packet[Stream]]", clip.demux(video)):
                if packet.size and written < wanted:
                    packet.dts = packet.pts = written * step
                    writer.write(packet)
                    written += 1
    segment = writer.finish(AT + PIECE, place.disk)
    assert segment is not None
    return place.root / segment.path


def _looks() -> list[Look]:
    """What the hub's process sees in a minute of the small stream."""
    detector, looks, laps = MotionDetector(), list[Look](), 0
    while len(looks) < PIECE.total_seconds() * 4:
        with av.open(str(CLIP)) as clip:
            video = clip.streams.video[0]
            for glance in Eyes(video).glances(packet for packet in clip.demux(video) if packet.size):
                at_s = laps * 16.0 + glance.media_s
                looks.append(Look(AT + timedelta(seconds=at_s), detector.look(glance.luma, at_s)))
        laps += 1
    return [look for look in looks if look.at < AT + PIECE]
