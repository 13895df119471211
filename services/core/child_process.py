"""A child process as the program sees it: begun when there is something for it to do, again when it dies."""

from __future__ import annotations

import multiprocessing
import time
from abc import ABC, abstractmethod
from contextlib import ExitStack
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import Empty, SimpleQueue
from threading import Event

import structlog

from services.core.backoff import Backoff
from services.core.children import children_deaf_to_interrupts, starting
from services.core.mouth import Told, write_down
from services.core.orders import Quit
from services.core.workers import Worker

_STEADY_AFTER_S = 30.0
_LOOK_EVERY_S = 1.0
# The end of a process is the end of its pipe: what listened there has nothing more to do.
_LISTENER_LIMIT_S = 2.0

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a process is waited for, all in seconds.

    first_wait_s, most_wait_s: before another one is begun; one that dies at once must not be begun again
    without a pause. silent_after_s: it reports several times a second, so long without a word it hangs.
    begin_limit_s: before its first word it loads libraries. stop_limit_s: for what it has to finish.
    """

    first_wait_s: float
    most_wait_s: float
    silent_after_s: float
    begin_limit_s: float
    stop_limit_s: float

    def is_over(self, now_s: float, began_s: float, heard_s: float | None) -> bool:
        """Whether a process that began then, and was heard last then (None: not yet), is given up."""
        if heard_s is None:
            return now_s - began_s > self.begin_limit_s
        return now_s - heard_s > self.silent_after_s


class ChildProcess(ABC):
    """Of its kind: what it is (`_process`), when it is needed, what a new one is told and what it says."""

    def __init__(self, name: str, patience: Patience) -> None:
        self._name = name
        self._patience = patience
        self._orders: SimpleQueue[object | None] = SimpleQueue()
        self._pid: int | None = None
        self._began_s = 0.0
        self._heard_s: float | None = None
        self._is_silent = False
        self._was_refused = False
        self._keeper = Worker(name, self._keep)

    def start(self) -> None:
        self._keeper.start()

    @property
    def pid(self) -> int | None:
        """None while there is no such process."""
        return self._pid

    def request_stop(self) -> None:
        self._keeper.request_stop()
        self._wake()

    def stop(self) -> None:
        """What is open is finished first."""
        self.request_stop()
        self._keeper.stop(self._patience.stop_limit_s + 2.0 * _LISTENER_LIMIT_S)

    @property
    @abstractmethod
    def _is_needed(self) -> bool:
        """Whether there is anything for it to do."""

    @abstractmethod
    def _process(self, orders: Connection, held: ExitStack) -> BaseProcess:
        """Not yet begun. held: what goes with it is given back when it has ended. Raises OSError."""

    @abstractmethod
    def _instruct(self) -> None:
        """A process has begun and knows nothing: it is told everything (`_say`)."""

    @abstractmethod
    def _hear(self, news: object) -> None:
        """Told all it says but log lines, by a thread of this object."""

    def _say(self, order: object) -> None:
        """To the process of now."""
        self._orders.put(order)

    def _take_back(self) -> None:
        """What no process has heard yet."""
        try:
            while True:
                self._orders.get_nowait()
        except Empty:
            return

    def _wake(self) -> None:
        self._orders.put(None)

    @property
    def _hangs(self) -> bool:
        return self._patience.is_over(time.monotonic(), self._began_s, self._heard_s)

    def _keep(self, stop: Event) -> None:
        """The keeper's life: a process, and another one when it has died."""
        pauses = Backoff(self._patience.first_wait_s, self._patience.most_wait_s)
        while not stop.is_set():
            if not self._is_needed:
                self._next_order()
                continue
            began_s = time.monotonic()
            try:
                self._one_life(stop)
            except OSError as error:
                self._note_refusal(error)
            if time.monotonic() - began_s > _STEADY_AFTER_S:
                pauses.reset()
            stop.wait(pauses.next_s())

    def _note_refusal(self, error: OSError) -> None:
        """No memory, no room, too many open files: it may be better soon. Logged once."""
        if not self._was_refused:
            self._was_refused = True
            log.warning("process.not_started", process=self._name, reason=error.strerror)

    def _one_life(self, stop: Event) -> None:
        """Raises OSError when a process cannot be had."""
        with ExitStack() as held:
            ours, theirs = multiprocessing.Pipe()
            held.callback(ours.close)
            with theirs:
                process = self._process(theirs, held)
                with starting, children_deaf_to_interrupts():
                    process.start()
            self._pid, self._was_refused, self._is_silent = process.pid, False, False
            self._began_s, self._heard_s = time.monotonic(), None
            listener = Worker(f"{self._name}-listener", lambda _stop: self._listen(ours))
            listener.start()
            self._instruct()
            try:
                self._pass_on(ours, stop)
            finally:
                process.join(self._patience.stop_limit_s if stop.is_set() else 0.0)
                self._end(process, listener)
        if not stop.is_set():
            log.warning("process.died", process=self._name, exit_code=process.exitcode)

    def _pass_on(self, ours: Connection, stop: Event) -> None:
        """Until `stop`, or until the process is gone or silent."""
        while not self._is_silent and not self._hangs:
            order = self._next_order()
            try:
                # Looked at every time: `_take_back` may have dropped the order that told of it.
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

    def _end(self, process: BaseProcess, listener: Worker) -> None:
        if process.is_alive():
            process.kill()
            process.join()
        self._pid = None
        listener.stop(_LISTENER_LIMIT_S)

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
            self._wake()
