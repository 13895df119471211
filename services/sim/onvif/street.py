"""All cameras of a simulated campus as ONVIF devices."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from functools import partial

from services.core.clock import Clock
from services.core.errors import ServiceError
from services.domain.site import Camera
from services.sim.film import FPS, GROUP_FRAMES, Stream
from services.sim.onvif.bell import Happening
from services.sim.onvif.device import DeviceArchive, Encoding, VirtualDevice
from services.sim.onvif.head import PtzHead
from services.sim.onvif.server import OnvifServer
from services.sim.onvif.still import jpeg_of_group, jpegs_of_group
from services.sim.rtsp.channel import Channel

PROFILES = {Stream.MAIN: "MainStream", Stream.SUB: "SubStream"}
SNAPSHOT_LIMIT_S = 6.0

Channels = Mapping[tuple[str, Stream], Channel]


class OnvifStreet:
    """Belongs to one asyncio loop; one device for each camera of `channels`."""

    def __init__(
        self,
        channels: Channels,
        heads: Mapping[str, PtzHead],
        clock: Clock,
        url_of: Callable[[str, Stream], str],
        log_in: tuple[str, str],
        archives: Mapping[str, DeviceArchive] | None = None,
    ) -> None:
        cameras = {no: channel.camera for (no, _), channel in channels.items()}
        devices = tuple(
            VirtualDevice(
                camera,
                _encodings(camera, channels, url_of),
                clock,
                _snapshots(channels[no, Stream.SUB]),
                heads.get(no),
                partial(_pictures, channels[no, Stream.SUB]),
                (archives or {}).get(no),
            )
            for no, camera in cameras.items()
        )
        self._server = OnvifServer(devices, *log_in)

    async def open(self, host: str, port: int) -> None:
        """Raises ServiceError("sim.port_taken", host, port)."""
        await self._server.open(host, port)

    async def close(self) -> None:
        await self._server.close()

    @property
    def port(self) -> int:
        return self._server.port

    def url(self, camera_no: str) -> str:
        return self._server.url(camera_no)

    def happen(self, camera_no: str, happening: Happening, is_on: bool) -> None:
        """Raises ServiceError("sim.unknown_camera", camera)."""
        self._device(camera_no).happen(happening, is_on)

    def put_clock(self, camera_no: str, ahead_s: float) -> None:
        """Raises ServiceError("sim.unknown_camera", camera)."""
        self._device(camera_no).offset_s = ahead_s

    def _device(self, camera_no: str) -> VirtualDevice:
        device = self._server.devices.get(camera_no)
        if device is None:
            raise ServiceError("sim.unknown_camera", camera=camera_no)
        return device


def _encodings(
    camera: Camera, channels: Channels, url_of: Callable[[str, Stream], str]
) -> tuple[Encoding, ...]:
    made = []
    for stream, token in PROFILES.items():
        channel = channels[str(camera.no), stream]
        width, height = channel.size_px
        codec = channel.codec.value.upper()
        made.append(Encoding(token, url_of(str(camera.no), stream), codec, width, height, channel.fps))
    return tuple(made)


async def _pictures(channel: Channel) -> AsyncIterator[bytes]:
    """Some pictures of every group, evenly over its time."""
    loop = asyncio.get_running_loop()
    due_s = loop.time()
    while True:
        group = await channel.current_group(SNAPSHOT_LIMIT_S)
        pictures = [] if group is None else await asyncio.to_thread(jpegs_of_group, group, channel.codec)
        if not pictures:
            return
        for picture in pictures:
            yield picture
            due_s = max(due_s + GROUP_FRAMES / FPS / len(pictures), loop.time() - 1.0)
            await asyncio.sleep(max(0.0, due_s - loop.time()))


def _snapshots(channel: Channel) -> Callable[[], Awaitable[bytes | None]]:
    async def snapshot() -> bytes | None:
        group = await channel.current_group(SNAPSHOT_LIMIT_S)
        return None if group is None else await asyncio.to_thread(jpeg_of_group, group, channel.codec)

    return snapshot
