"""Groups of pictures on disk, and the child process that makes the missing ones."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import signal
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import wait
from pathlib import Path

import cv2
import numpy as np
import structlog

from services.core.errors import ServiceError
from services.domain.site import Camera, Site
from services.sim.film import FPS, GROUP_FRAMES, SIZE_PX, Codec, Shot, Stream, film_group
from services.sim.picture.backdrop import FAR_M, Backdrop, Stage, draw_backdrop
from services.sim.picture.panorama import Panorama, draw_strip
from services.sim.picture.scene import Cast, Scene
from services.sim.story import Story

log = structlog.get_logger(__name__)

EDITION = "2"  # change it when pictures change, so that old reels are made again
CACHE_LIMIT_BYTES = 2 * 2**30  # a whole story of the demo site: about 0.1 GiB sub, 1 GiB main
NICE = 5  # at 10 a busy machine starved the first pictures for 16 s (load average 10 on two cores)
SCENES_HELD = {Stream.SUB: 32, Stream.MAIN: 6}  # a main scene takes about 25 MiB of a child
DEPTH_STEP_M = 0.01
TURNED_DEG = 47.0


@dataclass(frozen=True, slots=True)
class TakeKey:
    """One group of one stream; `first_frame` counts from the story's beginning."""

    camera: str
    stream: Stream
    codec: Codec
    first_frame: int
    shot: Shot = Shot.LIVE


@dataclass(frozen=True, slots=True)
class Reels:
    """The folder of one site and story; anything in it may vanish or be damaged at any time."""

    root: Path
    limit_bytes: int = CACHE_LIMIT_BYTES

    @classmethod
    def of(cls, cache_dir: Path, site: Site, story: Story, limit_bytes: int = CACHE_LIMIT_BYTES) -> Reels:
        # Not whole cameras: their addresses hold a port that differs at every start of the demo.
        cameras = [(c.no, c.name, c.at, c.height_m, c.heading_deg, c.fov_deg) for c in site.cameras]
        seen = (EDITION, site.areas, site.walls, site.gates, site.paths, cameras, site.zones, SIZE_PX)
        mark = hashlib.sha256((repr(seen) + story.fingerprint).encode()).hexdigest()[:16]
        return cls(cache_dir / "sim" / mark, limit_bytes)

    def path(self, key: TakeKey) -> Path:
        name = f"{key.shot.value}-{key.first_frame:05d}.{key.codec.value}"
        return self.root / key.camera / key.stream.value / name

    def read(self, key: TakeKey) -> bytes | None:
        """None when it is not there or cannot be read."""
        try:
            return self.path(key).read_bytes()
        except OSError:
            return None

    def write(self, path: Path, data: bytes) -> bool:
        """Write so that a reader sees all of it or nothing; False when the disk refuses."""
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(data)
            draft.replace(path)
        except OSError:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
            return False
        return True

    def trim(self) -> int:
        """Delete the oldest files, of other stories too, until the limit is kept; returns bytes left."""
        files = sorted(_files(self.root.parent))
        total = sum(size for _, size, _ in files)
        for _, size, path in files:
            if total <= self.limit_bytes:
                break
            with suppress(OSError):
                path.unlink()
                total -= size
        return total


def _files(root: Path) -> Iterator[tuple[float, int, Path]]:
    for folder, _, names in os.walk(root):
        for name in names:
            path = Path(folder, name)
            with suppress(OSError):
                state = path.stat()
                yield state.st_mtime, state.st_size, path


class Booth:
    """Makes groups inside a child process; keeps the scenes it used last."""

    def __init__(self, site: Site, story: Story, reels: Reels) -> None:
        self._cast = Cast(story)
        self._stage = Stage.of(site)
        self._reels = reels
        self._scenes: dict[Stream, OrderedDict[str, Scene]] = {stream: OrderedDict() for stream in Stream}
        self._is_disk_refusing = False

    def film(self, key: TakeKey) -> bytes:
        """Render and encode one group, keep it on disk and return its bytes."""
        camera = self._stage.site.camera(key.camera)
        if camera is None:
            raise ServiceError("sim.unknown_camera", camera=key.camera)
        is_turned = key.shot is Shot.MOVED
        scene = self._scene(_turned(camera) if is_turned else camera, key.stream, is_turned=is_turned)
        group = film_group(scene, key.codec, key.stream, key.first_frame, key.shot)
        data = group.to_bytes()
        self._keep(self._reels.path(key), data)
        return data

    def strip(self, camera_no: str, face: int) -> bytes:
        """A part of all that a PTZ camera can see, as `Panorama.to_bytes`; drawn once, kept on disk."""
        camera = self._stage.site.camera(camera_no)
        if camera is None:
            raise ServiceError("sim.unknown_camera", camera=camera_no)
        path = self._reels.root / camera.no / f"strip-{face}"
        with suppress(OSError, ValueError):
            data = path.read_bytes()
            Panorama.from_bytes(data)
            return data
        data = draw_strip(self._stage, camera, face).to_bytes()
        self._keep(path, data)
        return data

    def _keep(self, path: Path, data: bytes) -> None:
        is_refused = not self._reels.write(path, data)
        if is_refused and not self._is_disk_refusing:
            log.warning("sim.cache_unwritable", folder=str(self._reels.root))
        self._is_disk_refusing = is_refused

    def _scene(self, camera: Camera, stream: Stream, *, is_turned: bool) -> Scene:
        held, name = self._scenes[stream], f"{camera.no}{'-turned' if is_turned else ''}"
        if name not in held:
            held[name] = Scene(self._cast, camera, self._backdrop(camera, stream, is_turned=is_turned))
            if len(held) > SCENES_HELD[stream]:
                held.popitem(last=False)
        held.move_to_end(name)
        return held[name]

    def _backdrop(self, camera: Camera, stream: Stream, *, is_turned: bool) -> Backdrop:
        name = "backdrop-turned.png" if is_turned else "backdrop.png"
        path = self._reels.root / camera.no / stream.value / name
        found = _read_backdrop(path, stream)
        if found is None:
            found = draw_backdrop(self._stage, camera, *SIZE_PX[stream])
            self._keep(path, _backdrop_bytes(found))
        return found


def _turned(camera: Camera) -> Camera:
    """The camera as somebody left it who pushed it aside."""
    return replace(camera, heading_deg=(camera.heading_deg + TURNED_DEG) % 360.0)


def _backdrop_bytes(backdrop: Backdrop) -> bytes:
    """One PNG: the picture, and below it the depth in centimetres over two channels."""
    steps = np.round(backdrop.depth_m / DEPTH_STEP_M).clip(0, 65535).astype(np.uint16)
    depth = np.dstack([steps & 0xFF, steps >> 8, np.zeros_like(steps)]).astype(np.uint8)
    _, data = cv2.imencode(".png", np.vstack([backdrop.pixels, depth]), [cv2.IMWRITE_PNG_COMPRESSION, 1])
    return bytes(data)


def _read_backdrop(path: Path, stream: Stream) -> Backdrop | None:
    width, height = SIZE_PX[stream]
    try:
        both = cv2.imdecode(np.frombuffer(path.read_bytes(), np.uint8), cv2.IMREAD_COLOR)
    except (OSError, cv2.error):
        return None
    if both is None or both.shape != (2 * height, width, 3):
        return None
    depth = (
        both[height:, :, 0].astype(np.float32) + both[height:, :, 1].astype(np.float32) * 256
    ) * DEPTH_STEP_M
    pixels = np.ascontiguousarray(both[:height], dtype=np.uint8)
    return Backdrop(pixels, np.minimum(depth, FAR_M).astype(np.float32))


def takes(site: Site, story: Story, stream: Stream, h265: frozenset[str]) -> list[TakeKey]:
    """Every group of `stream` of all cameras, in the order of the story."""
    return [
        TakeKey(camera.no, stream, Codec.H265 if camera.no in h265 else Codec.H264, first)
        for first in range(0, story_frames(story), GROUP_FRAMES)
        for camera in site.cameras
    ]


_booth: Booth | None = None  # one per child process, made by its initializer


def open_booth(site: Site, story: Story, reels: Reels) -> None:
    """Runs once in each child: yield to everybody else, and die with the parent, not before it.

    Ctrl+C goes to the whole process group; the parent lets its children end when it is ready.
    """
    global _booth
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(OSError, AttributeError):
        os.nice(NICE)
    cv2.setNumThreads(1)
    parent = multiprocessing.parent_process()
    if parent is not None:
        sentinel = parent.sentinel
        threading.Thread(
            target=lambda: (wait([sentinel]), os._exit(0)), name="parent-watch", daemon=True
        ).start()
    _booth = Booth(site, story, reels)


def film_take(key: TakeKey) -> bytes:
    """Runs in a child: the bytes of one group."""
    if _booth is None:
        raise ServiceError("sim.encoder_failed", camera=key.camera)
    return _booth.film(key)


def draw_strip_of(camera_no: str, face: int) -> bytes:
    """Runs in a child: one face of the panorama of a camera."""
    if _booth is None:
        raise ServiceError("sim.encoder_failed", camera=camera_no)
    return _booth.strip(camera_no, face)


def story_frames(story: Story) -> int:
    """Frames of one round of the story; a whole number of groups."""
    frames = round(story.period_s * FPS)
    return max(GROUP_FRAMES, frames - frames % GROUP_FRAMES)
