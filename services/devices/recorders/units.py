"""Coded pictures of MP4 (ISO/IEC 14496-15: lengths before the units) as Annex B: start codes between them."""

from __future__ import annotations

from collections.abc import Iterator

_START = b"\x00\x00\x00\x01"
_VERSION = 1


class UnitForm:
    """How one track is written, by its codec and extradata. Raises ValueError when that is cut short."""

    def __init__(self, codec: str, extradata: bytes) -> None:
        self._length_bytes = 0
        self.sets = extradata
        # Annex B begins with zeros, the records of MP4 with their version.
        if extradata[:1] == bytes([_VERSION]):
            try:
                at = 4 if codec == "h264" else 21
                self._length_bytes = (extradata[at] & 3) + 1
                units = _of_avc(extradata) if codec == "h264" else _of_hevc(extradata)
                self.sets = b"".join(_START + unit for unit in units)
            except IndexError:
                raise ValueError(codec) from None

    def annex_b(self, data: bytes) -> bytes:
        """A picture; what is Annex B already stays as it is."""
        if not self._length_bytes:
            return data
        return b"".join(_START + unit for unit in _units(data, self._length_bytes))


def _units(data: bytes, length_bytes: int) -> Iterator[bytes]:
    at = 0
    while at + length_bytes <= len(data):
        begins = at + length_bytes
        at = begins + int.from_bytes(data[at:begins], "big")
        if begins < at <= len(data):
            yield data[begins:at]


def _of_avc(record: bytes) -> Iterator[bytes]:
    """AVCDecoderConfigurationRecord, 5.3.3.1.2: sequence sets, then picture sets."""
    at = 5
    for mask in (0x1F, 0xFF):
        count, at = record[at] & mask, at + 1
        for _ in range(count):
            unit, at = _listed(record, at)
            yield unit


def _of_hevc(record: bytes) -> Iterator[bytes]:
    """HEVCDecoderConfigurationRecord, 8.3.3.1.2: arrays of units of one kind each."""
    arrays, at = record[22], 23
    for _ in range(arrays):
        count, at = int.from_bytes(record[at + 1 : at + 3], "big"), at + 3
        for _ in range(count):
            unit, at = _listed(record, at)
            yield unit


def _listed(record: bytes, at: int) -> tuple[bytes, int]:
    ends = at + 2 + int.from_bytes(record[at : at + 2], "big")
    if ends > len(record):
        raise IndexError
    return record[at + 2 : ends], ends
