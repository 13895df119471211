"""The recorder process as the hub sees it: begun when there is something to record, again when it dies."""

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
from services.domain.recordings import Cause, Segment
from services.recording.child import live
from services.recording.plans import CameraPlan, Finished, News, Order, Place, Quit, Report, UsePlans, Want

FIRST_WAIT_S = 0.5
MOST_WAIT_S = 15.0
STEADY_AFTER_S = 30.0
# It reports four times a second; one that is silent so long hangs. A disk that wakes up takes ten seconds.
SILENT_AFTER_S = 30.0
BEGIN_LIMIT_S = 90.0
# Pieces are finished before it goes.
STOP_LIMIT_S = 8.0
_LOOK_EVERY_S = 1.0

log = structlog.get_logger(__name__)


class Recorder:
    """finished: told each finished piece, reported: each report; both by a thread of this object."""

    def __init__(
        self, finished: Callable[[Segment], None], reported: Callable[[Report], None] = lambda _report: None
    ) -> None:
        self._finished = finished
        self._reported = reported
        self._asked = UsePlans((), (), None)
        self._orders: SimpleQueue[Order | None] = SimpleQueue()
        self._report: Report | None = None
        self._heard_s = 0.0
        self._is_silent = False
        self._pid: int | None = None
        self._keeper = Worker("recorder", self._keep)

    def start(self) -> None:
        self._keeper.start()

    def use(self, plans: tuple[CameraPlan, ...], places: tuple[Place, ...], place: Place | None) -> None:
        """Record these cameras, into `place`, and nothing else from now on. places: all disks there are."""
        asked = UsePlans(plans, places, place)
        if asked != self._asked:
            self._asked = asked
            self._orders.put(asked)

    def want(self, camera: str, seconds: float, cause: Cause = Cause.ALARM) -> None:
        """Record this camera for so long from now, with what came before."""
        self._orders.put(Want(camera, seconds, cause))

    @property
    def report(self) -> Report | None:
        """The newest word of the process; None while there is no process, or it is silent."""
        is_fresh = time.monotonic() - self._heard_s < SILENT_AFTER_S
        return self._report if is_fresh and self._pid is not None else None

    @property
    def pid(self) -> int | None:
        return self._pid

    def request_stop(self) -> None:
        self._keeper.request_stop()
        self._orders.put(None)

    def stop(self) -> None:
        """Open pieces are finished first."""
        self.request_stop()
        self._keeper.stop(STOP_LIMIT_S + 2.0)

    def _keep(self, stop: Event) -> None:
        pauses = Backoff(FIRST_WAIT_S, MOST_WAIT_S)
        while not stop.is_set():
            began_s = time.monotonic()
            if self._asked.plans:
                try:
                    self._one_life(stop)
                except OSError as error:
                    log.warning("recording.process_not_started", reason=error.strerror)
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
                    target=live, args=(theirs,), name="recorder", daemon=True
                )
                process.start()
            self._pid, self._is_silent = process.pid, False
            self._heard_s = time.monotonic() + BEGIN_LIMIT_S - SILENT_AFTER_S
            listener = Worker("recorder-listener", lambda _stop: self._listen(ours))
            listener.start()
            self._orders.put(self._asked)
            try:
                self._pass_on(ours, stop)
                process.join(STOP_LIMIT_S if stop.is_set() else 0.0)
            finally:
                if process.is_alive():
                    process.kill()
                    process.join()
                self._pid, self._report = None, None
                listener.stop(2.0)
        if not stop.is_set():
            log.warning("recording.process_died", exit_code=process.exitcode)

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

    def _next_order(self) -> Order | None:
        try:
            return self._orders.get(timeout=_LOOK_EVERY_S)
        except Empty:
            return None

    def _listen(self, ours: Connection) -> None:
        try:
            while True:
                news: News = ours.recv()
                self._heard_s = time.monotonic()
                match news:
                    case Finished():
                        self._finished(news.segment)
                    case Told():
                        write_down(log, news)
                    case Report():
                        self._report = news
                        self._reported(news)
        except (EOFError, OSError):
            self._is_silent = True
            self._orders.put(None)
