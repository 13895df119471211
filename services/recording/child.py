"""The whole life of a recorder process: cameras come and go by order, pieces are told when they are whole."""

from __future__ import annotations

import gc
import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection

from services.core.clock import SystemClock
from services.core.mouth import Mouth
from services.domain.recordings import Segment
from services.recording.camera import CameraRecorder
from services.recording.disklock import DiskLock
from services.recording.files import DiskFiles
from services.recording.plans import CameraPlan, Finished, News, Order, Place, Quit, Report, UsePlans, Want
from services.recording.recovery import recover

REPORT_EVERY_S = 0.25
STOP_LIMIT_S = 5.0
MOST_WRITE_TIMES = 4096
# A recorder whose hub was killed finishes its pieces first.
BUSY_LIMIT_S = 12.0


def live(orders: Connection) -> None:
    """Record what is ordered; ends with `Quit`, and with the program that began it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    mouth = Mouth(orders)
    mouth.take_over_the_log()
    house = RecorderHouse(mouth.say)
    with suppress(EOFError, OSError):
        _serve(orders, house, mouth.say)
    house.stop()
    # A thread that is still blocked in a camera must not keep the process.
    os._exit(0)


def _serve(orders: Connection, house: RecorderHouse, say: Callable[[News], None]) -> None:
    due_s = time.monotonic()
    while True:
        if orders.poll(max(0.0, due_s - time.monotonic())):
            order: Order = orders.recv()
            if isinstance(order, Quit):
                return
            house.obey(order)
        if time.monotonic() >= due_s:
            say(house.report())
            due_s = time.monotonic() + REPORT_EVERY_S


class RecorderHouse:
    """The cameras of one recorder process. say: told each finished piece, by the cameras' threads."""

    def __init__(self, say: Callable[[News], None]) -> None:
        self._say = say
        self._files = DiskFiles()
        self._clock = SystemClock()
        self._cameras: dict[tuple[str, str], CameraRecorder] = {}
        self._place: Place | None = None
        self._held: dict[str, DiskLock] = {}
        self._write_s: list[float] = []

    def obey(self, order: UsePlans | Want) -> None:
        if isinstance(order, Want):
            for camera in self._cameras.values():
                if camera.plan.camera == order.camera:
                    camera.want(order.seconds, order.cause)
            return
        self._hold({place.disk: place for place in order.places})
        self._place = order.place if order.place and order.place.disk in self._held else None
        self._use_plans({(plan.camera, plan.stream): plan for plan in order.plans})

    def report(self) -> Report:
        times, self._write_s = self._write_s, []
        cameras = tuple(camera.report() for camera in self._cameras.values())
        return Report(cameras, tuple(sorted(second * 1000 for second in times)), time.process_time())

    def stop(self) -> None:
        """Each finishes its piece."""
        for camera in self._cameras.values():
            camera.request_stop()
        for camera in self._cameras.values():
            camera.stop(STOP_LIMIT_S)

    def _hold(self, places: dict[str, Place]) -> None:
        """Take each disk that has come, and mend there what an earlier recorder left, before anything is
        written; let go those that went."""
        for disk in [disk for disk in self._held if disk not in places]:
            self._held.pop(disk).release()
        for disk, place in places.items():
            lock = None if disk in self._held else DiskLock.taken(place.root, BUSY_LIMIT_S)
            if lock is not None:
                self._held[disk] = lock
                for segment in recover(self._files, place.root, place.disk):
                    self._finished(segment)

    def _use_plans(self, plans: dict[tuple[str, str], CameraPlan]) -> None:
        ending = [
            key
            for key, camera in self._cameras.items()
            if key not in plans or not camera.plan.is_same_stream(plans[key])
        ]
        for key in ending:
            self._cameras[key].request_stop()
        for key in ending:
            self._cameras.pop(key).stop(STOP_LIMIT_S)
        for key, plan in plans.items():
            if key in self._cameras:
                self._cameras[key].use(plan)
            else:
                self._cameras[key] = self._begun(plan)

    def _begun(self, plan: CameraPlan) -> CameraRecorder:
        camera = CameraRecorder(
            plan, lambda: self._place, self._files, self._clock, self._finished, self._took
        )
        camera.start()
        return camera

    def _finished(self, segment: Segment) -> None:
        self._say(Finished(segment))

    def _took(self, seconds: float) -> None:
        if len(self._write_s) < MOST_WRITE_TIMES:
            self._write_s.append(seconds)
