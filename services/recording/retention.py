"""What is deleted and what never is: the oldest that nobody protects goes first, and only it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import structlog

from services.core.clock import Clock
from services.core.ids import new_id
from services.domain.recording_troubles import GapCause, RecordingTrouble
from services.domain.recordings import Protection, Segment
from services.recording.clock_doubt import ClockDoubt
from services.recording.files import Files
from services.recording.motion.sidefile import remove_index
from services.recording.plans import Place
from services.storage import Database, Tx, View
from services.storage.protections import STANDING

# So much is freed at once when a disk is full: a minute of many cameras.
FREE_AT_ONCE_BYTES = 512 * 2**20
# Of what is outdated so many files go at once; the rest in the next round.
MOST_AT_ONCE = 500
_MARK_EVERY_S = 3600.0
MOST_MARKS = 24 * 400
_PAGE = 500

log = structlog.get_logger(__name__)


class Retention:
    """Deletes first the file, then the row: a crash between leaves a row without a file, which a check finds.

    What was recorded in this object's life is as old as the monotonic clock says: a machine whose clock was
    dead, or was set, deletes nothing of yesterday. Used by one thread. Every call raises
    ServiceError("storage.*") when the index cannot be read or written.
    """

    def __init__(self, database: Database, files: Files, clock: Clock, page: int = _PAGE) -> None:
        self._page = page
        self._database = database
        self._files = files
        self._clock = clock
        self._doubt = ClockDoubt(clock)
        # The newest row at moments of the monotonic clock, the oldest first.
        self._marks: deque[tuple[float, int]] = deque(maxlen=MOST_MARKS)

    def delete_outdated(self, place: Place, keep_days: Callable[[str], int]) -> int:
        """What is older than its camera keeps and not protected; returns how many went."""
        self._mark()
        if self._doubt.look():
            return 0
        count = 0
        for camera in self._database.read(lambda view: view.segments.cameras_of_disk(place.disk)):
            days = keep_days(camera)
            until, newest = self._clock.now() - timedelta(days=days), self._newest_of_age(days)
            ask = partial(_outdated, disk=place.disk, camera=camera, at=until, newest=newest)
            count += len(self._delete(place, list(self._unprotected(self._database.read(ask)))))
        return count

    def hold_quotas(self, places: Sequence[Place], quotas: Mapping[str, int]) -> int:
        """Of each camera with a quota (bytes) its oldest, until the rest fits; returns how many went."""
        count = 0
        by_disk = {place.disk: place for place in places}
        for camera, quota in quotas.items():
            over = self._database.read(partial(_bytes_of_camera, camera=camera)) - quota
            chosen: dict[str, list[Segment]] = {}
            for segment in self._unprotected(self._oldest_of(camera)):
                if over <= 0 or sum(map(len, chosen.values())) >= MOST_AT_ONCE:
                    break
                if segment.disk in by_disk:
                    chosen.setdefault(segment.disk, []).append(segment)
                    over -= segment.size_bytes
            for disk, segments in chosen.items():
                count += len(self._make_room(by_disk[disk], segments))
        return count

    def free(self, place: Place, wanted_bytes: int = FREE_AT_ONCE_BYTES) -> int:
        """Of a full disk the oldest, whatever their age, until so much is free; the bytes that went."""
        chosen: list[Segment] = []
        wanted = wanted_bytes
        for segment in self._unprotected(self._oldest(place.disk)):
            chosen.append(segment)
            wanted -= segment.size_bytes
            if wanted <= 0:
                break
        return sum(segment.size_bytes for segment in self._make_room(place, chosen))

    def _make_room(self, place: Place, segments: Sequence[Segment]) -> list[Segment]:
        """Delete before their time, and write down that it was."""
        gone = self._delete(place, segments)
        if gone:
            self._database.write(partial(_note_room, gone=gone))
        return gone

    def _mark(self) -> None:
        now_s = self._clock.monotonic()
        if not self._marks or now_s - self._marks[-1][0] >= _MARK_EVERY_S:
            self._marks.append((now_s, self._database.read(lambda view: view.segments.newest_number())))

    def _newest_of_age(self, days: int) -> int:
        """The last row that was there so long ago, or when this began, if that is later."""
        then_s = self._clock.monotonic() - timedelta(days=days).total_seconds()
        older = [number for at_s, number in self._marks if at_s <= then_s]
        return older[-1] if older else self._marks[0][1]

    def _oldest(self, disk: str) -> Iterator[Segment]:
        return self._pages(lambda view, at: view.segments.oldest_of_disk(disk, self._page, at))

    def _oldest_of(self, camera: str) -> Iterator[Segment]:
        return self._pages(lambda view, at: view.segments.oldest_of_camera(camera, self._page, at))

    def _pages(self, ask: Callable[[View, int], list[Segment]]) -> Iterator[Segment]:
        at = 0
        while page := self._database.read(lambda view: ask(view, at)):  # noqa: B023 - read at once
            yield from page
            at += len(page)

    def _unprotected(self, segments: Iterable[Segment]) -> Iterator[Segment]:
        protections = self._database.read(lambda view: view.protections.in_states([STANDING]))
        # A full disk goes on making room in doubt, and a protection ends by no clock that may be wrong.
        now = self._doubt.earliest_now()
        by_camera: dict[str, list[Protection]] = {}
        for one in protections:
            by_camera.setdefault(one.camera, []).append(one)
        for segment in segments:
            if not any(one.holds(segment, now) for one in by_camera.get(segment.camera, ())):
                yield segment

    def _delete(self, place: Place, segments: Sequence[Segment]) -> list[Segment]:
        gone = delete_files(self._files, place.root, segments)
        for at in range(0, len(gone), _PAGE):
            self._database.write(partial(_remove_rows, segments=gone[at : at + _PAGE]))
        return gone


def delete_files(files: Files, root: Path, segments: Sequence[Segment]) -> list[Segment]:
    """Delete the files; returns those whose rows may go: their files are gone, whoever deleted them."""
    gone: list[Segment] = []
    folders, failed = set(), ""
    for segment in segments:
        path = root / segment.path
        try:
            remove_index(files, root, segment)
            files.remove(path)
        except FileNotFoundError:
            pass
        except OSError as error:
            failed = failed or type(error).__name__
            continue
        gone.append(segment)
        folders.add(path.parent)
    if failed:
        log.error("recording.not_deleted", folder=str(root), files=len(segments) - len(gone), error=failed)
    for folder in sorted(folder for folder in folders if folder.exists()):
        files.sync_folder(folder)
    return gone


def _outdated(view: View, disk: str, camera: str, at: datetime, newest: int) -> list[Segment]:
    return view.segments.ended_before(disk, camera, at, newest, MOST_AT_ONCE)


def _bytes_of_camera(view: View, camera: str) -> int:
    return view.segments.bytes_of_camera(camera)


def _note_room(tx: Tx, gone: Sequence[Segment]) -> None:
    """One row for each camera, which grows: up to when its recordings went before their time."""
    known = tx.recording_troubles.made_room()
    by_camera: dict[str, list[Segment]] = {}
    for segment in gone:
        by_camera.setdefault(segment.camera, []).append(segment)
    for camera, segments in by_camera.items():
        began_at = min(segment.begins_at for segment in segments)
        ended_at = max(segment.ends_at for segment in segments)
        old = known.get(camera)
        if old is None:
            trouble = RecordingTrouble(new_id(), camera, GapCause.MADE_ROOM, began_at, ended_at)
            tx.recording_troubles.add(trouble)
        else:
            until = max(ended_at, old.ended_at or ended_at)
            grown = replace(old, began_at=min(began_at, old.began_at), ended_at=until)
            tx.recording_troubles.save(grown)


def _remove_rows(tx: Tx, segments: Sequence[Segment]) -> None:
    tx.segments.remove(segments)
    tx.motion.remove(segments)
