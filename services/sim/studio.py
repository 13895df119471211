"""Delivers encoded groups of pictures: from memory, from disk, else made just in time by children."""

from __future__ import annotations

import asyncio
import heapq
import threading
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures.process import BrokenProcessPool
from typing import Any

import structlog

from services.core.children import children_deaf_to_interrupts
from services.core.errors import ServiceError
from services.domain.site import Site
from services.sim.encoders import Encoders
from services.sim.film import Group
from services.sim.picture.panorama import FACES, Panorama
from services.sim.reels import Reels, TakeKey, draw_strip_of, film_take
from services.sim.story import Story

log = structlog.get_logger(__name__)

MEMORY_LIMIT_BYTES = 96 * 2**20
ATTEMPTS = 2


class Studio:
    """Belongs to one asyncio loop; every method is called on it.

    At most `children` processes render and encode, the most urgent group first; what is already
    too late when its turn comes is not made.
    """

    def __init__(self, site: Site, story: Story, reels: Reels, children: int) -> None:
        self._reels = reels
        self._children = children
        self._encoders = Encoders(site, story, reels, children)
        self._waiting: list[tuple[float, int, TakeKey]] = []
        self._wanted: dict[TakeKey, asyncio.Future[Group | None]] = {}
        self._held: OrderedDict[TakeKey, tuple[Group, int]] = OrderedDict()
        self._held_bytes = 0
        self._drawing = asyncio.Lock()
        self._panoramas: dict[str, asyncio.Future[Panorama | None]] = {}
        self._busy = 0
        self._count = 0
        self._jobs: set[asyncio.Task[None]] = set()
        self._is_open = True

    async def warm_up(self) -> None:
        """Start the children and the disk thread, so that the first picture waits for no start."""
        disk = asyncio.get_running_loop().run_in_executor(None, _nothing)
        starts = [self._encoders.run(_nothing) for _ in range(self._children)]
        await asyncio.gather(disk, *starts, return_exceptions=True)

    async def close(self) -> None:
        """Give up what waits and end the children."""
        self._is_open = False
        for future in self._wanted.values():
            if not future.done():
                future.set_result(None)
        ending: list[asyncio.Future[Any]] = [*self._jobs, *self._panoramas.values()]
        for job in ending:
            job.cancel()
        await asyncio.gather(*ending, return_exceptions=True)
        await asyncio.to_thread(self._encoders.close)

    async def group(self, key: TakeKey, useful_until_s: float) -> Group | None:
        """The group of `key`, or None when it could not be had before `useful_until_s` (loop time)."""
        if key in self._held:
            self._held.move_to_end(key)
            return self._held[key][0]
        future = self._want(key, useful_until_s)
        left_s = useful_until_s - asyncio.get_running_loop().time()
        done, _ = await asyncio.wait({future}, timeout=max(0.0, left_s))
        return future.result() if done else None

    async def panorama(self, camera_no: str) -> Panorama | None:
        """All that a PTZ camera can see; None when no child could draw it. Slow the first time."""
        if not self._is_open:
            return None
        if camera_no not in self._panoramas:
            self._panoramas[camera_no] = asyncio.ensure_future(self._draw_panorama(camera_no))
            self._panoramas[camera_no].add_done_callback(lambda _: self._panoramas.pop(camera_no, None))
        return await asyncio.shield(self._panoramas[camera_no])

    async def _draw_panorama(self, camera_no: str) -> Panorama | None:
        """One face after the other, for one camera at a time: the other child goes on filming."""
        strips = []
        async with self._drawing:
            for face in range(FACES):
                try:
                    strips.append(await self._encoders.run(draw_strip_of, camera_no, face))
                except BrokenProcessPool:
                    log.warning("sim.encoder_died", camera=camera_no, stream="panorama")
                    return None
        return await asyncio.to_thread(_joined, strips)

    def prefetch(self, key: TakeKey, useful_until_s: float) -> None:
        """Have `key` ready in good time, without waiting for it."""
        if key not in self._held:
            self._want(key, useful_until_s)

    def _want(self, key: TakeKey, useful_until_s: float) -> asyncio.Future[Group | None]:
        future = self._wanted.get(key)
        if future is None:
            future = asyncio.get_running_loop().create_future()
            if not self._is_open:
                future.set_result(None)
                return future
            self._wanted[key] = future
            self._start(self._fetch(key, useful_until_s))
        return future

    def _start(self, job: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(job)
        self._jobs.add(task)
        task.add_done_callback(self._jobs.discard)

    async def _fetch(self, key: TakeKey, useful_until_s: float) -> None:
        data = await asyncio.to_thread(self._reels.read, key)
        group = None if data is None else _parsed(data)
        if group is not None and data is not None:
            self._settle(key, group, len(data))
            return
        self._count += 1
        heapq.heappush(self._waiting, (useful_until_s, self._count, key))
        self._pump()

    def _pump(self) -> None:
        now_s = asyncio.get_running_loop().time()
        while self._waiting and self._busy < self._children and self._is_open:
            useful_until_s, _, key = heapq.heappop(self._waiting)
            if useful_until_s <= now_s:
                self._settle(key, None, 0)
                continue
            self._busy += 1
            self._start(self._film(key))

    async def _film(self, key: TakeKey) -> None:
        data: bytes | None = None
        try:
            data = await self._film_in_child(key)
        finally:
            self._busy -= 1
            self._settle(key, None if data is None else _parsed(data), len(data or b""))
        self._pump()

    async def _film_in_child(self, key: TakeKey) -> bytes | None:
        """Let a child make it; a child that died is replaced once."""
        for _ in range(ATTEMPTS):
            try:
                return await self._encoders.run(film_take, key)
            except BrokenProcessPool:
                log.warning("sim.encoder_died", camera=key.camera, stream=key.stream.value)
            except ServiceError as error:
                log.error("sim.not_filmed", camera=key.camera, stream=key.stream.value, code=error.code)
                return None
        return None

    def _settle(self, key: TakeKey, group: Group | None, size_bytes: int) -> None:
        if group is not None:
            self._held[key] = (group, size_bytes)
            self._held_bytes += size_bytes
            while self._held_bytes > MEMORY_LIMIT_BYTES and len(self._held) > 1:
                self._held_bytes -= self._held.popitem(last=False)[1][1]
        future = self._wanted.pop(key, None)
        if future is not None and not future.done():
            future.set_result(group)


def film_ahead(
    site: Site,
    story: Story,
    reels: Reels,
    keys: list[TakeKey],
    *,
    panoramas: Sequence[str] = (),
    children: int = 2,
    progress: Callable[[int, int], None] | None = None,
    stop: threading.Event | None = None,
) -> int:
    """Make what is not on disk yet, so that a later start encodes nothing; blocks.

    panoramas: numbers of cameras whose panorama is wanted too.
    progress: called with (made, wanted) in the calling thread. Returns how many were made.
    """
    missing = [key for key in keys if not reels.path(key).exists()]
    encoders = Encoders(site, story, reels, children)
    try:
        with children_deaf_to_interrupts():
            filmed = encoders.pool().map(film_take, missing, chunksize=1)
            drawn = [
                encoders.pool().submit(draw_strip_of, no, face) for no in panoramas for face in range(FACES)
            ]
        made = 0
        for made, _ in enumerate(filmed, start=1):
            if progress is not None:
                progress(made, len(missing))
            if stop is not None and stop.is_set():
                return made
        for strip in drawn:
            strip.result()
    finally:
        encoders.close()
    return made


def _joined(strips: list[bytes]) -> Panorama:
    return Panorama.joined([Panorama.from_bytes(strip) for strip in strips])


def _parsed(data: bytes) -> Group | None:
    try:
        return Group.from_bytes(data)
    except ValueError:
        log.warning("sim.reel_damaged", size_bytes=len(data))
        return None


def _nothing() -> None:
    return None
