"""Recordings written as the recorder writes them, and a package made of them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction
from functools import cache
from itertools import dropwhile
from pathlib import Path
from threading import Event

import av
import numpy as np
import pytest
from av.audio.frame import AudioFrame
from av.video.frame import VideoFrame

from services.core.clock import ManualClock
from services.domain.recordings import Cause, Segment
from services.evidence.manifest import AuditHead
from services.evidence.package import Options, Package, Recordings, Sealing, Wish, WishedTake, export
from services.evidence.signing import SigningKey
from services.recording.files import DiskFiles
from services.recording.naming import Begun
from services.recording.writer import SegmentWriter

AT = datetime(2026, 11, 24, 2, 0, 0, tzinfo=UTC)
FPS = 25
FRAME = timedelta(seconds=1 / FPS)
GROUP = 50
SIZE_PX = (320, 180)
SOUND_HZ = 8000
CHINA = timezone(timedelta(hours=8))
SEED = bytes(range(32))
Record = Callable[..., Segment]


Board = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]


def film(
    path: Path,
    pictures: int,
    sound: str = "",
    first: int = 0,
    board: Board | None = None,
    codec: str = "libx264",
) -> None:
    """A camera's stream: each picture's grey says its number (mod 200), a key picture every two seconds.

    board: lies over the lower part of each.
    """
    with av.open(str(path), "w") as made:
        video = made.add_stream(codec, rate=FPS)
        video.width, video.height = SIZE_PX
        video.pix_fmt = "yuv420p"
        keys = f"keyint={GROUP}:min-keyint={GROUP}:scenecut=0:bframes=0:qp=10"
        video.options = {
            "preset": "ultrafast",
            "x264-params": keys,
            "x265-params": f"{keys}:log-level=none",
        }
        audio = made.add_stream(sound, rate=SOUND_HZ, layout="mono") if sound else None
        for number in range(pictures):
            grey = np.full((SIZE_PX[1] * 3 // 2, SIZE_PX[0]), 128, np.uint8)
            grey[: SIZE_PX[1]] = 20 + (first + number) % 200
            if board is not None:
                grey[SIZE_PX[1] - len(board) : SIZE_PX[1]] = board
            frame = VideoFrame.from_ndarray(grey, "yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, FPS)
            made.mux(video.encode(frame))
            if audio is not None:
                tone = np.full((1, SOUND_HZ // FPS), 1000, np.int16)
                heard = AudioFrame.from_ndarray(tone, "s16", "mono")
                heard.sample_rate, heard.pts = SOUND_HZ, number * SOUND_HZ // FPS
                heard.time_base = Fraction(1, SOUND_HZ)
                made.mux(audio.encode(heard))
        made.mux(video.encode(None))
        if audio is not None:
            made.mux(audio.encode(None))


@cache
def _filmed(pictures: int, sound: str, first: int, codec: str) -> bytes:
    """`film` without a board, encoded once a process."""
    with tempfile.TemporaryDirectory(prefix="shouwang-film-") as folder:
        path = Path(folder) / "source.mov"
        film(path, pictures, sound, first, codec=codec)
        return path.read_bytes()


def greys_of(path: Path) -> list[int]:
    """Which pictures a file shows, by their grey."""
    with av.open(str(path)) as container:
        return [
            round(float(frame.to_ndarray()[40:140, 60:260].mean())) - 20
            for frame in container.decode(video=0)
        ]


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    (tmp_path / "disk").mkdir()
    return tmp_path / "disk"


@pytest.fixture
def record(tmp_path: Path, disk: Path) -> Record:
    """`record(seconds, begins_at, camera, sound)`: a finished piece whose pictures go on counting from AT."""

    def make(
        seconds: float,
        begins_at: datetime = AT,
        camera: str = "C01",
        sound: str = "",
        stream: str = "main",
        board: Board | None = None,
        codec: str = "libx264",
    ) -> Segment:
        source = tmp_path / "source.mov"
        pictures, first = round(seconds * FPS), round((begins_at - AT) / FRAME)
        if board is None:
            source.write_bytes(_filmed(pictures, sound, first, codec))
        else:
            film(source, pictures, sound, first, board, codec)
        with av.open(str(source)) as container:
            streams = (container.streams.video[0], *container.streams.audio)
            writer = SegmentWriter(
                DiskFiles(), disk, Begun(camera, stream, begins_at, Cause.CONTINUOUS), streams
            )
            packets = [packet for packet in container.demux(*streams) if packet.size]
            for packet in dropwhile(lambda one: one.stream.type != "video", packets):
                writer.write(packet)
            segment = writer.finish(begins_at + timedelta(seconds=seconds), "disk")
        assert segment is not None
        return segment

    return make


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def wish(
    since: datetime,
    until: datetime,
    *cameras: str,
    options: Options = Options(),  # noqa: B008 - a frozen value
    attached: Mapping[str, bytes] | None = None,
) -> Wish:
    takes = tuple(WishedTake(no, f"{no} 号", since, until, "东门", 0.25) for no in cameras or ("C01",))
    people = {"requested_by": "张三", "approved_by": "李四", "operator": "王五"}
    return Wish(
        "调〔2026〕7号",
        takes,
        "查找翻墙的人",
        "东城分局 赵警官",
        **people,
        options=options,
        attached=attached or {},
    )


def sealing(**changed: object) -> Sealing:
    values = {
        "key": SigningKey(SEED),
        "audit": AuditHead(42, "ab" * 32),
        "workstation": "SEAT-1",
        "software": "Shouwang 0.1.0",
        "clock": ManualClock(AT + timedelta(hours=1)),
        "zone": CHINA,
    }
    return Sealing(**{**values, **changed})


def exported(tmp_path: Path, asked: Wish, segments: list[Segment], disk: Path, **changed: object) -> Package:
    by_camera = {take.camera: [s for s in segments if s.camera == take.camera] for take in asked.takes}
    recordings = Recordings(by_camera, lambda segment: disk / segment.path)
    return export(asked, recordings, tmp_path / "out", sealing(**changed), lambda _p: None, Event())
