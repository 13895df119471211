"""A PTZ camera's picture shows what geometry says, wherever its head points."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from services.sim.onvif.head import Look
from services.sim.picture.backdrop import Stage, draw_backdrop
from services.sim.picture.panorama import FACES, PAN_DEG, ZOOM, Panorama, cut_out, draw_strip, view_of
from services.sim.picture.scene import Cast, Scene
from tests.services.sim.camera_kit import small_site, small_story, standing

HOME = Look(0.0, 0.0, 0.0)
RED = (230, 20, 20)
CAMERA = small_site().cameras[0]  # C01 at (30, 5), looking north, 70° wide


@cache
def panorama() -> Panorama:
    stage = Stage.of(small_site())
    return Panorama.joined([draw_strip(stage, CAMERA, face) for face in range(FACES)])


def red_column(look: Look, at: tuple[float, float]) -> float | None:
    """The middle column of a red person at `at`, in a picture 640 wide; None when not in it."""
    lens = view_of(CAMERA, look, 640, 360)
    cast = Cast(small_story(standing("a", at, RED)))
    yuv = Scene(cast, CAMERA, cut_out(panorama(), lens), lens).picture(1.0, 0)
    image = np.asarray(cv2.cvtColor(yuv, cv2.COLOR_YUV2BGR_I420), int)
    red = (image[..., 2] > 130) & (image[..., 1] < 90) & (image[..., 0] < 90)
    columns = np.nonzero(red)[1]
    return float(np.median(columns)) if columns.size else None


def test_at_home_it_sees_what_the_fixed_camera_saw() -> None:
    fixed = _grey(draw_backdrop(Stage.of(small_site()), CAMERA, 640, 360).pixels)
    cut = _grey(cut_out(panorama(), view_of(CAMERA, HOME, 640, 360)).pixels)
    turned = _grey(cut_out(panorama(), view_of(CAMERA, Look(0.1, 0, 0), 640, 360)).pixels)
    assert np.corrcoef(fixed.ravel(), cut.ravel())[0, 1] > 0.9
    assert np.corrcoef(fixed.ravel(), turned.ravel())[0, 1] < 0.7


def test_a_person_dead_ahead_leaves_to_the_left_when_it_turns_right() -> None:
    """17° right: tan 17° of the focal length, 640 / 2 / tan 35° = 457, so 140 columns to the left."""
    ahead = red_column(HOME, (30.0, 20.0))
    turned = red_column(Look(17 / PAN_DEG, 0.0, 0.0), (30.0, 20.0))
    assert ahead == pytest.approx(320, abs=6)
    assert turned == pytest.approx(320 - 140, abs=6)


def test_turned_round_it_sees_who_stands_behind() -> None:
    site_camera = replace(CAMERA, at=(30.0, 60.0))
    lens = view_of(site_camera, Look(1.0, 0.0, 0.0), 640, 360)
    assert lens.camera.heading_deg == pytest.approx(170.0)
    assert view_of(site_camera, Look(-1.0, 0.0, 0.0), 640, 360).camera.heading_deg == pytest.approx(190.0)


def test_zooming_keeps_the_middle_of_the_picture_and_enlarges_it() -> None:
    wide, near = view_of(CAMERA, HOME, 640, 360), view_of(CAMERA, Look(0, 0, 1.0), 640, 360)
    assert near.focal_px == pytest.approx(ZOOM * wide.focal_px)
    middle = (wide.height_px / 2 - wide.horizon_px) / wide.focal_px
    assert (near.height_px / 2 - near.horizon_px) / near.focal_px == pytest.approx(middle)


def test_tilting_up_lowers_the_horizon() -> None:
    up, down = (view_of(CAMERA, Look(0, tilt, 0), 640, 360).horizon_px for tilt in (0.5, -0.5))
    assert up > view_of(CAMERA, HOME, 640, 360).horizon_px > down


def test_a_panorama_survives_the_way_through_its_bytes() -> None:
    again = Panorama.from_bytes(panorama().to_bytes())
    assert np.array_equal(again.steps, panorama().steps)
    assert float(np.abs(again.pixels.astype(int) - panorama().pixels).mean()) < 4.0


@pytest.mark.parametrize("data", [b"", b"SWP1", b"SWP1\xff\xff\xff\xff", b"x" * 100])
def test_other_bytes_are_no_panorama(data: bytes) -> None:
    with pytest.raises(ValueError, match="damaged"):
        Panorama.from_bytes(data)


def _grey(pixels: NDArray[np.uint8]) -> NDArray[np.float64]:
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), float)
