"""Fills the holes of one take with what a recorder has, cut like our own pieces."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import structlog

from services.core.errors import ServiceError
from services.domain.recordings import Segment
from services.evidence.cutting import Cutter
from services.evidence.fetching import Fetcher
from services.evidence.film import Reel
from services.evidence.holes import Hole
from services.evidence.manifest import OWN, GapCause, Origin, OriginKind
from services.evidence.wish import WishedTake
from services.playback.tapes import Tape

# Beside the package while it is made.
FETCHED_FOLDER = "fetched"

# A recorder that gave nothing so often in a row is not asked for the other holes: each costs its time.
MOST_SILENCES = 3

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Filled:
    """Films of what a recorder had, not yet named."""

    reels: tuple[Reel, ...]
    origin: Origin


class Filling:
    """Of one take. folder: where fetched pieces lie until they are cut; watch: told the seconds that came.

    leaves_out: what the recorder does not give stays a hole instead of ending the export.
    """

    def __init__(
        self,
        take: WishedTake,
        tape: Tape,
        folder: Path,
        new_path: Callable[[], Path],
        watch: Callable[[float], None],
        *,
        leaves_out: bool,
    ) -> None:
        self._take = take
        self._tape = tape
        self._folder = folder
        self._new_path = new_path
        self._fetcher = Fetcher(take.camera, tape, folder, watch)
        self._leaves_out = leaves_out

    def fill(self, holes: Sequence[Hole]) -> tuple[Filled, list[Hole]]:
        """With what is still missing. Raises OSError, what `watch` raises and, unless that is left out,
        evidence.recorder_failed(camera, recorder, trouble)."""
        reels: list[Reel] = []
        left: list[Hole] = []
        silences = 0
        for number, hole in enumerate(holes):
            if silences == MOST_SILENCES:
                left += [_given_up(one) for one in holes[number:]]
                break
            fetched = self._fetcher.fetch(hole.since, hole.until)
            silences = silences + 1 if fetched.error is not None and not fetched.segments else 0
            if fetched.error is not None:
                self._refuse(fetched.error)
            cut, rest = self._cut(hole, fetched.segments)
            reels += cut
            why = hole.cause if fetched.error is None else GapCause.RECORDER_AWAY
            left += [replace(one, cause=why) if one.cause is GapCause.NOT_RECORDED else one for one in rest]
            # Nothing of it is wanted any more, and the next hole may need the room.
            shutil.rmtree(self._folder, ignore_errors=True)
        return Filled(tuple(reels), self._origin() if reels else OWN), left

    def _cut(self, hole: Hole, segments: Sequence[Segment]) -> tuple[list[Reel], list[Hole]]:
        take = replace(self._take, since=hole.since, until=hole.until)
        cutter = Cutter(take, self._locate, self._new_path, lambda _bytes: None, leaves_out=True)
        return cutter.cut(sorted(segments, key=lambda one: one.begins_at))

    def _locate(self, segment: Segment) -> Path:
        return self._folder / segment.path

    def _refuse(self, error: ServiceError) -> None:
        log.warning("evidence.recorder_failed", camera=self._take.camera, code=error.code)
        if not self._leaves_out:
            raise ServiceError(
                "evidence.recorder_failed",
                camera=self._take.camera,
                recorder=self._tape.address,
                trouble=error.code,
            )

    def _origin(self) -> Origin:
        try:
            ahead_s = self._tape.clock_ahead_s()
        except ServiceError:
            ahead_s = None
        rounded = None if ahead_s is None else round(ahead_s, 3)
        return Origin(OriginKind.RECORDER, self._tape.address, self._tape.channel, rounded)


def _given_up(hole: Hole) -> Hole:
    is_unexplained = hole.cause is GapCause.NOT_RECORDED
    return replace(hole, cause=GapCause.RECORDER_AWAY) if is_unexplained else hole
