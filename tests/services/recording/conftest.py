"""Pieces written from real footage, and disks that remember what was done to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import av
import pytest
from av.packet import Packet
from av.stream import Stream

from services.domain.recordings import Cause, Segment
from services.recording.files import DiskFiles, Files
from services.recording.naming import Begun
from services.recording.writer import SegmentWriter
from services.storage import Database
from tests.records import new_record

CLIP = Path(__file__).resolve().parents[2] / "clips" / "pedestrians.mp4"
AT = datetime(2026, 11, 24, 2, 0, 0, 123456, tzinfo=UTC)
BEGUN = Begun("C01", "main", AT, Cause.CONTINUOUS)


@pytest.fixture
def clip() -> Iterator[av.container.InputContainer]:
    """400 pictures at 25 a second with a key picture at least every two seconds."""
    with av.open(str(CLIP)) as container:
        yield container


@pytest.fixture
def packets(clip: av.container.InputContainer) -> list[Packet[Stream]]:
    return [packet for packet in clip.demux(clip.streams.video[0]) if packet.size]


@pytest.fixture
def write_part(
    clip: av.container.InputContainer, packets: list[Packet[Stream]]
) -> Callable[..., SegmentWriter]:
    """`write_part(root, count, files, begun)`: an unfinished piece with so many pictures."""

    def write(root: Path, count: int, files: Files | None = None, begun: Begun = BEGUN) -> SegmentWriter:
        writer = SegmentWriter(files or DiskFiles(), root, begun, [clip.streams.video[0]])
        for packet in packets[:count]:
            writer.write(packet)
        return writer

    return write


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with new_record(tmp_path / "shouwang.db") as database:
        yield database


def pictures_in(path: Path) -> int:
    """How many of a file's pictures can be decoded."""
    with av.open(str(path)) as container:
        return sum(1 for _ in container.decode(video=0))


def lies_at(root: Path, segment: Segment) -> Path:
    return root / segment.path
