"""What moved during one piece of recording, in a small file beside it: whole or not there."""

from __future__ import annotations

import struct
import zlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath

from services.domain.motion import CELLS, COLUMNS, ROWS, Look
from services.domain.recordings import Segment
from services.recording.files import Files

SUFFIX = ".motion"
PART_SUFFIX = ".motion-part"
_MAGIC = b"SWM1"
# The mark, the grid, what was looked at, how many looks.
_HEAD = struct.Struct("<4sBBBxI")
_MS = timedelta(milliseconds=1)
_CELL_BYTES = CELLS // 8
# A day of looks: what claims more is no file of ours.
_MOST_LOOKS = 1_000_000


@dataclass(frozen=True, slots=True)
class MotionIndex:
    """The looks during one piece. is_coarse: only its key pictures were looked at, a second or more apart."""

    looks: tuple[Look, ...]
    is_coarse: bool = False


def motion_path(segment: Segment) -> PurePosixPath:
    """Relative to the disk, as `segment.path`."""
    return PurePosixPath(segment.path).with_suffix(SUFFIX)


def encoded(index: MotionIndex, begins_at: datetime) -> bytes:
    """Times are kept in whole milliseconds from `begins_at`, the beginning of the piece."""
    times = [max(0, round((look.at - begins_at) / _MS)) for look in index.looks]
    cells = b"".join(look.cells.to_bytes(_CELL_BYTES, "little") for look in index.looks)
    packed = zlib.compress(struct.pack(f"<{len(times)}I", *times) + cells, 6)
    return _HEAD.pack(_MAGIC, COLUMNS, ROWS, index.is_coarse, len(times)) + packed


def decoded(data: bytes, begins_at: datetime) -> MotionIndex:
    """Raises ValueError for what is not whole, or not ours."""
    if len(data) < _HEAD.size:
        raise ValueError("too short")
    magic, columns, rows, is_coarse, count = _HEAD.unpack_from(data)
    if magic != _MAGIC or (columns, rows) != (COLUMNS, ROWS) or count > _MOST_LOOKS:
        raise ValueError("another kind of file")
    wanted = count * (4 + _CELL_BYTES)
    try:
        unpacking = zlib.decompressobj()
        body = unpacking.decompress(data[_HEAD.size :], wanted + 1)
    except zlib.error as error:
        raise ValueError(str(error)) from None
    if len(body) != wanted or not unpacking.eof:
        raise ValueError("not whole")
    times = struct.unpack_from(f"<{count}I", body)
    first = 4 * count
    return MotionIndex(
        tuple(
            Look(
                begins_at + ms * _MS,
                int.from_bytes(body[first + n * _CELL_BYTES : first + (n + 1) * _CELL_BYTES], "little"),
            )
            for n, ms in enumerate(times)
        ),
        bool(is_coarse),
    )


def read_index(root: Path, segment: Segment) -> MotionIndex | None:
    """None when there is none, or one that cannot be read: it can be made again."""
    try:
        return decoded((root / motion_path(segment)).read_bytes(), segment.begins_at)
    except (OSError, ValueError):
        return None


def write_index(files: Files, root: Path, segment: Segment, index: MotionIndex) -> None:
    """Under its name it is whole; nothing is left of one whose piece was deleted meanwhile.

    Raises OSError.
    """
    path = root / motion_path(segment)
    part = path.with_suffix(PART_SUFFIX)
    if part.exists():
        files.remove(part)  # of a process that was killed
    out = files.create(part)
    try:
        out.write(encoded(index, segment.begins_at))
        out.sync()
    finally:
        out.close()
    files.rename(part, path)
    files.sync_folder(path.parent)
    if not (root / segment.path).exists():
        remove_index(files, root, segment)


def remove_index(files: Files, root: Path, segment: Segment) -> None:
    """Before the piece itself goes: an index alone would be found by nobody. Raises OSError."""
    with suppress(FileNotFoundError):
        files.remove(root / motion_path(segment))


def with_index(root: Path) -> set[str]:
    """The paths of all pieces beside which an index lies."""
    found = root.glob(f"*/*/*{SUFFIX}")
    return {path.with_suffix(".mp4").relative_to(root).as_posix() for path in found}
