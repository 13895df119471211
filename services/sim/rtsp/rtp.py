"""RTP packets of H.264 (RFC 6184) and H.265 (RFC 7798), and RTCP sender reports (RFC 3550)."""

from __future__ import annotations

import struct

from services.sim.film import Codec

PAYLOAD_TYPE = 96
PCMU_TYPE = 0  # static (RFC 3551)
CLOCK_HZ = 90_000
UDP_PAYLOAD_BYTES = 1400 - 12
TCP_PAYLOAD_BYTES = 8000  # FFmpeg's receive buffer takes more, other clients stop at 8 KiB
MARKER = 0x80
NTP_OF_UNIX_S = 2_208_988_800
_FU_A, _FU_H265 = 28, 49
_REPORT = struct.Struct(">BBHIIIIII")

Payload = tuple[int, bytes]  # second byte of the RTP header (marker and type), what follows the header


def payloads(units: tuple[bytes, ...], codec: Codec, limit_bytes: int) -> tuple[Payload, ...]:
    """The RTP payloads of one picture, at most `limit_bytes` each; the last carries the marker."""
    parts: list[bytes] = []
    for unit in units:
        if len(unit) <= limit_bytes:
            parts.append(unit)
        elif codec is Codec.H264:
            parts += _fragments(unit, 1, limit_bytes, _h264_heads(unit))
        else:
            parts += _fragments(unit, 2, limit_bytes, _h265_heads(unit))
    if not parts:
        return ()
    return (*((PAYLOAD_TYPE, part) for part in parts[:-1]), (PAYLOAD_TYPE | MARKER, parts[-1]))


def _h264_heads(unit: bytes) -> tuple[bytes, bytes, bytes]:
    """Headers of the first, the middle and the last fragment."""
    indicator, kind = (unit[0] & 0xE0) | _FU_A, unit[0] & 0x1F
    return (bytes((indicator, 0x80 | kind)), bytes((indicator, kind)), bytes((indicator, 0x40 | kind)))


def _h265_heads(unit: bytes) -> tuple[bytes, bytes, bytes]:
    kind = (unit[0] >> 1) & 0x3F
    first, second = (unit[0] & 0x81) | (_FU_H265 << 1), unit[1]
    return (
        bytes((first, second, 0x80 | kind)),
        bytes((first, second, kind)),
        bytes((first, second, 0x40 | kind)),
    )


def _fragments(unit: bytes, skip: int, limit_bytes: int, heads: tuple[bytes, bytes, bytes]) -> list[bytes]:
    body, room = unit[skip:], limit_bytes - len(heads[0])
    pieces = [body[at : at + room] for at in range(0, len(body), room)]
    last = len(pieces) - 1
    return [heads[0 if i == 0 else 2 if i == last else 1] + piece for i, piece in enumerate(pieces)]


def sender_report(ssrc: int, unix_s: float, timestamp: int, packets: int, octets: int) -> bytes:
    """An RTCP SR: at `unix_s` the media clock stood at `timestamp`."""
    ntp_s = int(unix_s) + NTP_OF_UNIX_S
    fraction = int((unix_s % 1.0) * 2**32)
    return _REPORT.pack(
        0x80, 200, 6, ssrc, ntp_s, fraction, timestamp, packets & 0xFFFFFFFF, octets & 0xFFFFFFFF
    )
