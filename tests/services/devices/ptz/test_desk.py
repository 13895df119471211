"""Who may steer, what is remembered, and when a camera goes home."""

from __future__ import annotations

import base64
import json
from datetime import timedelta

import cv2
import numpy as np
import pytest

from services.core.clock import ManualClock
from services.core.codec import from_plain
from services.core.errors import ServiceError
from services.devices.onvif import OnvifDevice, Velocity, open_device
from services.devices.ptz import THUMBNAIL_LIMIT_BYTES, HomeKeeper, PtzDesk, SteeringLease
from services.domain.facts import FACTS, PtzControlChanged
from services.domain.people import Session
from services.domain.ptz import PtzControl
from services.storage import Database, verify_audit
from tests.services.devices.ptz.conftest import LEADER, STARTS_AT, WANG, ZHAO
from tests.services.sim.onvif.onvif_kit import CREDENTIAL, DeviceKit


@pytest.fixture
def desk(record: Database, clock: ManualClock) -> PtzDesk:
    return PtzDesk(record, clock)


def control_of(record: Database, camera: str = "P01") -> PtzControl:
    control = record.read(lambda view: view.steering.control(camera))
    assert control is not None
    return control


def changes(record: Database) -> list[tuple[str, str, str]]:
    """(change, who steers, who lost it) of every fact so far."""
    rows = record.read(lambda view: view.changes_after(0, 100))
    facts = [from_plain(FACTS[row.kind], json.loads(row.payload)) for row in rows]
    return [(f.change, f.control.user, f.loser) for f in facts if isinstance(f, PtzControlChanged)]


def test_the_first_who_steers_has_the_camera(desk: PtzDesk, record: Database) -> None:
    desk.take(WANG, "P01")
    assert (control_of(record).display_name, control_of(record).operated_at) == ("王某", STARTS_AT)
    assert changes(record) == [("taken", "wang", "")]


def test_an_equal_role_is_told_who_steers_and_for_how_long(desk: PtzDesk, clock: ManualClock) -> None:
    desk.take(WANG, "P01")
    clock.advance(10)
    with pytest.raises(ServiceError) as error:
        desk.take(ZHAO, "P01")
    assert error.value.code == "ptz.held"
    assert error.value.params == {"holder": "王某", "seconds": 20}


@pytest.mark.parametrize(("after_s", "is_free"), [(29.9, False), (30.0, True)])
def test_the_lock_ends_30_s_after_the_last_operation(
    desk: PtzDesk, clock: ManualClock, after_s: float, is_free: bool
) -> None:
    desk.take(WANG, "P01")
    clock.advance(100)
    desk.note_operated(WANG, "P01")
    clock.advance(after_s)
    if is_free:
        assert desk.take(ZHAO, "P01").user == "zhao"
    else:
        with pytest.raises(ServiceError):
            desk.take(ZHAO, "P01")


def test_a_higher_role_takes_over_and_the_loser_is_named(desk: PtzDesk, record: Database) -> None:
    desk.take(WANG, "P01")
    desk.take(LEADER, "P01")
    assert changes(record)[-1] == ("taken_over", "li", "wang")
    with pytest.raises(ServiceError) as error:
        desk.take(WANG, "P01")
    assert error.value.params["holder"] == "李某"


def test_the_same_person_at_another_seat_is_another_hand(desk: PtzDesk) -> None:
    desk.take(WANG, "P01")
    with pytest.raises(ServiceError):
        desk.take(Session(WANG.user, WANG.display_name, WANG.role, "seat-9"), "P01")


def test_who_gives_it_up_leaves_it_free_at_once(desk: PtzDesk) -> None:
    desk.take(WANG, "P01")
    desk.release(ZHAO, "P01")
    with pytest.raises(ServiceError):
        desk.take(ZHAO, "P01")
    desk.release(WANG, "P01")
    assert desk.take(ZHAO, "P01").user == "zhao"


def test_steering_on_writes_the_lease_every_10_s_and_is_audited_once(
    desk: PtzDesk, record: Database, clock: ManualClock
) -> None:
    for _ in range(25):
        desk.take(WANG, "P01")
        clock.advance(1)
    assert [change for change, _, _ in changes(record)] == ["taken", "kept", "kept"]
    assert control_of(record).operated_at == STARTS_AT + timedelta(seconds=20)


def test_a_lease_asks_the_record_every_2_s_only_and_hears_of_a_take_over(
    desk: PtzDesk, clock: ManualClock
) -> None:
    lease = SteeringLease(desk, WANG, clock)
    lease("P01", False)
    desk.take(LEADER, "P01")
    clock.advance(1.9)
    lease("P01", False)
    clock.advance(0.2)
    with pytest.raises(ServiceError) as error:
        lease("P01", False)
    assert error.value.code == "ptz.held"


def test_a_preset_is_saved_in_camera_and_record_with_a_small_picture(
    desk: PtzDesk, record: Database, kit: DeviceKit, device: OnvifDevice
) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (1080, 1920, 3), np.uint8)
    jpeg = cv2.imencode(".jpg", noise)[1].tobytes()

    async def snapshot() -> bytes:
        return jpeg

    kit.on_loop(lambda: setattr(kit.ptz, "snapshot", snapshot))
    preset = desk.save_preset(WANG, "P01", "  北门   入口 ", device)
    assert preset.name == "北门 入口"
    assert 0 < len(preset.thumbnail) <= THUMBNAIL_LIMIT_BYTES
    seen = cv2.imdecode(np.frombuffer(base64.b64decode(preset.thumbnail), np.uint8), cv2.IMREAD_COLOR)
    assert seen is not None
    assert seen.shape == (135, 240, 3)
    assert desk.presets("P01") == [preset]
    assert [p.token for p in device.presets()] == [preset.token]
    desk.remove_preset(WANG, preset, device)
    assert desk.presets("P01") == []
    assert device.presets() == ()
    assert verify_audit(record).first_broken is None


def test_a_preset_the_camera_forgot_can_still_be_removed(
    desk: PtzDesk, kit: DeviceKit, device: OnvifDevice
) -> None:
    preset = desk.save_preset(WANG, "P01", "北门", device)
    kit.on_loop(kit.ptz.presets.clear)
    desk.remove_preset(WANG, preset, device)
    assert desk.presets("P01") == []


@pytest.mark.parametrize("name", ["", "   ", "一" * 41])
def test_a_preset_needs_a_name_that_fits(desk: PtzDesk, device: OnvifDevice, name: str) -> None:
    with pytest.raises(ServiceError) as error:
        desk.save_preset(WANG, "P01", name, device)
    assert error.value.code == "ptz.name_invalid"


def test_two_minutes_after_the_last_operation_the_camera_goes_home(
    desk: PtzDesk, record: Database, clock: ManualClock, kit: DeviceKit, device: OnvifDevice
) -> None:
    """DB31/T 329.1: 2 min ± 0.5 min."""
    keeper = HomeKeeper(record, clock, lambda _: device)
    device.move(Velocity(pan=1.0), 1.0)
    desk.take(WANG, "P01")
    kit.on_loop(lambda: kit.clock.advance(1.0))
    clock.advance(119)
    assert keeper.due() == []
    clock.advance(1)
    assert keeper.due() == ["P01"]
    assert keeper.send_home("P01")
    kit.on_loop(lambda: kit.clock.advance(5.0))
    assert kit.on_loop(lambda: kit.head.look(kit.clock.monotonic())) == kit.head.home
    assert keeper.due() == []
    assert changes(record)[-1][0] == "home"


def test_who_operates_it_just_then_keeps_it(
    desk: PtzDesk, record: Database, clock: ManualClock, device: OnvifDevice
) -> None:
    keeper = HomeKeeper(record, clock, lambda _: device)
    desk.take(WANG, "P01")
    clock.advance(120)
    desk.take(ZHAO, "P01")
    assert not keeper.send_home("P01")


def test_a_camera_that_did_not_go_home_stays_due(desk: PtzDesk, record: Database, clock: ManualClock) -> None:
    desk.take(WANG, "P01")
    clock.advance(130)
    url = "http://127.0.0.1:1/onvif/device_service"  # nothing listens there
    away = HomeKeeper(record, clock, lambda _: open_device(url, CREDENTIAL, limit_s=5.0))
    with pytest.raises(ServiceError):
        away.send_home("P01")
    assert away.due() == ["P01"]
