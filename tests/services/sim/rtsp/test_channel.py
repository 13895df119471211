"""The pace of a channel, by a loop's clock that runs only while nothing is to be done."""

from __future__ import annotations

import asyncio
import selectors
import time
from collections.abc import Coroutine
from dataclasses import dataclass, field
from itertools import pairwise

import pytest

from services.sim.faults import Fault
from services.sim.film import GROUP_FRAMES, Codec, Group, Stream
from services.sim.reels import TakeKey
from services.sim.rtsp.channel import Channel, OnAir, StoryClock
from tests.services.sim.camera_kit import camera

STORY_FRAMES = 3000
PICTURE_S = 0.04  # 25 a second


class _SleepsNever(selectors.DefaultSelector):
    """Whoever would wait so long puts the clock on instead."""

    def __init__(self) -> None:
        super().__init__()
        self.now_s = 1000.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self.now_s += timeout or 0.0
        return super().select(0)


class _Loop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._hand = _SleepsNever()
        super().__init__(self._hand)

    def time(self) -> float:
        return self._hand.now_s


class OneTake:
    """The same pictures for every group, at once."""

    async def group(self, _key: TakeKey, _useful_until_s: float) -> Group:
        return Group(((b"x",),) * GROUP_FRAMES)

    def prefetch(self, _key: TakeKey, _useful_until_s: float) -> None:
        """They are there."""


@dataclass
class Viewer:
    """Notes when it got which picture, and which of them were key pictures."""

    came: list[tuple[int, float]] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)

    def deliver(self, frame: int, on_air: OnAir | None, _fault: Fault | None) -> None:
        self.came.append((frame, asyncio.get_running_loop().time()))
        if on_air is not None and frame == on_air.first:
            self.keys.append(frame)


def on_the_air(into_group_s: float) -> Channel:
    """Whose story is so far into a group of 2 s."""
    begun_s = asyncio.get_running_loop().time()
    clock = StoryClock(time.time() - 10.0 - into_group_s, begun_s)
    return Channel(camera("C01", (0, 0), 0.0), Stream.SUB, Codec.H264, OneTake(), clock, STORY_FRAMES)


def run(story: Coroutine[object, object, None]) -> None:
    with asyncio.Runner(loop_factory=_Loop) as runner:
        runner.run(story)


def test_after_what_was_missed_of_the_group_a_picture_comes_each_25th_of_a_second() -> None:
    async def story() -> None:
        channel, viewer = on_the_air(1.0), Viewer()
        begun_s = asyncio.get_running_loop().time()
        channel.join(viewer)
        await asyncio.sleep(5.0)
        channel.leave(viewer)
        missed = [frame for frame, at_s in viewer.came if at_s == begun_s]
        later = [at_s for _frame, at_s in viewer.came[len(missed) :]]
        # 1 s of the group is over, and 5 s follow.
        assert len(missed) == pytest.approx(25, abs=1)
        assert len(later) == pytest.approx(125, abs=1)
        assert [b - a for a, b in pairwise(later)] == pytest.approx([PICTURE_S] * (len(later) - 1))
        assert [b - a for (a, _), (b, _) in pairwise(viewer.came)] == [1] * (len(viewer.came) - 1)

    run(story())


@dataclass
class NotedTakes(OneTake):
    """Notes which picture of the story each group began with."""

    asked: list[int] = field(default_factory=list)

    async def group(self, key: TakeKey, useful_until_s: float) -> Group:
        self.asked.append(key.first_frame)
        return await super().group(key, useful_until_s)


def test_where_the_story_begins_anew_pictures_on_the_air_go_on() -> None:
    async def story() -> None:
        loop, takes, viewer = asyncio.get_running_loop(), NotedTakes(), Viewer()
        clock = StoryClock(time.time() - 10.0, loop.time())
        channel = Channel(camera("C01", (0, 0), 0.0), Stream.SUB, Codec.H264, takes, clock, STORY_FRAMES)
        channel.join(viewer)
        await asyncio.sleep(3.0)
        begins_s = clock.begin_story(loop.time())
        assert begins_s == pytest.approx(loop.time() + 1.0, abs=0.1)  # 13 s in: groups of 2 s begin at 14
        await asyncio.sleep(4.0)
        channel.leave(viewer)
        # Story pictures of 25 a second: 10 s, 12 s, then its start and 2 s into it.
        assert takes.asked[:4] == [250, 300, 0, 50]
        assert [b - a for (a, _), (b, _) in pairwise(viewer.came)] == [1] * (len(viewer.came) - 1)

    run(story())


@pytest.mark.parametrize("into_group_s", [0.1, 0.9, 1.9])
def test_who_joins_does_not_wait_for_the_next_key_picture(into_group_s: float) -> None:
    async def story() -> None:
        channel, first, second = on_the_air(0.0), Viewer(), Viewer()
        channel.join(first)
        await asyncio.sleep(2.0 + into_group_s)
        joined_s = asyncio.get_running_loop().time()
        channel.join(second)
        channel.leave(first)
        channel.leave(second)
        frame, at_s = second.came[0]
        assert (second.keys, at_s) == ([frame], joined_s)

    run(story())
