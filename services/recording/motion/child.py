"""The whole life of the process that looks for motion: beside the recorder's, so that it never suffers."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection

from services.core.clock import SystemClock
from services.core.orders import live_by_orders
from services.domain.motion import MovingSeconds
from services.recording.crew import CameraCrew
from services.recording.files import DiskFiles
from services.recording.motion.indexing import Indexer
from services.recording.motion.plans import (
    Indexed,
    IndexPiece,
    Moving,
    News,
    Order,
    Report,
    WatchPlan,
)
from services.recording.motion.watcher import CameraWatch

REPORT_EVERY_S = 1.0
STOP_LIMIT_S = 3.0
# Recording, alarms and pictures come first.
_NICER = 10


def live(orders: Connection) -> None:
    """Look as ordered."""
    if sys.platform != "win32":
        os.nice(_NICER)
    live_by_orders(orders, WatchHouse, REPORT_EVERY_S)


class WatchHouse:
    """The cameras of the process. say: told by any of their threads."""

    def __init__(self, say: Callable[[News], None]) -> None:
        self._say = say
        self._clock = SystemClock()
        self._watches = CameraCrew[str, WatchPlan, CameraWatch](
            lambda plan: CameraWatch(plan, self._clock, self._moves),
            lambda watch, plan: watch.plan == plan,
            STOP_LIMIT_S,
        )
        self._indexer = Indexer(DiskFiles(), self._clock, self._watches.at, self._indexed)
        self._indexer.start()

    def obey(self, order: Order) -> None:
        if isinstance(order, IndexPiece):
            self._indexer.put(order)
        else:
            self._watches.use({plan.camera: plan for plan in order.plans})

    def report(self) -> Report:
        cameras = tuple(watch.report() for watch in self._watches)
        return Report(cameras, self._indexer.count, self._indexer.remade, time.process_time())

    def stop(self) -> None:
        self._indexer.stop(STOP_LIMIT_S)
        self._watches.stop()

    def _moves(self, camera: str) -> None:
        self._say(Moving(camera))

    def _indexed(self, seconds: MovingSeconds) -> None:
        self._say(Indexed(seconds))
