"""The product's own simulated cameras: both codecs, both sizes, and what happens to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from services.domain.video import StreamState
from services.sim.cameras import CameraFarm, FarmOptions
from services.sim.faults import Fault
from services.sim.film import Stream
from services.sim.story import Story
from services.video import Feed, StreamAddress, VideoEngine
from tests.campus import read_demo_site

USER, PASSWORD = "viewer", "zh0ng:men/1"
H264_CAMERA, H265_CAMERA = "C01", "C05"
TROUBLES = ("video.ended", "video.refused", "video.timeout", "video.unreachable", "video.bad_stream")


@pytest.fixture(scope="module")
def cache_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("reels")


@pytest.fixture
def farm(cache_dir: Path) -> Iterator[CameraFarm]:
    site = read_demo_site()
    options = FarmOptions(username=USER, password=PASSWORD)
    farm = CameraFarm(site, Story.load(None, site), cache_dir, options=options)
    farm.start()
    yield farm
    farm.stop()


def opened(engine: VideoEngine, farm: CameraFarm, camera: str, stream: Stream = Stream.SUB) -> Feed:
    return engine.open(StreamAddress(farm.url(camera, stream), USER, PASSWORD))


def is_live(feed: Feed) -> bool:
    return feed.latest(-1) is not None and feed.status().state is StreamState.LIVE


@pytest.mark.parametrize(
    ("camera", "stream", "codec", "size"),
    [
        (H264_CAMERA, Stream.SUB, "h264", (640, 360)),
        (H265_CAMERA, Stream.SUB, "hevc", (640, 360)),
        (H264_CAMERA, Stream.MAIN, "h264", (1920, 1080)),
    ],
)
def test_a_simulated_camera_is_live(
    camera: str,
    stream: Stream,
    codec: str,
    size: tuple[int, int],
    farm: CameraFarm,
    engine: VideoEngine,
    wait_until: Callable[..., object],
    expected_log: Callable[..., None],
) -> None:
    expected_log("video.timeout")  # the first pictures are filmed while it waits
    feed = opened(engine, farm, camera, stream)

    wait_until(lambda: is_live(feed), 40.0)

    status = feed.status()
    assert (status.codec, (status.width_px, status.height_px)) == (codec, size)


def test_a_camera_that_asks_for_another_password_is_unauthorized(
    farm: CameraFarm,
    engine: VideoEngine,
    wait_until: Callable[..., object],
    expected_log: Callable[..., None],
) -> None:
    expected_log("video.unauthorized")
    feed = engine.open(StreamAddress(farm.url(H264_CAMERA, Stream.SUB), USER, "another"))

    wait_until(lambda: feed.status().error == "video.unauthorized", 20.0)


@pytest.mark.parametrize("fault", [Fault.CUT, Fault.STALL])
def test_a_camera_that_fails_is_not_live_and_heals(
    fault: Fault,
    farm: CameraFarm,
    engine: VideoEngine,
    wait_until: Callable[..., object],
    expected_log: Callable[..., None],
) -> None:
    expected_log(*TROUBLES)
    feed = opened(engine, farm, H264_CAMERA)
    wait_until(lambda: is_live(feed), 40.0)

    farm.fault(H264_CAMERA, fault)
    wait_until(lambda: feed.status().state is not StreamState.LIVE, 20.0)
    farm.fault(H264_CAMERA, None)

    wait_until(lambda: is_live(feed), 60.0)


def test_garbage_in_one_stream_leaves_another_live(
    farm: CameraFarm,
    engine: VideoEngine,
    wait_until: Callable[..., object],
    expected_log: Callable[..., None],
) -> None:
    # Seen once on a very busy machine: the first log-in refused, the second taken.
    expected_log(*TROUBLES, "video.unauthorized")
    broken, whole = opened(engine, farm, H264_CAMERA), opened(engine, farm, "C02")
    wait_until(lambda: is_live(broken) and is_live(whole), 40.0)

    farm.fault(H264_CAMERA, Fault.GARBAGE)
    number = whole.latest(-1).number
    wait_until(lambda: whole.latest(-1).number > number + 50, 40.0)

    assert is_live(whole)
    farm.fault(H264_CAMERA, None)
    wait_until(lambda: is_live(broken), 60.0)
