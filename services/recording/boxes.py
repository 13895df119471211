"""The boxes of a fragmented MP4 file (ISO/IEC 14496-12): how much of it is whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_HEADER_BYTES = 8
_LARGE_HEADER_BYTES = 16


@dataclass(frozen=True, slots=True)
class Box:
    """kind: four letters, as `moof`; begins, ends: bytes from the start of the file."""

    kind: bytes
    begins: int
    ends: int


def boxes_of(file: BinaryIO, size_bytes: int) -> Iterator[Box]:
    """The outermost boxes in order, up to the first that is not whole."""
    at = 0
    while at + _HEADER_BYTES <= size_bytes:
        file.seek(at)
        header = file.read(_LARGE_HEADER_BYTES)
        length, kind, least = int.from_bytes(header[:4], "big"), header[4:8], _HEADER_BYTES
        if length == 1:
            length, least = int.from_bytes(header[8:16], "big"), _LARGE_HEADER_BYTES
        if length < least or at + length > size_bytes:
            return
        yield Box(kind, at, at + length)
        at += length


def whole_bytes(file: BinaryIO, size_bytes: int) -> int:
    """How far the file can be played: its head and all whole fragments; 0 when there is no fragment."""
    whole, has_head, in_fragment = 0, False, False
    for box in boxes_of(file, size_bytes):
        has_head = has_head or box.kind == b"moov"
        if box.kind == b"moof":
            in_fragment = True
        elif box.kind == b"mdat" and in_fragment and has_head:
            whole, in_fragment = box.ends, False
        elif box.kind == b"mfra" and whole == box.begins:
            whole = box.ends
    return whole
