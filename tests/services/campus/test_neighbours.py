"""Neighbours by hand arithmetic on a small plan: sectors of 90°, 20 m deep."""

from __future__ import annotations

from dataclasses import replace

from services.campus.neighbours import BESIDE_M, neighbours
from services.domain.site import Camera, CameraNo, Point, Site


def camera(no: str, at: Point, heading_deg: float) -> Camera:
    return Camera(CameraNo(no), no, no, "", at, 6, heading_deg, 90, 20, f"rtsp://h/{no}", f"rtsp://h/{no}")


def plan(*cameras: Camera) -> Site:
    return Site("s", "s", "s", 400, 400, cameras=cameras)


# Looks north from (100, 100): its ground reaches to (100, 120).
HERE = camera("C1", (100, 100), 0)


def test_who_sees_more_of_the_same_ground_comes_first() -> None:
    """C2 looks back at it from 20 m north: a square of 200 m². Of C3, 36 m north, only the rims meet."""
    opposite, further = camera("C2", (100, 120), 180), camera("C3", (100, 136), 180)
    assert neighbours(plan(HERE, further, opposite), ["C1"]) == ("C2", "C3")


def test_ground_beside_comes_after_ground_in_common_and_far_ground_not_at_all() -> None:
    """C4's sector begins 30 m north of C1's end; C5's begins more than BESIDE_M beyond it."""
    common = camera("C2", (100, 120), 180)
    beside = camera("C4", (100, 150), 0)
    far = camera("C5", (100, 121 + BESIDE_M), 0)
    assert neighbours(plan(HERE, far, beside, common), ["C1"]) == ("C2", "C4")


def test_of_several_cameras_the_ground_of_all_counts_and_none_is_its_own_neighbour() -> None:
    other, near_other = camera("C6", (300, 300), 0), camera("C7", (300, 320), 180)
    assert neighbours(plan(HERE, other, near_other), ["C1", "C6"]) == ("C7",)


def test_a_camera_that_nobody_placed_neither_has_nor_is_a_neighbour() -> None:
    unplaced = replace(camera("C2", (100, 120), 180), is_placed=False)
    assert neighbours(plan(HERE, unplaced), ["C1"]) == ()
    assert neighbours(plan(HERE, unplaced), ["C2"]) == ()
