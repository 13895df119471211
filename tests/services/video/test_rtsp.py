"""Cameras over the network, played by a server of other people's making."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from contextlib import suppress
from threading import Event

import pytest

from services.core.workers import Worker
from services.domain.video import StreamState
from services.video import Feed, StreamAddress, VideoEngine

PASSWORD = "p@ss/w:rd %41?#é"


def is_live(feed: Feed) -> bool:
    return feed.latest(-1) is not None and feed.status().state is StreamState.LIVE


@pytest.mark.parametrize("protocols", ["all", "tcp", "udp"])
def test_pictures_come_over_tcp_and_over_udp_where_tcp_is_refused(
    protocols: str,
    gst_server: Callable[..., object],
    engine: VideoEngine,
    wait_until: Callable[..., object],
) -> None:
    feed = engine.open(gst_server(protocols=protocols).address())

    wait_until(lambda: is_live(feed), 15.0)

    assert feed.status().codec == "h264"
    assert feed.status().error == ""


@pytest.mark.parametrize("auth", ["basic", "digest"])
def test_a_password_of_awkward_characters_opens_the_camera(
    auth: str, gst_server: Callable[..., object], engine: VideoEngine, wait_until: Callable[..., object]
) -> None:
    server = gst_server(auth=auth, user="gate", password=PASSWORD)
    feed = engine.open(server.address("gate", PASSWORD))

    wait_until(lambda: is_live(feed), 15.0)


def test_a_wrong_password_is_told_at_once_and_appears_nowhere(
    gst_server: Callable[..., object],
    engine: VideoEngine,
    wait_until: Callable[..., object],
    expected_log: Callable[..., None],
    log_events: list[dict[str, object]],
    capfd: pytest.CaptureFixture[str],
) -> None:
    expected_log("video.unauthorized")
    server = gst_server(auth="digest", user="gate", password="right")
    feed = engine.open(server.address("gate", "wr0ng-s3cret"))

    wait_until(lambda: feed.status().error == "video.unauthorized", 15.0)

    assert feed.status().state is StreamState.OFFLINE
    out, err = capfd.readouterr()
    assert "wr0ng-s3cret" not in repr(log_events) + repr(feed.status()) + out + err


def test_a_camera_without_that_stream_is_not_found(
    gst_server: Callable[..., object],
    engine: VideoEngine,
    wait_until: Callable[..., object],
    expected_log: Callable[..., None],
) -> None:
    expected_log("video.not_found")
    feed = engine.open(gst_server().address(path="nothing"))

    wait_until(lambda: feed.status().error == "video.not_found", 15.0)


def test_nobody_at_the_port_is_refused(
    engine: VideoEngine,
    wait_until: Callable[..., object],
    expected_log: Callable[..., None],
) -> None:
    expected_log("video.refused")
    feed = engine.open(StreamAddress("rtsp://127.0.0.1:1/x"))

    wait_until(lambda: feed.status().error == "video.refused", 15.0)


def test_a_camera_that_came_back_is_live_again(
    gst_server: Callable[..., object],
    engine: VideoEngine,
    wait_until: Callable[..., object],
    expected_log: Callable[..., None],
) -> None:
    expected_log("video.ended", "video.refused", "video.timeout", "video.unreachable", "video.bad_stream")
    server = gst_server()
    feed = engine.open(server.address())
    wait_until(lambda: is_live(feed), 15.0)
    number = feed.latest(-1).number

    server.kill()
    wait_until(lambda: feed.status().state is not StreamState.LIVE and feed.status().error, 15.0)
    gst_server(port=server.port)

    wait_until(lambda: is_live(feed), 30.0)
    assert feed.latest(-1).number > number
    assert feed.status().error == ""


def test_cameras_that_never_answer_delay_no_other_and_stop_quickly(
    silent_port: int,
    gst_server: Callable[..., object],
    engine: VideoEngine,
    wait_until: Callable[..., object],
    expected_log: Callable[..., None],
) -> None:
    expected_log("video.timeout", "video.ended")  # the clip of the good camera is 16 s long
    server = gst_server()
    silent = [engine.open(StreamAddress(f"rtsp://127.0.0.1:{silent_port}/{index}")) for index in range(12)]
    good = engine.open(server.address())

    wait_until(lambda: is_live(good), 20.0)
    wait_until(lambda: all(feed.status().error == "video.timeout" for feed in silent), 30.0)
    assert all(feed.status().state is not StreamState.LIVE for feed in silent)
    wait_until(lambda: is_live(good), 5.0)

    began_s = time.monotonic()
    engine.stop()
    assert time.monotonic() - began_s < 20.0
    assert engine.process_ids == []


def test_a_camera_that_hangs_up_at_once_refuses(
    wait_until: Callable[..., object], expected_log: Callable[..., None]
) -> None:
    expected_log("video.refused", "video.unreachable")
    with socket.create_server(("127.0.0.1", 0)) as server:
        ending = Worker("hang-up", lambda stop: hang_up(server, stop))
        ending.start()
        engine = VideoEngine()
        feed = engine.open(StreamAddress(f"rtsp://127.0.0.1:{server.getsockname()[1]}/x"))
        wait_until(lambda: feed.status().error in ("video.refused", "video.unreachable"))
        engine.stop()
        ending.stop()


def hang_up(server: socket.socket, stop: Event) -> None:
    """Take every caller and close on them before a word is said."""
    server.settimeout(0.1)
    while not stop.is_set():
        with suppress(TimeoutError):
            server.accept()[0].close()
