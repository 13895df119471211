"""Engines that are stopped, and servers nobody of us wrote."""

from __future__ import annotations

import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from services.video import StreamAddress, VideoEngine

CLIP = Path(__file__).resolve().parents[2] / "clips" / "pedestrians.mp4"
SYSTEM_PYTHON = "/usr/bin/python3"


class GstServer:
    """A GstRtspServer in a process of its own."""

    def __init__(self, clip: Path, **options: object) -> None:
        script = Path(__file__).with_name("gst_server.py")
        words = [f"{name}={value}" for name, value in options.items()]
        self._process = subprocess.Popen(
            [SYSTEM_PYTHON, str(script), str(clip), *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdout is not None
        answer = self._process.stdout.readline().split()
        assert answer[:1] == ["ready"], "GstRtspServer did not start"
        self.port = int(answer[1])

    def address(self, username: str = "", password: str = "", path: str = "clip") -> StreamAddress:
        return StreamAddress(f"rtsp://127.0.0.1:{self.port}/{path}", username, password)

    def kill(self) -> None:
        self._process.kill()
        self._process.communicate()


@pytest.fixture
def clip() -> Path:
    return CLIP


@pytest.fixture
def engine() -> Iterator[VideoEngine]:
    engine = VideoEngine()
    yield engine
    engine.stop()


@pytest.fixture
def gst_server(clip: Path) -> Iterator[Callable[..., GstServer]]:
    """`gst_server(protocols="udp", auth="digest", user=..., password=..., port=...)`."""
    assert shutil.which(SYSTEM_PYTHON)
    with ExitStack() as running:

        def start(**options: object) -> GstServer:
            server = GstServer(clip, **options)
            running.callback(server.kill)
            return server

        yield start


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A port that accepts connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listener:
        yield listener.getsockname()[1]


@pytest.fixture
def clip_url(clip: Path) -> Callable[..., str]:
    """`clip_url("replay", "phase=0.5")`."""

    def url(scheme: str, query: str = "") -> str:
        plain = clip.as_uri().replace("file:", f"{scheme}:", 1)
        return f"{plain}?{query}" if query else plain

    return url
