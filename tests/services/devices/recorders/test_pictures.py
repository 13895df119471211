"""RTP packets become the pictures they carry, whatever way they were cut; what cannot be is no picture."""

from __future__ import annotations

import struct
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from services.devices.recorders.pictures import Assembler, CodedPicture, packet_of
from services.sim.film import Codec
from services.sim.rtsp.rtp import payloads

START = b"\x00\x00\x00\x01"


def rtp(number: int, ticks: int, kind: int, payload: bytes, extension: bytes = b"") -> bytes:
    return struct.pack("!BBHII", 0x90 if extension else 0x80, kind, number, ticks, 7) + extension + payload


def assembled(codec: str, packets: list[bytes]) -> list[CodedPicture]:
    assembler = Assembler(codec)
    found = [packet for data in packets if (packet := packet_of(data)) is not None]
    return [picture for packet in found for picture in assembler.take(packet)]


units = st.lists(st.binary(min_size=1, max_size=300), min_size=1, max_size=4)


@given(st.lists(units, min_size=1, max_size=4), st.integers(20, 400))
def test_every_cut_of_h264_gives_back_its_units(pictures: list[list[bytes]], limit: int) -> None:
    # A unit's first byte says what it is: 1 to 23 are whole units.
    whole = [[bytes([0x60 | (unit[0] % 23 + 1)]) + unit for unit in picture] for picture in pictures]
    packets, number = [], 0
    for at, picture in enumerate(whole):
        for kind, payload in payloads(tuple(picture), Codec.H264, limit):
            packets.append(rtp(number, at * 3600, kind, payload))
            number += 1
    given_back = [picture.data for picture in assembled("h264", packets)]
    assert given_back == [b"".join(START + unit for unit in picture) for picture in whole]


@given(st.lists(units, min_size=1, max_size=4), st.integers(20, 400))
def test_every_cut_of_h265_gives_back_its_units(pictures: list[list[bytes]], limit: int) -> None:
    whole = [[bytes([(unit[0] % 40) << 1, 1]) + unit for unit in picture] for picture in pictures]
    packets, number = [], 0
    for at, picture in enumerate(whole):
        for kind, payload in payloads(tuple(picture), Codec.H265, limit):
            packets.append(rtp(number, at * 3600, kind, payload))
            number += 1
    given_back = [picture.data for picture in assembled("hevc", packets)]
    assert given_back == [b"".join(START + unit for unit in picture) for picture in whole]


def test_several_units_in_one_packet_are_taken_apart() -> None:
    # RFC 6184, 5.7.1: STAP-A, type 24, each unit behind its length.
    payload = bytes([24]) + b"\x00\x02\x67\x01" + b"\x00\x03\x65\x02\x03"
    (picture,) = assembled("h264", [rtp(0, 0, 0x80 | 96, payload)])
    assert picture.data == START + b"\x67\x01" + START + b"\x65\x02\x03"
    assert picture.is_key


def test_a_picture_with_a_hole_is_left_out_and_the_next_is_whole() -> None:
    first = rtp(0, 0, 96, bytes([28, 0x85]) + b"abc")
    last = rtp(2, 0, 0x80 | 96, bytes([28, 0x45]) + b"def")
    following = rtp(3, 3600, 0x80 | 96, b"\x41next")
    assert [one.data for one in assembled("h264", [first, last, following])] == [START + b"\x41next"]


def test_the_recorder_s_time_is_read_from_the_packet() -> None:
    # NTP counts from 1900: 46 348 days and two hours, 46 348 × 86 400 + 7200 s.
    at, seconds = datetime(2026, 11, 24, 2, 0, 0, 500_000, tzinfo=UTC), 4_004_474_400
    extension = struct.pack("!HHIIBBH", 0xABAC, 3, seconds, 2**31, 0x90, 5, 0)
    packet = packet_of(rtp(0, 0, 0x80 | 96, b"\x65x", extension))
    assert packet is not None
    assert packet.at == at
    assert packet.is_last
    assert packet.payload == b"\x65x"


@given(st.binary(max_size=64))
def test_garbage_breaks_nothing(data: bytes) -> None:
    packet = packet_of(data)
    for codec in ("h264", "hevc"):
        if packet is not None:
            list(Assembler(codec).take(packet))
