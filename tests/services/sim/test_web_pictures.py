"""A simulated camera's pictures over HTTP, as older cameras give them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from services.domain.video import StreamState
from services.sim.cameras import CameraFarm, FarmOptions
from services.video import Feed, StreamAddress, VideoEngine
from tests.services.sim.camera_kit import PASSWORD, USER, small_site, small_story


@pytest.fixture
def farm(tmp_path: Path) -> Iterator[CameraFarm]:
    options = FarmOptions(username=USER, password=PASSWORD, onvif_port=0, children=1)
    farm = CameraFarm(small_site(), small_story(), tmp_path, options=options)
    farm.start()
    yield farm
    farm.stop()


@pytest.fixture
def engine() -> Iterator[VideoEngine]:
    engine = VideoEngine(processes=1)
    yield engine
    engine.stop()


def web(farm: CameraFarm, path: str, scheme: str = "http") -> str:
    return f"{scheme}://127.0.0.1:{farm.onvif_port}/onvif/C01/{path}"


def is_live(feed: Feed) -> bool:
    return feed.latest(-1) is not None and feed.status().state is StreamState.LIVE


@pytest.mark.parametrize(
    ("scheme", "path"), [("http", "video.mjpg"), ("http+snapshot", "snapshot.jpg#period=0.5")]
)
def test_a_simulated_camera_is_live_over_http(
    scheme: str,
    path: str,
    farm: CameraFarm,
    engine: VideoEngine,
    wait_until: Callable[..., object],
    expected_log: Callable[..., None],
) -> None:
    expected_log("video.timeout", "video.refused", "video.ended")  # its first film is made while it waits
    feed = engine.open(StreamAddress(web(farm, path, scheme), USER, PASSWORD))

    wait_until(lambda: is_live(feed), 60.0)

    status = feed.status()
    assert (status.codec, status.width_px, status.height_px) == ("mjpeg", 640, 360)


def test_pictures_are_for_who_is_logged_in(farm: CameraFarm) -> None:
    with httpx.Client(trust_env=False) as client:
        assert client.get(web(farm, "video.mjpg")).status_code == 401
        assert client.post(web(farm, "video.mjpg")).status_code == 405
