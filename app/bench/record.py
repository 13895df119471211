"""Measures recording: the product's recorder process, cameras over RTSP from another process, a real disk."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import av

from app.bench.asking import Asking, between, room_in
from app.bench.broadcast import CLIP, Broadcast, camera_no
from app.bench.clips import main_clip
from app.bench.figures import Spread, cpu_s_of
from app.bench.telling import tell
from services.core.logging import configure_logging
from services.domain.recordings import RecordingMode, Segment
from services.recording.disks import prepare
from services.recording.files import DiskFiles
from services.recording.plans import CameraPlan, Report
from services.recording.recorder import Recorder

BEGIN_LIMIT_S = 90.0
# What was sent last is read and its pieces are finished in this time, or it counts as lost.
END_LIMIT_S = 30.0
_LOOK_EVERY_S = 0.1
_LENGTH_BYTES = 4
# Parameter sets are sent with key pictures by one and kept beside them by the other.
_PARAMETERS = frozenset({7, 8})


@dataclass(frozen=True, slots=True)
class Wanted:
    """One measurement as asked for on the command line."""

    cameras: int
    seconds: float
    folder: Path
    json_file: Path | None


def main(arguments: Sequence[str]) -> int:
    """Exit code 0 measured, 1 something was lost, 2 bad arguments or no cameras."""
    wanted = parsed(arguments)
    configure_logging(level=40)
    with room_in(wanted.folder, "record") as folder:
        figures = measure(wanted, folder)
    tell(figures, wanted.json_file)
    return 1 if figures["lost_packets"] else 0


def parsed(arguments: Sequence[str]) -> Wanted:
    """Prints what is wrong and exits with 2, as argparse does."""
    parser = Asking("record", __doc__)
    parser.add_argument(
        "--cameras", type=between(int, 1, 128), default=24, help="that send 1080p at 4 Mbit/s, 1 to 128"
    )
    parser.add_argument(
        "--seconds", type=between(float, 1, 3600), default=70.0, help="how long to measure; pieces last 60 s"
    )
    parser.add_folder(
        "on the disk to record to; half a megabyte per camera and second goes there, and is removed"
    )
    return Wanted(**vars(parser.parse_args(arguments)))


def measure(wanted: Wanted, folder: Path) -> dict[str, float | int | None]:
    """The figures by name; a packet is one coded picture, as it is muxed.

    cpu_cores is of the time in which every camera is written; lost_packets of the whole run: what was sent
    and cannot be found in the files, byte by byte.
    """
    place = prepare(DiskFiles(), folder)
    segments: list[Segment] = []
    writes = _Writes()
    recorder = Recorder(segments.append, writes.hear)
    with Broadcast(wanted.cameras) as cameras:
        plans = tuple(
            CameraPlan(str(camera_no(number)), "main", address, RecordingMode.CONTINUOUS)
            for number, address in enumerate(cameras.addresses)
        )
        recorder.start()
        try:
            recorder.use(plans, (place,), place)
            _wait(lambda: _count_writing(recorder) == wanted.cameras, BEGIN_LIMIT_S)
            print(f"bench record: measuring for {wanted.seconds:.0f} s", file=sys.stderr, flush=True)
            pids = [pid for pid in (recorder.pid,) if pid is not None]
            began_s, cpu_began_s, sim_began_s = time.monotonic(), cpu_s_of(pids), cpu_s_of([cameras.pid])
            time.sleep(wanted.seconds)
            used_s, sim_used_s = cpu_s_of(pids) - cpu_began_s, cpu_s_of([cameras.pid]) - sim_began_s
            took_s = time.monotonic() - began_s
            sent = cameras.end()
            # Whoever was stopped before the connection's end would leave unread what is in the socket.
            _wait(lambda: _count_writing(recorder) == 0, END_LIMIT_S)
        finally:
            recorder.stop()
    written = sum(intact(place.root / segment.path) for segment in segments)
    return {
        "cameras": wanted.cameras,
        "seconds": round(took_s, 1),
        "packets_sent": sent,
        "packets_written": written,
        "lost_packets": sent - written,
        "cpu_cores": round(used_s / took_s, 3),
        "sim_cpu_cores": round(sim_used_s / took_s, 3),
        "write_ms_p99": round(writes.times.percentile_s(0.99) * 1000, 2),
    }


class _Writes:
    """Gathers how long writes took; told by a thread of the recorder's hand."""

    def __init__(self) -> None:
        self.times = Spread()

    def hear(self, report: Report) -> None:
        for write_ms in report.write_ms:
            self.times.add(write_ms / 1000)


def _count_writing(recorder: Recorder) -> int | None:
    """How many cameras are written now; None while the recorder has said nothing."""
    report = recorder.report
    return None if report is None else sum(one.is_writing for one in report.cameras)


def _wait(is_so: Callable[[], bool], limit_s: float) -> None:
    """Until it is so, or the limit: what is missing then shows in the figures."""
    until_s = time.monotonic() + limit_s
    while not is_so() and time.monotonic() < until_s:
        time.sleep(_LOOK_EVERY_S)


def intact(path: Path) -> int:
    """How many pictures of a file are of the clip, byte by byte, each once and in the clip's order."""
    known = {picture: number for number, picture in enumerate(_pictures(main_clip(CLIP)))}
    intact, last = 0, -1
    for picture in _pictures(path):
        number = known.get(picture, -1)
        if number >= 0 and number != last:
            intact, last = intact + 1, number
    return intact


def _pictures(path: Path) -> Iterator[int]:
    with av.open(str(path)) as file:
        for packet in file.demux(video=0):
            if packet.size:
                yield hash(b"".join(_slices(bytes(packet))))


def _slices(picture: bytes) -> Iterator[bytes]:
    """The units of a picture as MP4 keeps them, each behind its length."""
    at = 0
    while at + _LENGTH_BYTES < len(picture):
        begins = at + _LENGTH_BYTES
        at = begins + int.from_bytes(picture[at:begins], "big")
        if picture[begins] & 0x1F not in _PARAMETERS:
            yield picture[begins:at]
