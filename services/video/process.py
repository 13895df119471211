"""One decode process as the program sees it: begun when needed, begun again when it dies."""

from __future__ import annotations

import multiprocessing
import shutil
import time
from collections.abc import Callable
from contextlib import ExitStack
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import Empty, SimpleQueue
from threading import Event, Lock

import structlog

from services.core.backoff import Backoff
from services.core.children import children_deaf_to_interrupts, starting
from services.core.mouth import Told, write_down
from services.core.orders import Quit
from services.core.workers import Worker
from services.video.child import live
from services.video.messages import (
    Change,
    Close,
    ForgetScene,
    News,
    Open,
    Order,
    Reports,
    Shelved,
    UseHardware,
    UsePlanes,
)
from services.video.shelf import forget, memory_folder
from services.video.shown import ShownStream

# A process that dies at once must not be begun again without a pause.
FIRST_WAIT_S = 0.2
MOST_WAIT_S = 10.0
STEADY_AFTER_S = 30.0
# It reports four times a second: one that is silent so long hangs in a decoder.
SILENT_AFTER_S = 10.0
# Before its first report it loads libraries: on a crowded machine that was seen to take more than 10 s.
BEGIN_LIMIT_S = 60.0
STOP_LIMIT_S = 2.0
_LOOK_EVERY_S = 1.0

log = structlog.get_logger(__name__)


class DecodeProcess:
    """Its streams are known here, so that a new process can go on where the last one died.

    heard: called after each report, by a thread of this object.
    """

    def __init__(
        self, name: str, heard: Callable[[], None], device: str = "", *, is_planar: bool = False
    ) -> None:
        self.name = name
        self._device = device
        self._is_planar = is_planar
        self.load = 0.0
        self._heard = heard
        self._streams: dict[int, ShownStream] = {}
        self._orders: SimpleQueue[Order | None] = SimpleQueue()
        self._process: BaseProcess | None = None
        self._began_s = 0.0
        self._heard_s: float | None = None
        self._is_silent = False
        self._was_refused = False
        self._lock = Lock()
        self._keeper = Worker(f"video-{name}", self._keep)

    def start(self) -> None:
        self._keeper.start()

    @property
    def pid(self) -> int | None:
        """None while there is no such process."""
        process = self._process
        return process.pid if process is not None and process.is_alive() else None

    @property
    def streams(self) -> list[ShownStream]:
        with self._lock:
            return list(self._streams.values())

    def add(self, stream: ShownStream) -> None:
        with self._lock:
            self._streams[stream.number] = stream
            self._orders.put(_opening(stream))

    def change(self, stream: ShownStream) -> None:
        with self._lock:
            if stream.number in self._streams:
                self._orders.put(Change(stream.number, stream.wish))

    def use_hardware(self, device: str) -> None:
        with self._lock:
            self._device = device
            self._orders.put(UseHardware(device))

    def use_planes(self, is_planar: bool) -> None:
        with self._lock:
            self._is_planar = is_planar
            self._orders.put(UsePlanes(is_planar))

    def forget_scene(self, stream: ShownStream) -> None:
        self._orders.put(ForgetScene(stream.number))

    def remove(self, stream: ShownStream) -> None:
        with self._lock:
            if self._streams.pop(stream.number, None) is not None:
                self._orders.put(Close(stream.number))

    def request_stop(self) -> None:
        self._keeper.request_stop()
        self._orders.put(None)

    def stop(self) -> None:
        self._keeper.stop(3 * STOP_LIMIT_S)

    def _keep(self, stop: Event) -> None:
        """The keeper's life: a process, and another one when it has died."""
        pauses = Backoff(FIRST_WAIT_S, MOST_WAIT_S)
        while not stop.is_set():
            began_s = time.monotonic()
            try:
                self._one_life(stop)
            except OSError as error:
                self._note_refusal(error)
            if stop.is_set():
                return
            if time.monotonic() - began_s > STEADY_AFTER_S:
                pauses.reset()
            stop.wait(pauses.next_s())

    def _note_refusal(self, error: OSError) -> None:
        """No memory, no room, too many open files: it may be better soon. Logged once."""
        if not self._was_refused:
            self._was_refused = True
            log.warning("video.process_not_started", process=self.name, reason=error.strerror)

    def _one_life(self, stop: Event) -> None:
        """Raises OSError when a process cannot be had."""
        with ExitStack() as held:
            folder = memory_folder()
            held.callback(shutil.rmtree, folder, ignore_errors=True)
            ours, theirs = multiprocessing.Pipe()
            held.callback(ours.close)
            with theirs, starting, children_deaf_to_interrupts():
                process = _process(f"decode-{self.name}", theirs, str(folder))
                process.start()
            self._process, self._was_refused = process, False
            self._began_s, self._heard_s = time.monotonic(), None
            listener = Worker(f"video-{self.name}-listener", lambda _stop: self._listen(ours))
            self._is_silent = False
            listener.start()
            self._reopen()
            try:
                self._pass_on(ours, stop)
            finally:
                process.join(STOP_LIMIT_S if stop.is_set() else 0.0)
                self._end(process, listener)
        if not stop.is_set():
            log.warning("video.process_died", process=self.name, exit_code=process.exitcode)

    def _reopen(self) -> None:
        """Every stream of now is asked for anew, whatever was asked of the process before."""
        with self._lock:
            try:
                while True:
                    self._orders.get_nowait()
            except Empty:
                pass
            if self._device:
                self._orders.put(UseHardware(self._device))
            if self._is_planar:
                self._orders.put(UsePlanes(self._is_planar))
            for stream in self._streams.values():
                self._orders.put(_opening(stream))

    def _pass_on(self, ours: Connection, stop: Event) -> None:
        """Until `stop`, or until the process is gone or silent."""
        while not self._is_silent and not hangs(time.monotonic(), self._began_s, self._heard_s):
            try:
                order = self._orders.get(timeout=_LOOK_EVERY_S)
            except Empty:
                order = None
            try:
                # Looked at every time: `_reopen` may have dropped the order that told of it.
                if stop.is_set():
                    ours.send(Quit())
                    return
                if order is not None:
                    ours.send(order)
            except OSError:
                return

    def _end(self, process: BaseProcess, listener: Worker) -> None:
        if process.is_alive():
            process.kill()
            process.join()
        self._process = None
        # The end of the process is the end of the pipe.
        listener.stop(STOP_LIMIT_S)
        for stream in self.streams:
            stream.lose_process()

    def _listen(self, ours: Connection) -> None:
        try:
            while True:
                news: News = ours.recv()
                self._heard_s = time.monotonic()
                self._take(news)
        except (EOFError, OSError):
            self._is_silent = True
            self._orders.put(None)

    def _take(self, news: News) -> None:
        match news:
            case Reports():
                self.load = self.load if news.load is None else news.load
                for number, report in news.streams:
                    stream = self._streams.get(number)
                    if stream is not None:
                        stream.report = report
                self._heard()
            case Shelved():
                stream = self._streams.get(news.stream)
                if stream is not None:
                    stream.hang(news.place)
                else:
                    forget(news.place)
            case Told():
                write_down(log, news)


def hangs(now_s: float, began_s: float, heard_s: float | None) -> bool:
    """Whether a process that began then, and was heard last then (None: not yet), is given up."""
    if heard_s is None:
        return now_s - began_s > BEGIN_LIMIT_S
    return now_s - heard_s > SILENT_AFTER_S


def _process(name: str, *words: object) -> BaseProcess:
    """Where the system allows it one process loads the libraries, and the others are forked from it.

    That is 0.7 s of a slow core for all of them instead of for each.
    """
    if "forkserver" in multiprocessing.get_all_start_methods():
        forking = multiprocessing.get_context("forkserver")
        forking.set_forkserver_preload([live.__module__])
        return forking.Process(target=live, args=words, name=name, daemon=True)
    return multiprocessing.get_context("spawn").Process(target=live, args=words, name=name, daemon=True)


def _opening(stream: ShownStream) -> Open:
    return Open(stream.number, stream.key, stream.address, stream.newest_number, stream.wish)
