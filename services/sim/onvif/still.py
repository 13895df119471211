"""A JPEG of what a simulated camera shows at the moment."""

from __future__ import annotations

import av
import cv2
import numpy as np
from av.video.codeccontext import VideoCodecContext
from numpy.typing import NDArray

from services.sim.film import Codec, Group

QUALITY = 85
_START = b"\x00\x00\x00\x01"


def jpeg_of_group(group: Group, codec: Codec) -> bytes | None:
    """The key frame of an encoded group; None when it cannot be decoded."""
    decoder = av.CodecContext.create("h264" if codec is Codec.H264 else "hevc", "r")
    assert isinstance(decoder, VideoCodecContext)
    data = b"".join(_START + unit for unit in group.frames[0])
    try:
        for packet in (av.Packet(data), None):
            for frame in decoder.decode(packet):
                return jpeg(np.asarray(frame.to_ndarray(format="bgr24"), np.uint8))
    except av.error.FFmpegError:
        return None
    return None


def jpegs_of_group(group: Group, codec: Codec, step: int = 5) -> list[bytes]:
    """Every `step`th picture of an encoded group, as far as it can be decoded."""
    decoder = av.CodecContext.create("h264" if codec is Codec.H264 else "hevc", "r")
    assert isinstance(decoder, VideoCodecContext)
    packets = [av.Packet(b"".join(_START + unit for unit in frame)) for frame in group.frames]
    frames = []
    try:
        for packet in (*packets, None):
            frames += decoder.decode(packet)
    except av.error.FFmpegError:
        return []
    return [jpeg(np.asarray(frame.to_ndarray(format="bgr24"), np.uint8)) for frame in frames[::step]]


def jpeg(pixels: NDArray[np.uint8]) -> bytes:
    """pixels: (h, w, 3) BGR."""
    _, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    return data.tobytes()
