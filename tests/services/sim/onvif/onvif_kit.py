"""Simulated devices on a loop of their own, without pictures; and a clock that a test moves."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from services.core.secrets import Credential
from services.core.workers import Worker
from services.domain.site import Camera, CameraNo
from services.sim.onvif.device import Encoding, VirtualDevice
from services.sim.onvif.head import PtzHead
from services.sim.onvif.server import OnvifServer
from tests.waiting import LIMIT_S

Result = TypeVar("Result")

CREDENTIAL = Credential("watch", "s3cret word")
JPEG = b"\xff\xd8 a picture \xff\xd9"


class MovableClock:
    """The machine's time, moved by hand: digests must be of about now."""

    def __init__(self) -> None:
        self.ahead_s = 0.0
        self._monotonic_s = 1000.0

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.ahead_s)

    def monotonic(self) -> float:
        return self._monotonic_s

    def advance(self, seconds: float) -> None:
        """The motors' time; the wall clock goes on by itself."""
        self._monotonic_s += seconds


class DeviceKit:
    """C01 stands still, P01 has motors."""

    def __init__(self, credential: Credential = CREDENTIAL) -> None:
        self.clock = MovableClock()
        self.head = PtzHead()
        self.fixed = VirtualDevice(_camera("C01", "东门"), _encodings("C01"), self.clock, _jpeg)
        self.ptz = VirtualDevice(_camera("P01", "操场"), _encodings("P01"), self.clock, _jpeg, self.head)
        self.server = OnvifServer((self.fixed, self.ptz), credential.username, credential.password)
        self._worker = Worker("onvif-kit", self._run)
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._worker.start()
        assert self._ready.wait(LIMIT_S)

    def url(self, no: str) -> str:
        return self.server.url(no)

    def on_loop(self, work: Callable[[], Result]) -> Result:
        async def run() -> Result:
            return work()

        assert self._loop is not None
        return asyncio.run_coroutine_threadsafe(run(), self._loop).result(LIMIT_S)

    def stop(self) -> None:
        assert self._loop is not None
        self._loop.call_soon_threadsafe(self._stopped.set)
        self._worker.stop()

    def _run(self, _stop: threading.Event) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._stopped = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        await self.server.open("127.0.0.1", 0)
        self._ready.set()
        await self._stopped.wait()
        await self.server.close()


def _camera(no: str, name: str) -> Camera:
    return Camera(CameraNo(no), name, no, "校园", (0, 0), 5.0, 0.0, 60.0, 50.0, "", "")


def _encodings(no: str) -> tuple[Encoding, ...]:
    return (
        Encoding("MainStream", f"rtsp://127.0.0.1:8554/{no}/main", "H264", 1920, 1080, 25),
        Encoding("SubStream", f"rtsp://127.0.0.1:8554/{no}/sub", "H264", 640, 360, 25),
    )


async def _jpeg() -> bytes | None:
    return JPEG
