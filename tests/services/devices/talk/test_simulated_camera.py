"""The simulated cameras have loudspeakers too, so that the demo can be talked to."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from services.core.secrets import Credential
from services.devices.backchannel import FRAME_SAMPLES, Backchannel
from services.devices.g711 import to_ulaw
from services.sim.cameras import CameraFarm, FarmOptions
from services.sim.film import Stream
from tests.services.sim.camera_kit import PASSWORD, USER, small_site, small_story

FRAMES = 15


@pytest.fixture
def farm(tmp_path: Path) -> Iterator[CameraFarm]:
    options = FarmOptions(username=USER, password=PASSWORD, children=1)
    farm = CameraFarm(small_site(), small_story(), tmp_path, options=options)
    farm.start()
    yield farm
    farm.stop()


def words(frame: int) -> np.ndarray:
    return np.full(FRAME_SAMPLES, 1000 + 100 * frame, np.int16)


async def say(way: Backchannel) -> None:
    await way.open()
    try:
        for frame in range(FRAMES):
            way.send(words(frame))
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.2)
    finally:
        await way.close()


@pytest.mark.parametrize("way", ["tcp", "udp"])
def test_a_simulated_camera_hears_every_word_in_order(farm: CameraFarm, way: str) -> None:
    url = farm.url("C01", Stream.MAIN)
    asyncio.run(say(Backchannel(url, Credential(USER, PASSWORD), [way])))

    assert farm.said_to("C01") == b"".join(to_ulaw(words(frame)) for frame in range(FRAMES))
    assert farm.said_to("C02") == b""
