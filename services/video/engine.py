"""Opens streams, shares them between the places that show them, and ends them."""

from __future__ import annotations

import itertools
import os
from threading import Lock

from services.core.clock import Clock, SystemClock
from services.core.errors import ServiceError
from services.video.address import StreamAddress
from services.video.economy import EconomyLadder
from services.video.feed import Feed
from services.video.process import DecodeProcess
from services.video.shown import ShownStream

# More would only cost memory: the streams of a wall are spread evenly.
MOST_PROCESSES = 16


class VideoEngine:
    """`open` and `close` return at once and may be called from the GUI thread; `stop` waits."""

    def __init__(self, clock: Clock | None = None, processes: int | None = None) -> None:
        self._clock = clock or SystemClock()
        self._most = processes or min(os.cpu_count() or 1, MOST_PROCESSES)
        self._processes: list[DecodeProcess] = []
        self._feeds: dict[Feed, ShownStream] = {}
        self._homes: dict[ShownStream, DecodeProcess] = {}
        self._numbers = itertools.count(1)
        self._device = ""
        self._is_planar = False
        self._is_stopped = False
        self._ladder = EconomyLadder()
        self._ladder_lock = Lock()
        self._lock = Lock()

    @property
    def process_ids(self) -> list[int]:
        """Of the decode processes that live."""
        return [pid for process in self._processes if (pid := process.pid) is not None]

    def open(self, address: StreamAddress, *, shared: bool = True) -> Feed:
        """A feed of this address, on the connection that exists already unless `shared` is False.

        Never fails for a camera's sake: what is wrong shows in `Feed.status`. Raises
        ServiceError("video.engine_stopped") after `stop`.
        """
        with self._lock:
            if self._is_stopped:
                raise ServiceError("video.engine_stopped")
            stream = self._find(address) if shared else None
            is_new = stream is None
            if stream is None:
                stream = ShownStream(next(self._numbers), address, self._clock, self._tell)
            feed = Feed(stream, self._clock, self._forget_scene)
            self._feeds[feed] = stream
            if is_new:
                home = self._homes[stream] = self._home()
                home.add(stream)
        return feed

    def use_hardware(self, device: str) -> None:
        """Decode with this device (of `find_hardware`) from the next key frames on; "" = in software."""
        with self._lock:
            self._device = device
            processes = list(self._processes)
        for process in processes:
            process.use_hardware(device)

    def use_planes(self, is_planar: bool) -> None:
        """Deliver planes for a graphics card from the next pictures on, or BGRA again."""
        with self._lock:
            self._is_planar = is_planar
            processes = list(self._processes)
        for process in processes:
            process.use_planes(is_planar)

    def close(self, feed: Feed) -> None:
        """The feed shows nothing more; its stream ends when no other feed shows it."""
        with self._lock:
            stream = self._feeds.pop(feed, None)
            is_last = stream is not None and stream not in self._feeds.values()
            home = self._homes.pop(stream) if stream is not None and is_last else None
        feed.close()
        if home is not None and stream is not None:
            home.remove(stream)

    def give_way(self, seconds: float) -> None:
        """For so long ordinary streams show key frames only, and say so: alarms need the machine more."""
        with self._ladder_lock:
            self._ladder.give_way(self._clock.monotonic() + seconds)
        self._economise()

    def stop(self) -> None:
        """End all streams and processes; one that does not end by itself is killed."""
        with self._lock:
            self._is_stopped = True
            feeds, self._feeds = list(self._feeds), {}
            self._homes.clear()
            processes, self._processes = self._processes, []
        for feed in feeds:
            feed.close()
        for process in processes:
            process.request_stop()
        for process in processes:
            process.stop()

    def _home(self) -> DecodeProcess:
        """A process of its own while there are cores without one, else the one with the fewest streams."""
        counts = dict.fromkeys(self._processes, 0)
        for process in self._homes.values():
            counts[process] += 1
        fewest = min(counts, key=lambda process: counts[process], default=None)
        if fewest is not None and (counts[fewest] == 0 or len(counts) >= self._most):
            return fewest
        process = DecodeProcess(f"{len(counts)}", self._heard, self._device, is_planar=self._is_planar)
        self._processes.append(process)
        process.start()
        return process

    def _tell(self, stream: ShownStream) -> None:
        home = self._homes.get(stream)
        if home is not None:
            home.change(stream)

    def _forget_scene(self, stream: ShownStream) -> None:
        home = self._homes.get(stream)
        if home is not None:
            home.forget_scene(stream)

    @property
    def is_strained(self) -> bool:
        """The machine cannot decode all that is asked of it."""
        return self._ladder.is_strained

    def _heard(self) -> None:
        """After each report of a process: all streams leave out what the machine has no time for."""
        with self._ladder_lock:
            streams = self._streams()
            load = max((process.load for process in self._processes), default=0.0)
            now_s = self._clock.monotonic()
            efforts = [effort for stream in streams if (effort := stream.effort()) is not None]
            self._ladder.look(now_s, efforts, load)
        self._economise()

    def _economise(self) -> None:
        with self._ladder_lock:
            steps = self._ladder.of(is_important=False), self._ladder.of(is_important=True)
            asks_relief = self._ladder.asks_relief
        for stream in self._streams():
            stream.economise(steps[stream.wish.is_important], asks_relief=asks_relief)

    def _streams(self) -> list[ShownStream]:
        return [stream for process in self._processes for stream in process.streams]

    def _find(self, address: StreamAddress) -> ShownStream | None:
        return next((stream for stream in self._feeds.values() if stream.address == address), None)
