"""Pictures of one stream in memory that two processes share: one puts them there, the other shows them."""

from __future__ import annotations

import mmap
import os
import secrets
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from services.domain.video import PictureFormat
from services.video.picture import Picture, Planes, planes_bytes

# One is the newest, one is being written, two may be held by those who show them.
SLOTS = 4
MOST_LENT = 2
_HEADER_BYTES = 4096
# Words of eight bytes. The writer's: the newest picture's number and slot in one word, so that both change
# at once; whether the connection it came over still stands. The reader's: the number it took last.
_NEWEST, _STANDS, _TAKEN = 0, 1, 8
_SLOT_BITS = 8
# Per slot: number (0 while it is being written), width, height, arrival, format.
_ABOUT, _ABOUT_WORDS = 16, 8
# The reader's, one byte a slot: lent to somebody who shows it.
_LENT = 1024
_FORMATS = tuple(PictureFormat)


@dataclass(frozen=True, slots=True)
class ShelfPlace:
    """How the other process finds a shelf. name: a file, on Windows the name of a mapping."""

    name: str
    slot_bytes: int

    @property
    def size_bytes(self) -> int:
        return _HEADER_BYTES + SLOTS * self.slot_bytes


class ShelfWriter:
    """Puts pictures on a shelf; used by one thread at a time."""

    def __init__(self, folder: Path, slot_bytes: int) -> None:
        pages = -(-slot_bytes // mmap.PAGESIZE)
        self.place, self._memory = _made(folder, pages * mmap.PAGESIZE)
        header = memoryview(self._memory)[:_HEADER_BYTES]
        self._words, self._reals = header.cast("q"), header.cast("d")
        self._lent = header[_LENT : _LENT + SLOTS]
        self._pixels = np.frombuffer(self._memory, np.uint8, offset=_HEADER_BYTES).reshape(SLOTS, -1)
        self._newest_slot = SLOTS - 1

    @property
    def taken(self) -> int:
        """The number of the picture that was taken last."""
        return self._words[_TAKEN]

    def set_standing(self, is_standing: bool) -> None:
        """Whether the connection that brings the pictures stands; known to the reader at once."""
        self._words[_STANDS] = int(is_standing)

    def put(self, picture: npt.NDArray[np.uint8] | Planes, number: int, arrived_s: float) -> bool:
        """Copy (height, width, 4) pixels, or planes; False when every other slot is lent."""
        slot = self._free_slot()
        if slot is None:
            return False
        if isinstance(picture, Planes):
            pixels, width_px, height_px, shape = picture
        else:
            pixels, shape = picture, PictureFormat.BGRA
            height_px, width_px = pixels.shape[:2]
        about = _ABOUT + slot * _ABOUT_WORDS
        target = self._pixels[slot, : pixels.size].reshape(pixels.shape)
        np.copyto(target, pixels)
        self._words[about + 1], self._words[about + 2] = width_px, height_px
        self._reals[about + 3], self._words[about + 4] = arrived_s, shape
        self._words[about] = number
        self._words[_NEWEST] = number << _SLOT_BITS | slot
        self._newest_slot = slot
        return True

    def _free_slot(self) -> int | None:
        """Marked as being written."""
        # The lowest, not the next: what was written a moment ago is more likely to be in the caches.
        for slot in range(SLOTS):
            if slot == self._newest_slot:
                continue
            about = _ABOUT + slot * _ABOUT_WORDS
            if self._lent[slot]:
                continue
            number, self._words[about] = self._words[about], 0
            # Looked at again, as the reader does: of two that want it at the same moment one sees the other.
            if not self._lent[slot]:
                return slot
            self._words[about] = number
        return None


class ShelfReader:
    """Lends pictures out without copying; used under its stream's lock."""

    def __init__(self, place: ShelfPlace) -> None:
        self._memory = _found(place)
        header = memoryview(self._memory)[:_HEADER_BYTES]
        self._words, self._reals = header.cast("q"), header.cast("d")
        self._lent = header[_LENT : _LENT + SLOTS]
        self._slot_bytes = place.slot_bytes
        self._pixels = np.frombuffer(self._memory, np.uint8, offset=_HEADER_BYTES)
        self._address = self._pixels.__array_interface__["data"][0]

    @property
    def number(self) -> int:
        """Of the newest picture, 0 before the first."""
        return self._words[_NEWEST] >> _SLOT_BITS

    @property
    def is_standing(self) -> bool:
        """The connection stands, and it brought the newest picture."""
        return self._words[_STANDS] != 0

    @property
    def arrived_s(self) -> float:
        """When the newest picture's packet came in; only where `number` is not 0."""
        slot = self._words[_NEWEST] & (1 << _SLOT_BITS) - 1
        return self._reals[_ABOUT + slot * _ABOUT_WORDS + 3]

    def take(self) -> Picture | None:
        """The newest picture. Its pixels stay as they are for as long as anybody refers to them."""
        for _ in range(SLOTS):
            word = self._words[_NEWEST]
            number, slot = word >> _SLOT_BITS, word & (1 << _SLOT_BITS) - 1
            if number == 0 or self._lent[slot]:
                return None
            is_copied = sum(self._lent) >= MOST_LENT
            # Lent first, looked at again afterwards: the writer may have begun to write there in between.
            self._lent[slot] = 1
            about = _ABOUT + slot * _ABOUT_WORDS
            if self._words[about] != number:
                self._lent[slot] = 0
                continue
            width_px, height_px = self._words[about + 1], self._words[about + 2]
            code = self._words[about + 4]
            is_planar = code != PictureFormat.BGRA
            shape = (planes_bytes(width_px, height_px),) if is_planar else (height_px, width_px, 4)
            pixels = self._lend(slot, shape)
            if is_copied:
                pixels = pixels.copy()
            self._words[_TAKEN] = number
            return Picture(pixels, width_px, height_px, number, self._reals[about + 3], _FORMATS[code])
        return None

    def _lend(self, slot: int, shape: tuple[int, ...]) -> npt.NDArray[np.uint8]:
        address = self._address + slot * self._slot_bytes
        return np.asarray(_Loan(self._pixels, address, shape, self._lent, slot))


class _Loan:
    """NumPy's view of one slot refers to this for as long as it lives; then the slot is free again."""

    __slots__ = ("__array_interface__", "_lent", "_memory", "_slot")

    def __init__(
        self,
        memory: npt.NDArray[np.uint8],
        address: int,
        shape: tuple[int, ...],
        lent: memoryview,
        slot: int,
    ) -> None:
        self.__array_interface__ = {"shape": shape, "typestr": "|u1", "data": (address, True), "version": 3}
        self._memory = memory
        self._lent = lent
        self._slot = slot

    def __del__(self) -> None:
        self._lent[self._slot] = 0


def memory_folder() -> Path:
    """A new folder for shelves, in memory where the system has such a place; unused on Windows."""
    in_memory = Path("/dev/shm")
    is_there = in_memory.is_dir() and os.access(in_memory, os.W_OK)
    return Path(tempfile.mkdtemp(prefix="shouwang-video-", dir=in_memory if is_there else None))


def forget(place: ShelfPlace) -> None:
    """Nobody will look at that shelf."""
    if sys.platform != "win32":
        Path(place.name).unlink(missing_ok=True)


if sys.platform == "win32":

    def _made(_folder: Path, slot_bytes: int) -> tuple[ShelfPlace, mmap.mmap]:
        place = ShelfPlace(f"Local\\shouwang-{secrets.token_hex(16)}", slot_bytes)
        return place, _found(place)

    def _found(place: ShelfPlace) -> mmap.mmap:
        return mmap.mmap(-1, place.size_bytes, tagname=place.name)

else:

    def _made(folder: Path, slot_bytes: int) -> tuple[ShelfPlace, mmap.mmap]:
        place = ShelfPlace(str(folder / secrets.token_hex(16)), slot_bytes)
        file = os.open(place.name, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            _reserve(file, place.size_bytes)
            return place, mmap.mmap(file, place.size_bytes)
        except BaseException:
            os.unlink(place.name)
            raise
        finally:
            os.close(file)

    def _reserve(file: int, size_bytes: int) -> None:
        """Raises OSError where there is no room; writing to memory that is only promised would kill."""
        if sys.platform == "darwin":
            os.ftruncate(file, size_bytes)
        else:
            os.posix_fallocate(file, 0, size_bytes)

    def _found(place: ShelfPlace) -> mmap.mmap:
        """The file loses its name here: what both processes forget is gone, whatever ends them."""
        file = os.open(place.name, os.O_RDWR)
        try:
            os.unlink(place.name)
            return mmap.mmap(file, place.size_bytes)
        finally:
            os.close(file)
