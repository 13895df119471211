"""Opens streams, shares them between the places that show them, and ends them."""

from __future__ import annotations

import itertools
import time
from collections.abc import Mapping
from threading import Lock

import structlog

from services.core.clock import Clock, SystemClock
from services.core.errors import ServiceError
from services.video.address import StreamAddress
from services.video.feed import Feed
from services.video.gate import OpenGate
from services.video.pool import DecodePool
from services.video.sources import SOURCES, OpenSource
from services.video.stream import Stream

STOP_LIMIT_S = 2.0
_LOOK_EVERY_S = 0.01

log = structlog.get_logger(__name__)


class VideoEngine:
    """`open` and `close` return at once and may be called from the GUI thread; `stop` waits."""

    def __init__(
        self,
        clock: Clock | None = None,
        threads: int | None = None,
        sources: Mapping[str, OpenSource] = SOURCES,
    ) -> None:
        self._clock = clock or SystemClock()
        self._sources = sources
        self._threads = threads
        self._pool: DecodePool | None = None
        self._gate = OpenGate()
        self._feeds: dict[Feed, Stream] = {}
        self._leaving: list[Stream] = []
        self._numbers = itertools.count(1)
        self._is_stopped = False
        self._lock = Lock()

    def open(self, address: StreamAddress, *, shared: bool = True) -> Feed:
        """A feed of this address, on the connection that exists already unless `shared` is False.

        Never fails for a camera's sake: what is wrong shows in `Feed.status`. Raises
        ServiceError("video.engine_stopped") after `stop`.
        """
        with self._lock:
            if self._is_stopped:
                raise ServiceError("video.engine_stopped")
            pool = self._running_pool()
            stream = self._find(address) if shared else None
            is_new = stream is None
            if stream is None:
                stream = Stream(
                    address,
                    key=f"{next(self._numbers)}",
                    clock=self._clock,
                    gate=self._gate,
                    sources=self._sources,
                    enter_line=pool.enter,
                )
            feed = Feed(stream, self._clock)
            self._feeds[feed] = stream
        if is_new:
            stream.start()
        return feed

    def close(self, feed: Feed) -> None:
        """The feed shows nothing more; its stream ends when no other feed shows it."""
        feed.close()
        with self._lock:
            stream = self._feeds.pop(feed, None)
            if stream is None or stream in self._feeds.values():
                return
            self._leaving = [leaving for leaving in self._leaving if leaving.is_alive]
            self._leaving.append(stream)
        stream.request_stop()

    def stop(self) -> None:
        """End all streams and the pool within about STOP_LIMIT_S.

        A thread still blocked in a camera that does not answer is left: it ends by its own time-out
        and touches nothing more.
        """
        with self._lock:
            self._is_stopped = True
            feeds, self._feeds = list(self._feeds), {}
            streams = {*(feed.stream for feed in feeds), *self._leaving}
            self._leaving = []
            pool, self._pool = self._pool, None
        for feed in feeds:
            feed.close()
        for stream in streams:
            stream.request_stop()
        until_s = time.monotonic() + STOP_LIMIT_S
        while any(stream.is_alive for stream in streams) and time.monotonic() < until_s:
            time.sleep(_LOOK_EVERY_S)
        blocked = sum(stream.is_alive for stream in streams)
        if blocked:
            log.info("video.left_blocked", streams=blocked)
        if pool is not None:
            pool.stop()

    def _running_pool(self) -> DecodePool:
        if self._pool is None:
            self._pool = DecodePool(self._threads)
            self._pool.start()
        return self._pool

    def _find(self, address: StreamAddress) -> Stream | None:
        return next((stream for stream in self._feeds.values() if stream.address == address), None)
