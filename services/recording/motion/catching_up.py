"""Gives every piece on a disk its motion index and its row, and sweeps up what belongs to no piece."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from services.domain.motion import MovingSeconds
from services.domain.recordings import Segment
from services.recording.files import Files
from services.recording.motion.indexing import row_of
from services.recording.motion.plans import IndexPiece
from services.recording.motion.remaking import from_keys
from services.recording.motion.sidefile import PART_SUFFIX, SUFFIX, MotionIndex, read_index, write_index
from services.recording.naming import SUFFIX as PIECE_SUFFIX
from services.recording.plans import Place
from services.recording.recovery import found_on
from services.storage import Database, Tx

# What ended so lately is still being indexed by the hub's own process.
SETTLES = timedelta(minutes=2)
_ROWS_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class CaughtUp:
    """remade: pieces that got an index from their key pictures; failed: that cannot be read or written;
    rows: put into the record; swept: files without a piece, and what a killed process left."""

    remade: int
    failed: int
    rows: int
    swept: int


def catch_up(database: Database, files: Files, place: Place, now: datetime) -> CaughtUp:
    """A minute's piece without index takes a fraction of a second of decoding; those with one are quick.

    Raises ServiceError("storage.*"); OSError when the disk cannot be read.
    """
    swept = sum(_sweep(files, path) for path in list(_strays(place.root)))
    has_row = database.read(lambda view: view.motion.paths_of_disk(place.disk))
    remade, failed, rows, waiting = 0, 0, 0, list[MovingSeconds]()
    for segment in found_on(place.root, place.disk):
        if segment.ends_at > now - SETTLES:
            continue
        index = read_index(place.root, segment)
        if index is None:
            index = _made(files, place, segment)
            remade, failed = remade + (index is not None), failed + (index is None)
        elif segment.path in has_row:
            continue
        if index is not None:
            waiting.append(row_of(IndexPiece(segment, place.root), index))
        if len(waiting) >= _ROWS_AT_ONCE:
            rows, waiting = rows + _put(database, waiting), []
    return CaughtUp(remade, failed, rows + _put(database, waiting), swept)


def count_strays(root: Path) -> int:
    """Files of indexes that belong to no piece; one that is being written may be among them."""
    return sum(1 for _ in _strays(root))


def _strays(root: Path) -> Iterator[Path]:
    yield from root.glob(f"*/*/*{PART_SUFFIX}")
    for path in root.glob(f"*/*/*{SUFFIX}"):
        if not path.with_suffix(PIECE_SUFFIX).exists():
            yield path


def _sweep(files: Files, path: Path) -> bool:
    try:
        files.remove(path)
    except OSError:
        return False
    return True


def _made(files: Files, place: Place, segment: Segment) -> MotionIndex | None:
    index = from_keys(place.root / segment.path, segment)
    if index is None:
        return None
    try:
        write_index(files, place.root, segment, index)
    except OSError:
        return None
    return index


def _put(database: Database, found: Sequence[MovingSeconds]) -> int:
    if found:
        database.write(partial(_put_rows, found=found))
    return len(found)


def _put_rows(tx: Tx, found: Sequence[MovingSeconds]) -> None:
    tx.motion.put_all(found)
