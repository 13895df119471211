"""Cameras are asked how far their clocks are off and what firmware they run; who is away stops nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from services.core.clock import ManualClock
from services.core.jobs import Jobs
from services.core.secrets import Credential
from services.devices.health import HealthDesk
from services.devices.onvif import open_device
from services.devices.selfword import SelfWord
from services.domain.devices import CameraHealth, CameraReport, HealthState
from services.domain.site import Site
from services.hub.selfwords import FIRST_ROUND_S, ROUND_S, SelfWords
from services.storage import Database
from tests.services.devices.conftest import new_camera
from tests.services.sim.onvif.onvif_kit import CREDENTIAL, DeviceKit

AT = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
NOWHERE = "http://127.0.0.1:1/onvif/device_service"
Wait = Callable[..., object]


@pytest.fixture
def kit() -> Iterator[DeviceKit]:
    kit = DeviceKit()
    yield kit
    kit.stop()


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(AT)


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    jobs = Jobs("selfwords", threads=1)
    yield jobs
    jobs.stop()


def seen(database: Database, clock: ManualClock, *cameras: str) -> None:
    """What says something of itself is known by its pictures before."""
    HealthDesk(database, clock).report([CameraReport(no, HealthState.LIVE, AT) for no in cameras], "seat-1")


def known(database: Database, camera: str) -> CameraHealth:
    found = database.read(lambda view: view.camera_health.get(camera))
    assert found is not None
    return found


def word(database: Database, clock: ManualClock, url: str, login: Credential = CREDENTIAL) -> SelfWord:
    return SelfWord(database, clock, lambda _camera: open_device(url, login, limit_s=5.0))


def test_clock_and_firmware_of_a_camera_are_on_record(
    database: Database, clock: ManualClock, kit: DeviceKit
) -> None:
    seen(database, clock, "P01")
    kit.ptz.offset_s = 90.0
    word(database, clock, kit.url("P01")).ask("P01")
    assert known(database, "P01").firmware == "1.4.2"
    assert known(database, "P01").clock_offset_s == pytest.approx(90.0, abs=2.0)


def test_without_a_log_in_the_clock_is_known_all_the_same(
    database: Database, clock: ManualClock, kit: DeviceKit
) -> None:
    seen(database, clock, "C01")
    kit.fixed.offset_s = -30.0
    word(database, clock, kit.url("C01"), Credential("watch", "wrong")).ask("C01")
    assert known(database, "C01").clock_offset_s == pytest.approx(-30.0, abs=2.0)
    assert known(database, "C01").firmware is None


def test_one_that_is_away_keeps_what_it_said_before(
    database: Database, clock: ManualClock, kit: DeviceKit
) -> None:
    seen(database, clock, "P01")
    word(database, clock, kit.url("P01")).ask("P01")
    word(database, clock, NOWHERE).ask("P01")
    assert known(database, "P01").firmware == "1.4.2"


def test_each_camera_with_onvif_is_asked_once_an_hour_one_after_the_other(
    site: Site, clock: ManualClock, jobs: Jobs, wait_until: Wait
) -> None:
    with_onvif = [replace(new_camera(f"C{number}"), onvif_url="http://10.0.0.9/onvif") for number in range(3)]
    cameras = (*with_onvif, replace(new_camera("C9"), onvif_url=""))
    asked: list[str] = []
    words = SelfWords(asked.append, lambda: replace(site, cameras=cameras), clock, jobs)

    def all_asked(times: int) -> bool:
        words.tick()
        return len(asked) == 3 * times

    words.tick()
    assert asked == []
    clock.advance(FIRST_ROUND_S)
    wait_until(lambda: all_asked(1))
    clock.advance(ROUND_S)
    wait_until(lambda: all_asked(2))
    assert asked == 2 * [str(camera.no) for camera in with_onvif]
