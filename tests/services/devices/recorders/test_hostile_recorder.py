"""A recorder that talks nonsense, never ends or points elsewhere is given up; no password goes astray."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from services.devices.recorders.session import ReplaySession
from services.video import trouble
from services.video.address import StreamAddress
from tests.waiting import LIMIT_S

PATIENCE_S = 0.5
SDP = (
    "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=x\r\nt=0 0\r\n"
    "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=control:{control}\r\n"
)
Answering = Callable[[bytes], StreamAddress]


@pytest.fixture
def answering() -> Iterator[Answering]:
    """`answering(data)`: the address of a server that says `data` to every request, whatever it is."""
    servers: list[tuple[socket.socket, threading.Thread]] = []

    def serve(listener: socket.socket, data: bytes) -> None:
        with suppress(OSError):
            while True:
                peer, _ = listener.accept()
                with peer, suppress(OSError):
                    while asked := peer.recv(65_536):
                        number = asked.partition(b"CSeq: ")[2].partition(b"\r\n")[0]
                        peer.sendall(data.replace(b"{cseq}", number))

    def start(data: bytes) -> StreamAddress:
        listener = socket.create_server(("127.0.0.1", 0))
        thread = threading.Thread(target=serve, args=(listener, data), name="hostile-recorder")
        thread.start()
        servers.append((listener, thread))
        return StreamAddress(f"rtsp://127.0.0.1:{listener.getsockname()[1]}/C01", "viewer", "s3cret")

    yield start
    for listener, thread in servers:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(LIMIT_S)


def described(control: str) -> bytes:
    body = SDP.format(control=control)
    return f"RTSP/1.0 200 OK\r\nCSeq: {{cseq}}\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()


def code_of(address: StreamAddress) -> str:
    with pytest.raises((trouble.StreamTrouble, TimeoutError)) as told:
        ReplaySession(address, is_replay=True, patience_s=PATIENCE_S)
    return trouble.code_of(told.value)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (b"\x00\xff garbage" * 20_000, trouble.BAD_STREAM),
        (b"RTSP/1.0 200 OK\r\nX: y", trouble.TIMEOUT),
        (b"RTSP/1.0 200 OK\r\nCSeq: {cseq}\r\nContent-Length: 60000\r\n\r\nv=0", trouble.TIMEOUT),
        (b"HTTP/1.1 200 OK\r\n\r\n", trouble.TIMEOUT),
        (b"OPTIONS * RTSP/1.0\r\n\r\n" * 5000, trouble.TIMEOUT),
        (b"RTSP/1.0 200 OK\r\nCSeq: 999\r\n\r\n", trouble.TIMEOUT),
        (b"$\x00\xff\xff", trouble.TIMEOUT),
        (b"RTSP/1.0 404 Not Found\r\nCSeq: {cseq}\r\n\r\n", trouble.NOT_FOUND),
        (b"RTSP/1.0 500 No\r\nCSeq: {cseq}\r\n\r\n", trouble.REFUSED),
        (described("rtsp://elsewhere.example/track"), trouble.UNSUPPORTED),
        (described("trackID=0").replace(b"H264", b"VP80"), trouble.UNSUPPORTED),
    ],
)
def test_it_is_given_up_with_a_code(answering: Answering, said: bytes, code: str) -> None:
    assert code_of(answering(said)) == code


def test_a_password_goes_out_as_a_digest_only(answering: Answering) -> None:
    basic = b'RTSP/1.0 401 No\r\nCSeq: {cseq}\r\nWWW-Authenticate: Basic realm="x"\r\n\r\n'
    assert code_of(answering(basic)) == trouble.UNAUTHORIZED


def test_a_request_of_its_own_between_packets_takes_nothing_away(answering: Answering) -> None:
    # RTP: version 2, type 96 with its marker, number 7; the payload holds what looks like the end of a head.
    packet = b"\x80\xe0\x00\x07\x00\x00\x00\x01\x00\x00\x00\x02" + b"A\r\n\r\nB"
    between = b"OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n"
    inside = b"$\x00" + len(packet).to_bytes(2, "big") + packet
    session = ReplaySession(
        answering(described("trackID=0") + between + inside), is_replay=True, patience_s=PATIENCE_S
    )
    session.play("clock=20261124T020000Z-")
    found = session.next()
    assert found is not None
    assert (found.number, found.payload) == (7, b"A\r\n\r\nB")
    session.close()


def test_answers_without_end_are_no_packets(answering: Answering) -> None:
    session = ReplaySession(answering(described("trackID=0")), is_replay=True, patience_s=PATIENCE_S)
    session.play("clock=20261124T020000Z-")
    with pytest.raises(TimeoutError):
        session.next()
    session.close()
