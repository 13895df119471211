"""The whole life of a decode process."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NoReturn

import cv2
import structlog

from services.core.clock import SystemClock
from services.core.collector import collect_seldom
from services.core.mouth import Mouth
from services.core.orders import serve_orders
from services.video.house import StreamHouse
from services.video.messages import Reports

REPORT_EVERY_S = 0.25
# A camera likes to hear a good-bye; one that does not answer is not waited for longer.
GOODBYE_S = 0.5

log = structlog.get_logger(__name__)


def live(orders: Connection, folder: str) -> None:
    """Decode what is ordered, tell what happened; ends with `Quit`, with the program and with its decoder."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # A program that ends without stopping its engine ends its children so.
    signal.signal(signal.SIGTERM, lambda *_: _leave(folder))
    mouth = Mouth(orders)
    mouth.take_over_the_log()
    _give_way()
    house = StreamHouse(SystemClock(), Path(folder), say=mouth.say)
    house.start()
    collect_seldom()
    # Their end is the program's end.
    with suppress(EOFError, OSError):
        serve(orders, house, mouth)
    house.stop(GOODBYE_S)
    _leave(folder)


def _give_way() -> None:
    """Not by being nice: at 5 anything else that runs gets three times a decoder's share."""
    if sys.platform == "linux":
        # The window goes first when it wakes, and a reader that wakes does not push the decoding thread,
        # with its full caches, from the core.
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
    # There is a decode process for each core already.
    cv2.setNumThreads(1)


def _leave(folder: str) -> NoReturn:
    """A thread that is still blocked in a camera must not keep the process."""
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


def serve(orders: Connection, house: StreamHouse, mouth: Mouth) -> None:
    """Until `Quit`, or until the house can show nothing more: the program then begins another process."""

    def reports() -> Reports | None:
        if house.is_working:
            return house.reports()
        log.error("video.decoder_stopped")
        return None

    serve_orders(orders, obey=house.obey, report=reports, say=mouth.say, report_every_s=REPORT_EVERY_S)
