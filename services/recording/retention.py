"""What is deleted and what never is: the oldest that nobody protects goes first, and only it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path

import structlog

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.ids import new_id
from services.domain.recording_troubles import GapCause, RecordingTrouble
from services.domain.recordings import Protection, Segment
from services.recording.clock_doubt import ClockDoubt
from services.recording.disks import is_here
from services.recording.files import Files
from services.recording.motion.sidefile import remove_index
from services.recording.plans import Place
from services.storage import Database, Tx, View
from services.storage.protections import STANDING

# So much is freed at once when a disk is full: a minute of many cameras.
FREE_AT_ONCE_BYTES = 512 * 2**20
# Of what is outdated so many files go at once; the rest in the next round.
MOST_AT_ONCE = 500
# A disk that refuses so often is read-only or dying: the others are not to wait for it.
MOST_REFUSALS = 20
_MARK_EVERY_S = 3600.0
MOST_MARKS = 24 * 400
_PAGE = 500

log = structlog.get_logger(__name__)


class Retention:
    """Takes each piece out of the record, if nobody protects it at that moment, and then deletes its file: a
    crash between leaves a file without a row, which gets it again at the next start.

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
        # Pieces whose row went, or may have gone, before their file; with the row's number, None = unknown.
        self._unsure: list[tuple[Place, Segment, int | None]] = []
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
            outdated = self._unprotected(self._outdated(place.disk, camera, until, newest))
            count += len(self._delete(place, list(islice(outdated, MOST_AT_ONCE))))
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

    def _outdated(self, disk: str, camera: str, until: datetime, newest: int) -> Iterator[Segment]:
        """Behind however many that are protected: by pages."""
        return self._pages(
            lambda view, at: view.segments.ended_before(disk, camera, until, newest, self._page, at)
        )

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
        """One by one; those that went. A disk that goes on refusing is left alone until the next round."""
        self._find_again()
        gone: list[Segment] = []
        refused: list[Segment] = []
        for segment in segments:
            number = self._taken_out(place, segment)
            if number is None:
                continue
            if remove_file(self._files, place, segment):
                gone.append(segment)
            else:
                self._unsure.append((place, segment, number))
                refused.append(segment)
            if len(refused) >= MOST_REFUSALS:
                break
        self._find_again()
        if refused:
            log.error("recording.not_deleted", folder=str(place.root), files=len(refused))
        for folder in sorted({(place.root / segment.path).parent for segment in gone}):
            # A power cut may then bring a file back, which gets a row; a dying disk is to hold up no other.
            with suppress(OSError):
                self._files.sync_folder(folder)
        return gone

    def _taken_out(self, place: Place, segment: Segment) -> int | None:
        """The number of the row that went; None for one that somebody protects by now."""
        work = partial(_take_out, segment=segment, now=self._doubt.earliest_now())
        try:
            return self._database.write(work)
        except ServiceError as error:
            if error.code != "storage.full":
                # Whether the row went nobody knows.
                self._unsure.append((place, segment, None))
                raise
        # The record lies on the full disk too: nobody can protect anything now, and it needs room first.
        if not list(self._unprotected([segment])) or not remove_file(self._files, place, segment):
            return None
        return self._database.write(work)

    def _find_again(self) -> None:
        """Files that are still there have their rows again."""
        while self._unsure:
            place, segment, number = self._unsure[-1]
            if not is_here(place) or not _is_gone(place.root / segment.path):
                self._database.write(partial(_put_back, segment=segment, number=number))
            self._unsure.pop()


def remove_file(files: Files, place: Place, segment: Segment) -> bool:
    """Whether the file is gone, whoever removed it, and with it what moved in it."""
    try:
        remove_index(files, place.root, segment)
        files.remove(place.root / segment.path)
    except FileNotFoundError:
        return is_here(place)
    except OSError:
        return False
    return True


def _is_gone(path: Path) -> bool:
    """A disk that cannot say has it."""
    try:
        path.lstat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return False


def _take_out(tx: Tx, segment: Segment, now: datetime) -> int | None:
    """In one transaction with the last look: what is protected before it stays, what comes after it finds
    no such piece."""
    if any(one.holds(segment, now) for one in tx.protections.standing_of(segment.camera)):
        return None
    tx.motion.remove([segment])
    return tx.segments.take_out(segment)


def _put_back(tx: Tx, segment: Segment, number: int | None) -> None:
    tx.segments.put_back(segment, number)


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
