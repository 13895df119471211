"""What is deleted and what never is: the oldest that nobody protects goes first, and only it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path

import structlog

from services.core.clock import Clock
from services.domain.recordings import Protection, Segment
from services.recording.files import Files
from services.recording.plans import Place
from services.storage import Database, Tx
from services.storage.recordings import STANDING

# So much is freed at once when a disk is full: a minute of many cameras.
FREE_AT_ONCE_BYTES = 512 * 2**20
_PAGE = 500

log = structlog.get_logger(__name__)


class Retention:
    """Deletes first the file, then the row: a crash between leaves a row without a file, which a check finds.

    Every call raises ServiceError("storage.*") when the index cannot be read or written.
    """

    def __init__(self, database: Database, files: Files, clock: Clock) -> None:
        self._database = database
        self._files = files
        self._clock = clock

    def delete_outdated(self, place: Place, keep_days: Callable[[str], int]) -> int:
        """What is older than its camera keeps and not protected; returns how many went."""
        count = 0
        for camera in self._database.read(lambda view: view.segments.cameras_of_disk(place.disk)):
            until = self._clock.now() - timedelta(days=keep_days(camera))
            old = self._database.read(
                lambda view, no=camera, at=until: view.segments.ended_before(place.disk, no, at)  # type: ignore[misc]
            )
            count += self._delete(place, self._unprotected(old))
        return count

    def free(self, place: Place, wanted_bytes: int = FREE_AT_ONCE_BYTES) -> int:
        """Of a full disk the oldest, whatever their age, until so much is free; the bytes that went."""
        chosen: list[Segment] = []
        for segment in self._unprotected(self._oldest(place.disk)):
            chosen.append(segment)
            if sum(one.size_bytes for one in chosen) >= wanted_bytes:
                break
        self._delete(place, chosen)
        return sum(segment.size_bytes for segment in chosen)

    def _oldest(self, disk: str) -> Iterator[Segment]:
        offset = 0
        while page := self._database.read(
            lambda view: view.segments.oldest_of_disk(disk, _PAGE, offset)  # noqa: B023 - read at once
        ):
            yield from page
            offset += len(page)

    def _unprotected(self, segments: Iterable[Segment]) -> Iterator[Segment]:
        protections = self._database.read(lambda view: view.protections.in_states([STANDING]))
        now = self._clock.now()
        by_camera: dict[str, list[Protection]] = {}
        for one in protections:
            by_camera.setdefault(one.camera, []).append(one)
        for segment in segments:
            if not any(one.holds(segment, now) for one in by_camera.get(segment.camera, ())):
                yield segment

    def _delete(self, place: Place, segments: Iterable[Segment]) -> int:
        gone = delete_files(self._files, place.root, list(segments))
        for at in range(0, len(gone), _PAGE):
            self._database.write(partial(_remove_rows, segments=gone[at : at + _PAGE]))
        return len(gone)


def delete_files(files: Files, root: Path, segments: Sequence[Segment]) -> list[Segment]:
    """Delete the files; returns those whose rows may go: their files are gone, whoever deleted them."""
    gone, folders = [], set()
    for segment in segments:
        path = root / segment.path
        try:
            files.remove(path)
        except FileNotFoundError:
            pass
        except OSError as error:
            log.error("recording.not_deleted", path=segment.path, error=type(error).__name__)
            continue
        gone.append(segment)
        folders.add(path.parent)
    for folder in sorted(folder for folder in folders if folder.exists()):
        files.sync_folder(folder)
    return gone


def _remove_rows(tx: Tx, segments: Sequence[Segment]) -> None:
    tx.segments.remove(segments)
