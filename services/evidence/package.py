"""Exports recordings into a sealed package: whole or not there."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Callable, Iterator
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
    "NOT_SETTLED",
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


# Writes a whole package down in the record before it gets its name; what it raises leaves no package, but for
# ServiceError(NOT_SETTLED): then it stays promised, and `sweep` ends it.
Register = Callable[[Package], None]
NOT_SETTLED = "evidence.not_settled"


def nowhere(_package: Package) -> None:
    """For packages that no register has."""


def export(
    wish: Wish,
    recordings: Recordings,
    folder: Path,
    sealing: Sealing,
    tell: Tell,
    stop: Event,
    register: Register = nowhere,
) -> Package:
    """Write the package into `folder`; blocks, for a thread of its own. Leftovers of dead exports go first.

    Everything is in `NAME.part` until it is whole and `register` took it; whatever happens before leaves
    nothing under its name.
    Raises ServiceError: evidence.stopped (`stop` was set), evidence.nothing_recorded(case),
    evidence.disk_away(camera), evidence.file_gone(camera), evidence.file_broken(camera),
    evidence.disk_full(folder), evidence.cannot_write(folder, reason), evidence.bad_mask(camera),
    evidence.recorder_failed(camera, recorder, trouble: a code), evidence.copy_failed(camera),
    evidence.bad_password(least, most), and what `register` raises.
    """
    check_masks(wish.options.masks, [take.camera for take in wish.takes])
    if sealing.password:
        check_password(sealing.password)
    name = safe(f"{wish.case}_{sealing.clock.now().astimezone(sealing.zone):%Y%m%d-%H%M%S}")
    pace = Pace(tell, stop, sealing.clock)
    with _disk_trouble(folder):
        folder.mkdir(parents=True, exist_ok=True)
        sweep(folder)
        with workplace(folder, name) as place:
            root = place.part / name
            root.mkdir()
            manifest = Maker(wish, recordings, sealing, root, pace).make()
            made = _packed(place, root, sealing.password, pace)
            digest = hashlib.sha256(bytes_of(manifest)).hexdigest()
            target = place.promise(made, digest)
            package = Package(target, manifest, digest, is_encrypted=bool(sealing.password))
            _registered(place, package, register)
            place.publish(target)
    return package


def _packed(place: Workplace, root: Path, password: str, pace: Pace) -> str:
    """The name of the folder, or of the encrypted file made of it; all of it is on the disk."""
    made = root.name
    if password:
        made = f"{root.name}.zip"
        pace.begin(Stage.PACKING, sum(one.stat().st_size for one in root.rglob("*") if one.is_file()))
        pack(root, place.part / made, password, pace.done)
    sync_all(place.part)
    return made


def _registered(place: Workplace, package: Package, register: Register) -> None:
    try:
        register(package)
    except ServiceError as error:
        if error.code != NOT_SETTLED:
            place.withdraw()
        raise


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
