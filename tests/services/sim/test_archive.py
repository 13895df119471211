"""A simulated camera that records by itself answers as a recorder does, with a gap where it was restarted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from services.core.errors import ServiceError
from services.core.secrets import Credential
from services.devices.onvif import open_device
from services.devices.recorders.ways import ProfileG
from services.sim.cameras import CameraFarm, FarmOptions
from services.sim.rtsp.archive import GAP, HELD
from tests.services.sim.camera_kit import PASSWORD, USER, small_site, small_story

LOGIN = Credential(USER, PASSWORD)


@pytest.fixture
def farm(tmp_path: Path) -> Iterator[CameraFarm]:
    options = FarmOptions(
        username=USER, password=PASSWORD, onvif_port=0, children=1, archive_cameras=frozenset({"C01"})
    )
    farm = CameraFarm(small_site(), small_story(), tmp_path, options=options)
    farm.start()
    yield farm
    farm.stop()


def test_what_it_recorded_is_found_and_played(farm: CameraFarm) -> None:
    now = datetime.now(UTC)
    way = ProfileG(farm.onvif_url("C01"), LOGIN, "")
    first, second = way.spans(now - 2 * HELD, now)
    assert second[0] - first[1] == GAP
    assert timedelta(0) <= now - second[1] < timedelta(minutes=1)
    moment = now - timedelta(hours=1)
    with closing(way.stream()) as stream:
        stream.begin(moment)
        picture = stream.next()
        assert picture is not None
        assert picture.is_key
        # A key picture every two seconds.
        assert moment - timedelta(seconds=2.1) < picture.at <= moment + timedelta(milliseconds=2)


def test_a_camera_without_a_card_offers_no_recordings(farm: CameraFarm) -> None:
    device = open_device(farm.onvif_url("C02"), LOGIN)
    with closing(device), pytest.raises(ServiceError) as refused:
        device.recordings().recordings()
    assert refused.value.code == "onvif.unsupported"
