"""The desk of those who steer: who may, what is remembered, and the way back home."""

from __future__ import annotations

import base64
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import cv2
import numpy as np

from services.core.clock import Clock, SystemClock
from services.core.errors import ServiceError
from services.devices.onvif import OnvifDevice
from services.domain.facts import PtzControlChanged
from services.domain.people import Permission, Session
from services.domain.ptz import LEASE, PtzControl, PtzPreset
from services.domain.site import CameraNo
from services.identity import authorize, check_cameras
from services.storage import Database, Tx

# A lease is written this often while somebody steers; it lives three times as long.
KEEP_EVERY = timedelta(seconds=10)
ASK_EVERY_S = 2.0  # so soon a hand on the key learns that somebody else has taken over
THUMBNAIL_LIMIT_BYTES = 20_000  # of base64 text
THUMBNAIL_PX = 240
_QUALITIES = (80, 60, 40, 20)
NAME_LIMIT = 40

Opening = Callable[[str], OnvifDevice]


class PtzDesk:
    """Commands of who steers; all block and raise ServiceError: identity.forbidden, storage.*."""

    def __init__(self, database: Database, clock: Clock | None = None) -> None:
        self._database = database
        self._clock = clock or SystemClock()

    def take(self, session: Session, camera: str) -> PtzControl:
        """Become or stay the one who steers. Raises ptz.held(holder, seconds) for an equal or lower role.

        Who was steering is told by the fact; a lease of one's own is written anew every 10 s at most.
        """
        authorize(session, Permission.WATCH)
        return self._database.write(lambda tx: self._take(tx, session, camera, is_final=False))

    def note_operated(self, session: Session, camera: str) -> PtzControl:
        """The last operation was now: the lease and the way home count from here."""
        authorize(session, Permission.WATCH)
        return self._database.write(lambda tx: self._take(tx, session, camera, is_final=True))

    def release(self, session: Session, camera: str) -> None:
        """Give the camera up before the lease ends; it still goes home later."""

        def work(tx: Tx) -> None:
            control = tx.steering.control(camera)
            if control is not None and control.is_of(session) and control.is_held(self._clock.now()):
                self._put(tx, session, replace(control, is_released=True), "released")

        self._database.write(work)

    def presets(self, camera: str) -> list[PtzPreset]:
        """Those our people saved, by name."""
        return self._database.read(lambda view: view.steering.presets_of(camera))

    def save_preset(
        self, session: Session, camera: str, name: str, device: OnvifDevice, token: str = ""
    ) -> PtzPreset:
        """Let the camera remember where it looks now, with a picture of it; `token` replaces that one.

        Raises ptz.name_invalid(longest), ptz.held, onvif.*. A camera without snapshots gets no picture.
        """
        name = " ".join(name.split())
        if not 0 < len(name) <= NAME_LIMIT:
            raise ServiceError("ptz.name_invalid", longest=NAME_LIMIT)
        self.note_operated(session, camera)
        saved = device.save_preset(name, token)
        preset = PtzPreset(CameraNo(camera), saved, name, thumbnail_of(device))

        def work(tx: Tx) -> PtzPreset:
            tx.put_ptz_preset(preset)
            tx.audit(session, "ptz.save_preset", camera, after={"token": saved, "name": name})
            return preset

        return self._database.write(work)

    def remove_preset(self, session: Session, preset: PtzPreset, device: OnvifDevice) -> None:
        """Raises ptz.held, onvif.*; one that the camera has forgotten itself is removed all the same."""
        self.note_operated(session, preset.camera)
        try:
            device.remove_preset(preset.token)
        except ServiceError as error:
            if error.code != "onvif.rejected":
                raise

        def work(tx: Tx) -> None:
            tx.remove_ptz_preset(preset.camera, preset.token)
            before = {"token": preset.token, "name": preset.name}
            tx.audit(session, "ptz.remove_preset", preset.camera, before=before)

        self._database.write(work)

    def _take(self, tx: Tx, session: Session, camera: str, *, is_final: bool) -> PtzControl:
        # A lease that is only kept leaves no audit row.
        tx.admit(session)
        check_cameras(tx, session, [camera])
        now = self._clock.now()
        had = tx.steering.control(camera)
        if had is not None and not had.yields_to(session, now):
            left = had.operated_at + LEASE - now
            raise ServiceError("ptz.held", holder=had.display_name, seconds=round(left.total_seconds()))
        is_mine = had is not None and had.is_of(session) and had.is_held(now)
        if is_mine and had is not None and not is_final and now - had.operated_at < KEEP_EVERY:
            return had
        control = PtzControl(
            CameraNo(camera), session.user, session.display_name, session.role, session.workstation, now
        )
        if is_mine:
            return self._put(tx, session, control, "kept")
        is_taken_over = had is not None and had.is_held(now)
        loser = had.user if had is not None and is_taken_over else ""
        return self._put(tx, session, control, "taken_over" if is_taken_over else "taken", loser)

    def _put(self, tx: Tx, session: Session, control: PtzControl, change: str, loser: str = "") -> PtzControl:
        tx.put_ptz_control(control)
        if change != "kept":
            tx.audit(session, f"ptz.{change}", control.camera, after={"user": control.user, "loser": loser})
        tx.record(PtzControlChanged(control, change, loser))
        return control


class SteeringLease:
    """Keeps one session's right to steer while commands run, without a transaction for each of them.

    Called from the cameras' threads; raises what `PtzDesk.take` does.
    """

    def __init__(self, desk: PtzDesk, session: Session, clock: Clock) -> None:
        self._desk = desk
        self._session = session
        self._clock = clock
        self._asked_s: dict[str, float] = {}

    def __call__(self, camera: str, is_final: bool) -> None:
        """is_final: a motion has just ended, or a single command is about to run."""
        now_s = self._clock.monotonic()
        if is_final:
            self._asked_s.pop(camera, None)
            self._desk.note_operated(self._session, camera)
        elif now_s - self._asked_s.get(camera, float("-inf")) >= ASK_EVERY_S:
            self._asked_s.pop(camera, None)
            self._desk.take(self._session, camera)
            self._asked_s[camera] = now_s


class HomeKeeper:
    """Sends cameras home that nobody has operated for two minutes; carried by the hub.

    `opening` opens a device by camera number, raising ServiceError. Blocks: for a job thread.
    """

    def __init__(self, database: Database, clock: Clock, opening: Opening) -> None:
        self._database = database
        self._clock = clock
        self._opening = opening
        self._lock = threading.Lock()
        self._links: set[OnvifDevice] = set()
        self._is_over = False

    def hang_up(self) -> None:
        """From any thread: no camera is waited for any more, and none is sent home."""
        with self._lock:
            self._is_over = True
            for device in self._links:
                device.hang_up()

    def due(self) -> list[str]:
        now = self._clock.now()
        controls = self._database.read(lambda view: view.steering.controls())
        return [control.camera for control in controls if control.is_due_home(now)]

    def send_home(self, camera: str) -> bool:
        """False when somebody operated it meanwhile, or after `hang_up`.

        Raises ServiceError; it then stays due.
        """
        with self._link(camera) as device:
            if self._is_over or not self._claim(camera):
                return False
            try:
                device.go_home()
            except ServiceError:
                self._note(camera, is_away=True)
                raise
        return True

    @contextmanager
    def _link(self, camera: str) -> Iterator[OnvifDevice]:
        device = self._opening(camera)
        with self._lock:
            self._links.add(device)
        try:
            yield device
        finally:
            with self._lock:
                self._links.discard(device)
            device.close()

    def _claim(self, camera: str) -> bool:
        """Written before the command, so that an operator who begins now is away again afterwards."""

        def work(tx: Tx) -> bool:
            control = tx.steering.control(camera)
            if control is None or not control.is_due_home(self._clock.now()):
                return False
            home = replace(control, is_away=False)
            tx.put_ptz_control(home)
            tx.audit(None, "ptz.home", camera)
            tx.record(PtzControlChanged(home, "home"))
            return True

        return self._database.write(work)

    def _note(self, camera: str, *, is_away: bool) -> None:
        def work(tx: Tx) -> None:
            control = tx.steering.control(camera)
            if control is not None:
                tx.put_ptz_control(replace(control, is_away=is_away))

        self._database.write(work)


def thumbnail_of(device: OnvifDevice) -> str:
    """What the camera shows now, small enough for a menu; "" when it gives no picture."""
    try:
        data = device.snapshot()
        pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    except (ServiceError, cv2.error):
        return ""
    if pixels is None or pixels.size == 0:
        return ""
    height = max(1, round(pixels.shape[0] * THUMBNAIL_PX / pixels.shape[1]))
    small = cv2.resize(pixels, (THUMBNAIL_PX, height), interpolation=cv2.INTER_AREA)
    for quality in _QUALITIES:
        _, made = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, quality])
        text = base64.b64encode(made.tobytes()).decode()
        if len(text) <= THUMBNAIL_LIMIT_BYTES:
            return text
    return ""
