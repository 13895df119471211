"""A hand on the camera: the latest wish counts, and whatever happens it stops."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

from services.core.errors import ServiceError
from services.devices.helm import Helm
from services.devices.onvif import OnvifDevice, Velocity, open_device
from services.sim.onvif.head import Look
from tests.services.sim.onvif.onvif_kit import CREDENTIAL, DeviceKit

Wait = Callable[..., object]
RIGHT, LEFT = Velocity(pan=1.0), Velocity(pan=-1.0)


class Bridge:
    """Who may steer, and what was told."""

    def __init__(self) -> None:
        self.refusal: ServiceError | None = None
        self.finals: list[str] = []
        self.told: list[str] = []
        self.gate = threading.Event()
        self.gate.set()

    def may_steer(self, camera: str, is_final: bool) -> None:
        self.gate.wait(10.0)
        if self.refusal is not None:
            raise self.refusal
        if is_final:
            self.finals.append(camera)

    def tell(self, _camera: str, error: ServiceError | None) -> None:
        self.told.append("" if error is None else error.code)


@pytest.fixture
def bridge() -> Bridge:
    return Bridge()


@pytest.fixture
def helm(kit: DeviceKit, bridge: Bridge) -> Iterator[Helm]:
    def opening(camera: str) -> OnvifDevice:
        return open_device(kit.url(camera), CREDENTIAL, limit_s=5.0)

    helm = Helm(opening, bridge.may_steer, bridge.tell)
    yield helm
    helm.close()


def is_turning(kit: DeviceKit) -> bool:
    return kit.on_loop(lambda: kit.head.is_turning(kit.clock.monotonic()))


def look(kit: DeviceKit) -> Look:
    return kit.on_loop(lambda: kit.head.look(kit.clock.monotonic()))


def test_a_held_key_turns_and_its_release_stops(
    helm: Helm, kit: DeviceKit, bridge: Bridge, wait_until: Wait
) -> None:
    helm.steer("P01", RIGHT)
    wait_until(lambda: is_turning(kit))
    helm.stop("P01")
    wait_until(lambda: not is_turning(kit))
    wait_until(lambda: bridge.finals == ["P01"])


def test_of_many_wishes_the_latest_counts(
    helm: Helm, kit: DeviceKit, bridge: Bridge, wait_until: Wait
) -> None:
    bridge.gate.clear()  # the thread waits inside the first
    helm.steer("P01", RIGHT)
    for _ in range(500):
        helm.steer("P01", RIGHT)
    helm.steer("P01", LEFT)
    bridge.gate.set()
    wait_until(lambda: len(bridge.told) >= 2)
    kit.on_loop(lambda: kit.clock.advance(0.5))
    assert look(kit).pan < 0
    assert len(bridge.told) <= 3


def test_a_motion_is_renewed_before_the_camera_stops_by_itself(
    helm: Helm, kit: DeviceKit, wait_until: Wait
) -> None:
    helm.steer("P01", Velocity(pan=0.01))
    wait_until(lambda: is_turning(kit))
    kit.on_loop(lambda: kit.clock.advance(4.0))  # beyond the 3 s the camera was given
    assert not is_turning(kit)
    wait_until(lambda: is_turning(kit))


def test_closing_stops_what_moves(helm: Helm, kit: DeviceKit, wait_until: Wait) -> None:
    helm.steer("P01", RIGHT)
    wait_until(lambda: is_turning(kit))
    helm.close()
    assert not is_turning(kit)
    helm.steer("P01", RIGHT)  # too late: nothing begins
    assert not is_turning(kit)


def test_a_refusal_forgets_the_wish_and_is_told(
    helm: Helm, kit: DeviceKit, bridge: Bridge, wait_until: Wait
) -> None:
    bridge.refusal = ServiceError("ptz.held", holder="李某", seconds=20)
    helm.steer("P01", RIGHT)
    wait_until(lambda: bridge.told == ["ptz.held"])
    assert not is_turning(kit)


def test_trouble_while_moving_stops_the_camera(
    helm: Helm, kit: DeviceKit, bridge: Bridge, wait_until: Wait
) -> None:
    helm.steer("P01", RIGHT)
    wait_until(lambda: is_turning(kit))
    bridge.refusal = ServiceError("storage.unreachable")
    wait_until(lambda: "storage.unreachable" in bridge.told)
    wait_until(lambda: not is_turning(kit))


def test_who_was_taken_over_does_not_stop_the_other(
    helm: Helm, kit: DeviceKit, bridge: Bridge, wait_until: Wait
) -> None:
    helm.steer("P01", Velocity(pan=0.01))
    wait_until(lambda: is_turning(kit))
    bridge.refusal = ServiceError("ptz.held", holder="李某", seconds=20)
    wait_until(lambda: "ptz.held" in bridge.told)
    assert is_turning(kit)  # as the other one wished


def test_a_command_waits_for_the_stop_and_counts_as_an_operation(
    helm: Helm, kit: DeviceKit, bridge: Bridge, wait_until: Wait
) -> None:
    helm.steer("P01", RIGHT)
    wait_until(lambda: is_turning(kit))
    saved: list[str] = []
    helm.command("P01", lambda device: saved.append(device.save_preset("北门")))
    wait_until(lambda: saved == ["1"])
    assert not is_turning(kit)
    assert bridge.finals == ["P01", "P01"]


def test_an_unreachable_camera_is_told_and_tried_again_at_the_next_wish(
    bridge: Bridge, wait_until: Wait, expected_log: Callable[..., None]
) -> None:
    expected_log("ptz.not_stopped")
    url = "http://127.0.0.1:1/onvif/device_service"
    helm = Helm(lambda _: open_device(url, CREDENTIAL, limit_s=5.0), bridge.may_steer, bridge.tell)
    try:
        helm.steer("P01", RIGHT)
        wait_until(lambda: bridge.told == ["onvif.refused"])
        helm.steer("P01", RIGHT)
        wait_until(lambda: bridge.told == ["onvif.refused"] * 2)
    finally:
        helm.close()
