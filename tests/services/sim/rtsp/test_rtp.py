"""RTP payloads put together again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from services.sim.film import Codec
from services.sim.rtsp.rtp import MARKER, PAYLOAD_TYPE, payloads, sender_report

small = st.binary(min_size=3, max_size=400)


def joined_h264(parts: list[bytes]) -> list[bytes]:
    """Units as RFC 6184 5.8 puts them together."""
    found: list[bytes] = []
    for part in parts:
        if part[0] & 0x1F != 28:
            found.append(part)
        elif part[1] & 0x80:
            found.append(bytes(((part[0] & 0xE0) | (part[1] & 0x1F),)) + part[2:])
        else:
            found[-1] += part[2:]
    return found


def joined_h265(parts: list[bytes]) -> list[bytes]:
    """Units as RFC 7798 4.4.3 puts them together."""
    found: list[bytes] = []
    for part in parts:
        if (part[0] >> 1) & 0x3F != 49:
            found.append(part)
        elif part[2] & 0x80:
            found.append(bytes(((part[0] & 0x81) | ((part[2] & 0x3F) << 1), part[1])) + part[3:])
        else:
            found[-1] += part[3:]
    return found


@given(st.lists(small, min_size=1, max_size=4), st.integers(20, 200))
def test_h264_units_survive_fragmentation(bodies: list[bytes], limit: int) -> None:
    units = tuple(b"\x65" + body for body in bodies)
    packed = payloads(units, Codec.H264, limit)
    assert joined_h264([payload for _, payload in packed]) == list(units)
    assert all(len(payload) <= limit for _, payload in packed)


@given(st.lists(small, min_size=1, max_size=4), st.integers(20, 200))
def test_h265_units_survive_fragmentation(bodies: list[bytes], limit: int) -> None:
    units = tuple(b"\x26\x01" + body for body in bodies)
    packed = payloads(units, Codec.H265, limit)
    assert joined_h265([payload for _, payload in packed]) == list(units)
    assert all(len(payload) <= limit for _, payload in packed)


def test_only_the_last_packet_of_a_picture_is_marked() -> None:
    packed = payloads((b"\x67abc", b"\x65" + bytes(500)), Codec.H264, 100)
    assert [kind for kind, _ in packed][:-1] == [PAYLOAD_TYPE] * (len(packed) - 1)
    assert packed[-1][0] == PAYLOAD_TYPE | MARKER


def test_a_sender_report_tells_wall_time_and_media_time() -> None:
    report = sender_report(7, 0.5, 90_000, 3, 1000)
    assert len(report) == 28
    assert report[:2] == b"\x80\xc8"
    assert int.from_bytes(report[8:12], "big") == 2_208_988_800  # 1970 on the NTP scale
    assert int.from_bytes(report[12:16], "big") == 2**31
