"""The simulated cameras in a child process, so that a measurement shares the machine, not the interpreter.

Run as a module it reads one JSON line (stream, seconds, count, username, password), films what the run will
need and nobody has filmed yet, prints "ready PORT" and serves until its standard input ends.
"""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
from types import TracebackType

from services.campus.sitefile import parse_site
from services.core.errors import ServiceError
from services.core.logging import configure_logging
from services.core.paths import default_cache_dir, resource
from services.domain.site import Camera, Site
from services.sim.cameras import H265_CAMERAS, CameraFarm, FarmOptions
from services.sim.film import FPS, GROUP_FRAMES, Codec, Stream
from services.sim.reels import Reels, TakeKey, story_frames
from services.sim.story import Story
from services.sim.studio import film_ahead
from services.video.address import StreamAddress

STOP_LIMIT_S = 10.0
USERNAME = "bench"


class SimulatedCameras:
    """`with SimulatedCameras(...) as cameras:`; `addresses` are the demo site's first `count` cameras."""

    def __init__(self, stream: str, seconds: float, count: int) -> None:
        self._stream = stream
        self._count = count
        self._seconds = seconds
        self._password = secrets.token_urlsafe(12)
        self._child: subprocess.Popen[str] | None = None
        self.addresses: list[StreamAddress] = []

    def __enter__(self) -> SimulatedCameras:
        """Raises ServiceError("bench.no_cameras") when the simulator does not come up."""
        self._child = subprocess.Popen(
            [sys.executable, "-m", "app.bench.cameras"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        order = {
            "stream": self._stream,
            "seconds": self._seconds,
            "count": self._count,
            "username": USERNAME,
            "password": self._password,
        }
        self._child.stdin.write(json.dumps(order) + "\n")
        self._child.stdin.flush()
        words = self._child.stdout.readline().split()
        if len(words) != 2 or words[0] != "ready":
            self._end()
            raise ServiceError("bench.no_cameras")
        for camera in demo_site().cameras[: self._count]:
            url = f"rtsp://127.0.0.1:{words[1]}/{camera.no}/{self._stream}"
            self.addresses.append(StreamAddress(url, USERNAME, self._password))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def _end(self) -> None:
        child = self._child
        if child is None:
            return
        try:
            child.communicate(timeout=STOP_LIMIT_S)  # closes its standard input, which ends it
        except subprocess.TimeoutExpired:
            child.kill()
            child.communicate()


def demo_site() -> Site:
    text = resource("sites", "demo.toml").read_text(encoding="utf-8")
    return parse_site(text, "demo.toml")


def film_first(site: Site, story: Story, stream: Stream, *, seconds: float, count: int) -> None:
    """Film the story's first `seconds` of the first `count` cameras where the cache lacks them."""
    reels = Reels.of(default_cache_dir(), site, story)
    keys = _keys(site.cameras[:count], story, stream, seconds)
    film_ahead(site, story, reels, keys, progress=_told)


def _told(made: int, wanted: int) -> None:
    if made % 50 == 0 or made == wanted:
        print(f"bench wall: filmed {made} of {wanted} groups", file=sys.stderr)


def _keys(cameras: tuple[Camera, ...], story: Story, stream: Stream, seconds: float) -> list[TakeKey]:
    last_frame = min(story_frames(story), round(seconds * FPS) + GROUP_FRAMES)
    return [
        TakeKey(camera.no, stream, Codec.H265 if camera.no in H265_CAMERAS else Codec.H264, first_frame)
        for camera in cameras
        for first_frame in range(0, last_frame, GROUP_FRAMES)
    ]


def main() -> int:
    """The child's whole life."""
    configure_logging()
    order = json.loads(sys.stdin.readline())
    site = demo_site()
    story = Story.load(None, site)
    film_first(site, story, Stream(order["stream"]), seconds=order["seconds"], count=order["count"])
    options = FarmOptions(username=order["username"], password=order["password"])
    farm = CameraFarm(site, story, default_cache_dir(), options=options)
    farm.start()
    try:
        print("ready", farm.port, flush=True)
        sys.stdin.read()
    finally:
        farm.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
