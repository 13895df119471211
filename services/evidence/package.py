"""Exports recordings into a sealed package: whole or not there."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from services.core.errors import ServiceError
from services.domain.evidence import Mask, MaskKey
from services.evidence.container import check_password, pack
from services.evidence.maker import Maker
from services.evidence.manifest import bytes_of
from services.evidence.mask_keys import check_masks
from services.evidence.naming import safe
from services.evidence.pace import Pace
from services.evidence.sealing import Locate, MakePaper, Package, Recordings, Sealing
from services.evidence.wish import Options, Progress, Stage, Tell, Wish, WishedTake
from services.evidence.workplace import Workplace, sweep, sync_all, workplace

__all__ = [
    "Locate",
    "MakePaper",
    "Mask",
    "MaskKey",
    "Options",
    "Package",
    "Progress",
    "Recordings",
    "Sealing",
    "Stage",
    "Tell",
    "Wish",
    "WishedTake",
    "export",
    "sweep",
]


def export(
    wish: Wish, recordings: Recordings, folder: Path, sealing: Sealing, tell: Tell, stop: Event
) -> Package:
    """Write the package into `folder`; blocks, for a thread of its own. Leftovers of dead exports go first.

    Everything is in `NAME.part` until it is whole; whatever happens before leaves nothing under its name.
    Raises ServiceError: evidence.stopped (`stop` was set), evidence.nothing_recorded(case),
    evidence.disk_away(camera), evidence.file_gone(camera), evidence.file_broken(camera),
    evidence.disk_full(folder), evidence.cannot_write(folder, reason), evidence.bad_mask(camera),
    evidence.copy_failed(camera), evidence.bad_password(least, most).
    """
    check_masks(wish.options.masks, [take.camera for take in wish.takes])
    if sealing.password:
        check_password(sealing.password)
    name = safe(f"{wish.case}_{sealing.clock.now().astimezone(sealing.zone):%Y%m%d-%H%M%S}")
    pace = Pace(tell, stop)
    with _disk_trouble(folder):
        folder.mkdir(parents=True, exist_ok=True)
        sweep(folder)
        with workplace(folder, name) as place:
            root = place.part / name
            root.mkdir()
            manifest = Maker(wish, recordings, sealing, root, pace).make()
            path = _published(place, root, sealing.password, pace)
    digest = hashlib.sha256(bytes_of(manifest)).hexdigest()
    return Package(path, manifest, digest, is_encrypted=bool(sealing.password))


def _published(place: Workplace, root: Path, password: str, pace: Pace) -> Path:
    """The folder, or the encrypted file made of it, under its name."""
    made = root.name
    if password:
        made = f"{root.name}.zip"
        pace.begin(Stage.PACKING, sum(one.stat().st_size for one in root.rglob("*") if one.is_file()))
        pack(root, place.part / made, password, pace.done)
    sync_all(place.part)
    return place.publish(made)


@contextmanager
def _disk_trouble(folder: Path) -> Iterator[None]:
    """What the target's disk refuses, in words for people."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise ServiceError("evidence.disk_full", folder=str(folder)) from None
        reason = error.strerror or type(error).__name__
        raise ServiceError("evidence.cannot_write", folder=str(folder), reason=reason) from None
