"""Cameras that turn to where it happened, and pictures that are kept."""

from __future__ import annotations

import hashlib
import math
import os
import re
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import structlog

from services.campus.sight import Sight, bearing_deg
from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.jobs import Jobs
from services.devices.onvif import OnvifDevice, PtzStatus
from services.devices.reach import can_be_steered
from services.domain.alarms import Alarm
from services.domain.facts import PtzControlChanged
from services.domain.people import Role
from services.domain.ptz import LEASE, PtzControl
from services.domain.site import Camera, CameraNo, Point, Site
from services.linkage.engine import Task
from services.linkage.hands.holds import Hold, Holds
from services.linkage.refusals import Unavailable
from services.storage import Database, Tx

LOOK_EVERY_S = 0.2
# Of a motor's whole way; nearer than this it is there.
NEAR = 0.02
# What pan = 1 means where the rule does not say: most cameras turn the whole way round.
PAN_REACH_DEG = 180.0
MOST_PICTURES = 3
# So much farther a lens sees when it is zoomed in.
ZOOMED = 3.0
log = structlog.get_logger(__name__)

_FORBIDDEN = re.compile(r'[\x00-\x1f<>:"/\\|?*\s]+')

Opening = Callable[[str], OnvifDevice]
Pause = Callable[[float], None]


class CameraHands:
    """Block until the camera is there or the picture is on the disk."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        site: Callable[[], Site],
        opening: Opening,
        snapshot_dir: Path,
        pause: Pause = time.sleep,
    ) -> None:
        self._database = database
        self._clock = clock
        self._site = site
        self._opening = opening
        self._folder = snapshot_dir.expanduser()
        self._pause = pause
        self._holds = Holds(clock)

    def go_to_preset(self, task: Task) -> None:
        """target: the camera; option: the preset's token, or the name our people gave it."""
        camera = self._steered(task.action.target)
        token = self._token(camera.no, task.action.option)
        self._turn(camera.no, lambda device: device.go_to_preset(token), None, task)

    def aim(self, task: Task) -> None:
        """target: the camera, "" = the one that can turn to the place best. option: degrees of pan = 1.

        Turns by the plan: pan 0 looks to where the site has the camera looking; zoom by the distance. Tilt
        stays as it is: ONVIF's -1..1 names no degrees, and the site does not say what the camera's means.
        """
        at = task.alarm.at
        if at is None:
            raise Unavailable("linkage.no_place")
        camera = self._steered(task.action.target) if task.action.target else self._turning_to(task.alarm, at)
        pan = pan_to(camera, at, float(task.action.option or PAN_REACH_DEG))
        zoom = zoom_to(camera, at)
        self._turn(camera.no, lambda device: device.look_at(pan, _tilt_now(device), zoom), pan, task)

    def keep_snapshot(self, task: Task) -> None:
        """target: the camera, "" = the best that see the place, all at once: one that fails or hangs costs no
        other its picture.

        Raises the only camera's own error; of several linkage.snapshots_missing(cameras), Unavailable when
        none of them can give pictures at all.
        """
        cameras = (task.action.target,) if task.action.target else task.alarm.feeds[:MOST_PICTURES]
        if not cameras:
            raise Unavailable("linkage.no_camera")
        refusals = self._refusals(cameras, task)
        if not refusals:
            return
        if len(cameras) == 1:
            raise refusals[cameras[0]]
        is_ours = all(isinstance(error, Unavailable) for error in refusals.values())
        kind = Unavailable if is_ours else ServiceError
        raise kind("linkage.snapshots_missing", cameras=", ".join(refusals))

    # inside

    def _steered(self, camera_no: str) -> Camera:
        camera = self._site().camera(camera_no)
        if camera is None or not can_be_steered(self._site(), camera_no):
            raise Unavailable("linkage.no_ptz")
        return camera

    def _turning_to(self, alarm: Alarm, at: Point) -> Camera:
        """The one that would see the place best once it has turned and zoomed; one that shows it first."""
        site = self._site()
        turned = tuple(
            replace(camera, heading_deg=bearing_deg(camera.at, at), range_m=camera.range_m * ZOOMED)
            for camera in site.cameras
            if can_be_steered(site, camera.no) and camera.is_placed
        )
        seeing = [seen.camera.no for seen in Sight(replace(site, cameras=turned)).cameras_seeing(at)]
        if not seeing:
            raise Unavailable("linkage.no_ptz")
        return self._steered(min(seeing, key=lambda no: no not in alarm.feeds))

    def _token(self, camera_no: str, wanted: str) -> str:
        presets = self._database.read(lambda view: view.steering.presets_of(camera_no))
        return next((preset.token for preset in presets if preset.name == wanted), wanted)

    def _turn(
        self, camera_no: str, command: Callable[[OnvifDevice], None], pan: float | None, task: Task
    ) -> None:
        """Raises Unavailable ptz.held for a person, linkage.camera_taken for another alarm."""
        with self._device(camera_no) as device:
            hold = self._holds.take(camera_no, task.alarm.priority)
            try:
                self._take(camera_no)
                self._holds.check(hold)
                command(device)
            except ServiceError:
                self._holds.give_back(hold)
                raise
            self._arrive(device, pan, hold, task)

    def _take(self, camera_no: str) -> None:
        """A person who steers is not interrupted; the way home counts from here."""
        self._database.write(lambda tx: self._note(tx, camera_no))

    def _note(self, tx: Tx, camera_no: str) -> None:
        now = self._clock.now()
        had = tx.steering.control(camera_no)
        if had is not None and had.is_held(now):
            left_s = (had.operated_at + LEASE - now).total_seconds()
            raise Unavailable("ptz.held", holder=had.display_name, seconds=round(left_s))
        # Held by nobody from the first moment: no name of a holder is ever shown.
        control = PtzControl(CameraNo(camera_no), "linkage", "", Role.OPERATOR, "hub", now, is_released=True)
        tx.put_ptz_control(control)
        tx.audit(None, "ptz.linkage", camera_no)
        tx.record(PtzControlChanged(control, "released"))

    def _arrive(self, device: OnvifDevice, pan: float | None, hold: Hold, task: Task) -> None:
        """Until it stands, and where it should; a camera that has not begun yet is not there."""
        until_s = self._clock.monotonic() + task.within_s
        stood = False
        while self._clock.monotonic() < until_s:
            self._pause(LOOK_EVERY_S)
            self._holds.check(hold)
            status = device.ptz_status()
            stands = not status.is_moving
            if stands and stood and _is_there(status, pan):
                return
            stood = stands
        raise ServiceError("linkage.not_there", camera=task.action.target)

    def _refusals(self, cameras: tuple[str, ...], task: Task) -> dict[str, ServiceError]:
        """By camera, of those that gave no picture in time."""
        jobs = Jobs("hub-linkage-picture", threads=len(cameras))
        taken = {camera: jobs.submit(partial(self._refusal, camera, task)) for camera in cameras}
        jobs.finish(task.within_s)
        late = ServiceError("linkage.timeout")
        told = {camera: future.result() if future.done() else late for camera, future in taken.items()}
        return {camera: error for camera, error in told.items() if error is not None}

    def _refusal(self, camera_no: str, task: Task) -> ServiceError | None:
        """Why there is no picture of it."""
        try:
            self._keep(camera_no, task)
        except ServiceError as error:
            log.warning("linkage.no_picture", camera=camera_no, code=error.code)
            return error
        return None

    def _keep(self, camera_no: str, task: Task) -> None:
        site = self._site()
        camera = site.camera(camera_no)
        if camera is None or not camera.onvif_url:
            raise Unavailable("linkage.no_snapshot", camera=camera_no)
        with self._device(camera_no) as device:
            picture = device.snapshot()
        at = self._clock.now().astimezone().strftime("%Y%m%d-%H%M%S")
        name = _FORBIDDEN.sub("-", f"{at}_{task.alarm.event_no}_{camera_no}_{camera.name}")[:120] + ".jpg"
        path = _written(self._folder, name, picture)
        about = {
            "file": str(path),
            "sha256": hashlib.sha256(picture).hexdigest(),
            "alarm": task.alarm.id,
            "run": task.run.id,
        }
        self._database.write(lambda tx: tx.audit(None, "camera.snapshot", camera_no, after=about))

    @contextmanager
    def _device(self, camera_no: str) -> Iterator[OnvifDevice]:
        device = self._opening(camera_no)
        try:
            yield device
        finally:
            device.close()


def pan_to(camera: Camera, at: Point, reach_deg: float = PAN_REACH_DEG) -> float:
    """-1..1: from where the site has the camera looking to `at`, the shorter way round.

    reach_deg: how far pan = 1 turns it to the right, > 0.
    """
    turn = (bearing_deg(camera.at, at) - camera.heading_deg + 180.0) % 360.0 - 180.0
    return max(-1.0, min(1.0, turn / reach_deg))


def zoom_to(camera: Camera, at: Point) -> float:
    """0 as far as it sees without the lens, 1 at ZOOMED times that."""
    beyond = math.dist(camera.at, at) / camera.range_m - 1.0
    return max(0.0, min(1.0, beyond / (ZOOMED - 1.0)))


def _tilt_now(device: OnvifDevice) -> float:
    """Of a camera that does not say how it looks, the middle of its way."""
    return device.ptz_status().tilt or 0.0


def _is_there(status: PtzStatus, pan: float | None) -> bool:
    """A camera that does not say where it looks is believed when it stands."""
    return pan is None or status.pan is None or abs(status.pan - pan) <= NEAR


def _written(folder: Path, name: str, data: bytes) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / name
        part = folder / f".{secrets.token_hex(8)}.part"
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ServiceError("snapshot.cannot_write", folder=str(folder), reason=reason) from None
    return path
