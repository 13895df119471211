"""What a PTZ camera sees at the moment: its panorama, cut by where its head points, with people in it."""

from __future__ import annotations

import time
from collections.abc import Callable
from fractions import Fraction

import av
from av.video.codeccontext import VideoCodecContext
from av.video.frame import PictureType

from services.core.errors import ServiceError
from services.domain.site import Camera
from services.sim.film import FPS, Shot, split_units
from services.sim.onvif.head import Look, PtzHead
from services.sim.picture.panorama import Panorama, cut_out, view_of
from services.sim.picture.scene import Cast, Plane, Scene
from services.sim.studio import Studio

CRF = "23"
CEILING_BPS = {1280: 4_000_000, 640: 1_000_000}


class Eye:
    """Shared by the streams of one camera. `scene` belongs to one drawing thread, the rest to the loop."""

    def __init__(
        self, camera: Camera, head: PtzHead, cast: Cast, now_s: Callable[[], float] = time.monotonic
    ) -> None:
        self.camera = camera
        self._head = head
        self._cast = cast
        self._now_s = now_s
        self._panorama: Panorama | None = None
        self._scenes: dict[tuple[int, int], tuple[Look, Scene]] = {}

    def look(self) -> Look:
        return self._head.look(self._now_s())

    async def panorama(self, studio: Studio) -> Panorama | None:
        """Drawn by a child the first time, or read from disk; None when that failed."""
        if self._panorama is None:
            self._panorama = await studio.panorama(self.camera.no)
        return self._panorama

    def scene(self, look: Look, width_px: int, height_px: int) -> Scene:
        """To draw from; made anew only when the head has moved."""
        held = self._scenes.get((width_px, height_px))
        if held is not None and held[0] == look:
            return held[1]
        assert self._panorama is not None
        lens = view_of(self.camera, look, width_px, height_px)
        scene = Scene(self._cast, self.camera, cut_out(self._panorama, lens), lens)
        self._scenes[width_px, height_px] = (look, scene)
        return scene


class LiveEncoder:
    """One run of one stream; belongs to the drawing thread."""

    def __init__(self, width_px: int, height_px: int) -> None:
        self._size_px = (width_px, height_px)
        self._encoder: VideoCodecContext | None = None
        self._frozen: Plane | None = None
        self._count = 0

    def film(self, eye: Eye, look: Look, story_frame: int, is_key: bool, shot: Shot) -> tuple[bytes, ...]:
        """The NAL units of the next picture. Raises ServiceError("sim.codec_missing", codec)."""
        if self._encoder is None:
            self._encoder = _open_encoder(*self._size_px)
        frame = av.VideoFrame.from_ndarray(self._picture(eye, look, story_frame, shot), format="yuv420p")
        frame.pts = self._count
        frame.pict_type = PictureType.I if is_key else PictureType.NONE
        self._count += 1
        return tuple(unit for packet in self._encoder.encode(frame) for unit in split_units(bytes(packet)))

    def _picture(self, eye: Eye, look: Look, story_frame: int, shot: Shot) -> Plane:
        if shot is Shot.FROZEN and self._frozen is not None:
            return self._frozen
        scene = eye.scene(look, *self._size_px)
        pixels = scene.black() if shot is Shot.BLACK else scene.picture(story_frame / FPS, story_frame)
        self._frozen = pixels
        return pixels


def _open_encoder(width_px: int, height_px: int) -> VideoCodecContext:
    try:
        encoder = av.CodecContext.create("libx264", "w")
    except av.error.FFmpegError as error:
        raise ServiceError("sim.codec_missing", codec="libx264") from error
    assert isinstance(encoder, VideoCodecContext)
    encoder.width, encoder.height = width_px, height_px
    encoder.pix_fmt = "yuv420p"
    encoder.framerate = Fraction(FPS, 2)
    encoder.time_base = Fraction(2, FPS)
    encoder.max_b_frames = 0
    encoder.thread_count = 1
    ceiling = str(CEILING_BPS[width_px])
    encoder.options = {
        "preset": "ultrafast",
        "tune": "zerolatency",
        "crf": CRF,
        "maxrate": ceiling,
        "bufsize": ceiling,
        "forced-idr": "1",
        "x264-params": "keyint=infinite:scenecut=0:repeat-headers=1:sliced-threads=0",
    }
    return encoder
