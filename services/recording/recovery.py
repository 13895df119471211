"""What a start finds: parts that a killed recorder left become segments, up to their last whole fragment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path, PurePosixPath
from stat import S_ISREG

import av
import av.error
import structlog

from services.domain.recordings import Segment
from services.recording.boxes import whole_bytes
from services.recording.files import Files
from services.recording.naming import PART_SUFFIX, SUFFIX, Begun, begun_of, part_path, segment_of
from services.recording.writer import publish

# A part whose times say more is damaged: a piece is about a minute long.
LONGEST = timedelta(hours=1)

log = structlog.get_logger(__name__)


def recover(files: Files, root: Path, disk: str) -> Iterator[Segment]:
    """Each part under `root` that holds pictures, as the segment it has become; the empty ones go.

    Nothing may be writing there. A part that the disk refuses to mend stays, with a log line.
    """
    for part in sorted(root.glob(f"*/*/*{PART_SUFFIX}")):
        begun = begun_of(PurePosixPath(part.relative_to(root).as_posix()))
        segment = None if begun is None else mend(files, root, begun, disk)
        if segment is not None:
            yield segment


def mend(files: Files, root: Path, begun: Begun, disk: str) -> Segment | None:
    """The segment that a part has become; None when it held no picture or the disk refuses."""
    part = root / part_path(begun)
    try:
        size_bytes = part.stat().st_size
        with part.open("rb") as file:
            whole = whole_bytes(file, size_bytes)
        if whole == 0:
            files.remove(part)
            files.sync_folder(part.parent)
            return None
        files.truncate(part, whole)
        ends_at = begun.begins_at + _length_of(part)
        segment = publish(files, root, begun, part, ends_at, disk, whole)
    except OSError as error:
        log.error("recording.not_mended", part=part.name, error=type(error).__name__)
        return None
    log.info("recording.mended", camera=segment.camera, path=segment.path)
    return segment


def found_on(root: Path, disk: str) -> Iterator[Segment]:
    """Every finished segment that lies on a disk, by its name."""
    for path in sorted(root.glob(f"*/*/*{SUFFIX}")):
        try:
            found = path.stat()
        except FileNotFoundError:
            continue  # retention was here meanwhile
        except OSError as error:
            # One bad place on a disk must not keep all the others from being found.
            log.error("recording.not_looked_at", path=path.name, error=type(error).__name__)
            continue
        if not S_ISREG(found.st_mode):
            continue
        segment = segment_of(PurePosixPath(path.relative_to(root).as_posix()), disk, found.st_size)
        if segment is not None:
            yield segment


def _length_of(path: Path) -> timedelta:
    """From the first picture to the end of the last, by the times written in the fragments."""
    try:
        with av.open(str(path), metadata_errors="replace") as container:
            video = container.streams.video[0]
            ends = [
                float((packet.dts + (packet.duration or 0)) * packet.time_base)
                for packet in container.demux(video)
                if packet.dts is not None and packet.time_base is not None
            ]
    except (av.error.FFmpegError, IndexError):
        return timedelta(0)
    return timedelta(seconds=min(max(ends, default=0.0), LONGEST.total_seconds()))
