"""What is drawn stands where geometry says."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from services.domain.site import CameraNo
from services.sim.actors import Actor, Look, Mark
from services.sim.picture.backdrop import FAR_M, Stage, draw_backdrop
from services.sim.picture.lens import Lens
from services.sim.picture.scene import Cast, Scene
from tests.services.sim.camera_kit import camera, small_site, small_story, standing

RED = (230, 20, 20)
WIDTH, HEIGHT = 640, 360


def picture(camera_no: str, *actors: Actor, position_s: float = 1.0) -> NDArray[np.int_]:
    """(360, 640, 3) BGR as a camera of the small campus shows it."""
    site = small_site()
    seen_by = site.camera(camera_no)
    assert seen_by is not None
    backdrop = draw_backdrop(Stage.of(site), seen_by, WIDTH, HEIGHT)
    yuv = Scene(Cast(small_story(*actors)), seen_by, backdrop).picture(position_s, 0)
    return np.asarray(cv2.cvtColor(yuv, cv2.COLOR_YUV2BGR_I420), int)


def red_columns(image: NDArray[np.int_]) -> NDArray[np.int_]:
    red = (image[..., 2] > 130) & (image[..., 1] < 90) & (image[..., 0] < 90)
    return np.nonzero(red)[1]


def test_a_point_ahead_falls_on_the_middle_column() -> None:
    lens = Lens(camera("C01", (30, 5), 0.0), WIDTH, HEIGHT)
    assert lens.project((30.0, 45.0)) == pytest.approx((320.0, 79.2 + 5.0 * lens.focal_px / 40.0))


def test_the_edge_of_the_view_falls_on_the_edge_of_the_picture() -> None:
    """At 35° to the right of a camera with a field of view of 70°: column 640."""
    lens = Lens(camera("C01", (30, 5), 0.0), WIDTH, HEIGHT)
    found = lens.project((30.0 + 20.0 * np.tan(np.radians(35.0)), 25.0))
    assert found is not None
    assert found[0] == pytest.approx(640.0)


def test_what_is_behind_the_camera_is_not_projected() -> None:
    assert Lens(camera("C01", (30, 5), 0.0), WIDTH, HEIGHT).project((30.0, 0.0)) is None


def test_plan_and_camera_space_are_inverse() -> None:
    lens = Lens(camera("C01", (30, 5), 123.0), WIDTH, HEIGHT)
    right, depth = lens.to_camera((41.0, 17.0))
    x, y = lens.to_plan(np.float32(right), np.float32(depth))
    assert (float(x), float(y)) == pytest.approx((41.0, 17.0), abs=1e-3)


@pytest.mark.parametrize(("at", "column"), [((30.0, 25.0), 320), ((25.0, 30.0), 229), ((36.0, 25.0), 457)])
def test_a_red_coat_is_at_its_column(at: tuple[float, float], column: int) -> None:
    """Columns by hand: 320 + right / depth · 457 (focal length 320 / tan 35°)."""
    columns = red_columns(picture("C01", standing("red", at, RED)))
    assert len(columns) > 20
    assert abs(np.median(columns) - column) < 5


def test_somebody_behind_a_building_is_not_seen() -> None:
    assert len(red_columns(picture("C02", standing("red", (60.0, 60.0), RED)))) == 0
    assert len(red_columns(picture("C02", standing("red", (60.0, 30.0), RED)))) > 20


def test_somebody_behind_the_camera_is_not_seen() -> None:
    assert len(red_columns(picture("C01", standing("red", (30.0, 1.0), RED)))) == 0


def test_the_nearer_actor_covers_the_farther() -> None:
    red, green = standing("red", (30.0, 30.0), RED), standing("green", (30.0, 29.0), (20, 200, 20))
    alone, both = picture("C01", red), picture("C01", green, red)
    assert len(red_columns(both)) < 0.5 * len(red_columns(alone))


def test_the_picture_is_restored_after_an_actor_has_gone() -> None:
    site = small_site()
    seen_by = site.cameras[0]
    walker = Actor("w", Look.PERSON, (Mark(0.0, (30.0, 20.0)), Mark(10.0, (34.0, 20.0))), RED)
    scene = Scene(Cast(small_story(walker)), seen_by, draw_backdrop(Stage.of(site), seen_by, WIDTH, HEIGHT))
    empty = scene.picture(50.0, 0)
    assert np.any(scene.picture(5.0, 0)[60:] != empty[60:])
    again = scene.picture(50.0, 0)
    assert np.array_equal(again, empty)


def test_the_burnt_in_time_changes_once_a_second() -> None:
    site = small_site()
    scene = Scene(
        Cast(small_story()), site.cameras[0], draw_backdrop(Stage.of(site), site.cameras[0], WIDTH, HEIGHT)
    )
    corner = (slice(0, 40), slice(0, 320))
    at_start, same, later = (scene.picture(t, 0)[corner] for t in (5.0, 5.9, 6.0))
    assert np.array_equal(at_start, same)
    assert not np.array_equal(same, later)


def test_depth_is_known_for_buildings_and_infinite_for_ground() -> None:
    site = small_site()
    seen_by = site.camera("C02")
    assert seen_by is not None
    depth = draw_backdrop(Stage.of(site), seen_by, WIDTH, HEIGHT).depth_m
    assert depth[100, 320] == pytest.approx(30.0, abs=0.1)  # the wall of B1 at y = 40, camera at y = 10
    assert depth[350, 320] == FAR_M


@pytest.mark.parametrize("look", [Look.CAR, Look.SMOKE, Look.GUARD])
@pytest.mark.parametrize("at", [(30.0, 6.3), (30.0, 25.0), (20.0, 9.0), (99.0, 99.0)])
def test_every_look_can_be_drawn_anywhere(look: Look, at: tuple[float, float]) -> None:
    assert picture("C01", standing("x", at, RED, look)).shape == (HEIGHT, WIDTH, 3)


def test_a_camera_inside_a_building_still_gives_a_picture() -> None:
    site = small_site()
    inside = camera(CameraNo("C09"), (60.0, 45.0), 10.0)
    assert draw_backdrop(Stage.of(site), inside, WIDTH, HEIGHT).pixels.shape == (HEIGHT, WIDTH, 3)
