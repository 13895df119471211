"""The whole life of a recorder process: cameras come and go by order, pieces are told when they are whole."""

from __future__ import annotations

import time
from collections.abc import Callable
from multiprocessing.connection import Connection

import structlog

from services.core.clock import SystemClock
from services.core.orders import live_by_orders
from services.domain.recordings import Segment
from services.recording.camera import CameraRecorder
from services.recording.crew import CameraCrew
from services.recording.disklock import DiskLock
from services.recording.files import DiskFiles
from services.recording.plans import CameraPlan, Finished, News, Order, Place, Report, Want
from services.recording.recovery import recover

REPORT_EVERY_S = 0.25
STOP_LIMIT_S = 5.0
MOST_WRITE_TIMES = 4096
# A recorder whose hub was killed finishes its pieces first.
BUSY_LIMIT_S = 12.0

log = structlog.get_logger(__name__)


def live(orders: Connection) -> None:
    """Record what is ordered."""
    live_by_orders(orders, RecorderHouse, REPORT_EVERY_S)


class RecorderHouse:
    """The cameras of one recorder process. say: told each finished piece, by the cameras' threads."""

    def __init__(self, say: Callable[[News], None]) -> None:
        self._say = say
        self._files = DiskFiles()
        self._clock = SystemClock()
        self._cameras = CameraCrew[tuple[str, str], CameraPlan, CameraRecorder](
            self._recorder, CameraRecorder.use, STOP_LIMIT_S
        )
        self._place: Place | None = None
        self._held: dict[str, DiskLock] = {}
        self._write_s: list[float] = []

    def obey(self, order: Order) -> None:
        if isinstance(order, Want):
            for camera in self._cameras:
                if camera.plan.camera == order.camera:
                    camera.want(order.seconds, order.cause)
            return
        self._hold({place.disk: place for place in order.places})
        self._place = order.place if order.place and order.place.disk in self._held else None
        self._cameras.use({(plan.camera, plan.stream): plan for plan in order.plans})

    def report(self) -> Report:
        times, self._write_s = self._write_s, []
        cameras = tuple(camera.report() for camera in self._cameras)
        return Report(cameras, tuple(sorted(second * 1000 for second in times)), time.process_time())

    def stop(self) -> None:
        """Each finishes its piece."""
        self._cameras.stop()

    def _hold(self, places: dict[str, Place]) -> None:
        """Take each disk that has come, and mend there what an earlier recorder left, before anything is
        written; let go those that went."""
        for disk in [disk for disk in self._held if disk not in places]:
            self._held.pop(disk).release()
        for disk, place in places.items():
            lock = None if disk in self._held else DiskLock.taken(place.root, BUSY_LIMIT_S)
            if lock is not None:
                self._held[disk] = lock
                self._mend(place)

    def _mend(self, place: Place) -> None:
        """A disk that cannot even be listed must not keep cameras from the others."""
        try:
            for segment in recover(self._files, place.root, place.disk):
                self._finished(segment)
        except OSError as error:
            log.error("recording.not_mended", folder=str(place.root), error=type(error).__name__)

    def _recorder(self, plan: CameraPlan) -> CameraRecorder:
        return CameraRecorder(plan, lambda: self._place, self._files, self._clock, self._finished, self._took)

    def _finished(self, segment: Segment) -> None:
        self._say(Finished(segment))

    def _took(self, seconds: float) -> None:
        if len(self._write_s) < MOST_WRITE_TIMES:
            self._write_s.append(seconds)
