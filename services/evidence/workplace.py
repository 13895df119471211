"""Where a package is made: under a name that says so, locked while somebody works there, swept afterwards.

A whole package gets its name only when the record has it. Whoever dies, or hears no answer, in between leaves
it promised: then the record says whether it is given its name or removed.
"""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import structlog

from services.core.privatefile import OWNER_ONLY, sync_folder, try_lock

PART_SUFFIX = ".part"
LOCK_SUFFIX = ".part.lock"
PROMISE_FILE = "promised.json"
# A package's name ends with its time: in a folder of everybody's nothing else is ours to remove.
_OURS = re.compile(r".*\d{8}-\d{6}" + re.escape(LOCK_SUFFIX))
# Who sweeps holds a lock for a moment, to look whether it is left over; another export for minutes.
SWEEP_S = 2.0
_LOOK_AGAIN_S = 0.01

log = structlog.get_logger(__name__)


# Whether the record has the package whose manifest has this SHA-256. Raises ServiceError when it cannot say.
IsRegistered = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class _Promise:
    made: str
    fingerprint: str


class Workplace:
    """`NAME.part` in `folder`; what is made in it gets its final name by `publish`."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self.part = folder / f"{name}{PART_SUFFIX}"
        self.is_promised = False

    def promise(self, made: str, fingerprint: str) -> Path:
        """The name that `part / made` will have. All of it was synced; from now on it outlives this process.
        Raises OSError, FileExistsError when something has that name."""
        target = self._folder / made
        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
        with (self.part / PROMISE_FILE).open("x", encoding="utf-8") as file:
            json.dump({"made": made, "fingerprint": fingerprint}, file)
            file.flush()
            os.fsync(file.fileno())
        sync_folder(self.part)
        self.is_promised = True
        return target

    def withdraw(self) -> None:
        """It is not to be: the part goes as any other."""
        self.is_promised = False

    def publish(self, target: Path) -> None:
        """Keep the promise. Raises OSError when it has not got its name; then the promise stands.

        It stands too where nobody knows whether the name outlives a power cut: `sweep` would give it again.
        """
        _name(self.part / target.name, target)
        self.is_promised = not _is_synced(target.parent)


@contextmanager
def workplace(folder: Path, name: str) -> Iterator[Workplace]:
    """A new one; what was neither published nor promised in it is removed in the end. Raises OSError."""
    place = Workplace(folder, name)
    lock = folder / f"{name}{LOCK_SUFFIX}"
    handle = _locked(lock)
    if _may_be_promised(place.part):
        os.close(handle)
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(place.part))
    try:
        shutil.rmtree(place.part, ignore_errors=True)
        place.part.mkdir()
        yield place
    finally:
        _end(place.part, lock, handle, is_kept=place.is_promised)


def sweep(folder: Path, is_registered: IsRegistered | None = None) -> None:
    """Remove what exports that died left in `folder`; those that still run are let be.

    What was promised gets its name, or goes, as the record says; without is_registered it stays as it is.
    Raises what `is_registered` raises, and OSError.
    """
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
        is_kept = True
        try:
            is_kept = not _is_settled(part, folder, is_registered)
        finally:
            _end(part, lock, handle, is_kept=is_kept)
        log.info("evidence.leftovers_found", package=part.name, stays=is_kept)


def _is_settled(part: Path, folder: Path, is_registered: IsRegistered | None) -> bool:
    """Whether nothing in `part` is needed any more; what a disk does not let us read may be."""
    try:
        promise = _promise_in(part)
    except OSError as error:
        log.warning("evidence.promise_unreadable", package=part.name, error=type(error).__name__)
        return False
    if promise is None:
        return True
    if is_registered is None:
        return False
    made, target = part / promise.made, folder / promise.made
    if made.exists() and is_registered(promise.fingerprint):
        _name(made, target)
    return _is_synced(folder)


def _may_be_promised(part: Path) -> bool:
    try:
        return _promise_in(part) is not None
    except OSError:
        return True


def _promise_in(part: Path) -> _Promise | None:
    """None for what was never whole, also when the promise itself is not. Raises OSError."""
    try:
        plain = json.loads((part / PROMISE_FILE).read_text("utf-8"))
        made, fingerprint = str(plain["made"]), str(plain["fingerprint"])
    except (FileNotFoundError, ValueError, TypeError, KeyError):
        return None
    return _Promise(made, fingerprint) if Path(made).name == made else None


def _name(made: Path, target: Path) -> None:
    if target.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    made.rename(target)


def _is_synced(folder: Path) -> bool:
    """Whether a name just given in `folder` is sure to outlive a power cut."""
    try:
        sync_folder(folder)
    except OSError as error:
        log.warning("evidence.name_not_synced", error=type(error).__name__)
        return False
    return True


def _end(part: Path, lock: Path, handle: int, *, is_kept: bool) -> None:
    """A part that is kept keeps its lock file, by which it is found again."""
    if is_kept:
        os.close(handle)
        return
    shutil.rmtree(part, ignore_errors=True)
    _let_go(lock, handle)


def sync_all(root: Path) -> None:
    """Every file and folder below `root` is on the disk, not only in memory. Raises OSError."""
    for here, _folders, names in os.walk(root):
        for name in names:
            with (Path(here) / name).open("r+b") as file:
                os.fsync(file.fileno())
        sync_folder(Path(here))


def _locked(lock: Path) -> int:
    """The handle of our own lock file. Raises OSError, FileExistsError while another export has it."""
    ends_at = time.monotonic() + SWEEP_S
    while True:
        handle = os.open(lock, os.O_RDWR | os.O_CREAT, OWNER_ONLY)
        if try_lock(handle) and _is_named(lock, handle):
            return handle
        os.close(handle)
        if time.monotonic() > ends_at:
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(lock))
        time.sleep(_LOOK_AGAIN_S)


def _is_named(lock: Path, handle: int) -> bool:
    """False when somebody who sweeps has removed the file since it was opened: nobody would see our lock."""
    try:
        return os.path.samestat(lock.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False


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
