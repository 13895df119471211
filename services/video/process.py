"""One decode process as the program sees it: begun when needed, begun again when it dies."""

from __future__ import annotations

import multiprocessing
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Lock

from services.core.child_process import ChildProcess, Patience
from services.core.workers import Worker
from services.video.child import live
from services.video.messages import (
    Change,
    Close,
    ForgetScene,
    Open,
    Reports,
    Shelved,
    UseHardware,
    UsePlanes,
)
from services.video.shelf import forget, memory_folder
from services.video.shown import ShownStream

# Silent: it hangs in a decoder. To begin was seen to take more than 10 s on a crowded machine.
PATIENCE = Patience(
    first_wait_s=0.2, most_wait_s=10.0, silent_after_s=10.0, begin_limit_s=60.0, stop_limit_s=2.0
)


class DecodeProcess(ChildProcess):
    """Its streams are known here, so that a new process can go on where the last one died.

    heard: called after each report, by a thread of this object.
    """

    def __init__(
        self, name: str, heard: Callable[[], None], device: str = "", *, is_planar: bool = False
    ) -> None:
        super().__init__(f"decode-{name}", PATIENCE)
        self._device = device
        self._is_planar = is_planar
        self.load = 0.0
        self._heard = heard
        self._streams: dict[int, ShownStream] = {}
        self._lock = Lock()

    @property
    def streams(self) -> list[ShownStream]:
        with self._lock:
            return list(self._streams.values())

    def add(self, stream: ShownStream) -> None:
        with self._lock:
            self._streams[stream.number] = stream
            self._say(_opening(stream))

    def change(self, stream: ShownStream) -> None:
        with self._lock:
            if stream.number in self._streams:
                self._say(Change(stream.number, stream.wish))

    def use_hardware(self, device: str) -> None:
        with self._lock:
            self._device = device
            self._say(UseHardware(device))

    def use_planes(self, is_planar: bool) -> None:
        with self._lock:
            self._is_planar = is_planar
            self._say(UsePlanes(is_planar))

    def forget_scene(self, stream: ShownStream) -> None:
        self._say(ForgetScene(stream.number))

    def remove(self, stream: ShownStream) -> None:
        with self._lock:
            if self._streams.pop(stream.number, None) is not None:
                self._say(Close(stream.number))

    @property
    def _is_needed(self) -> bool:
        """Begun with its first stream, and left for the next."""
        return True

    def _process(self, orders: Connection, held: ExitStack) -> BaseProcess:
        folder = memory_folder()
        held.callback(shutil.rmtree, folder, ignore_errors=True)
        return _forked(self._name, orders, str(folder))

    def _instruct(self) -> None:
        """Every stream of now is asked for anew, whatever was asked of the process before."""
        with self._lock:
            self._take_back()
            if self._device:
                self._say(UseHardware(self._device))
            if self._is_planar:
                self._say(UsePlanes(self._is_planar))
            for stream in self._streams.values():
                self._say(_opening(stream))

    def _end(self, process: BaseProcess, listener: Worker) -> None:
        super()._end(process, listener)
        for stream in self.streams:
            stream.lose_process()

    def _hear(self, news: object) -> None:
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


def _forked(name: str, *words: object) -> BaseProcess:
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
