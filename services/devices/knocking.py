"""The hub's round over the cameras that nobody watches: a dead one must not wait for somebody to look."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import wait
from datetime import timedelta
from functools import partial

import structlog

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.core.jobs import Jobs
from services.devices.health import HealthDesk
from services.domain.devices import CameraHealth, CameraReport, HealthState
from services.domain.site import Camera
from services.storage import Database
from services.storage.view import View
from services.video.address import StreamAddress
from services.video.knock import DEFAULT_PORTS, answers

ROUND_S = 60.0
# A seat that starts with the hub is heard first.
FIRST_ROUND_S = 15.0
AT_ONCE = 8
# Somebody who sees pictures reports twice a minute; whom nobody has reported for so long is knocked at.
UNWATCHED_AFTER = timedelta(seconds=55)
# One unanswered knock may be a lost packet.
SECOND_KNOCK_S = 3.0
LOOK_FOR_STOP_S = 0.1
# A name that nobody resolves holds its thread up for longer than a hub may take to stop.
STOP_LIMIT_S = 0.3
SEAT = "hub"

log = structlog.get_logger(__name__)


class Knocker:
    """Run by the hub in a thread of its own. Knocks carry no credentials; silence is recorded, no alarm."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        is_there: Callable[[StreamAddress], bool] = answers,
        second_knock_s: float = SECOND_KNOCK_S,
    ) -> None:
        self._database = database
        self._clock = clock
        self._desk = HealthDesk(database, clock)
        self._is_there = is_there
        self._second_knock_s = second_knock_s
        self._is_failing = False

    def run(self, stop: threading.Event) -> None:
        wait_s = FIRST_ROUND_S
        while not stop.wait(wait_s):
            wait_s = ROUND_S
            try:
                self.once(stop)
                self._is_failing = False
            except ServiceError as error:
                if not self._is_failing:
                    log.error("knocking.failing", code=error.code)
                self._is_failing = True

    def once(self, stop: threading.Event) -> list[CameraHealth]:
        """One round; returns the cameras whose state changed."""
        cameras = self._database.read(self._unwatched)
        if not cameras:
            return []
        knocks = Jobs("hub-knock", threads=AT_ONCE)
        try:
            heard = self._knock(cameras, knocks, stop)
            silent = [camera for camera in cameras if not heard.get(camera.no)]
            if silent and not stop.wait(self._second_knock_s):
                heard |= self._knock(silent, knocks, stop)
        finally:
            knocks.stop(STOP_LIMIT_S)
        if stop.is_set():
            return []
        now_at = self._clock.now()
        reports = [
            CameraReport(
                no,
                HealthState.LIVE if has_answered else HealthState.OFFLINE,
                now_at,
                error="" if has_answered else "video.unreachable",
                has_picture=False,
            )
            for no, has_answered in sorted(heard.items())
        ]
        return self._desk.report(reports, SEAT)

    def _unwatched(self, view: View) -> list[Camera]:
        site = view.site()
        now_at = self._clock.now()
        seen = {
            health.camera: health.pictures_at
            for health in view.camera_health.all()
            if health.pictures_at is not None and now_at - health.pictures_at < UNWATCHED_AFTER
        }
        cameras = site.cameras if site is not None else ()
        return [camera for camera in cameras if camera.no not in seen and _address(camera) is not None]

    def _knock(self, cameras: Iterable[Camera], knocks: Jobs, stop: threading.Event) -> dict[str, bool]:
        """Who answers; of nobody when told to stop."""
        asked = {
            camera.no: knocks.submit(partial(self._is_there, address))
            for camera in cameras
            if (address := _address(camera)) is not None
        }
        waiting = set(asked.values())
        while waiting and not stop.is_set():
            waiting = wait(waiting, LOOK_FOR_STOP_S).not_done
        return {} if waiting else {no: future.result() for no, future in asked.items()}


def _address(camera: Camera) -> StreamAddress | None:
    """None for what cannot be knocked at: files, snapshots, capture cards."""
    address = StreamAddress(camera.sub_url or camera.main_url)
    return address if address.scheme in DEFAULT_PORTS else None
