"""Files for their owner alone: written whole or not at all, locked against a second writer."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OWNER_ONLY = 0o600


def write_private(path: Path, content: bytes, *, wipes_old: bool = False) -> None:
    """Replace `path`; after a crash it holds the old or the new content. Raises OSError.

    wipes_old: what it held is overwritten too, not only unlinked. A journal or an SSD may still keep it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + ".new")
    unfinished.unlink(missing_ok=True)
    _write_new(unfinished, content)
    old = _opened_for_wiping(path) if wipes_old else None
    try:
        unfinished.replace(path)
        sync_folder(path.parent)
        if old is not None:
            _wipe(old)
    finally:
        if old is not None:
            os.close(old)


def create_private(path: Path, content: bytes) -> None:
    """Write a file that must not exist yet; raises FileExistsError when it does, OSError otherwise."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.new")
    unfinished.unlink(missing_ok=True)
    _write_new(unfinished, content)
    try:
        # A rename would replace what another process has just made; on Windows it refuses by itself.
        if sys.platform == "win32":
            unfinished.rename(path)
        else:
            os.link(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename outlive a power cut, where folders can be opened."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file `path` against threads and processes; it stays there, empty."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, OWNER_ONLY)
    try:
        _lock(handle)
        yield
    finally:
        os.close(handle)


def try_lock(handle: int) -> bool:
    """Lock an open file until it is closed, by whatever ends the process; False when another has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _lock(handle: int) -> None:
    # Both are let go when the handle is closed.
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_LOCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX)


def _write_new(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), OWNER_ONLY)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        # Half a key or half the secrets on a full disk are nobody's.
        path.unlink(missing_ok=True)
        raise


def _opened_for_wiping(path: Path) -> int | None:
    # Windows replaces no file that is open.
    if sys.platform == "win32":
        return None
    try:
        return os.open(path, os.O_WRONLY)
    except OSError:
        return None


def _wipe(handle: int) -> None:
    os.write(handle, bytes(os.fstat(handle).st_size))
    os.fsync(handle)
