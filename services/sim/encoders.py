"""The child processes that make pictures: begun without blocking their parent, ended within a limit."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import pickle
import tempfile
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import ParamSpec, TypeVar

from services.core.children import children_deaf_to_interrupts
from services.domain.site import Site
from services.sim.reels import Reels, open_booth
from services.sim.story import Story

# A group takes a child under a second on an idle machine; who closes does not wait for a busy one.
CLOSE_LIMIT_S = 2.0

Result = TypeVar("Result")
Arguments = ParamSpec("Arguments")


class Encoders:
    """At most `children` processes, begun when they are needed. `close` may be called from any thread."""

    def __init__(self, site: Site, story: Story, reels: Reels, children: int) -> None:
        self._content = (site, story, reels)
        self._children = children
        self._script: Path | None = None
        self._pool: ProcessPoolExecutor | None = None

    def pool(self) -> ProcessPoolExecutor:
        """Submit inside `children_deaf_to_interrupts`."""
        if self._pool is None:
            if self._script is None:
                self._script = _written(self._content)
            self._pool = ProcessPoolExecutor(
                max_workers=self._children,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_enter_booth,
                initargs=(self._script,),
            )
        return self._pool

    async def run(
        self, work: Callable[Arguments, Result], *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> Result:
        """The result of `work` in a child; BrokenProcessPool when it died, the next run gets others."""
        pool = self.pool()
        try:
            with children_deaf_to_interrupts():
                running = pool.submit(work, *args, **kwargs)
            return await asyncio.wrap_future(running)
        except BrokenProcessPool:
            if self._pool is pool:
                self._pool = None
            raise

    def close(self, limit_s: float = CLOSE_LIMIT_S) -> None:
        """Give up what waits; a child that is still at work after `limit_s` is killed. Blocks."""
        pool, self._pool = self._pool, None
        if pool is not None:
            children = list((pool._processes or {}).values())
            killing = threading.Timer(limit_s, _kill, (children,))
            killing.name = "sim-encoders-limit"
            killing.start()
            pool.shutdown(wait=True, cancel_futures=True)
            killing.cancel()
            killing.join()
        if self._script is not None:
            self._script.unlink(missing_ok=True)
            self._script = None


def _kill(children: Sequence[BaseProcess]) -> None:
    for child in children:
        child.kill()


def _written(content: tuple[Site, Story, Reels]) -> Path:
    """For the children to read.

    Handed over with the start of a child it would have to go through a pipe of 64 KiB: a story (0.4 MiB)
    blocks whoever starts the child until it reads, and for ever, the pool's lock held, when it dies first.
    """
    handle, name = tempfile.mkstemp(prefix="shouwang-story-")
    with os.fdopen(handle, "wb") as file:
        pickle.dump(content, file)
    return Path(name)


def _enter_booth(script: Path) -> None:
    site, story, reels = pickle.loads(script.read_bytes())
    open_booth(site, story, reels)
