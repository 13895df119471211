"""Cameras in a process of their own that send a main stream encoded beforehand: their work is packets only.

Run as a module it reads one JSON line (count, username, password, is_small), prints "ready PORT" and
serves. At the line "end" it stops sending, closes every connection once its last packet is on its way and
prints "sent N". It ends with its standard input.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from types import TracebackType

import av
from av.bitstream import BitStreamFilterContext

from app.bench.cameras import demo_site
from app.bench.clips import GROUP_FRAMES, main_clip
from services.core.errors import ServiceError
from services.core.logging import configure_logging
from services.domain.site import Camera, CameraNo
from services.sim.faults import Fault
from services.sim.film import Codec, Group, Stream, split_units
from services.sim.reels import TakeKey
from services.sim.rtsp.channel import Channel, StoryClock, Watcher
from services.sim.rtsp.digest import Doorman
from services.sim.rtsp.rtp import UDP_PAYLOAD_BYTES
from services.sim.rtsp.server import RtspServer
from services.sim.rtsp.watcher import TcpWatcher
from services.video.address import StreamAddress

CLIP = Path(__file__).resolve().parents[2] / "tests" / "clips" / "pedestrians.mp4"
HOST = "127.0.0.1"
USERNAME = "bench"
STOP_LIMIT_S = 10.0
# Key pictures of all cameras at once would be a wave that no campus sends.
PHASE_STEP_S = 0.2137


class Broadcast:
    """`with Broadcast(count) as cameras:`; `end` says how many pictures were sent.

    is_small: what they send is the clip as it is, 640x360, in place of its enlargement at 4 Mbit/s.
    """

    def __init__(self, count: int, *, is_small: bool = False) -> None:
        self._count = count
        self._is_small = is_small
        self._child: subprocess.Popen[str] | None = None
        self.addresses: list[StreamAddress] = []

    def __enter__(self) -> Broadcast:
        """Raises ServiceError("bench.no_cameras") when they do not come up."""
        password = secrets.token_urlsafe(12)
        self._child = subprocess.Popen(
            [sys.executable, "-m", "app.bench.broadcast"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        order = {"count": self._count, "username": USERNAME, "password": password}
        self._say(json.dumps({**order, "is_small": self._is_small}))
        word, port = self._hear()
        if word != "ready":
            raise ServiceError("bench.no_cameras")
        for number in range(self._count):
            url = f"rtsp://{HOST}:{port}/{camera_no(number)}/main"
            self.addresses.append(StreamAddress(url, USERNAME, password))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._child is None:
            return
        try:
            self._child.communicate(timeout=STOP_LIMIT_S)  # closes its standard input, which ends it
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.communicate()

    @property
    def pid(self) -> int:
        assert self._child is not None
        return self._child.pid

    def end(self) -> int:
        """Stop sending; how many pictures were sent to everybody who ever watched."""
        self._say("end")
        word, sent = self._hear()
        if word != "sent":
            raise ServiceError("bench.no_cameras")
        return sent

    def _say(self, line: str) -> None:
        assert self._child is not None
        assert self._child.stdin is not None
        self._child.stdin.write(line + "\n")
        self._child.stdin.flush()

    def _hear(self) -> tuple[str, int]:
        assert self._child is not None
        assert self._child.stdout is not None
        words = self._child.stdout.readline().split()
        return (words[0], int(words[1])) if len(words) == 2 else ("", 0)


def camera_no(number: int) -> CameraNo:
    return CameraNo(f"B{number + 1:02}")


class Loop:
    """The clip's groups, over and over, as a camera's channel asks for them."""

    def __init__(self, groups: tuple[Group, ...]) -> None:
        self._groups = groups

    async def group(self, key: TakeKey, _useful_until_s: float) -> Group | None:
        return self._groups[key.first_frame // GROUP_FRAMES % len(self._groups)]

    def prefetch(self, key: TakeKey, useful_until_s: float) -> None:
        """All of it is in memory."""


class CountedChannel(Channel):
    """Remembers who watched, for what was sent to them."""

    _everybody: tuple[Watcher, ...] = ()

    def join(self, watcher: Watcher) -> None:
        if watcher not in self._everybody:
            self._everybody += (watcher,)
        super().join(watcher)

    @property
    def sent_frames(self) -> int:
        return sum(one.sent_frames for one in self._everybody if isinstance(one, TcpWatcher))


def clip_groups(path: Path) -> tuple[Group, ...]:
    """Groups of GROUP_FRAMES pictures, their units as cameras send them."""
    frames: list[tuple[bytes, ...]] = []
    with av.open(str(path)) as clip:
        video = clip.streams.video[0]
        units = BitStreamFilterContext("h264_mp4toannexb", video)
        for packet in clip.demux(video):
            if packet.size:
                frames += [split_units(bytes(one)) for one in units.filter(packet)]
    return tuple(Group(tuple(frames[at : at + GROUP_FRAMES])) for at in range(0, len(frames), GROUP_FRAMES))


async def _serve(count: int, username: str, password: str, *, is_small: bool) -> None:
    groups = clip_groups(CLIP if is_small else main_clip(CLIP))
    loop, like = asyncio.get_running_loop(), demo_site().cameras[0]
    channels = {
        (str(camera_no(number)), Stream.MAIN): _channel(number, like, groups, loop.time())
        for number in range(count)
    }
    server = RtspServer(dict(channels), Doorman(username, password))
    await server.open(HOST, 0)
    print("ready", server.port, flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    for channel in channels.values():
        channel.set_fault(Fault.STALL)
    server.say_goodbye()
    print("sent", sum(channel.sent_frames for channel in channels.values()), flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await server.close()


def _channel(number: int, like: Camera, groups: tuple[Group, ...], now_s: float) -> CountedChannel:
    return CountedChannel(
        replace(like, no=camera_no(number)),
        Stream.MAIN,
        Codec.H264,
        Loop(groups),
        StoryClock(time.time() - 60.0 - number * PHASE_STEP_S, now_s),
        len(groups) * GROUP_FRAMES,
        most_payload_bytes=UDP_PAYLOAD_BYTES,
    )


def main() -> int:
    """The child's whole life."""
    configure_logging(level=30)
    order = json.loads(sys.stdin.readline())
    asyncio.run(_serve(order["count"], order["username"], order["password"], is_small=order["is_small"]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
