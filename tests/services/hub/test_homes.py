"""The hub sends cameras home, whoever turned them; one that does not answer is tried again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from services.core.clock import ManualClock
from services.core.jobs import Jobs
from services.devices.onvif import OnvifDevice, open_device
from services.devices.ptz import HomeKeeper, PtzDesk
from services.domain.people import Role, Session
from services.hub.homes import LOOK_EVERY_S, RETRY_S, Homes
from services.sim.onvif.head import Look
from services.storage import Database
from tests.services.sim.onvif.onvif_kit import CREDENTIAL, DeviceKit
from tests.waiting import LIMIT_S

WANG = Session("wang", "王某", Role.OPERATOR, "seat-1")
Wait = Callable[..., object]


class Reachable:
    """Opens the simulated device, or an address where nothing listens."""

    def __init__(self, kit: DeviceKit) -> None:
        self._kit = kit
        self.is_there = True
        self.opened = 0

    def open(self, camera: str) -> OnvifDevice:
        self.opened += 1
        url = self._kit.url(camera) if self.is_there else "http://127.0.0.1:1/onvif/device_service"
        return open_device(url, CREDENTIAL, limit_s=5.0)


@pytest.fixture
def kit() -> Iterator[DeviceKit]:
    kit = DeviceKit()
    yield kit
    kit.stop()


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(datetime(2026, 11, 24, 6, 0, tzinfo=UTC))


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    jobs = Jobs("homes", threads=1)
    yield jobs
    jobs.stop()


def turn(kit: DeviceKit) -> None:
    """The head stands half way to the right, and is at home only after a command."""
    kit.on_loop(lambda: kit.head.go_to(Look(0.5, 0.0, 0.0), kit.clock.monotonic()))
    kit.on_loop(lambda: kit.clock.advance(10.0))


def is_home(kit: DeviceKit) -> bool:
    kit.on_loop(lambda: kit.clock.advance(10.0))
    return kit.on_loop(lambda: kit.head.look(kit.clock.monotonic())) == kit.head.home


def test_two_minutes_after_the_seat_was_left_the_camera_is_home(
    database: Database, clock: ManualClock, kit: DeviceKit, jobs: Jobs, wait_until: Wait
) -> None:
    homes = Homes(HomeKeeper(database, clock, Reachable(kit).open), clock, jobs)
    turn(kit)
    PtzDesk(database, clock).take(WANG, "P01")
    clock.advance(119)
    homes.tick()
    assert not is_home(kit)
    clock.advance(LOOK_EVERY_S)
    homes.tick()
    wait_until(lambda: is_home(kit))


def test_a_camera_that_did_not_answer_is_home_within_the_half_minute(
    database: Database,
    clock: ManualClock,
    kit: DeviceKit,
    jobs: Jobs,
    expected_log: Callable[..., None],
) -> None:
    expected_log("ptz.not_home")
    reach = Reachable(kit)
    reach.is_there = False
    homes = Homes(HomeKeeper(database, clock, reach.open), clock, jobs)
    turn(kit)
    PtzDesk(database, clock).take(WANG, "P01")
    clock.advance(120)
    homes.tick()
    jobs.submit(int).result(LIMIT_S)  # the one thread is through with it
    assert reach.opened == 1
    reach.is_there = True
    homes.tick()
    clock.advance(RETRY_S)
    homes.tick()
    jobs.submit(int).result(LIMIT_S)
    assert is_home(kit)
