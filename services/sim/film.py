"""Encodes one group of pictures of one stream: everything a client needs from a key frame on."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

import av
from av.video.codeccontext import VideoCodecContext

from services.core.errors import ServiceError
from services.sim.picture.scene import LensFault, Plane, Scene

FPS = 25
GROUP_S = 2.0
GROUP_FRAMES = int(FPS * GROUP_S)
MAGIC = b"SWF2"
_HEAD = struct.Struct(">4sI")  # magic, CRC-32 of the rest: u16 frames; each u16 units; each u32 size, bytes


class Codec(StrEnum):
    H264 = "h264"
    H265 = "h265"


class Stream(StrEnum):
    """The two streams of every camera."""

    MAIN = "main"
    SUB = "sub"


SIZE_PX = {Stream.MAIN: (1920, 1080), Stream.SUB: (640, 360)}
_RATE = {Stream.MAIN: ("21", 5_000_000), Stream.SUB: ("22", 800_000)}  # CRF and ceiling in bit/s


@dataclass(frozen=True, slots=True)
class Group:
    """One closed group of pictures: for each frame its NAL units, without start codes."""

    frames: tuple[tuple[bytes, ...], ...]

    def to_bytes(self) -> bytes:
        body = bytearray(struct.pack(">H", len(self.frames)))
        for frame in self.frames:
            body += struct.pack(">H", len(frame))
            for unit in frame:
                body += struct.pack(">I", len(unit)) + unit
        return _HEAD.pack(MAGIC, zlib.crc32(body)) + bytes(body)

    @classmethod
    def from_bytes(cls, data: bytes) -> Group:
        """Raises ValueError for anything that `to_bytes` did not write."""
        if len(data) < _HEAD.size + 2:
            raise ValueError("too short")
        magic, check = _HEAD.unpack_from(data)
        if magic != MAGIC or zlib.crc32(memoryview(data)[_HEAD.size :]) != check:
            raise ValueError("damaged")
        (count,) = struct.unpack_from(">H", data, _HEAD.size)
        frames, at = [], _HEAD.size + 2
        for _ in range(count):
            (units,) = struct.unpack_from(">H", data, at)
            at += 2
            frame = []
            for _ in range(units):
                (size,) = struct.unpack_from(">I", data, at)
                frame.append(data[at + 4 : at + 4 + size])
                at += 4 + size
            frames.append(tuple(frame))
        return cls(tuple(frames))


class Shot(StrEnum):
    """What is in the group: the story, nothing at all, one picture for ever, or the story as a camera
    shows it that is out of focus, covered or turned aside."""

    LIVE = "live"
    BLACK = "black"
    FROZEN = "frozen"
    BLURRED = "blurred"
    COVERED = "covered"
    MOVED = "moved"


STANDING = frozenset({Shot.BLACK, Shot.FROZEN})
_LENS = {Shot.BLURRED: LensFault.BLURRED, Shot.COVERED: LensFault.COVERED}


def film_group(scene: Scene, codec: Codec, stream: Stream, first_frame: int, shot: Shot = Shot.LIVE) -> Group:
    """Render and encode `GROUP_FRAMES` pictures from frame `first_frame` of the story on."""
    encoder = open_encoder(codec, stream)
    width, height = SIZE_PX[stream]
    frames: list[tuple[bytes, ...]] = []
    for i in range(GROUP_FRAMES):
        if i == 0 or shot not in STANDING:
            pixels = _pixels(scene, first_frame + i, shot)
        frame = av.VideoFrame.from_ndarray(pixels, format="yuv420p")
        frame.pts = i
        frames += [split_units(bytes(packet)) for packet in encoder.encode(frame)]
    frames += [split_units(bytes(packet)) for packet in encoder.encode(None)]
    if len(frames) != GROUP_FRAMES:
        raise ServiceError("sim.encoder_failed", codec=codec.value, width=width, height=height)
    return Group(tuple(frames))


def _pixels(scene: Scene, frame: int, shot: Shot) -> Plane:
    if shot is Shot.BLACK:
        return scene.black()
    return scene.picture(frame / FPS, frame, _LENS.get(shot))


def open_encoder(codec: Codec, stream: Stream) -> VideoCodecContext:
    """An encoder for one group; raises ServiceError("sim.codec_missing", codec)."""
    name = "libx264" if codec is Codec.H264 else "libx265"
    try:
        encoder = av.CodecContext.create(name, "w")
    except av.error.FFmpegError as error:
        raise ServiceError("sim.codec_missing", codec=name) from error
    assert isinstance(encoder, VideoCodecContext)
    crf, ceiling = _RATE[stream]
    encoder.width, encoder.height = SIZE_PX[stream]
    encoder.pix_fmt = "yuv420p"
    encoder.framerate = Fraction(FPS)
    encoder.time_base = Fraction(1, FPS)
    encoder.gop_size = GROUP_FRAMES
    encoder.max_b_frames = 0
    encoder.thread_count = 1
    encoder.options = {"preset": "ultrafast", "tune": "zerolatency", "crf": crf}
    if codec is Codec.H264:
        encoder.options |= {
            "maxrate": str(ceiling),
            "bufsize": str(ceiling),
            "x264-params": f"keyint={GROUP_FRAMES}:scenecut=0:repeat-headers=1:sliced-threads=0",
        }
    else:
        encoder.options |= {
            "x265-params": f"keyint={GROUP_FRAMES}:min-keyint={GROUP_FRAMES}:scenecut=0:bframes=0"
            ":repeat-headers=1:pools=none:frame-threads=1:log-level=none:info=0:open-gop=0:sao=0",
        }
    return encoder


def split_units(access_unit: bytes) -> tuple[bytes, ...]:
    """The NAL units of an Annex B access unit, without start codes and without filler."""
    return tuple(unit for unit in _units(access_unit) if unit)


def _units(data: bytes) -> Iterator[bytes]:
    at = data.find(b"\x00\x00\x01")
    while at >= 0:
        start = at + 3
        at = data.find(b"\x00\x00\x01", start)
        unit = data[start:] if at < 0 else data[start:at]
        yield unit.rstrip(b"\x00") if at >= 0 else unit
