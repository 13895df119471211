"""Requests out of a byte stream, however hostile."""

from __future__ import annotations

import itertools
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.sim.rtsp.messages import BadRequest, Binary, Request, Splitter

STREAM = (
    b"OPTIONS rtsp://h/C01/sub RTSP/1.0\r\nCSeq: 1\r\n\r\n"
    b"$\x01\x00\x04abcd"
    b"\r\nSET_PARAMETER rtsp://h/C01/sub RTSP/1.0\r\nCSeq: 2\r\nContent-Length: 3\r\n\r\nxyz"
    b"PLAY rtsp://h/C01/sub RTSP/1.0\r\ncseq:3\r\nSession: 77\r\n\r\n"
)
FOUND = [
    Request("OPTIONS", "rtsp://h/C01/sub", {"cseq": "1"}),
    Binary(1, b"abcd"),
    Request("SET_PARAMETER", "rtsp://h/C01/sub", {"cseq": "2", "content-length": "3"}),
    Request("PLAY", "rtsp://h/C01/sub", {"cseq": "3", "session": "77"}),
]


@given(st.lists(st.integers(1, len(STREAM) - 1), max_size=12))
def test_the_same_requests_come_out_however_the_stream_is_cut(cuts: list[int]) -> None:
    edges = [0, *sorted(set(cuts)), len(STREAM)]
    splitter = Splitter()
    found = [item for a, b in itertools.pairwise(edges) for item in splitter.feed(STREAM[a:b])]
    assert found == FOUND


def test_one_byte_at_a_time() -> None:
    splitter = Splitter()
    assert [item for byte in STREAM for item in splitter.feed(bytes((byte,)))] == FOUND


@given(st.binary(max_size=300))
def test_garbage_gives_requests_or_a_refusal_and_nothing_else(noise: bytes) -> None:
    found: list[object] = []
    with suppress(BadRequest):
        found += Splitter().feed(noise + b"\r\n\r\n")
    assert all(isinstance(item, Request | Binary) for item in found)


@pytest.mark.parametrize("size", [8192, 100_000])
def test_an_endless_header_is_refused(size: int) -> None:
    with pytest.raises(BadRequest) as refusal:
        list(Splitter().feed(b"OPTIONS rtsp://h/ RTSP/1.0\r\nX: " + b"a" * size))
    assert refusal.value.status == 413
