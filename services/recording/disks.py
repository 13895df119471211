"""The disks recordings go to: each carries its own id, so that a swapped or removed one is known as such."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from services.core.errors import ServiceError
from services.core.ids import new_id
from services.recording.files import Files
from services.recording.plans import Place

ID_FILE = "shouwang-disk.json"
_NEW_ID_FILE = "shouwang-disk.new"
# Below this a disk is full: the database and the system may lie on it too.
LEAST_FREE_BYTES = 2 * 2**30
LEAST_FREE_SHARE = 0.03


@dataclass(frozen=True, slots=True)
class Disk:
    """A disk that is there. free_bytes: what may still be written before the least that stays free, or the
    quota is used up; total_bytes: of the disk, or the quota."""

    place: Place
    free_bytes: int
    total_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Room:
    """What of a disk recordings may take. least_free_bytes: what always stays free; quota_bytes: what all
    recordings on it may take, 0 = as much as there is."""

    least_free_bytes: int = LEAST_FREE_BYTES
    quota_bytes: int = 0


def prepare(files: Files, root: Path) -> Place:
    """Make `root` a place for recordings, with an id of its own; one that is one stays as it is.

    Raises ServiceError("recording.no_disk", folder, reason).
    """
    try:
        files.make_folder(root)
        known = _id_of(root)
        if known is None:
            known = new_id()
            new = root / _NEW_ID_FILE
            new.unlink(missing_ok=True)
            out = files.create(new)
            out.write(json.dumps({"disk": known}).encode())
            out.sync()
            out.close()
            files.rename(new, root / ID_FILE)
            files.sync_folder(root)
    except OSError as error:
        raise ServiceError("recording.no_disk", folder=str(root), reason=str(error.strerror)) from None
    return Place(known, root)


def look(root: Path, room: Room = Room(), used_bytes: int = 0) -> Disk | None:
    """The disk that is at `root` now; None when its folder is empty, gone or not to be read.

    used_bytes: what recordings take of it, counted against a quota.

    A folder without an id is a mount point without its disk: nothing may be written there.
    """
    try:
        known = _id_of(root)
        if known is None:
            return None
        usage = shutil.disk_usage(root)
    except OSError:
        return None
    least = max(room.least_free_bytes, round(usage.total * LEAST_FREE_SHARE))
    free = usage.free - least
    if not room.quota_bytes:
        return Disk(Place(known, root), free, usage.total)
    return Disk(Place(known, root), min(free, room.quota_bytes - used_bytes), room.quota_bytes)


def is_here(place: Place) -> bool:
    """Whether that very disk is in its folder now: a file that is not found may only be unplugged."""
    disk = look(place.root)
    return disk is not None and disk.place.disk == place.disk


def reachable(folders: Iterable[Path]) -> list[Place]:
    """The disks that are here now, in the order of their folders. Blocks as long as a disk does."""
    return [disk.place for folder in folders if (disk := look(folder)) is not None]


def place_to_write(disks: Sequence[Disk]) -> Place | None:
    """The one with the most room; a full one too, for room is made there. None when there is none."""
    return max(disks, key=lambda disk: disk.free_bytes).place if disks else None


def _id_of(root: Path) -> str | None:
    """Raises OSError when the file is there and cannot be read."""
    try:
        found = json.loads((root / ID_FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (ValueError, UnicodeDecodeError):
        return None
    disk = found.get("disk") if isinstance(found, dict) else None
    return disk if isinstance(disk, str) and disk else None
