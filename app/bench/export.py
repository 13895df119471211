"""Measures exports: pieces as the recorder writes them, on a real disk, into a sealed package."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import av
from av.stream import Stream

from app.bench.asking import Asking, between, room_in
from app.bench.broadcast import CLIP, camera_no
from app.bench.clips import main_clip
from app.bench.figures import machine
from app.bench.telling import tell
from services.core.clock import SystemClock
from services.core.logging import configure_logging
from services.domain.recordings import Cause, Segment
from services.evidence import verify
from services.evidence.manifest import AuditHead, FileKind
from services.evidence.package import Options, Package, Recordings, Sealing, Wish, WishedTake, export
from services.evidence.signing import SigningKey
from services.recording.files import DiskFiles
from services.recording.naming import Begun
from services.recording.plans import SEGMENT_S
from services.recording.writer import SegmentWriter

BEGINS_AT = datetime(2026, 11, 24, 2, tzinfo=UTC)
DISK = "bench"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One measurement as asked for on the command line."""

    cameras: int
    seconds: float
    folder: Path
    json_file: Path | None
    has_watermark: bool


def main(arguments: Sequence[str]) -> int:
    """Exit code 0 measured, 1 the package is not as it must be, 2 bad arguments."""
    wanted = parsed(arguments)
    configure_logging(level=40)
    with room_in(wanted.folder, "export") as folder:
        figures = measure(wanted, folder)
    tell(figures, wanted.json_file)
    return 0 if figures["is_whole"] else 1


def parsed(arguments: Sequence[str]) -> Wanted:
    """Prints what is wrong and exits with 2, as argparse does."""
    parser = Asking("export", __doc__)
    parser.add_argument(
        "--cameras", type=between(int, 1, 32), default=4, help="1080p at 4 Mbit/s each, 1 to 32"
    )
    parser.add_argument("--seconds", type=float, default=120.0, help="the range; pieces last 60 s")
    parser.add_folder("on the disk to use; a megabyte per camera and second goes there, and is removed")
    parser.add_argument(
        "--watermark", dest="has_watermark", action="store_true", help="also copies, encoded anew"
    )
    given = parser.parse_args(arguments)
    if not given.seconds > 0:
        parser.error("--seconds must be above 0")
    return Wanted(**vars(given))


def measure(wanted: Wanted, folder: Path) -> dict[str, object]:
    """times_real_time: of the range, all cameras together; camera_times_real_time: of one camera's video."""
    cameras = [str(camera_no(number)) for number in range(wanted.cameras)]
    segments = {no: recorded(folder / "disk", no, wanted.seconds) for no in cameras}
    expected = sum(one.size_bytes for pieces in segments.values() for one in pieces)
    began_s, began_cpu_s = time.monotonic(), time.process_time()
    package = exported(folder, segments, wanted)
    took_s, cpu_s = time.monotonic() - began_s, time.process_time() - began_cpu_s
    began_s = time.monotonic()
    report = verify.check(str(package.path))
    verify_s = time.monotonic() - began_s
    return {
        "cameras": wanted.cameras,
        "seconds": wanted.seconds,
        "watermark": wanted.has_watermark,
        "megabytes": round(expected / 1e6, 1),
        "export_s": round(took_s, 3),
        "cpu_s": round(cpu_s, 3),
        "times_real_time": round(wanted.seconds / took_s, 1),
        "camera_times_real_time": round(wanted.cameras * wanted.seconds / took_s, 1),
        "megabytes_per_s": round(expected / 1e6 / took_s, 1),
        "verify_s": round(verify_s, 3),
        "is_whole": not report.findings and is_covered(package, wanted),
        "machine": machine(),
    }


def exported(folder: Path, segments: dict[str, list[Segment]], wanted: Wanted) -> Package:
    until = BEGINS_AT + timedelta(seconds=wanted.seconds)
    options = Options(has_watermark=wanted.has_watermark)
    takes = tuple(WishedTake(no, no, BEGINS_AT, until) for no in segments)
    asked = Wish("BENCH", takes, "measuring", "nobody", "a", "b", "c", options=options)
    sealing = Sealing(SigningKey(bytes(32)), AuditHead(0, ""), "bench", "bench", SystemClock())
    found = Recordings(segments, lambda segment: folder / "disk" / segment.path)
    return export(asked, found, folder / "out", sealing, lambda _progress: None, Event())


def is_covered(package: Package, wanted: Wanted) -> bool:
    """Every camera's whole range is there."""
    videos = [file for file in package.manifest.files if file.kind is FileKind.VIDEO]
    lengths_s = [file.footage.length_s for file in videos if file.footage is not None]
    return len(lengths_s) == wanted.cameras and min(lengths_s) >= wanted.seconds - 0.1


def recorded(root: Path, camera: str, seconds: float) -> list[Segment]:
    """Pieces of the main stream over and over, a minute each."""
    root.mkdir(parents=True, exist_ok=True)
    segments = []
    begin_s = 0.0
    while begin_s < seconds:
        length_s = min(SEGMENT_S, seconds - begin_s)
        segments.append(_piece(root, camera, BEGINS_AT + timedelta(seconds=begin_s), length_s))
        begin_s += length_s
    return segments


def _piece(root: Path, camera: str, begins_at: datetime, length_s: float) -> Segment:
    clip = main_clip(CLIP)
    with av.open(str(clip)) as first:
        video = first.streams.video[0]
        begun = Begun(camera, "main", begins_at, Cause.CONTINUOUS)
        writer = SegmentWriter(DiskFiles(), root, begun, [video])
        shift_s = 0.0
        while shift_s < length_s:
            shift_s = _append(writer, clip, shift_s, length_s)
        segment = writer.finish(begins_at + timedelta(seconds=length_s), DISK)
    assert segment is not None
    return segment


def _append(writer: SegmentWriter, clip: Path, shift_s: float, length_s: float) -> float:
    """Once through the clip, from `shift_s` on; returns where it ends."""
    end_s = shift_s
    with av.open(str(clip)) as source:
        streams: Sequence[Stream] = source.streams.video
        for packet in source.demux(*streams):
            if not packet.size or packet.dts is None or packet.time_base is None:
                continue
            shift = round(shift_s / packet.time_base)
            packet.dts, packet.pts = packet.dts + shift, (packet.pts or 0) + shift
            if packet.dts * packet.time_base >= length_s:
                break
            end_s = float((packet.dts + (packet.duration or 0)) * packet.time_base)
            writer.write(packet)
    return max(end_s, shift_s + 1.0)
