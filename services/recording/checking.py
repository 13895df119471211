"""Compares the index with what lies on the disks, and mends the index: a file system check for recordings."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from services.core.errors import ServiceError
from services.domain.recordings import Segment
from services.recording.boxes import whole_bytes
from services.recording.disks import is_here
from services.recording.motion.catching_up import count_strays
from services.recording.motion.sidefile import read_index, with_index
from services.recording.naming import PART_SUFFIX
from services.recording.plans import Place
from services.recording.recovery import found_on
from services.storage import Database, Tx

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Findings:
    """What does not agree on one disk.

    lost: rows whose file is gone or of another size; unknown: files without a row; broken: files that
    cannot be played to their end (looked at only by a thorough check); parts: files that a recorder has not
    finished, which are none of a check's business while one runs. unindexed: files without a motion index
    beside them, or, thoroughly, with one that cannot be read; strays: indexes without their file. Those two
    are mended by `shouwang recordings index`, and nothing is lost by them.
    """

    place: Place
    segments: int
    lost: tuple[Segment, ...]
    unknown: tuple[Segment, ...]
    broken: tuple[Segment, ...]
    parts: int
    unindexed: int
    strays: int

    @property
    def is_well(self) -> bool:
        return not (self.lost or self.unknown or self.broken)


def check(database: Database, place: Place, *, is_thorough: bool = False) -> Findings:
    """By names and sizes: some thousand files a second. Thorough: reads the boxes of every file too.

    Raises ServiceError("storage.*"); OSError when the disk cannot be read.
    """
    rows = {one.path: one for one in database.read(lambda view: view.segments.of_disk(place.disk))}
    files = {one.path: one for one in found_on(place.root, place.disk)}
    lost = tuple(one for path, one in rows.items() if files.get(path) != one)
    unknown = tuple(one for path, one in files.items() if path not in rows)
    broken = tuple(one for one in files.values() if is_thorough and not _is_whole(place, one))
    parts = sum(1 for _ in place.root.glob(f"*/*/*{PART_SUFFIX}"))
    unindexed = _unindexed(place, files.values(), is_thorough=is_thorough)
    return Findings(place, len(rows), lost, unknown, broken, parts, unindexed, count_strays(place.root))


def repair(database: Database, findings: Findings) -> None:
    """Make the index say what is there; no file is touched.

    Raises ServiceError: storage.*, recording.no_disk(folder, reason) when the disk has gone since it was
    checked, or went while it was: what is unplugged is not lost.
    """
    if not is_here(findings.place):
        folder, reason = str(findings.place.root), os.strerror(errno.ENODEV)
        raise ServiceError("recording.no_disk", folder=folder, reason=reason)
    for at in range(0, len(findings.lost), _AT_ONCE):
        database.write(partial(_forget, segments=findings.lost[at : at + _AT_ONCE]))
    there = {one.path: one for one in found_on(findings.place.root, findings.place.disk)}
    changed = [there[one.path] for one in findings.lost if one.path in there]
    wanted = [*findings.unknown, *changed]
    for at in range(0, len(wanted), _AT_ONCE):
        database.write(partial(_add, segments=wanted[at : at + _AT_ONCE]))


def _unindexed(place: Place, pieces: Iterable[Segment], *, is_thorough: bool) -> int:
    if is_thorough:
        return sum(read_index(place.root, piece) is None for piece in pieces)
    indexed = with_index(place.root)
    return sum(piece.path not in indexed for piece in pieces)


def _is_whole(place: Place, segment: Segment) -> bool:
    with (place.root / segment.path).open("rb") as file:
        return whole_bytes(file, segment.size_bytes) == segment.size_bytes


def _forget(tx: Tx, segments: Sequence[Segment]) -> None:
    tx.segments.remove(segments)
    tx.motion.remove(segments)


def _add(tx: Tx, segments: Sequence[Segment]) -> None:
    tx.segments.add_all(segments)
