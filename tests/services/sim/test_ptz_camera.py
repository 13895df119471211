"""A simulated PTZ camera: what its stream and its snapshot show follows where its head points."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from services.core.secrets import Credential
from services.devices.onvif import OnvifDevice, Velocity, open_device
from services.sim.cameras import CameraFarm, FarmOptions
from services.sim.faults import Fault
from services.sim.film import Stream
from services.sim.picture.panorama import PAN_DEG
from tests.services.sim.camera_kit import PASSWORD, USER, open_video, small_site, small_story, standing
from tests.waiting import LIMIT_S

RED = (230, 20, 20)
Wait = Callable[..., object]


@pytest.fixture(scope="module")
def farm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CameraFarm]:
    """C01 has motors and a person in red dead ahead, 25 m away."""
    site = small_site()
    cameras = tuple(replace(c, has_ptz=c.no == "C01") for c in site.cameras)
    made = CameraFarm(
        replace(site, cameras=cameras),
        small_story(standing("red", (30.0, 30.0), RED)),
        tmp_path_factory.mktemp("cache"),
        options=FarmOptions(username=USER, password=PASSWORD, control_port=0, onvif_port=0),
    )
    made.film_ahead(until_s=1.0)  # the panorama
    made.start()
    yield made
    made.stop()


@pytest.fixture
def device(farm: CameraFarm) -> Iterator[OnvifDevice]:
    device = open_device(farm.onvif_url("C01"), Credential(USER, PASSWORD), limit_s=60.0)
    device.go_home()
    yield device
    device.stop()
    device.close()


def red_column(image: NDArray[np.uint8]) -> float | None:
    """The middle column of what is red, as a part of the width; image: BGR."""
    found = np.asarray(image, int)
    red = (found[..., 2] > 130) & (found[..., 1] < 90) & (found[..., 0] < 90)
    columns = np.nonzero(red)[1]
    return float(np.median(columns)) / image.shape[1] if columns.size else None


def shown(frame: av.VideoFrame) -> float | None:
    return red_column(np.asarray(frame.to_ndarray(format="bgr24"), np.uint8))


@pytest.mark.parametrize(("stream", "size"), [(Stream.SUB, (640, 360)), (Stream.MAIN, (1280, 720))])
def test_the_picture_turns_with_the_head(
    farm: CameraFarm, device: OnvifDevice, stream: Stream, size: tuple[int, int], wait_until: Wait
) -> None:
    """At 17° to the right, who was dead ahead is tan 17° / tan 35° = 0.44 of half the width to the left."""
    wait_until(lambda: not device.ptz_status().is_moving)
    with open_video(farm.url("C01", stream)) as video:
        frames = video.decode(video=0)
        frame = next(frames)
        assert (frame.width, frame.height) == size
        assert shown(frame) == pytest.approx(0.5, abs=0.02)
        device.move(Velocity(pan=0.5), 10.0)
        wait_until(lambda: (device.ptz_status().pan or 0.0) > 17 / PAN_DEG)
        device.stop()
        at = device.ptz_status().pan
        assert at is not None
        expected = 0.5 - np.tan(np.radians(at * PAN_DEG)) / np.tan(np.radians(35)) / 2
        seen = [shown(next(frames)) for _ in range(40)]
    assert seen[-1] == pytest.approx(expected, abs=0.02) if expected > 0.02 else seen[-1] is None


def test_the_snapshot_turns_with_the_head(device: OnvifDevice, wait_until: Wait) -> None:
    wait_until(lambda: not device.ptz_status().is_moving)
    before = cv2.imdecode(np.frombuffer(device.snapshot(), np.uint8), cv2.IMREAD_COLOR)
    assert red_column(np.asarray(before, np.uint8)) == pytest.approx(0.5, abs=0.02)
    device.move(Velocity(pan=1.0), 10.0)
    wait_until(lambda: (device.ptz_status().pan or 0.0) > 0.4)
    device.stop()
    after = cv2.imdecode(np.frombuffer(device.snapshot(), np.uint8), cv2.IMREAD_COLOR)
    assert red_column(np.asarray(after, np.uint8)) is None


def test_a_fixed_camera_gives_a_snapshot_too(farm: CameraFarm) -> None:
    device = open_device(farm.onvif_url("C05"), Credential(USER, PASSWORD), limit_s=30.0)
    picture = cv2.imdecode(np.frombuffer(device.snapshot(), np.uint8), cv2.IMREAD_COLOR)
    device.close()
    assert picture is not None
    assert picture.shape == (360, 640, 3)


def test_a_covered_ptz_camera_is_black(farm: CameraFarm, wait_until: Wait) -> None:
    farm.fault("C01", Fault.BLACK)
    try:
        with open_video(farm.url("C01", Stream.SUB)) as video:
            frames = video.decode(video=0)
            wait_until(lambda: next(frames).to_ndarray(format="gray").max() < 25)
    finally:
        farm.fault("C01", None)


def test_events_and_clocks_are_ordered_by_the_control_port(farm: CameraFarm, device: OnvifDevice) -> None:
    events = device.subscribe()
    events.pull(1.0)
    assert _order(farm, "happen C01 tamper on") == "ok"
    (event,) = events.pull(5.0)
    assert event.topic == "VideoSource/GlobalSceneChange/ImagingService"
    events.close()
    assert _order(farm, "clock C01 -86400") == "ok"
    assert device.clock().ahead_s == pytest.approx(-86400, abs=5)
    assert _order(farm, "clock C01 0") == "ok"
    assert _order(farm, "happen C99 motion on") == "error sim.unknown_camera"
    assert _order(farm, "happen C01 rain on") == "error sim.unknown_command"


def _order(farm: CameraFarm, line: str) -> str:
    with socket.create_connection(("127.0.0.1", farm.control_port), timeout=LIMIT_S) as control:
        control.sendall(line.encode() + b"\n")
        return control.makefile().readline().strip()


def test_panoramas_are_drawn_ahead(tmp_path: Path) -> None:
    site = small_site()
    cameras = tuple(replace(c, has_ptz=c.no == "C01") for c in site.cameras[:1])
    farm = CameraFarm(
        replace(site, cameras=cameras), small_story(), tmp_path, options=FarmOptions(onvif_port=0, children=1)
    )
    assert farm.film_ahead() == 0
    assert len(list(tmp_path.rglob("strip-*"))) == 6
