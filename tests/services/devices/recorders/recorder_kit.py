"""A simulated recorder: RTSP replay and ONVIF search over pictures that say their number."""

from __future__ import annotations

import asyncio
import threading
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from functools import lru_cache

import av
import numpy as np
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame

from services.core.clock import SystemClock
from services.core.secrets import Credential
from services.core.workers import Worker
from services.domain.site import Camera, CameraNo
from services.sim.film import FPS, GROUP_FRAMES, Codec, Group, Stream, split_units
from services.sim.onvif.device import DeviceArchive, VirtualDevice
from services.sim.onvif.server import OnvifServer
from services.sim.reels import TakeKey
from services.sim.rtsp.archive import ArchiveChannel, Span
from services.sim.rtsp.channel import StoryClock
from services.sim.rtsp.digest import Doorman
from services.sim.rtsp.server import RtspServer
from services.video.address import StreamAddress
from tests.waiting import LIMIT_S

CREDENTIAL = Credential("viewer", "s3cret word")
EPOCH = datetime(2026, 11, 24, 2, 0, 0, tzinfo=UTC)
SIZE_PX = (320, 180)
BITS = 10
FRAME = timedelta(seconds=1 / FPS)
ENCODERS = {Codec.H264: "libx264", Codec.H265: "libx265"}


def at(seconds: float) -> datetime:
    """So long after the recording of picture 0."""
    return EPOCH + timedelta(seconds=seconds)


def number_in(frame: VideoFrame) -> int:
    """What is painted into a picture: bars that are black or white, the highest bit first."""
    luma = frame.to_ndarray(format="gray")
    width = luma.shape[1] // BITS
    bits = [
        luma[:, bar * width + width // 4 : (bar + 1) * width - width // 4].mean() > 128 for bar in range(BITS)
    ]
    return sum(bit << (BITS - 1 - place) for place, bit in enumerate(bits))


class NumberedTakes:
    """Groups whose pictures show how many came before them."""

    def __init__(self, codec: Codec) -> None:
        self._codec = codec

    async def group(self, key: TakeKey, _useful_until_s: float) -> Group | None:
        return numbered_group(self._codec, key.first_frame)

    def prefetch(self, key: TakeKey, useful_until_s: float) -> None:
        """They are made when they are asked for."""


@lru_cache(maxsize=64)
def numbered_group(codec: Codec, first: int) -> Group:
    encoder = av.CodecContext.create(ENCODERS[codec], "w")
    assert isinstance(encoder, VideoCodecContext)
    encoder.width, encoder.height = SIZE_PX
    encoder.pix_fmt, encoder.time_base, encoder.framerate = "yuv420p", Fraction(1, FPS), Fraction(FPS)
    encoder.gop_size = GROUP_FRAMES
    words = "repeat-headers=1:bframes=0:scenecut=0:keyint=50"
    more = "" if codec is Codec.H264 else ":log-level=none:info=0:pools=none:frame-threads=1"
    name = "x264-params" if codec is Codec.H264 else "x265-params"
    encoder.options = {"preset": "ultrafast", "tune": "zerolatency", name: words + more}
    packets = []
    for number in range(first, first + GROUP_FRAMES):
        picture = VideoFrame.from_ndarray(painted(number), "gray").reformat(format="yuv420p")
        picture.pts = number - first
        packets += encoder.encode(picture)
    packets += encoder.encode(None)
    return Group(tuple(split_units(bytes(packet)) for packet in packets))


def painted(number: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    width, height = SIZE_PX
    luma = np.zeros((height, width), np.uint8)
    for place in range(BITS):
        if number >> (BITS - 1 - place) & 1:
            luma[:, place * width // BITS : (place + 1) * width // BITS] = 235
    return luma


class RecorderKit:
    """Camera C01 recorded 0 s to 12 s and 20 s to 30 s after EPOCH, its key pictures every two seconds."""

    def __init__(self, codec: Codec = Codec.H264, credential: Credential = CREDENTIAL) -> None:
        self._codec = codec
        self._credential = credential
        self._worker = Worker("recorder-kit", self._run)
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self.archive: ArchiveChannel
        self._worker.start()
        assert self._ready.wait(LIMIT_S)

    @property
    def spans(self) -> tuple[Span, ...]:
        return self.archive.spans

    @spans.setter
    def spans(self, spans: tuple[Span, ...]) -> None:
        self.archive.spans = spans

    @property
    def replay(self) -> StreamAddress:
        url = f"rtsp://127.0.0.1:{self.rtsp_port}/C01/replay"
        return StreamAddress(url, self._credential.username, self._credential.password)

    def drop_everybody(self) -> None:
        """As a recorder does with sessions that rest for too long."""

        async def drop() -> None:
            self._rtsp.say_goodbye(is_open=True)

        assert self._loop is not None
        asyncio.run_coroutine_threadsafe(drop(), self._loop).result(LIMIT_S)

    def stop(self) -> None:
        assert self._loop is not None
        self._loop.call_soon_threadsafe(self._stopped.set)
        self._worker.stop()

    def _run(self, _stop: threading.Event) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._stopped, self._loop = asyncio.Event(), asyncio.get_running_loop()
        camera = Camera(CameraNo("C01"), "东门", "C01", "校园", (0, 0), 5.0, 0.0, 60.0, 50.0, "", "")
        self.archive = ArchiveChannel(
            camera,
            Stream.SUB,
            self._codec,
            NumberedTakes(self._codec),
            StoryClock(EPOCH.timestamp(), self._loop.time()),
            1000,
            epoch=EPOCH,
            spans=((at(0), at(12)), (at(20), at(30))),
        )
        log_in = self._credential.username, self._credential.password
        self._rtsp = rtsp = RtspServer({}, Doorman(*log_in), {"C01": self.archive})
        await rtsp.open("127.0.0.1", 0)
        self.rtsp_port = rtsp.port
        kept = DeviceArchive(f"rtsp://127.0.0.1:{rtsp.port}/C01/replay", lambda: self.archive.spans)
        device = VirtualDevice(camera, (), SystemClock(), _no_picture, archive=kept)
        onvif = OnvifServer((device,), *log_in)
        await onvif.open("127.0.0.1", 0)
        self.onvif_url = onvif.url("C01")
        self._ready.set()
        await self._stopped.wait()
        await onvif.close()
        await rtsp.close()


async def _no_picture() -> bytes | None:
    return None
