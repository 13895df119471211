"""The whole life of a decode process."""

from __future__ import annotations

import gc
import os
import signal
import time
from collections.abc import MutableMapping
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Event, Lock

import structlog

from services.core.clock import SystemClock
from services.video.house import StreamHouse
from services.video.messages import News, Order, Quit, Told

REPORT_EVERY_S = 0.25
_LOOK_EVERY_S = 0.05
# A camera likes to hear a good-bye; one that does not answer is not waited for longer.
GOODBYE_S = 0.5


def live(orders: Connection, folder: str) -> None:
    """Decode what is ordered, tell what happened; ends with `Quit` and with the program."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    mouth = Mouth(orders)
    structlog.configure(processors=[structlog.processors.format_exc_info, mouth.tell])
    has_news = Event()
    house = StreamHouse(SystemClock(), Path(folder), shelve=mouth.say, changed=has_news.set)
    house.start()
    # What was loaded stays; a full collection would look through all of it again and again.
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    try:
        _serve(orders, house, mouth, has_news)
    except (EOFError, OSError):
        pass  # the program is gone
    house.stop(GOODBYE_S)
    # A thread that is still blocked in a camera must not keep the process.
    os._exit(0)


def _serve(orders: Connection, house: StreamHouse, mouth: Mouth, has_news: Event) -> None:
    due_s = time.monotonic()
    while True:
        if orders.poll(_LOOK_EVERY_S):
            order: Order = orders.recv()
            if isinstance(order, Quit):
                return
            house.obey(order)
        now_s = time.monotonic()
        if has_news.is_set() or now_s >= due_s:
            has_news.clear()
            mouth.say(house.reports())
            due_s = now_s + REPORT_EVERY_S


class Mouth:
    """What this process says to the program, from any of its threads."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._lock = Lock()

    def say(self, news: News) -> None:
        """When the program is gone nobody needs to hear it: the orders' end is noticed elsewhere."""
        try:
            with self._lock:
                self._connection.send(news)
        except OSError:
            return

    def tell(self, _logger: object, method: str, event: MutableMapping[str, object]) -> str:
        """The last processor of structlog here: the program writes the line."""
        fields = tuple((name, str(value)) for name, value in event.items() if name != "event")
        self.say(Told(method, str(event.get("event")), fields))
        raise structlog.DropEvent
