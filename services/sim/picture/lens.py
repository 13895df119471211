"""Where a point of the campus falls in a camera's picture, and back.

The lens is shifted, not tilted: verticals stay vertical and the horizon lies above the middle.
Camera space is (right_m, depth_m) on the ground; depth grows along the camera's heading.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from services.domain.site import Camera, Point

HORIZON = 0.22  # of the picture's height, from its top
NEAR_M = 0.5
MARGIN_PX = 60.0  # polygons are cut this far outside the picture

Floats = NDArray[np.float32]


class Lens:
    """The projection of one camera for pictures of `width_px` × `height_px`.

    horizon_px: from the top; None = where fixed cameras have it.
    """

    __slots__ = ("_cos", "_sin", "camera", "focal_px", "height_px", "horizon_px", "slope", "width_px")

    def __init__(
        self, camera: Camera, width_px: int, height_px: int, horizon_px: float | None = None
    ) -> None:
        self.camera = camera
        self.width_px = width_px
        self.height_px = height_px
        self.slope = math.tan(
            math.radians(min(camera.fov_deg, 150.0)) / 2
        )  # half the width per metre of depth
        self.focal_px = width_px / 2 / self.slope
        self.horizon_px = height_px * HORIZON if horizon_px is None else horizon_px
        self._cos = math.cos(math.radians(camera.heading_deg))
        self._sin = math.sin(math.radians(camera.heading_deg))

    def to_camera(self, point: Point) -> tuple[float, float]:
        """(right_m, depth_m) of a point of the plan."""
        east, north = point[0] - self.camera.at[0], point[1] - self.camera.at[1]
        return east * self._cos - north * self._sin, east * self._sin + north * self._cos

    def to_plan(self, right_m: Floats, depth_m: Floats) -> tuple[Floats, Floats]:
        """(x, y) on the plan of points in camera space; arrays of any one shape."""
        x = self.camera.at[0] + right_m * self._cos + depth_m * self._sin
        y = self.camera.at[1] - right_m * self._sin + depth_m * self._cos
        return x.astype(np.float32), y.astype(np.float32)

    def project(self, point: Point, above_m: float = 0.0) -> tuple[float, float] | None:
        """Pixel (x, y) of a point `above_m` over the ground; None when it is behind the camera."""
        right, depth = self.to_camera(point)
        if depth < NEAR_M:
            return None
        return self.pixel(right, depth, above_m)

    def pixel(self, right_m: float, depth_m: float, above_m: float) -> tuple[float, float]:
        """Pixel (x, y) of a point in camera space."""
        scale = self.focal_px / depth_m
        return (
            self.width_px / 2 + right_m * scale,
            self.horizon_px + (self.camera.height_m - above_m) * scale,
        )

    def polygon(self, outline: list[Point] | tuple[Point, ...], above_m: float = 0.0) -> Floats | None:
        """The outline of a flat area in the picture, cut at its borders; (n, 2) px or None."""
        corners = [self.to_camera(point) for point in outline]
        slope = (self.width_px / 2 + MARGIN_PX) / self.focal_px
        for plane in ((0.0, 1.0, -NEAR_M), (1.0, slope, 0.0), (-1.0, slope, 0.0)):
            corners = _cut(corners, plane)
            if len(corners) < 3:
                return None
        return np.array([self.pixel(right, depth, above_m) for right, depth in corners], np.float32)


def _cut(corners: list[tuple[float, float]], plane: tuple[float, float, float]) -> list[tuple[float, float]]:
    """Sutherland-Hodgman: the part of the polygon where a·right + b·depth + c >= 0."""
    a, b, c = plane
    kept: list[tuple[float, float]] = []
    for i, here in enumerate(corners):
        before = corners[i - 1]
        here_side, before_side = (a * p[0] + b * p[1] + c for p in (here, before))
        if (here_side >= 0) != (before_side >= 0):
            part = before_side / (before_side - here_side)
            kept.append((before[0] + (here[0] - before[0]) * part, before[1] + (here[1] - before[1]) * part))
        if here_side >= 0:
            kept.append(here)
    return kept
