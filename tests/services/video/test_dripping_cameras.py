"""Web cameras that send a byte now and then: each wait is short, the whole would never end."""

from __future__ import annotations

import socket
import time
from contextlib import closing, suppress
from threading import Event

import pytest
from av.packet import Packet
from av.video.stream import VideoStream

from services.video import StreamAddress
from services.video.sources import SOURCES
from services.video.sources import mjpeg as mjpeg_module
from services.video.sources import web as web_module
from services.video.sources.mjpeg import MjpegSource
from services.video.trouble import TIMEOUT, StreamTrouble
from tests.services.devices.plain_servers import Serve, listening

STREAM = (
    b"HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=f\r\n\r\n"
    b"--f\r\nContent-Type: image/jpeg\r\nContent-Length: 9000000\r\n\r\n\xff\xd8\xff"
)
PICTURE = b"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: 9000000\r\n\r\n\xff\xd8\xff"
# No wait for a byte comes near this; only a limit on the whole ends such a conversation.
DRIPS = 400


def drips(head: bytes, said_all: Event | None = None) -> Serve:
    """`head`, then a byte every 20 ms until the other side has had enough, or all is said."""

    def serve(peer: socket.socket) -> None:
        with suppress(OSError):
            peer.recv(4096)
            peer.sendall(head)
            for _ in range(DRIPS):
                time.sleep(0.02)
                peer.sendall(b"x")
            if said_all is not None:
                said_all.set()
        peer.close()

    return serve


@pytest.fixture
def is_impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (web_module, mjpeg_module):
        monkeypatch.setattr(module, "PICTURE_LIMIT_S", 0.4)
    monkeypatch.setattr(web_module, "READ_TIMEOUT_S", 0.4)


def first_of(port: int, kind: str) -> Packet[VideoStream]:
    with closing(SOURCES[kind](StreamAddress(f"{kind}://127.0.0.1:{port}/video"), 0.3)) as source:
        return next(iter(source.packets(Event())))


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"HTTP/1.1 200 OK\r\nX-Endless: ", "http"),
        (b"HTTP/1.1 200 OK\r\nX-Endless: ", "http+snapshot"),
        (PICTURE, "http+snapshot"),
        (STREAM, "http"),
    ],
)
@pytest.mark.usefixtures("is_impatient")
def test_a_camera_that_drips_times_out_as_a_silent_one_does(head: bytes, kind: str) -> None:
    with listening(drips(head)) as port, pytest.raises(StreamTrouble) as trouble:
        first_of(port, kind)
    assert trouble.value.code == TIMEOUT


def test_a_stop_ends_a_stream_in_the_middle_of_a_picture() -> None:
    stop, said_all = Event(), Event()
    stop.set()
    with listening(drips(STREAM, said_all)) as port:
        source = MjpegSource(StreamAddress(f"http://127.0.0.1:{port}/video"), 2.0)
        assert list(source.packets(stop)) == []
        source.close()
    assert not said_all.is_set()
