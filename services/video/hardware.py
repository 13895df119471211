"""Decoding by the graphics card where the machine has one that works; software everywhere else."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import structlog
from av.codec.context import CodecContext
from av.codec.hwaccel import HWAccel, hwdevices_available

from services.core.children import answer_of_child
from services.core.errors import ServiceError

# Others, like MJPEG, are decoded in software everywhere.
CODECS = frozenset({"h264", "hevc"})
PROBE_LIMIT_S = 15.0
# A driver that failed so many streams is not given another one.
MOST_FAILURES = 3
# What shows without a driver's help that there may be such hardware; Windows has no such file.
_SIGNS = {"cuda": ("/dev/nvidiactl",), "vaapi": ("/dev/dri/renderD128", "/dev/dri/renderD129")}
_BY_SYSTEM = {"win32": ("d3d11va", "cuda"), "darwin": ("videotoolbox",)}
_OTHERWISE = ("vaapi", "cuda")
_SIZE_PX = (640, 360)

log = structlog.get_logger(__name__)


class Acceleration:
    """What the decoders of one process use. device: as FFmpeg names it, "" = software."""

    def __init__(self, device: str = "") -> None:
        self.device = device
        self._failures = 0

    def use(self, device: str) -> None:
        self.device, self._failures = device, 0

    def note_failure(self) -> None:
        """A decoder has gone on in software; after the third no other one tries. Logged once."""
        self._failures += 1
        if self._failures == 1:
            log.warning("video.hardware_failed", device=self.device)
        if self._failures >= MOST_FAILURES:
            self.device = ""


def candidates(system: str = sys.platform) -> list[str]:
    """Kinds of device that this FFmpeg knows and this machine shows a sign of, the best first."""
    known = set(hwdevices_available())
    kinds = [kind for kind in _BY_SYSTEM.get(system, _OTHERWISE) if kind in known]
    return [kind for kind in kinds if system in _BY_SYSTEM or any(Path(p).exists() for p in _SIGNS[kind])]


def find_hardware(
    mode: str, kinds: Sequence[str] | None = None, probe: Callable[[str], bool] | None = None
) -> str:
    """The device to decode with, "" for software; blocks for seconds, call it from a job.

    mode: auto, on or off. Raises ServiceError("video.no_hardware") for `on` where nothing works.
    """
    if mode == "off":
        return ""
    works = probe or works_here
    found = next((kind for kind in (candidates() if kinds is None else kinds) if works(kind)), "")
    if not found and mode == "on":
        raise ServiceError("video.no_hardware")
    log.info("video.hardware", device=found or "none")
    return found


def works_here(device: str) -> bool:
    """Decode a picture with it in a process of its own: a broken driver takes only that one down."""
    return bool(answer_of_child(decodes, device, name=f"probe-{device}", limit_s=PROBE_LIMIT_S))


def opened(codec: str, device: str) -> CodecContext:
    """A decoder's context on `device`, "" = in software; raises what the library raises."""
    accelerated = HWAccel(device, allow_software_fallback=False) if device else None
    return CodecContext.create(codec, "r", accelerated)


def decodes(device: str) -> bool:
    """Whether a small H.264 picture comes out of the device itself, not out of software in its place."""
    encoder = av.CodecContext.create("libx264", "w")
    assert isinstance(encoder, av.VideoCodecContext)
    encoder.width, encoder.height = _SIZE_PX
    encoder.pix_fmt, encoder.time_base = "yuv420p", Fraction(1, 25)
    grey = np.full((_SIZE_PX[1], _SIZE_PX[0], 3), 128, np.uint8)
    packets = [*encoder.encode(av.VideoFrame.from_ndarray(grey, "bgr24")), *encoder.encode(None)]
    context = opened("h264", device)
    assert isinstance(context, av.VideoCodecContext)
    frames = [frame for packet in [*packets, None] for frame in context.decode(packet)]
    # For a device this FFmpeg was not built with, PyAV decodes in software without a word.
    return context.is_hwaccel and len(frames) == 1 and frames[0].width == _SIZE_PX[0]
