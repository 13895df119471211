"""A stream of a PTZ camera: it shows where the head points now, so it is encoded as it is watched."""

from __future__ import annotations

import asyncio
from concurrent.futures import Executor

from services.domain.site import Camera
from services.sim.eye import Eye, LiveEncoder
from services.sim.faults import Fault
from services.sim.film import GROUP_FRAMES, Codec, Group, Shot, Stream
from services.sim.rtsp.channel import Channel, OnAir, StoryClock
from services.sim.studio import Studio

STEP_FRAMES = 2  # every second picture of the story's clock
FPS = 12
SIZE_PX = {Stream.MAIN: (1280, 720), Stream.SUB: (640, 360)}


class LiveChannel(Channel):
    """Runs only while somebody watches; pictures are drawn and encoded in `executor`'s thread."""

    def __init__(
        self,
        camera: Camera,
        stream: Stream,
        studio: Studio,
        clock: StoryClock,
        frames: int,
        *,
        eye: Eye,
        executor: Executor,
    ) -> None:
        super().__init__(camera, stream, Codec.H264, studio, clock, frames)
        self._painters = studio
        self.size_px = SIZE_PX[stream]
        self.fps = FPS
        self._eye = eye
        self._executor = executor

    async def current_group(self, limit_s: float) -> Group | None:
        """The key frame on the air, or one made for this."""
        if self._on_air is not None:
            return Group(self._on_air.group.frames[:1])
        encoder = LiveEncoder(*self.size_px)
        try:
            units = await asyncio.wait_for(self._film(encoder, self._now(), True, Shot.LIVE), limit_s)
        except TimeoutError:
            return None
        return None if units is None else Group((units,))

    async def _play(self) -> None:
        encoder = LiveEncoder(*self.size_px)
        frame = self._now() // STEP_FRAMES * STEP_FRAMES
        while True:
            await self._until_due(frame)
            shot = self._shot()
            is_key = self._on_air is None or frame >= self._on_air.first + GROUP_FRAMES
            units = await self._film(encoder, frame, is_key, shot)
            if units is not None:
                self._send(frame, units, is_key)
            # A busy machine skips pictures; it never falls behind.
            frame = max(frame + STEP_FRAMES, self._now() // STEP_FRAMES * STEP_FRAMES)

    async def _until_due(self, frame: int) -> None:
        wait_s = self._clock.due_s(frame) - asyncio.get_running_loop().time()
        if self.fault is Fault.SLOW:
            wait_s += STEP_FRAMES / (2 * FPS)
        await asyncio.sleep(max(0.0, wait_s))

    async def _film(
        self, encoder: LiveEncoder, frame: int, is_key: bool, shot: Shot
    ) -> tuple[bytes, ...] | None:
        """The next picture; None until the panorama is there."""
        panorama = await self._eye.panorama(self._painters)
        if panorama is None:
            return None
        look = self._eye.look()
        loop = asyncio.get_running_loop()
        shown = self._clock.story_frame(frame, self._frames)
        return await loop.run_in_executor(self._executor, encoder.film, self._eye, look, shown, is_key, shot)

    def _send(self, frame: int, units: tuple[bytes, ...], is_key: bool) -> None:
        if is_key or self._on_air is None:
            self._on_air = OnAir(frame, Group(()), self.codec, {})
        on_air = self._on_air
        skipped = frame - on_air.first - len(on_air.group.frames)
        on_air.group = Group((*on_air.group.frames, *((),) * skipped, units))
        self._next_index = len(on_air.group.frames)
        if self.fault is not Fault.STALL:
            for watcher in list(self._watchers.values()):
                watcher.deliver(frame, on_air, self.fault)
