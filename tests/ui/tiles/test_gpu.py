"""The graphics card paints what QPainter paints, is used only where it is one, and may fail at any time.

OpenGL in software, on a display of its own, stands in for a card here; the product never works with it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace

from services.core.errors import ServiceError
from services.domain.video import PictureFormat
from services.video.decoder import Decoder
from services.video.sources.replay import load_clip
from ui.tiles.gpu.choice import PainterChoice, choose_painter
from ui.tiles.gpu.renderer import Renderer, may_have_card

ROOT = Path(__file__).parents[3]
CLIP = ROOT / "tests" / "clips" / "pedestrians.mp4"
LIMIT_S = 120.0
MOST_MEAN_OFF = 2.0
MOST_FLAT_OFF = 4
# The tiles of `gl_process` are that large: pictures are drawn as they are, and enlarged by a zoom.
ASKED = (448, 251)
Tell = Callable[..., dict[str, Any]]


@pytest.fixture
def display() -> Iterator[str]:
    """An X server with OpenGL in software."""
    read_end, write_end = os.pipe()
    command = ["Xvfb", "-displayfd", str(write_end), "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[write_end], stderr=subprocess.DEVNULL) as server:
        os.close(write_end)
        try:
            with os.fdopen(read_end) as pipe:
                yield f":{pipe.readline().strip()}"
        finally:
            server.terminate()


@pytest.fixture
def gl_environment(display: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "WAYLAND_DISPLAY"}
    return {**kept, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "LIBGL_ALWAYS_SOFTWARE": "1"}


@pytest.fixture
def tell(gl_environment: dict[str, str], tmp_path: Path) -> Tell:
    """Runs one story of `gl_process`; what it left."""

    def told(story: str, **given: Any) -> dict[str, Any]:
        np.savez(tmp_path / "in.npz", **given)
        command = [sys.executable, "-m", "tests.ui.tiles.gl_process", story, str(tmp_path)]
        ended = subprocess.run(
            command,
            cwd=ROOT,
            env=gl_environment,
            capture_output=True,
            text=True,
            timeout=LIMIT_S,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr
        assert "Traceback" not in ended.stderr, ended.stderr
        assert "without a current context" not in ended.stderr, ended.stderr
        left = tmp_path / "out.json"
        return json.loads(left.read_text()) if left.exists() else dict(np.load(tmp_path / "out.npz"))

    return told


def real_frame() -> VideoFrame:
    clip = load_clip(str(CLIP))
    decoder = Decoder(clip.codec)
    frames = [frame for packet in clip.packets[:20] if (frame := decoder.decode(packet)) is not None]
    return frames[-1]


def flat_frame() -> VideoFrame:
    """Four fields of one colour each, none of them grey."""
    frame = VideoFrame(640, 360, "yuv420p")
    for plane, values in zip(
        frame.planes, ((60, 120, 180, 230), (90, 190, 128, 110), (190, 60, 200, 128)), strict=True
    ):
        field = np.array(values, np.uint8).reshape(2, 2)
        rows = field.repeat(plane.height // 2, axis=0).repeat(plane.width // 2, axis=1)
        padded = np.zeros((plane.height, plane.line_size), np.uint8)
        padded[:, : plane.width] = rows
        plane.update(padded.tobytes())
    return frame


def pictures_in(seen: dict[str, Any], name: str) -> list[npt.NDArray[np.uint8]]:
    return [seen[name][y : y + height, x : x + width] for x, y, width, height in seen["rects"]]


def both_forms(frame: VideoFrame) -> dict[str, Any]:
    """As the two painters get it from the decode process."""
    decoder = Decoder(load_clip(str(CLIP)).codec)
    bgra, planes = decoder.picture(frame, ASKED), decoder.planes(frame, ASKED)
    assert bgra is not None
    assert planes is not None
    return {
        "bgra": np.ascontiguousarray(bgra),
        "planes": planes.pixels,
        "size": (planes.width_px, planes.height_px),
        "format": int(planes.format),
    }


@pytest.mark.parametrize(
    ("colours", "levels", "kind"),
    [
        (Colorspace.ITU601, ColorRange.MPEG, PictureFormat.I420_601),
        (Colorspace.ITU709, ColorRange.MPEG, PictureFormat.I420_709),
        (Colorspace.ITU709, ColorRange.JPEG, PictureFormat.I420_709_FULL),
    ],
)
@pytest.mark.parametrize("source", [real_frame, flat_frame])
def test_both_painters_paint_the_same_picture(
    tell: Tell, source: Callable[[], VideoFrame], colours: Colorspace, levels: ColorRange, kind: PictureFormat
) -> None:
    frame = source()
    frame.colorspace, frame.color_range = colours, levels
    given = both_forms(frame)
    assert given["format"] == kind

    seen = tell("pictures", **given)

    for name in ("gpu", "raster_of_planes"):
        for one, other in zip(pictures_in(seen, "raster"), pictures_in(seen, name), strict=True):
            off = np.abs(one.astype(int) - other)
            assert off.mean() <= MOST_MEAN_OFF, name
            flat = is_flat(one)
            assert off[flat].max(initial=0) <= MOST_FLAT_OFF, name
            assert flat.mean() > 0.5 or source is real_frame


def is_flat(seen: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
    """Where nothing else is near: two samplings of half the colours mix seams differently."""
    near = np.ones((17, 17), np.uint8)
    return ((cv2.dilate(seen, near) - cv2.erode(seen, near)) <= 1).all(axis=2)


def test_all_that_lies_over_pictures_is_the_same_and_does_not_add_up(tell: Tell) -> None:
    seen = tell("states")

    off = np.abs(seen["gpu"].astype(int) - seen["raster"])
    assert off.mean() <= 1.0
    # Letters and lines have other edges; whatever is missing or painted twice is many more pixels.
    assert (off.max(axis=2) > 40).mean() < 0.01


def test_a_window_that_is_made_anew_has_its_pictures_again(tell: Tell) -> None:
    seen = tell("moves")

    assert seen["before"].std() > 10
    assert (seen["before"] == seen["after"]).all()


def test_a_card_that_fails_is_given_up_and_the_wall_goes_on(tell: Tell) -> None:
    answer = tell("loss")

    assert answer["told"] == 1
    assert not answer["is_gpu"]
    assert not answer["has_canvas"]
    assert answer["middle"] == pytest.approx([130, 130, 130], abs=2)


def test_software_behind_opengl_is_found_out_by_its_name(gl_environment: dict[str, str]) -> None:
    code = (
        "from ui.tiles.gpu.probe import find_renderer\n"
        "if __name__ == '__main__': f = find_renderer(); print(f.name, f.works, f.is_hardware, sep='|')"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=gl_environment,
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
    )

    name, works, is_hardware = ended.stdout.strip().split("|")
    assert "llvmpipe" in name or "softpipe" in name
    assert (works, is_hardware) == ("True", "False")


@pytest.mark.parametrize(
    "name",
    [
        "llvmpipe (LLVM 15.0.6, 256 bits)",
        "softpipe",
        "Software Rasterizer",
        "swrast",
        "ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero)), SwiftShader driver)",
        "ANGLE (Microsoft, Microsoft Basic Render Driver Direct3D11 vs_5_0 ps_5_0)",
        "GDI Generic",
        "",
    ],
)
def test_software_is_never_chosen_and_refused_where_it_was_asked_for(name: str) -> None:
    assert choose_painter("auto", lambda: Renderer(name, True), lambda: True) == PainterChoice(renderer=name)

    asked = choose_painter("gpu", lambda: Renderer(name, True), lambda: True)

    assert not asked.is_gpu
    assert isinstance(asked.trouble, ServiceError)
    assert asked.trouble.code == "painter.no_gpu"


@pytest.mark.parametrize(
    "name", ["NVIDIA GeForce RTX 3060/PCIe/SSE2", "Mesa Intel(R) UHD Graphics 630 (CFL GT2)"]
)
def test_a_card_is_chosen_unless_the_site_says_no_or_it_paints_wrong(name: str) -> None:
    def chosen(mode: str, *, works: bool = True) -> bool:
        return choose_painter(mode, lambda: Renderer(name, works), lambda: True).is_gpu

    assert chosen("auto")
    assert chosen("gpu")
    assert not chosen("raster")
    assert not chosen("auto", works=False)
    assert choose_painter("gpu", lambda: None).trouble is not None


def test_a_machine_without_a_sign_of_a_card_is_not_asked() -> None:
    def never() -> Renderer:
        raise AssertionError

    assert choose_painter("auto", never, lambda: False) == PainterChoice()
    assert may_have_card("win32")
