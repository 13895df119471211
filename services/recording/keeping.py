"""Looks after the disks in a thread of its own, so that one that hangs holds up nobody."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event

import structlog

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.workers import Worker
from services.recording.disks import Disk, Room, look, place_to_write, prepare
from services.recording.files import Files
from services.recording.plans import Place
from services.recording.retention import Retention
from services.storage import Database, View

LOOK_EVERY_S = 1.0
KEEP_EVERY_S = 60.0
# A full disk is made room on at once, not by the minute.
FULL_EVERY_S = 2.0
# A look that takes longer waits for a disk that hangs.
HANGS_AFTER_S = 30.0

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Seen:
    """The disks at the last look. place: to write to, None = there is none; is_stuck: it is full of what
    must not go; away: folders without their disk, each with the id it had, "" = never one; at_s: monotonic.
    """

    disks: tuple[Disk, ...] = ()
    place: Place | None = None
    is_stuck: bool = False
    away: tuple[tuple[Path, str], ...] = ()
    at_s: float = float("-inf")


class DiskKeeper:
    """Runs one thread. keep_days: of a camera; quotas: of cameras, in bytes; rooms: of folders, where it is
    not the usual."""

    def __init__(
        self,
        folders: Sequence[Path],
        database: Database,
        files: Files,
        clock: Clock,
        keep_days: Callable[[str], int],
        quotas: Callable[[], Mapping[str, int]] = dict,
        rooms: Mapping[Path, Room] | None = None,
    ) -> None:
        self._folders = tuple(folders)
        self._database = database
        self._files = files
        self._clock = clock
        self._keep_days = keep_days
        self._quotas = quotas
        self._rooms = dict(rooms or {})
        self._known: dict[str, str] = {}
        # What recordings take of a disk with a quota, by its id, as last counted.
        self._used: dict[str, int] = {}
        self._retention = Retention(database, files, clock)
        self._seen = Seen()
        self._keep_due_s = 0.0
        self._failing = ""
        self._has_prepared = False
        self._worker = Worker("recording-disks", self._run)

    def start(self) -> None:
        self._worker.start()

    def request_stop(self) -> None:
        self._worker.request_stop()

    def stop(self, limit_s: float) -> None:
        self._worker.stop(limit_s)

    @property
    def seen(self) -> Seen:
        """Nothing, while a look hangs."""
        is_fresh = self._clock.monotonic() - self._seen.at_s < HANGS_AFTER_S
        return self._seen if is_fresh else Seen()

    @property
    def places(self) -> list[Place]:
        return [disk.place for disk in self.seen.disks]

    def _run(self, stop: Event) -> None:
        while True:
            try:
                self._once()
                self._failing = ""
            except Exception as error:  # noqa: BLE001  the outermost frame: our mistake must not end the looking
                self._note(error)
            if stop.wait(LOOK_EVERY_S):
                return

    def _once(self) -> None:
        if not self._has_prepared:
            self._prepare()
        now_s = self._clock.monotonic()
        is_due = now_s >= self._keep_due_s
        if is_due:
            self._count_used()
        found = {folder: self._look(folder) for folder in self._folders}
        disks = tuple(disk for disk in found.values() if disk is not None)
        away = tuple((folder, self._known.get(str(folder), "")) for folder in found if found[folder] is None)
        place = place_to_write(disks)
        free = {disk.place: disk.free_bytes for disk in disks}
        is_full = place is not None and free[place] <= 0
        self._see(disks, away, place, is_stuck=is_full and self._seen.is_stuck)
        if is_due or is_full:
            self._keep_due_s = now_s + (FULL_EVERY_S if is_full else KEEP_EVERY_S)
            went = sum(self._retention.delete_outdated(disk.place, self._keep_days) for disk in disks)
            went += self._retention.hold_quotas([disk.place for disk in disks], self._quotas())
            is_stuck = place is not None and is_full and not went and not self._retention.free(place)
            self._see(disks, away, place, is_stuck=is_stuck)

    def _see(
        self,
        disks: tuple[Disk, ...],
        away: tuple[tuple[Path, str], ...],
        place: Place | None,
        *,
        is_stuck: bool,
    ) -> None:
        self._seen = Seen(disks, place, is_stuck, away, self._clock.monotonic())

    def _look(self, folder: Path) -> Disk | None:
        used = self._used.get(self._known.get(str(folder), ""), 0)
        return look(folder, self._rooms.get(folder, Room()), used)

    def _count_used(self) -> None:
        with_quota = [folder for folder, room in self._rooms.items() if room.quota_bytes]
        for disk in {self._known.get(str(folder), "") for folder in with_quota}:
            self._used[disk] = self._database.read(partial(_bytes_of_disk, disk=disk))

    def _prepare(self) -> None:
        """Each folder becomes a disk's once. One that was a disk's and is empty now is a mount point whose
        disk is away: what were written there would fill the system's own."""
        known = self._database.read(lambda view: view.recording_folders())
        for folder in self._folders:
            if str(folder) not in known:
                try:
                    known = {**known, str(folder): prepare(self._files, folder).disk}
                except ServiceError as error:
                    log.error(error.code, **{name: str(value) for name, value in error.params.items()})
        self._database.write(lambda tx: tx.put_recording_folders(known))
        self._known = known
        self._has_prepared = True

    def _note(self, error: Exception) -> None:
        mistake = None if isinstance(error, ServiceError) else error
        code = error.code if isinstance(error, ServiceError) else type(error).__name__
        if code != self._failing:
            log.error("recording.disks_failing", code=code, exc_info=mistake)
        self._failing = code


def _bytes_of_disk(view: View, disk: str) -> int:
    return view.segments.bytes_of_disk(disk)
