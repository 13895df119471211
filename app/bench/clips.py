"""A main stream for `replay`: the shipped clip enlarged and encoded as cameras do, made once and kept."""

from __future__ import annotations

import hashlib
import os
import sys
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.video.frame import VideoFrame

from services.core.paths import default_cache_dir

SIZE_PX = (1920, 1080)
FPS = 25
BITS_PER_S = 4_000_000
# A key frame every two seconds and no pictures between that others do not need: what cameras send.
GROUP_FRAMES = 50
FRAMES = 200
_RECIPE = f"1 {SIZE_PX} {FPS} {BITS_PER_S} {GROUP_FRAMES} {FRAMES}"


def main_clip(clip: Path) -> Path:
    """The path of `clip` as a main stream; takes some 20 s the first time."""
    name = hashlib.sha256(clip.read_bytes() + _RECIPE.encode()).hexdigest()[:16]
    made = default_cache_dir() / "bench" / f"main-{name}.mp4"
    if not made.exists():
        print("bench wall: encoding a main stream, once", file=sys.stderr, flush=True)
        made.parent.mkdir(parents=True, exist_ok=True)
        unfinished = made.with_suffix(f".{os.getpid()}.mp4")
        _encode(clip, unfinished)
        unfinished.replace(made)
    return made


def _encode(clip: Path, target: Path) -> None:
    # Enlarged pictures are too smooth to cost what a camera's do: its sensor's noise is added.
    noise = np.random.default_rng(1).integers(0, 12, (8, SIZE_PX[1], SIZE_PX[0]), np.uint8)
    with av.open(str(clip)) as source, av.open(str(target), "w") as film:
        video = film.add_stream("libx264", rate=FPS)
        video.width, video.height = SIZE_PX
        video.pix_fmt = "yuv420p"
        video.bit_rate = BITS_PER_S
        rate = f"vbv-maxrate={BITS_PER_S // 1000}:vbv-bufsize={BITS_PER_S // 1000}"
        keys = f"keyint={GROUP_FRAMES}:min-keyint={GROUP_FRAMES}:scenecut=0:bframes=0"
        video.options = {"preset": "veryfast", "x264-params": f"{keys}:{rate}"}
        for index, frame in enumerate(source.decode(video=0)):
            if index == FRAMES:
                break
            film.mux(video.encode(_noisy(frame, noise[index % len(noise)], index)))
        film.mux(video.encode(None))


def _noisy(
    frame: VideoFrame, noise: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], index: int
) -> VideoFrame:
    planes = frame.reformat(*SIZE_PX, "yuv420p", interpolation="BICUBIC").to_ndarray()
    luma = planes[: SIZE_PX[1]]
    np.add(luma, noise, out=luma, where=luma < 240, casting="unsafe")
    noisy = VideoFrame.from_ndarray(planes, "yuv420p")
    noisy.pts, noisy.time_base = index, Fraction(1, FPS)
    return noisy
