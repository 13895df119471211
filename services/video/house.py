"""The streams of one decode process: begun, changed and ended by orders."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path

from services.core.clock import Clock
from services.video.gate import OpenGate
from services.video.hardware import Acceleration
from services.video.messages import (
    Change,
    Close,
    ForgetScene,
    Open,
    Order,
    Reports,
    Shelved,
    UseHardware,
    UsePlanes,
)
from services.video.picture import Delivery
from services.video.pool import DecodeLine
from services.video.sources import SOURCES, OpenSource
from services.video.stream import Stream

_LOOK_EVERY_S = 0.01


class StreamHouse:
    """Knows no other process: `say` takes what it has to say, from any thread.

    That is every new shelf, and a report of a stream whose state has changed; reports of all are fetched.
    """

    def __init__(
        self,
        clock: Clock,
        folder: Path,
        *,
        say: Callable[[Shelved | Reports], None],
        sources: Mapping[str, OpenSource] = SOURCES,
    ) -> None:
        self._clock = clock
        self._folder = folder
        self._say = say
        self._sources = sources
        self._gate = OpenGate()
        self._acceleration = Acceleration()
        self._delivery = Delivery()
        self._line = DecodeLine()
        self._streams: dict[int, Stream] = {}
        self._leaving: list[Stream] = []
        self._reported_s = time.monotonic()
        self._was_busy_s = 0.0

    def start(self) -> None:
        self._line.start()

    def obey(self, order: Order) -> None:
        """Returns at once. What concerns a stream that is gone, or is there already, is left undone."""
        match order:
            case Open() if order.stream not in self._streams:
                self._open(order)
            case Change() if order.stream in self._streams:
                self._streams[order.stream].wish(order.wish)
            case UseHardware():
                self._acceleration.use(order.device)
            case UsePlanes():
                self._delivery.is_planar = order.is_planar
            case ForgetScene() if order.stream in self._streams:
                self._streams[order.stream].forget_scene()
            case Close() if order.stream in self._streams:
                stream = self._streams.pop(order.stream)
                stream.request_stop()
                self._leaving = [leaving for leaving in self._leaving if leaving.is_alive]
                self._leaving.append(stream)
            case _:
                return

    @property
    def is_working(self) -> bool:
        """False when its pictures can come no more, whatever the cameras do."""
        return self._line.is_working

    def reports(self) -> Reports:
        """Of all streams, as they are now."""
        now_s, busy_s = time.monotonic(), self._line.busy_s
        load = (busy_s - self._was_busy_s) / max(now_s - self._reported_s, 1e-3)
        self._reported_s, self._was_busy_s = now_s, busy_s
        return Reports(tuple((key, stream.report()) for key, stream in self._streams.items()), min(load, 1.0))

    def stop(self, limit_s: float = 2.0) -> None:
        """End all streams; a reader still blocked in a silent camera is left after `limit_s`."""
        streams = [*self._streams.values(), *self._leaving]
        self._streams.clear()
        self._leaving.clear()
        for stream in streams:
            stream.request_stop()
        until_s = time.monotonic() + limit_s
        while any(stream.is_alive for stream in streams) and time.monotonic() < until_s:
            time.sleep(_LOOK_EVERY_S)
        self._line.stop()

    def _open(self, order: Open) -> None:
        stream = Stream(
            order,
            clock=self._clock,
            gate=self._gate,
            sources=self._sources,
            enter_line=self._line.enter,
            say=self._say,
            folder=self._folder,
            acceleration=self._acceleration,
            delivery=self._delivery,
        )
        self._streams[order.stream] = stream
        stream.start()
