"""Cameras name their stream in whatever letters their maker used: that must not keep a picture away."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from threading import Event, Thread

import pytest

from services.recording.connecting import opened_camera
from services.recording.streams import known_streams
from services.video import StreamAddress
from services.video.sources.rtsp import RtspSource
from tests.services.devices.plain_servers import Serve, listening
from tests.services.video.conftest import GstServer

# GStreamer's own title of a session, and one of the same length as GBK writes it: 东门摄, and half of 像.
THEIRS, IN_GBK = b"s=Session", b"s=" + "东门摄".encode("gbk") + b"\xcf"
PATIENCE_S = 15.0


def between(port: int) -> Serve:
    """Passes on what the server at `port` says, but for its title."""

    def pump(source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while heard := source.recv(65536):
                target.sendall(heard.replace(THEIRS, IN_GBK))
            target.shutdown(socket.SHUT_WR)

    def serve(peer: socket.socket) -> None:
        with socket.create_connection(("127.0.0.1", port)) as camera:
            back = Thread(target=pump, args=(camera, peer), name="between")
            back.start()
            pump(peer, camera)
            # Whoever asked is gone or has long said nothing: the camera would go on talking to nobody.
            with suppress(OSError):
                camera.shutdown(socket.SHUT_RDWR)
            back.join()

    return serve


@pytest.fixture
def address(gst_server: Callable[..., GstServer]) -> Iterator[StreamAddress]:
    with listening(between(gst_server(protocols="tcp").port)) as port:
        yield StreamAddress(f"rtsp://127.0.0.1:{port}/clip")


def test_a_title_that_is_no_utf8_keeps_no_live_picture_away(address: StreamAddress) -> None:
    source = RtspSource(address, PATIENCE_S)
    try:
        assert next(iter(source.packets(Event()))).size
    finally:
        source.close()


def test_a_title_that_is_no_utf8_keeps_nothing_from_being_recorded(address: StreamAddress) -> None:
    with ExitStack() as held:
        (video, *_sound) = known_streams(opened_camera(address, held))
        assert video.type == "video"
