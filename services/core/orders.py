"""The life of a child process that is told what to do: it obeys, reports how it is, and ends in order."""

from __future__ import annotations

import gc
import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import NoReturn, Protocol, TypeVar

from services.core.mouth import Mouth

Order = TypeVar("Order")
OrderOf = TypeVar("OrderOf", contravariant=True)


@dataclass(frozen=True, slots=True)
class Quit:
    """Finish what is open and end."""


class House(Protocol[OrderOf]):
    """What lives in the process; all three are called by its main thread."""

    def obey(self, order: OrderOf) -> None: ...

    def report(self) -> object: ...

    def stop(self) -> None:
        """Each finishes what it has begun."""


def live_by_orders(
    orders: Connection, house: Callable[[Callable[[object], None]], House[Order]], report_every_s: float
) -> NoReturn:
    """The whole life of the process; ends with `Quit`, and with the program that began it.

    house: made with what tells the program its news, from any thread, once the log is the program's.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    mouth = Mouth(orders)
    mouth.take_over_the_log()
    living = house(mouth.say)
    # Their end is the program's end.
    with suppress(EOFError, OSError):
        serve_orders(
            orders, obey=living.obey, report=living.report, say=mouth.say, report_every_s=report_every_s
        )
    living.stop()
    # A thread that is still blocked in a camera must not keep the process.
    os._exit(0)


def serve_orders(
    orders: Connection,
    *,
    obey: Callable[[Order], None],
    report: Callable[[], object | None],
    say: Callable[[object], None],
    report_every_s: float,
) -> None:
    """Until `Quit`, or until `report` has nothing to say any more. Raises what reading `orders` raises."""
    due_s = time.monotonic()
    while True:
        if orders.poll(max(0.0, due_s - time.monotonic())):
            order: Order | Quit = orders.recv()
            if isinstance(order, Quit):
                return
            obey(order)
        if time.monotonic() >= due_s:
            news = report()
            if news is None:
                return
            say(news)
            due_s = time.monotonic() + report_every_s
