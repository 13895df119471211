"""Where a package is made: under a name that says so, locked while somebody works there, swept afterwards."""

from __future__ import annotations

import errno
import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import structlog

from services.core.privatefile import OWNER_ONLY, sync_folder, try_lock

PART_SUFFIX = ".part"
LOCK_SUFFIX = ".part.lock"
# A package's name ends with its time: in a folder of everybody's nothing else is ours to remove.
_OURS = re.compile(r".*\d{8}-\d{6}" + re.escape(LOCK_SUFFIX))

log = structlog.get_logger(__name__)


class Workplace:
    """`NAME.part` in `folder`; what is made in it gets its final name by `publish`."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self.part = folder / f"{name}{PART_SUFFIX}"

    def publish(self, made: str) -> Path:
        """Give `part / made` its name in the folder, for good. All of it was synced. Raises OSError."""
        target = self._folder / made
        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
        (self.part / made).rename(target)
        sync_folder(self._folder)
        return target


@contextmanager
def workplace(folder: Path, name: str) -> Iterator[Workplace]:
    """A new one, which is removed in the end with all that was not published. Raises OSError."""
    place = Workplace(folder, name)
    lock = folder / f"{name}{LOCK_SUFFIX}"
    handle = _locked(lock)
    try:
        shutil.rmtree(place.part, ignore_errors=True)
        place.part.mkdir()
        yield place
    finally:
        shutil.rmtree(place.part, ignore_errors=True)
        _let_go(lock, handle)


def sweep(folder: Path) -> None:
    """Remove what exports that died left in `folder`; those that still run are let be."""
    for lock in sorted(folder.glob(f"*{LOCK_SUFFIX}")):
        if _OURS.fullmatch(lock.name) is None or lock.is_symlink():
            continue
        part = folder / (lock.name.removesuffix(LOCK_SUFFIX) + PART_SUFFIX)
        try:
            handle = os.open(lock, os.O_RDWR)
        except OSError:
            continue
        if not try_lock(handle):
            os.close(handle)
            continue
        shutil.rmtree(part, ignore_errors=True)
        _let_go(lock, handle)
        log.info("evidence.leftovers_removed", package=part.name)


def sync_all(root: Path) -> None:
    """Every file and folder below `root` is on the disk, not only in memory. Raises OSError."""
    for here, _folders, names in os.walk(root):
        for name in names:
            with (Path(here) / name).open("r+b") as file:
                os.fsync(file.fileno())
        sync_folder(Path(here))


def _locked(lock: Path) -> int:
    """The handle of our own lock file. Raises OSError, FileExistsError while another export has it."""
    while True:
        handle = os.open(lock, os.O_RDWR | os.O_CREAT, OWNER_ONLY)
        if not try_lock(handle):
            os.close(handle)
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(lock))
        # Somebody who sweeps may have removed it between the two steps: then nobody would see our lock.
        with suppress(FileNotFoundError):
            if os.path.samestat(lock.stat(), os.fstat(handle)):
                return handle
        os.close(handle)


def _let_go(lock: Path, handle: int) -> None:
    """On Windows a file that is open cannot be removed, elsewhere one that is closed may be somebody's."""
    if sys.platform == "win32":
        os.close(handle)
        with suppress(OSError):
            lock.unlink()
    else:
        with suppress(OSError):
            lock.unlink()
        os.close(handle)
