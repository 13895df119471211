"""What recording does to a disk, one operation each, so that a test can stop between any two of them."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Protocol


class Out(Protocol):
    """A file that is being written."""

    def write(self, data: bytes) -> int: ...

    def sync(self) -> None:
        """What was written is on the disk, not only in memory."""
        ...

    def close(self) -> None: ...


class Files(Protocol):
    """The operations; each raises OSError."""

    def create(self, path: Path) -> Out:
        """A new file; FileExistsError when there is one."""
        ...

    def rename(self, path: Path, to: Path) -> None: ...

    def truncate(self, path: Path, size_bytes: int) -> None:
        """Cut the end off and bring that to the disk."""
        ...

    def remove(self, path: Path) -> None: ...

    def make_folder(self, folder: Path) -> None:
        """With those above it; each is on the disk when this returns."""
        ...

    def sync_folder(self, folder: Path) -> None:
        """What was created, renamed or removed in it is on the disk."""
        ...


class DiskOut:
    def __init__(self, path: Path) -> None:
        self._file = path.open("xb", buffering=0)

    def write(self, data: bytes) -> int:
        """All of it: a full disk raises instead of taking a part."""
        left = memoryview(data)
        while left:
            left = left[self._file.write(left) :]
        return len(data)

    def sync(self) -> None:
        os.fsync(self._file.fileno())

    def close(self) -> None:
        self._file.close()


class DiskFiles:
    """The real ones."""

    def create(self, path: Path) -> Out:
        return DiskOut(path)

    def rename(self, path: Path, to: Path) -> None:
        path.replace(to)

    def truncate(self, path: Path, size_bytes: int) -> None:
        with path.open("r+b") as file:
            file.truncate(size_bytes)
            os.fsync(file.fileno())

    def remove(self, path: Path) -> None:
        path.unlink()

    def make_folder(self, folder: Path) -> None:
        missing = [one for one in (folder, *folder.parents) if not one.exists()]
        folder.mkdir(parents=True, exist_ok=True)
        for one in reversed(missing):
            self.sync_folder(one.parent)

    def sync_folder(self, folder: Path) -> None:
        if sys.platform == "win32":
            return  # NTFS keeps its folders by a journal of its own; they cannot be opened
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
