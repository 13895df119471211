"""The whole life of the process that looks for motion: beside the recorder's, so that it never suffers."""

from __future__ import annotations

import gc
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection

from services.core.clock import SystemClock
from services.core.mouth import Mouth
from services.domain.motion import MovingSeconds
from services.recording.files import DiskFiles
from services.recording.motion.indexing import Indexer
from services.recording.motion.plans import (
    Indexed,
    IndexPiece,
    Moving,
    News,
    Order,
    Quit,
    Report,
    UseWatches,
    WatchPlan,
)
from services.recording.motion.watcher import CameraWatch

REPORT_EVERY_S = 1.0
STOP_LIMIT_S = 3.0
# Recording, alarms and pictures come first.
_NICER = 10


def live(orders: Connection) -> None:
    """Look as ordered; ends with `Quit`, and with the program that began it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        os.nice(_NICER)
    gc.freeze()
    mouth = Mouth(orders)
    mouth.take_over_the_log()
    house = WatchHouse(mouth.say)
    with suppress(EOFError, OSError):
        _serve(orders, house, mouth.say)
    house.stop()
    # A thread that is still blocked in a camera must not keep the process.
    os._exit(0)


def _serve(orders: Connection, house: WatchHouse, say: Callable[[News], None]) -> None:
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


class WatchHouse:
    """The cameras of the process. say: told by any of their threads."""

    def __init__(self, say: Callable[[News], None]) -> None:
        self._say = say
        self._clock = SystemClock()
        self._watches: dict[str, CameraWatch] = {}
        self._indexer = Indexer(DiskFiles(), self._clock, lambda no: self._watches.get(no), self._indexed)
        self._indexer.start()

    def obey(self, order: UseWatches | IndexPiece) -> None:
        if isinstance(order, IndexPiece):
            self._indexer.put(order)
        else:
            self._use({plan.camera: plan for plan in order.plans})

    def report(self) -> Report:
        cameras = tuple(watch.report() for watch in list(self._watches.values()))
        return Report(cameras, self._indexer.count, self._indexer.remade, time.process_time())

    def stop(self) -> None:
        self._indexer.stop(STOP_LIMIT_S)
        for watch in self._watches.values():
            watch.request_stop()
        for watch in self._watches.values():
            watch.stop(STOP_LIMIT_S)

    def _use(self, plans: dict[str, WatchPlan]) -> None:
        ending = [no for no, watch in self._watches.items() if plans.get(no) != watch.plan]
        for no in ending:
            self._watches[no].request_stop()
        for no in ending:
            self._watches.pop(no).stop(STOP_LIMIT_S)
        for no, plan in plans.items():
            if no not in self._watches:
                self._watches[no] = CameraWatch(plan, self._clock, self._moves)
                self._watches[no].start()

    def _moves(self, camera: str) -> None:
        self._say(Moving(camera))

    def _indexed(self, seconds: MovingSeconds) -> None:
        self._say(Indexed(seconds))
