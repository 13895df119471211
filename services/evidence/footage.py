"""The films of a package: what was wished for, cut out of the recording, and copies of it."""

from __future__ import annotations

import errno
import shutil
from contextlib import closing
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path

from services.core.errors import ServiceError
from services.domain.recordings import Segment
from services.evidence.copying import Paint, make_copy
from services.evidence.cutting import Cutter, Unreadable
from services.evidence.filling import FETCHED_FOLDER, Filling
from services.evidence.film import Reel
from services.evidence.holes import Hole
from services.evidence.manifest import OWN, GapCause, Origin
from services.evidence.naming import COPY_FOLDER, VIDEO_FOLDER, film_path
from services.evidence.pace import Pace
from services.evidence.sealing import Recordings
from services.evidence.wish import Stage, Wish, WishedTake
from services.playback.tapes import Tape

# Beside the videos: manifest, papers, room for the file system's own needs.
SPARE_BYTES = 16 * 2**20
_TROUBLES = {
    GapCause.DISK_AWAY: "evidence.disk_away",
    GapCause.FILE_GONE: "evidence.file_gone",
    GapCause.FILE_BROKEN: "evidence.file_broken",
}


@dataclass(frozen=True, slots=True)
class Cut:
    """A film and its path in the package."""

    path: str
    reel: Reel
    origin: Origin = OWN


class FilmRoom:
    """Works in the package's folder `root`. uses: how many times its bytes a film is written, for the room
    that must be free. Each call raises OSError and ServiceError."""

    def __init__(
        self, wish: Wish, recordings: Recordings, root: Path, zone: tzinfo | None, pace: Pace, uses: int
    ) -> None:
        self._wish = wish
        self._recordings = recordings
        self._root = root
        self._zone = zone
        self._pace = pace
        self._uses = uses
        self._films = 0

    def cut(self) -> tuple[list[Cut], list[list[Hole]]]:
        """All films, and what is missing of each take."""
        chosen = [self._segments_of(take) for take in self._wish.takes]
        expected = sum(segment.size_bytes for segments in chosen for segment in segments)
        if shutil.disk_usage(self._root).free < expected * self._uses + SPARE_BYTES:
            raise OSError(errno.ENOSPC, "full")
        (self._root / VIDEO_FOLDER).mkdir()
        self._pace.begin(Stage.CUTTING, expected)
        films: list[Cut] = []
        holes: list[list[Hole]] = []
        for take, segments in zip(self._wish.takes, chosen, strict=True):
            reels, missing = self._cut_take(take, segments)
            films += [self._named(reel) for reel in reels]
            holes.append(missing)
        fetched, holes = self._fetch(holes)
        films += fetched
        if not films:
            raise ServiceError("evidence.nothing_recorded", case=self._wish.case)
        return films, holes

    def copy(self, films: list[Cut], watermark: str) -> dict[str, Cut]:
        """By the path of their original: where they differ from it, or go out in its place."""
        options = self._wish.options
        masks = {one: tuple(m for m in options.masks if m.camera == one.reel.camera) for one in films}
        wanted = [one for one in films if watermark or masks[one] or not options.keeps_originals]
        (self._root / COPY_FOLDER).mkdir()
        self._pace.begin(Stage.COPYING, sum(one.reel.frames for one in wanted))
        copies = {}
        for number, film in enumerate(wanted, 1):
            path = film_path(COPY_FOLDER, film.reel, number, self._zone)
            paint = Paint(watermark, masks[film], self._zone)
            reel = make_copy(film.reel, self._root / film.path, self._root / path, paint, self._pace.done)
            copies[film.path] = Cut(path, reel, film.origin)
        return copies

    def _segments_of(self, take: WishedTake) -> list[Segment]:
        """Of the wished stream, or of the other where there is none of it."""
        touching = [
            one
            for one in self._recordings.segments.get(take.camera, ())
            if take.since < take.until and one.begins_at < take.until and one.ends_at > take.since
        ]
        wished = [one for one in touching if one.stream == self._wish.options.stream]
        found = wished or [one for one in touching if one.stream == touching[0].stream]
        return sorted(found, key=lambda one: one.begins_at)

    def _cut_take(self, take: WishedTake, segments: list[Segment]) -> tuple[list[Reel], list[Hole]]:
        leaves_out = self._wish.options.leaves_out_missing
        cutter = Cutter(
            take, self._recordings.locate, self._next_path, self._pace.done, leaves_out=leaves_out
        )
        try:
            return cutter.cut(segments)
        except Unreadable as error:
            raise ServiceError(_TROUBLES[error.cause], camera=take.camera) from None

    def _fetch(self, holes: list[list[Hole]]) -> tuple[list[Cut], list[list[Hole]]]:
        """What recorders have of the holes, and what is then still missing."""
        wanted = sum((hole.until - hole.since).total_seconds() for missing in holes for hole in missing)
        films: list[Cut] = []
        left: list[list[Hole]] = []
        has_begun = False
        for take, missing in zip(self._wish.takes, holes, strict=True):
            tape = self._recordings.tapes(take.camera) if missing else None
            if tape is None:
                left.append(missing)
                continue
            if not has_begun:
                self._pace.begin(Stage.FETCHING, round(wanted * 1000))
                has_begun = True
            with closing(tape):
                filled, rest = self._filling(take, tape).fill(missing)
            films += [self._named(reel, filled.origin) for reel in filled.reels]
            left.append(rest)
        return films, left

    def _filling(self, take: WishedTake, tape: Tape) -> Filling:
        return Filling(
            take,
            tape,
            self._root.parent / FETCHED_FOLDER,
            self._next_path,
            lambda seconds: self._pace.done(round(seconds * 1000)),
            leaves_out=self._wish.options.leaves_out_missing,
        )

    def _next_path(self) -> Path:
        self._films += 1
        return self._root / VIDEO_FOLDER / f"{self._films}.tmp"

    def _named(self, reel: Reel, origin: Origin = OWN) -> Cut:
        path = film_path(VIDEO_FOLDER, reel, int(reel.path.stem), self._zone)
        reel.path.rename(self._root / path)
        return Cut(path, reel, origin)
