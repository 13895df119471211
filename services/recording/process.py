"""A child process of the hub: begun when there is something for it to do, again when it dies."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from contextlib import ExitStack
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import Empty, SimpleQueue
from threading import Event

import structlog

from services.core.backoff import Backoff
from services.core.children import children_deaf_to_interrupts, starting
from services.core.mouth import Told, write_down
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


class ChildProcess:
    """live: the process's whole life, a function of a module; it speaks by a `Mouth`.

    first_order: what a new process is told first, None = none is needed. hear: told all its news but log
    lines, by a thread of this object. quit_order: after it the process ends by itself.
    """

    def __init__(
        self,
        name: str,
        live: Callable[[Connection], None],
        first_order: Callable[[], object | None],
        hear: Callable[[object], None],
        quit_order: object,
    ) -> None:
        self._name = name
        self._live = live
        self._first_order = first_order
        self._hear = hear
        self._quit_order = quit_order
        self._orders: SimpleQueue[object | None] = SimpleQueue()
        self._heard_s = 0.0
        self._is_silent = False
        self._pid: int | None = None
        self._keeper = Worker(name, self._keep)

    def start(self) -> None:
        self._keeper.start()

    def say(self, order: object) -> None:
        """To the process of now; without one it wakes up the keeper, who looks whether one is needed."""
        self._orders.put(order)

    @property
    def is_heard(self) -> bool:
        """There is a process and it has spoken lately."""
        return self._pid is not None and time.monotonic() - self._heard_s < SILENT_AFTER_S

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

    def _keep(self, stop: Event) -> None:
        pauses = Backoff(FIRST_WAIT_S, MOST_WAIT_S)
        while not stop.is_set():
            began_s = time.monotonic()
            if self._first_order() is not None:
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
            self._orders.put(self._first_order())
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
                    ours.send(self._quit_order)
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
                else:
                    self._hear(news)
        except (EOFError, OSError):
            self._is_silent = True
            self._orders.put(None)
