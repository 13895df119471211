"""Simulated ONVIF devices turn to a preset and to a place on the plan, and their pictures are kept."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from services.core.clock import ManualClock
from services.core.errors import ServiceError
from services.devices.onvif import OnvifDevice, open_device
from services.devices.ptz import PtzDesk
from services.domain.alarms import Alarm
from services.domain.linkage import Action, ActionKind
from services.domain.people import Role, Session
from services.domain.site import Camera, CameraNo, Site
from services.linkage.engine import Task
from services.linkage.hands.cameras import CameraHands, pan_to, zoom_to
from services.linkage.refusals import Unavailable
from services.storage import Database
from tests.services.linkage.conftest import Campus
from tests.services.sim.onvif.onvif_kit import CREDENTIAL, JPEG, DeviceKit
from tests.waiting import LIMIT_S

WANG = Session("wang", "王值班", Role.OPERATOR, "SEAT-1")


@pytest.fixture
def kit() -> Iterator[DeviceKit]:
    kit = DeviceKit()
    yield kit
    kit.stop()


def camera(no: str, kit: DeviceKit, **more: object) -> Camera:
    looks_north = Camera(
        CameraNo(no), no, no, "校园", (1.0, 0.0), 5.0, 0.0, 60.0, 50.0, "", "", onvif_url=kit.url(no)
    )
    return replace(looks_north, **more)  # type: ignore[arg-type]


@pytest.fixture
def hands(kit: DeviceKit, database: Database, clock: ManualClock, tmp_path: Path) -> CameraHands:
    site = Site("t", "t", "t", 500.0, 350.0, cameras=(camera("C01", kit), camera("P01", kit, has_ptz=True)))

    def pause(seconds: float) -> None:
        """The motors turn while we wait."""
        kit.clock.advance(seconds)
        clock.advance(seconds)

    return CameraHands(
        database,
        clock,
        lambda: site,
        lambda no: open_device(kit.url(no), CREDENTIAL, limit_s=10.0),
        tmp_path / "shots",
        pause,
    )


def task(campus: Campus, action: Action, number: int = 1, code: str = "120", **alarm: object) -> Task:
    """number 1 is a panic (P1), 11 with code 130 an intrusion (P2)."""
    pressed: Alarm = replace(campus.press(number, code), **alarm)  # type: ignore[arg-type]
    return Task(action, pressed, campus.runs(pressed)[0], 10.0)


def test_a_camera_is_at_its_preset_before_the_action_is_over(
    campus: Campus, hands: CameraHands, kit: DeviceKit
) -> None:
    device = open_device(kit.url("P01"), CREDENTIAL, limit_s=10.0)
    kit.on_loop(lambda: kit.head.turn(1.0, 0.0, kit.clock.monotonic(), kit.clock.monotonic() + 1.0))
    kit.clock.advance(2.0)
    token = device.save_preset("东门")
    device.look_at(-1.0, 0.0, 0.0)
    device.close()
    kit.clock.advance(10.0)
    hands.go_to_preset(task(campus, Action(ActionKind.PTZ_PRESET, "P01", token)))
    look = kit.head.look(kit.clock.monotonic())
    assert look.pan == pytest.approx(0.5)  # one second at half its way a second


def test_a_camera_turns_to_the_place_by_the_plan(campus: Campus, hands: CameraHands, kit: DeviceKit) -> None:
    # The camera at (1, 0) looks north; (11, 0) is due east, 90 degrees to its right: half of 180.
    hands.aim(task(campus, Action(ActionKind.PTZ_AIM), at=(11.0, 0.0)))
    assert kit.head.look(kit.clock.monotonic()).pan == pytest.approx(0.5)
    hands.aim(task(campus, Action(ActionKind.PTZ_AIM, option="90"), at=(-9.0, 0.0)))
    assert kit.head.look(kit.clock.monotonic()).pan == pytest.approx(-1.0)


@pytest.mark.parametrize(
    ("heading", "at", "pan"),
    # To the right of south is west; straight behind is either way; beyond what it can turn it stops.
    [(180.0, (-9.0, 0.0), 0.5), (350.0, (1.0, 10.0), 10 / 180), (0.0, (1.0, -10.0), -1.0)],
)
def test_the_shorter_way_round(kit: DeviceKit, heading: float, at: tuple[float, float], pan: float) -> None:
    assert pan_to(camera("P01", kit, heading_deg=heading), at) == pytest.approx(pan)


def test_the_lens_goes_as_far_as_the_place_is(kit: DeviceKit) -> None:
    # It sees 50 m without zooming and three times that with all of it: 100 m is half of the way between.
    far = camera("P01", kit)
    assert [zoom_to(far, (1.0, y)) for y in (30.0, 50.0, 100.0, 150.0, 900.0)] == [0.0, 0.0, 0.5, 1.0, 1.0]


def test_a_person_who_steers_is_not_interrupted(
    campus: Campus, hands: CameraHands, database: Database, clock: ManualClock
) -> None:
    desk = PtzDesk(database, clock)
    desk.take(WANG, "P01")
    with pytest.raises(Unavailable, match=r"ptz\.held"):
        hands.aim(task(campus, Action(ActionKind.PTZ_AIM, "P01"), at=(11.0, 0.0)))
    desk.release(WANG, "P01")
    hands.aim(task(campus, Action(ActionKind.PTZ_AIM, "P01"), at=(11.0, 0.0)))
    control = database.read(lambda view: view.steering.control("P01"))
    assert control is not None
    # It goes home by itself, and nobody has to wait for the linkage to let go.
    assert control.is_away
    assert not control.is_held(clock.now())


AIM, EAST, WEST = Action(ActionKind.PTZ_AIM, "P01"), (11.0, 0.0), (-9.0, 0.0)


def test_a_less_urgent_alarm_leaves_a_camera_to_a_more_urgent_one_for_a_minute(
    campus: Campus, hands: CameraHands, kit: DeviceKit, clock: ManualClock
) -> None:
    hands.aim(task(campus, AIM, at=EAST))
    clock.advance(50.0)
    # No failure, which would be an alarm of its own.
    with pytest.raises(Unavailable, match=r"linkage\.camera_taken\(camera=P01\)"):
        hands.aim(task(campus, AIM, 11, "130", at=WEST))
    with pytest.raises(Unavailable, match=r"linkage\.camera_taken\(camera=P01\)"):
        hands.go_to_preset(task(campus, Action(ActionKind.PTZ_PRESET, "P01", "1"), 11, "130"))
    assert kit.head.look(kit.clock.monotonic()).pan == pytest.approx(0.5)
    clock.advance(10.0)
    hands.aim(task(campus, AIM, 11, "130", at=WEST))
    assert kit.head.look(kit.clock.monotonic()).pan == pytest.approx(-0.5)
    # As urgent, or more: who comes last has it.
    for place, pan in ((EAST, 0.5), (WEST, -0.5)):
        hands.aim(task(campus, AIM, at=place))
        assert kit.head.look(kit.clock.monotonic()).pan == pytest.approx(pan)


def test_an_alarm_that_loses_the_camera_on_the_way_is_no_failure(
    campus: Campus, hands: CameraHands, kit: DeviceKit
) -> None:
    real, panic = hands._pause, task(campus, AIM, at=EAST)

    def pause(_seconds: float) -> None:
        hands._pause = real
        hands.aim(panic)

    hands._pause = pause
    with pytest.raises(Unavailable, match=r"linkage\.camera_taken\(camera=P01\)"):
        hands.aim(task(campus, AIM, 11, "130", at=WEST))
    assert kit.head.look(kit.clock.monotonic()).pan == pytest.approx(0.5)


def test_a_camera_that_was_not_turned_is_held_for_nobody(
    campus: Campus, hands: CameraHands, database: Database, clock: ManualClock, kit: DeviceKit
) -> None:
    desk = PtzDesk(database, clock)
    desk.take(WANG, "P01")
    with pytest.raises(Unavailable, match=r"ptz\.held"):
        hands.aim(task(campus, AIM, at=EAST))
    desk.release(WANG, "P01")
    hands.aim(task(campus, AIM, 11, "130", at=WEST))
    assert kit.head.look(kit.clock.monotonic()).pan == pytest.approx(-0.5)


def test_aiming_leaves_the_tilt_as_it_was_installed(
    campus: Campus, hands: CameraHands, kit: DeviceKit
) -> None:
    device = open_device(kit.url("P01"), CREDENTIAL, limit_s=10.0)
    device.look_at(0.0, -0.4, 0.0)
    device.close()
    kit.clock.advance(10.0)
    hands.aim(task(campus, AIM, at=EAST))
    look = kit.head.look(kit.clock.monotonic())
    assert look.pan == pytest.approx(0.5)
    assert look.tilt == pytest.approx(-0.4)


def test_a_camera_that_stays_away_is_a_failure_not_an_arrival(
    campus: Campus, hands: CameraHands, kit: DeviceKit, clock: ManualClock
) -> None:
    hands._pause = clock.advance  # its motors stand still
    with pytest.raises(ServiceError, match=r"linkage\.not_there"):
        hands.aim(task(campus, Action(ActionKind.PTZ_AIM, "P01"), at=(11.0, 0.0)))
    assert kit.head.look(kit.clock.monotonic()).pan == 0.0


def test_a_place_that_no_turning_camera_reaches_is_unavailable(campus: Campus, hands: CameraHands) -> None:
    with pytest.raises(Unavailable, match=r"linkage\.no_ptz"):
        hands.aim(task(campus, Action(ActionKind.PTZ_AIM), at=(400.0, 300.0)))
    with pytest.raises(Unavailable, match=r"linkage\.no_ptz"):
        hands.go_to_preset(task(campus, Action(ActionKind.PTZ_PRESET, "C01", "1")))


def test_a_picture_is_kept_whole(campus: Campus, hands: CameraHands, tmp_path: Path) -> None:
    hands.keep_snapshot(task(campus, Action(ActionKind.SNAPSHOT), feeds=("C01",)))
    (kept,) = (tmp_path / "shots").iterdir()
    assert kept.read_bytes() == JPEG
    assert "_C01_" in kept.name
    with pytest.raises(Unavailable, match=r"linkage\.no_camera"):
        hands.keep_snapshot(task(campus, Action(ActionKind.SNAPSHOT), feeds=()))


def test_a_camera_that_gives_no_picture_costs_no_other_camera_its_own(
    campus: Campus, hands: CameraHands, tmp_path: Path, expected_log: Callable[..., None]
) -> None:
    expected_log("linkage.no_picture")
    shot = Action(ActionKind.SNAPSHOT)
    with pytest.raises(Unavailable, match=r"linkage\.snapshots_missing\(cameras=C08, C09\)"):
        hands.keep_snapshot(task(campus, shot, feeds=("C08", "C01", "C09")))
    (kept,) = (tmp_path / "shots").iterdir()
    assert "_C01_" in kept.name


def hang(hands: CameraHands, camera: str) -> threading.Event:
    """No connection to the camera before the event is set."""
    real, may_answer = hands._opening, threading.Event()

    def opening(camera_no: str) -> OnvifDevice:
        if camera_no == camera:
            may_answer.wait(LIMIT_S)
        return real(camera_no)

    hands._opening = opening
    return may_answer


def test_a_camera_that_hangs_keeps_no_other_waiting_for_its_picture(
    campus: Campus, hands: CameraHands, tmp_path: Path, wait_until: Callable[..., object]
) -> None:
    may_answer = hang(hands, "P01")
    shot = task(campus, Action(ActionKind.SNAPSHOT), feeds=("P01", "C01"))
    taking = threading.Thread(target=hands.keep_snapshot, args=(shot,))
    taking.start()
    try:
        wait_until(lambda: list((tmp_path / "shots").glob("*_C01_*.jpg")))
    finally:
        may_answer.set()
        taking.join()
    assert len(list((tmp_path / "shots").iterdir())) == 2


def test_a_picture_that_never_comes_is_named(
    campus: Campus, hands: CameraHands, tmp_path: Path, expected_log: Callable[..., None]
) -> None:
    expected_log("worker.did_not_stop")
    may_answer = hang(hands, "P01")
    shot = replace(task(campus, Action(ActionKind.SNAPSHOT), feeds=("P01", "C01")), within_s=3.0)
    with pytest.raises(ServiceError, match=r"linkage\.snapshots_missing\(cameras=P01\)"):
        hands.keep_snapshot(shot)
    may_answer.set()
    for thread in threading.enumerate():
        if thread.name.startswith("hub-linkage-picture"):
            thread.join(LIMIT_S)
    assert list((tmp_path / "shots").glob("*_C01_*.jpg"))


def test_a_picture_that_fails_beside_one_that_is_impossible_is_a_failure(
    campus: Campus, hands: CameraHands, tmp_path: Path, expected_log: Callable[..., None]
) -> None:
    expected_log("linkage.no_picture")
    (tmp_path / "shots").write_text("a file where the folder should be")
    with pytest.raises(ServiceError, match=r"linkage\.snapshots_missing\(cameras=C08, C01\)") as missing:
        hands.keep_snapshot(task(campus, Action(ActionKind.SNAPSHOT), feeds=("C08", "C01")))
    assert not isinstance(missing.value, Unavailable)
    with pytest.raises(ServiceError, match=r"snapshot\.cannot_write"):
        hands.keep_snapshot(task(campus, Action(ActionKind.SNAPSHOT, "C01")))
