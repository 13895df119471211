"""Coded pictures out of RTP packets: H.264 (RFC 6184), H.265 (RFC 7798), with the times of ONVIF replay."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from services.video import trouble

MOST_PICTURE_BYTES = 16 * 2**20
# ONVIF streaming specification, "RTP header extension": three words behind these two bytes.
REPLAY_EXTENSION = 0xABAC
_LAST = 0x10
_NTP_EPOCH = datetime(1900, 1, 1, tzinfo=UTC)
_START = b"\x00\x00\x00\x01"
_HEAD = struct.Struct("!BBHII")
_EXTENSION = struct.Struct("!HH")
_TIME = struct.Struct("!II")


@dataclass(frozen=True, slots=True)
class Packet:
    """One RTP packet. at: when it was recorded, where the recorder says so; is_last: nothing follows."""

    kind: int
    is_end: bool
    number: int
    ticks: int
    at: datetime | None
    payload: bytes
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class CodedPicture:
    """One access unit, as Annex B. ticks: RTP time; at: of the first packet."""

    ticks: int
    at: datetime | None
    data: bytes
    is_key: bool
    is_last: bool = False


def packet_of(data: bytes) -> Packet | None:
    """None for what is no RTP packet."""
    if len(data) < _HEAD.size or data[0] >> 6 != 2:
        return None
    first, second, number, ticks, _source = _HEAD.unpack_from(data)
    at, is_last, begins = None, False, _HEAD.size + 4 * (first & 0x0F)
    if first & 0x10:
        if len(data) < begins + _EXTENSION.size:
            return None
        profile, words = _EXTENSION.unpack_from(data, begins)
        begins += _EXTENSION.size
        if profile == REPLAY_EXTENSION and words >= 3 and len(data) >= begins + 4 * words:
            at, is_last = _ntp(*_TIME.unpack_from(data, begins)), bool(data[begins + 8] & _LAST)
        begins += 4 * words
    ends = len(data) - (data[-1] if first & 0x20 else 0)
    if begins > ends:
        return None
    return Packet(second & 0x7F, bool(second & 0x80), number, ticks, at, data[begins:ends], is_last)


def _ntp(seconds: int, fraction: int) -> datetime | None:
    """A recorder without a time writes zeros."""
    if not seconds:
        return None
    return _NTP_EPOCH + timedelta(seconds=seconds, microseconds=round(fraction * 1_000_000 / 2**32))


class Assembler:
    """Puts the packets of one stream together. codec: "h264" or "hevc".

    Raises StreamTrouble for a picture that grows beyond all measure.
    """

    def __init__(self, codec: str) -> None:
        self._is_hevc = codec == "hevc"
        self.forget()

    def forget(self) -> None:
        """The stream begins anew somewhere else."""
        self._units: list[bytes] = []
        self._size = 0
        self._part: bytearray | None = None
        self._ticks: int | None = None
        self._at: datetime | None = None
        self._number: int | None = None
        self._is_whole = True
        self._is_last = False

    def take(self, packet: Packet) -> Iterator[CodedPicture]:
        """The picture that ends with this packet, or ended before it. One with a hole is left out."""
        if self._ticks is not None and packet.ticks != self._ticks:
            yield from self._finished()
        if self._number is not None and packet.number != (self._number + 1) & 0xFFFF:
            self._is_whole, self._part = False, None
        self._number = packet.number
        if self._ticks is None:
            self._ticks, self._at = packet.ticks, packet.at
        self._is_last = self._is_last or packet.is_last
        (self._take_hevc if self._is_hevc else self._take_h264)(packet.payload)
        if packet.is_end:
            yield from self._finished()

    def _finished(self) -> Iterator[CodedPicture]:
        units, ticks, at, is_whole = self._units, self._ticks, self._at, self._is_whole
        self._units, self._size, self._part = [], 0, None
        self._ticks, self._at, self._is_whole = None, None, True
        if units and is_whole and ticks is not None:
            data = b"".join(_START + unit for unit in units)
            yield CodedPicture(ticks, at, data, any(map(self._begins_group, units)), self._is_last)

    def _begins_group(self, unit: bytes) -> bool:
        # Parameter sets too: some cameras begin a group with an I picture that is no IDR.
        if self._is_hevc:
            return 16 <= (unit[0] >> 1) & 0x3F <= 21 or (unit[0] >> 1) & 0x3F == 33
        return unit[0] & 0x1F in (5, 7)

    def _take_h264(self, payload: bytes) -> None:
        if not payload:
            return
        kind = payload[0] & 0x1F
        if kind == 24:
            self._take_many(payload, 1)
        elif kind == 28 and len(payload) >= 2:
            head = bytes([(payload[0] & 0xE0) | (payload[1] & 0x1F)])
            self._take_part(payload[1], head, payload[2:])
        elif 1 <= kind <= 23:
            self._add(payload)

    def _take_hevc(self, payload: bytes) -> None:
        if len(payload) < 3:
            return
        kind = (payload[0] >> 1) & 0x3F
        if kind == 48:
            self._take_many(payload, 2)
        elif kind == 49:
            head = bytes([(payload[0] & 0x81) | (payload[2] & 0x3F) << 1, payload[1]])
            self._take_part(payload[2], head, payload[3:])
        elif kind < 48:
            self._add(payload)

    def _take_many(self, payload: bytes, at: int) -> None:
        """Several units in one packet, each behind its length."""
        while at + 2 < len(payload):
            length = int.from_bytes(payload[at : at + 2], "big")
            self._add(payload[at + 2 : at + 2 + length])
            at += 2 + length

    def _take_part(self, flags: int, head: bytes, body: bytes) -> None:
        """A unit over several packets."""
        if flags & 0x80:
            self._part = bytearray(head)
        if self._part is None:
            self._is_whole = False
            return
        self._part += body
        if self._size + len(self._part) > MOST_PICTURE_BYTES:
            raise trouble.StreamTrouble(trouble.BAD_STREAM)
        if flags & 0x40:
            unit, self._part = bytes(self._part), None
            self._add(unit)

    def _add(self, unit: bytes) -> None:
        if not unit:
            return
        self._size += len(unit)
        if self._size > MOST_PICTURE_BYTES:
            raise trouble.StreamTrouble(trouble.BAD_STREAM)
        self._units.append(unit)
