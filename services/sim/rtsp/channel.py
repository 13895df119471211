"""One stream of one camera on the air: paces its pictures by the story's clock to all who watch."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import Protocol

from services.domain.site import Camera
from services.sim.faults import Fault
from services.sim.film import FPS, GROUP_FRAMES, SIZE_PX, STANDING, Codec, Group, Shot, Stream
from services.sim.reels import TakeKey
from services.sim.rtsp.rtp import TCP_PAYLOAD_BYTES, Payload, payloads

GRACE_S = 8.0  # a group this late is still sent, in a burst: on a loaded machine a late picture beats none


_SHOTS = {
    Fault.BLACK: Shot.BLACK,
    Fault.FREEZE: Shot.FROZEN,
    Fault.BLUR: Shot.BLURRED,
    Fault.COVER: Shot.COVERED,
    Fault.MOVE: Shot.MOVED,
}


class StoryClock:
    """Frames since the epoch, by a clock that never jumps, also where the story begins anew."""

    def __init__(self, epoch_unix_s: float, loop_now_s: float) -> None:
        self._zero_s = loop_now_s - (time.time() - epoch_unix_s)
        self._begun = 0

    def begin_story(self, loop_now_s: float) -> float:
        """With the next key picture; returns its loop time."""
        self._begun = -(-self.frame(loop_now_s) // GROUP_FRAMES) * GROUP_FRAMES
        return self.due_s(self._begun)

    def story_frame(self, frame: int, frames: int) -> int:
        """Which picture of a story of `frames` pictures, that goes round and round, `frame` is."""
        return (frame - self._begun) % frames

    def frame(self, loop_now_s: float) -> int:
        return int((loop_now_s - self._zero_s) * FPS)

    def due_s(self, frame: int) -> float:
        """Loop time at which `frame` is shown."""
        return self._zero_s + frame / FPS


@dataclass(slots=True)
class OnAir:
    """A group being sent: frame `first` of the running count is its key frame."""

    first: int
    group: Group
    codec: Codec
    packed: dict[int, list[tuple[Payload, ...] | None]]
    most_bytes: int = TCP_PAYLOAD_BYTES

    def payloads(self, index: int, limit_bytes: int) -> tuple[Payload, ...]:
        """Packets of picture `index`, cut once for all clients with the same limit."""
        limit_bytes = min(limit_bytes, self.most_bytes)
        row = self.packed.setdefault(limit_bytes, [])
        row += [None] * (len(self.group.frames) - len(row))  # a live group grows
        found = row[index]
        if found is None:
            found = row[index] = payloads(self.group.frames[index], self.codec, limit_bytes)
        return found


class Watcher(Protocol):
    """Someone who gets the pictures or the sound of a channel."""

    def deliver(self, frame: int, on_air: OnAir | None, fault: Fault | None) -> None:
        """on_air: the group of the picture; None for sound."""
        ...


class Takes(Protocol):
    """Where encoded pictures come from; `services.sim.studio` makes them."""

    async def group(self, key: TakeKey, useful_until_s: float) -> Group | None:
        """None when it could not be had before that loop time."""
        ...

    def prefetch(self, key: TakeKey, useful_until_s: float) -> None: ...


class Channel:
    """Runs only while somebody watches. most_payload_bytes: of one RTP packet."""

    def __init__(
        self,
        camera: Camera,
        stream: Stream,
        codec: Codec,
        studio: Takes,
        clock: StoryClock,
        frames: int,
        *,
        has_sound: bool = False,
        most_payload_bytes: int = TCP_PAYLOAD_BYTES,
    ) -> None:
        self._most_payload_bytes = most_payload_bytes
        self.camera = camera
        self.stream = stream
        self.codec = codec
        self.has_sound = has_sound
        self.size_px = SIZE_PX[stream]
        self.fps = FPS
        self._studio = studio
        self._frames = frames
        self._clock = clock
        self._watchers: dict[int, Watcher] = {}
        self._listeners: dict[int, Watcher] = {}
        self._task: asyncio.Task[None] | None = None
        self._sound_task: asyncio.Task[None] | None = None
        self._on_air: OnAir | None = None
        self._next_index = 0
        self.fault: Fault | None = None
        self._fault_count = 0
        self._frozen: tuple[int, TakeKey] | None = None

    def set_fault(self, fault: Fault | None) -> None:
        """From now on; a picture already sent stays sent."""
        self.fault = fault
        self._fault_count += 1

    def join(self, watcher: Watcher) -> None:
        """Send `watcher` everything since the last key frame at once, then every picture on time."""
        self._watchers[id(watcher)] = watcher
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._play())
        elif self._on_air is not None and self.fault is not Fault.STALL:
            for index in range(self._next_index):
                watcher.deliver(self._on_air.first + index, self._on_air, self.fault)

    def listen(self, listener: Watcher) -> None:
        """Send `listener` the sound from now on; it waits for no picture."""
        self._listeners[id(listener)] = listener
        if self._sound_task is None:
            self._sound_task = asyncio.get_running_loop().create_task(self._sound())

    def leave(self, watcher: Watcher) -> None:
        """Of pictures or of sound."""
        self._watchers.pop(id(watcher), None)
        self._listeners.pop(id(watcher), None)
        if not self._watchers and self._task is not None:
            self._task.cancel()
            self._task, self._on_air = None, None
        if not self._listeners and self._sound_task is not None:
            self._sound_task.cancel()
            self._sound_task = None

    @property
    def range_text(self) -> str:
        """What can be played, as RTSP says it."""
        return "npt=now-"

    def first_frame(self) -> int:
        """The frame that somebody who joins now gets first."""
        return self._on_air.first if self._on_air is not None else self._now() // GROUP_FRAMES * GROUP_FRAMES

    async def current_group(self, limit_s: float) -> Group | None:
        """The group that is due now, for its parameter sets; None when it takes longer."""
        loop = asyncio.get_running_loop()
        first = self._now() // GROUP_FRAMES * GROUP_FRAMES
        return await self._studio.group(self._key(first, Shot.LIVE), loop.time() + limit_s)

    def _now(self) -> int:
        return self._clock.frame(asyncio.get_running_loop().time())

    def _key(self, first: int, shot: Shot) -> TakeKey:
        story_frame = 0 if shot is Shot.BLACK else self._clock.story_frame(first, self._frames)
        stream = self.stream
        if self.fault is Fault.RESIZE:
            stream = Stream.MAIN if self.stream is Stream.SUB else Stream.SUB
        return TakeKey(self.camera.no, stream, self.codec, story_frame, shot)

    async def _play(self) -> None:
        first = self._now() // GROUP_FRAMES * GROUP_FRAMES
        while True:
            shot, still = self._shot(), self._fault_count
            on_air = await self._load(first, shot)
            if on_air is None:
                first = self._next_live() if shot is Shot.LIVE else self._now()
                await asyncio.sleep(0.02)
                continue
            self._on_air = on_air
            await self._send_group(on_air, still)
            if still != self._fault_count:
                first = self._now() if self._shot() is not Shot.LIVE else self._next_live()
            else:
                first = self._after(first)

    async def _sound(self) -> None:
        frame = self._now()
        while True:
            if self.fault is not Fault.STALL:
                for listener in list(self._listeners.values()):
                    listener.deliver(frame, None, self.fault)
            # After a pause of the machine the sound of meanwhile is gone, as in life.
            frame = max(frame + 1, self._now())
            await asyncio.sleep(max(0.0, self._clock.due_s(frame) - asyncio.get_running_loop().time()))

    def _shot(self) -> Shot:
        return Shot.LIVE if self.fault is None else _SHOTS.get(self.fault, Shot.LIVE)

    def _after(self, first: int) -> int:
        """The group that follows, or the one that is due now when that one is over already."""
        now = self._now()
        following = first + GROUP_FRAMES
        return following if now < following + GROUP_FRAMES else now // GROUP_FRAMES * GROUP_FRAMES

    def _next_live(self) -> int:
        """The first key frame that is not yet due."""
        return -(-self._now() // GROUP_FRAMES) * GROUP_FRAMES

    async def _load(self, first: int, shot: Shot) -> OnAir | None:
        end_s = self._clock.due_s(first + GROUP_FRAMES) + GRACE_S
        if shot is not Shot.LIVE or self.fault is Fault.RESIZE:
            end_s = asyncio.get_running_loop().time() + 10.0
        key = self._frozen_key(first) if shot is Shot.FROZEN else self._key(first, shot)
        group = await self._studio.group(key, end_s)
        if group is None:
            return None
        if shot not in STANDING:
            self._studio.prefetch(self._key(first + GROUP_FRAMES, shot), end_s + GROUP_FRAMES / FPS)
        return OnAir(first, group, self.codec, {}, self._most_payload_bytes)

    def _frozen_key(self, first: int) -> TakeKey:
        """The same picture as long as the fault lasts."""
        if self._frozen is None or self._frozen[0] != self._fault_count:
            self._frozen = (self._fault_count, self._key(first, Shot.FROZEN))
        return self._frozen[1]

    async def _send_group(self, on_air: OnAir, still: int) -> None:
        """Until its end, or until the fault changes."""
        loop = asyncio.get_running_loop()
        begun_s, begun_frame = loop.time(), on_air.first
        for index in range(len(on_air.group.frames)):
            frame = on_air.first + index
            due_s = self._clock.due_s(frame)
            if self.fault is Fault.SLOW:
                due_s = begun_s + 2 * (frame - begun_frame) / FPS
            wait_s = due_s - loop.time()
            if wait_s > 0:
                await asyncio.sleep(wait_s)
            if still != self._fault_count:
                return
            self._next_index = index + 1
            if self.fault is not Fault.STALL:
                for watcher in list(self._watchers.values()):
                    watcher.deliver(frame, on_air, self.fault)
