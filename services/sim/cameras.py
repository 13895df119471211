"""All cameras of a simulated campus on one RTSP port, with faults on command."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import structlog

from services.core.clock import SystemClock
from services.core.errors import ServiceError
from services.core.workers import Worker
from services.domain.site import Camera, Site
from services.sim.control import open_control
from services.sim.eye import Eye
from services.sim.faults import Fault
from services.sim.film import FPS, Codec, Stream
from services.sim.onvif.bell import Happening
from services.sim.onvif.device import DeviceArchive
from services.sim.onvif.head import PtzHead
from services.sim.onvif.street import OnvifStreet
from services.sim.picture.scene import Cast
from services.sim.reels import CACHE_LIMIT_BYTES, Reels, story_frames, takes
from services.sim.rtsp.archive import ArchiveChannel, Span
from services.sim.rtsp.channel import Channel, StoryClock
from services.sim.rtsp.digest import Doorman
from services.sim.rtsp.live import LiveChannel
from services.sim.rtsp.server import REPLAY, RtspServer
from services.sim.story import Story
from services.sim.studio import Studio, film_ahead

log = structlog.get_logger(__name__)

H265_CAMERAS = frozenset({"C05", "C12", "C17", "C22"})
SOUND_CAMERAS = frozenset({"C01", "C03", "C06", "C12"})
# On a machine that is busy with other starts 14 s were seen.
START_LIMIT_S = 30.0
WARM_LIMIT_S = 12.0  # without children the cameras are on air all the same, with pictures that come later
TRIM_EVERY_S = 60.0


@dataclass(frozen=True, slots=True)
class FarmOptions:
    """port, control_port, onvif_port: 0 = pick a free one, None = not opened.

    start_limit_s: how long it may take until it listens.
    children: processes that render and encode what is not cached yet. sound_cameras: those with a microphone.
    archive_cameras: those that record by themselves, as a recorder does, and can be asked for it.
    """

    host: str = "127.0.0.1"
    port: int = 0
    username: str = ""
    password: str = ""
    control_port: int | None = None
    onvif_port: int | None = None
    start_limit_s: float = START_LIMIT_S
    children: int = 2
    cache_limit_bytes: int = CACHE_LIMIT_BYTES
    h265_cameras: frozenset[str] = H265_CAMERAS
    sound_cameras: frozenset[str] = frozenset()
    archive_cameras: frozenset[str] = frozenset()

    def __repr__(self) -> str:
        return f"FarmOptions(host={self.host!r}, port={self.port}, username={self.username!r})"


class CameraFarm:
    """Serves rtsp://host:port/<camera>/main and /sub for every camera of `site`.

    epoch: when the story began (aware datetime or Unix seconds); None = now. on_begin: told in how many
    seconds the story begins when that is ordered; called on the cameras' thread. Thread-safe.
    """

    def __init__(
        self,
        site: Site,
        story: Story,
        cache_dir: Path,
        *,
        epoch: datetime | float | None = None,
        options: FarmOptions | None = None,
        on_begin: Callable[[float], None] | None = None,
    ) -> None:
        self._site = site
        self._options = options or FarmOptions()
        self._story = story
        self._reels = Reels.of(cache_dir, site, story, self._options.cache_limit_bytes)
        self._epoch_s = _unix_s(epoch)
        self._on_begin = on_begin
        self._clock: StoryClock | None = None
        self._worker = Worker("sim-cameras", self._run)
        self._is_ready = threading.Event()
        self._failure: ServiceError | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._server: RtspServer | None = None
        self._stopped: asyncio.Event | None = None
        self._faults: dict[str, Fault] = {}
        self._heads = {str(c.no): PtzHead() for c in site.cameras if c.has_ptz}
        self._archives: dict[str, ArchiveChannel] = {}
        self._street: OnvifStreet | None = None
        self.port = 0
        self.onvif_port = 0
        self.control_port = 0

    def start(self) -> None:
        """Return once it listens; raises ServiceError("sim.port_taken" | "sim.not_started")."""
        self._worker.start()
        limit_s = self._options.start_limit_s
        if not self._is_ready.wait(limit_s):
            self.stop()
            raise ServiceError("sim.not_started", limit_s=limit_s)
        if self._failure is not None:
            self._worker.stop()
            raise self._failure

    def stop(self) -> None:
        """Cut all clients off and end the children; may be called twice."""
        self._worker.request_stop()
        loop, stopped = self._loop, self._stopped
        if loop is not None and stopped is not None:
            with suppress(RuntimeError):  # it has just ended by itself
                loop.call_soon_threadsafe(stopped.set)
        self._worker.stop(limit_s=10.0)

    def said_to(self, camera_no: str) -> bytes:
        """What was said to a camera last, PCMU at 8 kHz."""
        return self._server.voices.said_to(camera_no) if self._server is not None else b""

    def fault(self, camera_no: str, fault: Fault | None) -> None:
        """Order a fault, or end it with None; raises ServiceError("sim.unknown_camera", camera)."""
        loop = self._loop
        if loop is not None and self._worker.is_alive:
            asyncio.run_coroutine_threadsafe(self._order(camera_no, fault), loop).result(5.0)
        else:
            self.order_fault(camera_no, fault)

    async def _order(self, camera_no: str, fault: Fault | None) -> None:
        self.order_fault(camera_no, fault)

    def order_fault(self, camera_no: str, fault: Fault | None) -> None:
        """As `fault`, for callers that are already on the farm's loop (or before it runs)."""
        if self._site.camera(camera_no) is None:
            raise ServiceError("sim.unknown_camera", camera=camera_no)
        if fault is None:
            self._faults.pop(camera_no, None)
        else:
            self._faults[camera_no] = fault
        if self._server is not None:
            self._server.fault(camera_no, fault)

    def happen(self, camera_no: str, happening: Happening, is_on: bool) -> None:
        """Let the camera's device report something; on the farm's loop.

        Raises ServiceError("sim.unknown_camera" | "sim.not_started").
        """
        self._devices().happen(camera_no, happening, is_on)

    def put_clock(self, camera_no: str, ahead_s: float) -> None:
        """Put the device's clock `ahead_s` ahead of ours; as `happen`."""
        self._devices().put_clock(camera_no, ahead_s)

    def _devices(self) -> OnvifStreet:
        if self._street is None:
            raise ServiceError("sim.not_started")
        return self._street

    def faults(self) -> dict[str, Fault]:
        """The faults in force, by camera."""
        return dict(self._faults)

    def film_ahead(
        self,
        stream: Stream = Stream.SUB,
        *,
        until_s: float | None = None,
        progress: Callable[[int, int], None] | None = None,
        stop: threading.Event | None = None,
    ) -> int:
        """Encode what is not cached yet of `stream`, up to `until_s` of the story; returns groups made.

        Cameras that are steered get their panorama instead.
        Blocks, for minutes when it is all of it. For installing and benchmarks; the farm need not be
        started.
        """
        live = [str(c.no) for c in self._site.cameras if self._is_live(c)]
        keys = [
            key
            for key in takes(self._site, self._story, stream, self._options.h265_cameras)
            if key.camera not in live
        ]
        if until_s is not None:
            keys = [key for key in keys if key.first_frame < until_s * FPS]
        children = self._options.children
        return film_ahead(
            self._site,
            self._story,
            self._reels,
            keys,
            panoramas=live,
            children=children,
            progress=progress,
            stop=stop,
        )

    def begin_story(self) -> None:
        """From its start, with the next key picture; pictures on the air go on. Only on the cameras' loop."""
        if self._clock is None:
            return
        now_s = asyncio.get_running_loop().time()
        in_s = self._clock.begin_story(now_s) - now_s
        self._epoch_s = time.time() + in_s
        if self._on_begin is not None:
            self._on_begin(in_s)

    def position_s(self) -> float:
        """How far into the story it is now."""
        return (time.time() - self._epoch_s) % self._story.period_s

    def url(self, camera_no: str, stream: Stream) -> str:
        """Where a stream is served; without credentials."""
        return f"rtsp://{self._options.host}:{self.port}/{camera_no}/{stream.value}"

    def replay_url(self, camera_no: str) -> str:
        """Where what a camera recorded by itself is played; without credentials."""
        return f"rtsp://{self._options.host}:{self.port}/{camera_no}/{REPLAY}"

    def _kept(self, camera_no: str) -> Callable[[], tuple[Span, ...]]:
        return lambda: self._archives[camera_no].spans

    def _made_archives(
        self, channels: Mapping[tuple[str, Stream], Channel], studio: Studio, clock: StoryClock
    ) -> dict[str, ArchiveChannel]:
        """The story goes round and round, so there is a past before its beginning too."""
        frames, epoch = story_frames(self._story), datetime.fromtimestamp(self._epoch_s, UTC)
        return {
            no: ArchiveChannel(channel.camera, Stream.SUB, channel.codec, studio, clock, frames, epoch=epoch)
            for (no, stream), channel in channels.items()
            if stream is Stream.SUB and no in self._options.archive_cameras
        }

    def onvif_url(self, camera_no: str) -> str:
        """The device service of a camera; without credentials."""
        return f"http://{self._options.host}:{self.onvif_port}/onvif/{camera_no}/device_service"

    def _run(self, stop: threading.Event) -> None:
        try:
            asyncio.run(self._serve(stop))
        except ServiceError as failure:
            self._failure = failure
        finally:
            self._is_ready.set()

    async def _serve(self, stop: threading.Event) -> None:
        self._stopped, self._loop = asyncio.Event(), asyncio.get_running_loop()
        if stop.is_set():
            # `stop` came before there was a loop to tell.
            return
        async with AsyncExitStack() as opened:
            studio = await self._open(opened)
            ending = asyncio.create_task(self._stopped.wait())
            warming = asyncio.create_task(studio.warm_up())
            await asyncio.wait({ending, warming}, timeout=WARM_LIMIT_S, return_when=asyncio.FIRST_COMPLETED)
            log.info("sim.cameras_on_air", port=self.port, cameras=len(self._site.cameras))
            self._is_ready.set()
            await ending
            warming.cancel()

    async def _open(self, opened: AsyncExitStack) -> Studio:
        """What was opened is closed in the reverse order, whatever was reached."""
        loop, options = asyncio.get_running_loop(), self._options
        loop.set_default_executor(ThreadPoolExecutor(1, thread_name_prefix="sim-disk"))
        drawing = ThreadPoolExecutor(1, thread_name_prefix="sim-ptz")
        opened.callback(drawing.shutdown)
        drawing.submit(int)  # its thread is there before the first picture is wanted
        studio = Studio(self._site, self._story, self._reels, options.children)
        opened.push_async_callback(studio.close)
        self._clock = StoryClock(self._epoch_s, loop.time())
        channels = self._channels(studio, self._clock, drawing)
        self._archives = self._made_archives(channels, studio, StoryClock(self._epoch_s, loop.time()))
        server = RtspServer(channels, Doorman(options.username, options.password), self._archives)
        opened.push_async_callback(server.close)
        await server.open(options.host, options.port)
        self._server, self.port = server, server.port
        await self._open_street(channels, opened)
        control = await open_control(self, options.host, options.control_port)
        opened.push_async_callback(control.close)
        self.control_port = control.port
        opened.callback(loop.create_task(self._trim()).cancel)
        for camera_no, fault in list(self._faults.items()):
            server.fault(camera_no, fault)
        return studio

    async def _open_street(self, channels: dict[tuple[str, Stream], Channel], opened: AsyncExitStack) -> None:
        options = self._options
        if options.onvif_port is None:
            return
        archives = {no: DeviceArchive(self.replay_url(no), self._kept(no)) for no in self._archives}
        log_in = (options.username, options.password)
        street = OnvifStreet(channels, self._heads, SystemClock(), self.url, log_in, archives)
        await street.open(options.host, options.onvif_port)
        opened.push_async_callback(street.close)
        self._street, self.onvif_port = street, street.port

    def _channels(
        self, studio: Studio, clock: StoryClock, drawing: Executor
    ) -> dict[tuple[str, Stream], Channel]:
        frames = story_frames(self._story)
        made: dict[tuple[str, Stream], Channel] = {}
        cast = Cast(self._story)
        for camera in self._site.cameras:
            if self._is_live(camera):
                eye = Eye(camera, self._heads[camera.no], cast)
                for stream in Stream:
                    made[str(camera.no), stream] = LiveChannel(
                        camera, stream, studio, clock, frames, eye=eye, executor=drawing
                    )
                continue
            codec = Codec.H265 if camera.no in self._options.h265_cameras else Codec.H264
            for stream in Stream:
                has_sound = camera.no in self._options.sound_cameras
                made[str(camera.no), stream] = Channel(
                    camera, stream, codec, studio, clock, frames, has_sound=has_sound
                )
        return made

    def _is_live(self, camera: Camera) -> bool:
        """It can be steered, so its pictures cannot be filmed ahead."""
        return camera.has_ptz and self._options.onvif_port is not None

    async def _trim(self) -> None:
        """Keep the cache within its limit; not at once, when every camera waits for the one disk thread."""
        while True:
            await asyncio.sleep(TRIM_EVERY_S)
            await asyncio.to_thread(self._reels.trim)


def _unix_s(epoch: datetime | float | None) -> float:
    if epoch is None:
        return time.time()
    return epoch.timestamp() if isinstance(epoch, datetime) else float(epoch)
