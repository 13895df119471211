"""A child process of the hub: begun when there is something for it to do, again when it dies."""

from __future__ import annotations

import multiprocessing
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import Empty, SimpleQueue
from threading import Event
from typing import Generic, Protocol, TypeVar

import structlog

from services.core.backoff import Backoff
from services.core.children import children_deaf_to_interrupts, starting
from services.core.mouth import Told, write_down
from services.core.orders import Quit
from services.core.workers import Worker

FIRST_WAIT_S = 0.5
MOST_WAIT_S = 15.0
STEADY_AFTER_S = 30.0
# It reports four times a second; one that is silent so long hangs. A disk that wakes up takes ten seconds.
SILENT_AFTER_S = 30.0
BEGIN_LIMIT_S = 90.0
# What is open is finished before it goes.
STOP_LIMIT_S = 8.0
_LOOK_EVERY_S = 1.0

log = structlog.get_logger(__name__)


class Asked(Protocol):
    """What a process shall do from now on."""

    @property
    def plans(self) -> Sequence[object]:
        """Of its cameras; none = no process is needed."""
        ...


Wanted = TypeVar("Wanted", bound=Asked)
Report = TypeVar("Report")


class ChildProcess(ABC, Generic[Wanted, Report]):
    """live: the process's whole life, a function of a module that lives by orders (`live_by_orders`).

    nothing: what it is asked for until somebody asks. reports: the kind of what it says of itself.
    """

    def __init__(
        self, name: str, live: Callable[[Connection], None], nothing: Wanted, reports: type[Report]
    ) -> None:
        self._name = name
        self._live = live
        self._asked = nothing
        self._reports = reports
        self._report: tuple[int | None, Report] | None = None
        self._orders: SimpleQueue[object | None] = SimpleQueue()
        self._heard_s = 0.0
        self._is_silent = False
        self._pid: int | None = None
        self._keeper = Worker(name, self._keep)

    def start(self) -> None:
        self._keeper.start()

    @property
    def report(self) -> Report | None:
        """The newest word of the process; None while there is no process, or it is silent."""
        said = self._report
        return said[1] if said is not None and said[0] == self._pid and self._is_heard else None

    @property
    def pid(self) -> int | None:
        return self._pid

    def request_stop(self) -> None:
        self._keeper.request_stop()
        self._orders.put(None)

    def stop(self) -> None:
        """What is open is finished first."""
        self.request_stop()
        self._keeper.stop(STOP_LIMIT_S + 2.0)

    @abstractmethod
    def _hear(self, news: object) -> None:
        """Told all it says but log lines, by a thread of this object."""

    def _ask(self, wanted: Wanted) -> None:
        """From now on; without a process it wakes up the keeper, who looks whether one is needed."""
        if wanted != self._asked:
            self._asked = wanted
            self._say(wanted)

    def _say(self, order: object) -> None:
        """To the process of now."""
        self._orders.put(order)

    @property
    def _is_heard(self) -> bool:
        """There is a process and it has spoken lately."""
        return self._pid is not None and time.monotonic() - self._heard_s < SILENT_AFTER_S

    def _keep(self, stop: Event) -> None:
        pauses = Backoff(FIRST_WAIT_S, MOST_WAIT_S)
        while not stop.is_set():
            began_s = time.monotonic()
            if self._asked.plans:
                try:
                    self._one_life(stop)
                except OSError as error:
                    log.warning("recording.process_not_started", process=self._name, reason=error.strerror)
                if time.monotonic() - began_s > STEADY_AFTER_S:
                    pauses.reset()
                stop.wait(pauses.next_s())
            else:
                self._next_order()

    def _one_life(self, stop: Event) -> None:
        with ExitStack() as held:
            ours, theirs = multiprocessing.Pipe()
            held.callback(ours.close)
            with theirs, starting, children_deaf_to_interrupts():
                spawn = multiprocessing.get_context("spawn")
                process: BaseProcess = spawn.Process(
                    target=self._live, args=(theirs,), name=self._name, daemon=True
                )
                process.start()
            self._pid, self._is_silent = process.pid, False
            self._heard_s = time.monotonic() + BEGIN_LIMIT_S - SILENT_AFTER_S
            listener = Worker(f"{self._name}-listener", lambda _stop: self._listen(ours))
            listener.start()
            self._orders.put(self._asked)
            try:
                self._pass_on(ours, stop)
                process.join(STOP_LIMIT_S if stop.is_set() else 0.0)
            finally:
                if process.is_alive():
                    process.kill()
                    process.join()
                self._pid = None
                listener.stop(2.0)
        if not stop.is_set():
            log.warning("recording.process_died", process=self._name, exit_code=process.exitcode)

    def _pass_on(self, ours: Connection, stop: Event) -> None:
        """Until `stop`, or until the process is gone or silent."""
        while not self._is_silent and time.monotonic() - self._heard_s < SILENT_AFTER_S:
            order = self._next_order()
            try:
                if stop.is_set():
                    ours.send(Quit())
                    return
                if order is not None:
                    ours.send(order)
            except OSError:
                return

    def _next_order(self) -> object | None:
        try:
            return self._orders.get(timeout=_LOOK_EVERY_S)
        except Empty:
            return None

    def _listen(self, ours: Connection) -> None:
        try:
            while True:
                news: object = ours.recv()
                self._heard_s = time.monotonic()
                if isinstance(news, Told):
                    write_down(log, news)
                    continue
                if isinstance(news, self._reports):
                    self._report = self._pid, news
                self._hear(news)
        except (EOFError, OSError):
            self._is_silent = True
            self._orders.put(None)
