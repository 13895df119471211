"""People, cars and smoke, drawn at their place in the picture and hidden by what stands before them."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from services.sim.actors import Look, Placed, Pose
from services.sim.picture.ground import SHADOW_PER_M, SUN_BEARING_DEG
from services.sim.picture.lens import Lens

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float32]
Colour = tuple[float, float, float]

SHIFT = 4
PLAIN_BELOW_PX = 16  # a person smaller than this is drawn without joints and shadow
IN_FRONT_M = 0.35  # an actor this close behind a wall still counts as before it
SKIN: Colour = (132, 162, 208)
HAIR: Colour = (32, 30, 34)
UNIFORM: Colour = (74, 52, 38)
VEST: Colour = (60, 232, 214)
SHOE: Colour = (34, 34, 38)


@dataclass(frozen=True, slots=True)
class Rect:
    """A box of whole pixels; both corners even, so that it can be cut out of 4:2:0 colour."""

    x0: int
    y0: int
    x1: int
    y1: int


@dataclass(frozen=True, slots=True)
class Canvas:
    """The picture being drawn: pixels (h, w, 3) uint8 BGR, depth of the backdrop, and its lens."""

    pixels: Pixels
    depth_m: Floats
    lens: Lens

    def rect(self, x0: float, y0: float, x1: float, y1: float) -> Rect | None:
        """The even box round these corners, cut at the picture; None when nothing is left."""
        height, width = self.depth_m.shape
        left, top = max(0, math.floor(x0) & ~1), max(0, math.floor(y0) & ~1)
        right, low = min(width, (math.ceil(x1) + 1) & ~1), min(height, (math.ceil(y1) + 1) & ~1)
        return Rect(left, top, right, low) if left < right and top < low else None

    def behind_things(self, rect: Rect, far_m: float, draw: Callable[[Pixels, Rect], None]) -> None:
        """Let `draw` paint the box; keep it where nothing of the backdrop is nearer."""
        box = (slice(rect.y0, rect.y1), slice(rect.x0, rect.x1))
        shows = self.depth_m[box] > far_m - IN_FRONT_M
        if shows.all():
            draw(self.pixels[box], rect)
        elif shows.any():
            patch = self.pixels[box].copy()
            draw(patch, rect)
            np.copyto(self.pixels[box], patch, where=shows[..., None])

    def is_hidden(self, rect: Rect, far_m: float) -> bool:
        """Something of the backdrop stands before all of the box."""
        return bool(self.depth_m[rect.y0 : rect.y1, rect.x0 : rect.x1].max() <= far_m - IN_FRONT_M)


def draw_person(canvas: Canvas, placed: Placed, right: float, far: float) -> list[Rect]:
    """Draw a person with its shadow; returns the boxes it changed."""
    foot = canvas.lens.pixel(right, far, placed.lift_m)
    tall = placed.actor.height_m * canvas.lens.focal_px / far
    rect = canvas.rect(
        foot[0] - 0.4 * tall, foot[1] - 1.3 * tall, foot[0] + 0.4 * tall, foot[1] + 0.06 * tall
    )
    if rect is None or tall < 3 or canvas.is_hidden(rect, far):
        return []
    shadow = _draw_shadow(canvas, placed, far) if tall > PLAIN_BELOW_PX else []
    body = _Body(placed, _facing(canvas.lens, placed), tall)
    canvas.behind_things(rect, far, lambda patch, box: body.draw(patch, foot[0] - box.x0, foot[1] - box.y0))
    return [*shadow, rect]


def fill(patch: Pixels, points: list[tuple[float, float]], colour: Colour) -> None:
    """A smooth-edged convex polygon; points in pixels of the patch."""
    corners = np.array(points, np.float64) * 2**SHIFT
    cv2.fillConvexPoly(patch, np.round(corners).astype(np.int32), colour, cv2.LINE_AA, SHIFT)


def _draw_shadow(canvas: Canvas, placed: Placed, far: float) -> list[Rect]:
    """A long soft blob on the ground, away from the sun."""
    bearing = math.radians(SUN_BEARING_DEG)
    away = (math.sin(bearing), math.cos(bearing))
    length = placed.actor.height_m * SHADOW_PER_M
    corners = []
    for i in range(8):
        turn = i * math.pi / 4
        along = (math.cos(turn) + 0.8) / 1.8 * length + placed.lift_m * SHADOW_PER_M
        side = math.sin(turn) * 0.22
        x = placed.point[0] + away[0] * along + away[1] * side
        y = placed.point[1] + away[1] * along - away[0] * side
        pixel = canvas.lens.project((x, y))
        if pixel is None:
            return []
        corners.append(pixel)
    return shade(canvas, corners, far + 0.5)


def shade(
    canvas: Canvas, corners: list[tuple[float, float]], far: float, strength: float = 0.36
) -> list[Rect]:
    """Darken a convex polygon of the ground."""
    xs, ys = [c[0] for c in corners], [c[1] for c in corners]
    rect = canvas.rect(min(xs) - 1, min(ys) - 1, max(xs) + 1, max(ys) + 1)
    if rect is None:
        return []

    def darken(patch: Pixels, box: Rect) -> None:
        cover = np.zeros(patch.shape[:2], np.uint8)
        corners_px = [(x - box.x0, y - box.y0) for x, y in corners]
        fill(cover, corners_px, (255.0 * strength, 0, 0))
        np.multiply(patch, (255 - cover)[..., None] / np.float32(255), out=patch, casting="unsafe")

    canvas.behind_things(rect, far, darken)
    return [rect]


def _facing(lens: Lens, placed: Placed) -> float:
    """Radians between the way the actor faces and the way to the camera; 0 = looks at the camera."""
    to_camera = math.atan2(lens.camera.at[0] - placed.point[0], lens.camera.at[1] - placed.point[1])
    return math.radians(placed.heading_deg) - to_camera


class _Body:
    """A person as jointed strokes; lengths are parts of its height, the origin is between the feet."""

    def __init__(self, placed: Placed, facing: float, tall_px: float) -> None:
        self._tall = tall_px
        self._front = math.cos(facing)
        self._side = math.sin(facing)
        self._pose = placed.pose
        self._swing = math.sin(placed.step * 2 * math.pi)
        r, g, b = placed.actor.colour
        is_guard = placed.actor.look is Look.GUARD
        self._coat: Colour = UNIFORM if is_guard else (b, g, r)
        self._is_guard = is_guard
        dark = (r * 7 + g * 3 + b) % 3
        self._trousers: Colour = UNIFORM if is_guard else ((58, 48, 44), (92, 72, 52), (62, 66, 72))[dark]

    def draw(self, patch: Pixels, x: float, y: float) -> None:
        self._patch, self._x, self._y = patch, x, y
        if self._tall < PLAIN_BELOW_PX:
            self._draw_plain()
            return
        wide = 0.125 * abs(self._front) + 0.075 * abs(self._side)
        hips = 0.6 * wide
        near = 1.0 if self._side >= 0 else -1.0
        self._leg(-near, hips)
        self._arm(-near, wide)
        self._leg(near, hips)
        self._torso(wide)
        self._arm(near, wide)
        self._head()

    def _draw_plain(self) -> None:
        """Far away: legs, coat and head are three spots of colour."""
        for low, high, half, colour in ((0.0, 0.5, 0.09, self._trousers), (0.46, 0.84, 0.13, self._coat)):
            box = [(-half, low), (half, low), (half, high), (-half, high)]
            fill(self._patch, [self._to_px(*point) for point in box], colour)
        self._ellipse((0.0, 0.92), (0.06, 0.07), HAIR)

    def _to_px(self, across: float, up: float) -> tuple[float, float]:
        return self._x + across * self._tall, self._y - up * self._tall

    def _stroke(self, points: list[tuple[float, float]], thick: float, colour: Colour) -> None:
        """A limb: quads between the joints and round ends."""
        half = max(0.5, thick * self._tall / 2)
        pixels = [self._to_px(*point) for point in points]
        for (ax, ay), (bx, by) in itertools.pairwise(pixels):
            length = math.hypot(bx - ax, by - ay) or 1.0
            nx, ny = -(by - ay) / length * half, (bx - ax) / length * half
            fill(
                self._patch,
                [(ax + nx, ay + ny), (bx + nx, by + ny), (bx - nx, by - ny), (ax - nx, ay - ny)],
                colour,
            )
        if half > 1.5:
            for px, py in pixels:
                centre = (round(px * 16), round(py * 16))
                cv2.circle(self._patch, centre, round(half * 16), colour, -1, cv2.LINE_AA, SHIFT)

    def _leg(self, which: float, hips: float) -> None:
        stride = 0.17 * self._swing * which if self._pose in (Pose.WALK, Pose.CLIMB) else 0.0
        lift = max(0.0, -stride) * 0.35 + (0.10 if self._pose is Pose.CLIMB and which > 0 else 0.0)
        root = which * hips * 0.55 * abs(self._front)
        knee = (root + stride * 0.55 * -self._side, 0.27 + lift * 0.5)
        foot = (root + stride * -self._side, 0.025 + lift)
        self._stroke([(root, 0.49), knee, foot], 0.085, self._trousers)
        toe = (foot[0] - 0.05 * self._side, foot[1])
        self._stroke([foot, toe], 0.05, SHOE)

    def _torso(self, wide: float) -> None:
        shape = [
            (-wide, 0.80),
            (-0.8 * wide, 0.83),
            (0.8 * wide, 0.83),
            (wide, 0.80),
            (0.8 * wide, 0.46),
            (-0.8 * wide, 0.46),
        ]
        fill(self._patch, [self._to_px(*point) for point in shape], self._coat)
        light: Colour = tuple(min(255.0, c * 1.22 + 8) for c in self._coat)  # type: ignore[assignment]
        lit = [(0.25 * wide, 0.83), (0.8 * wide, 0.83), (wide, 0.80), (0.8 * wide, 0.46), (0.3 * wide, 0.46)]
        fill(self._patch, [self._to_px(*point) for point in lit], light)
        if self._is_guard:
            for low, high in ((0.70, 0.735), (0.58, 0.615)):
                band = [(-0.9 * wide, low), (0.9 * wide, low), (0.9 * wide, high), (-0.9 * wide, high)]
                fill(self._patch, [self._to_px(*point) for point in band], VEST)

    def _arm(self, which: float, wide: float) -> None:
        shoulder = (which * wide * (0.92 if abs(self._front) > 0.5 else 0.2), 0.80)
        swing = -0.13 * self._swing * which * -self._side
        if self._pose is Pose.WAVE and which > 0:
            tilt = 0.10 * math.sin(self._swing * math.pi / 2)
            joints = [shoulder, (shoulder[0] + 0.10, 0.93), (shoulder[0] + 0.08 + tilt, 1.10)]
        elif self._pose is Pose.CLIMB:
            joints = [
                shoulder,
                (shoulder[0] * 1.3, 0.95),
                (shoulder[0] * 1.1, 1.08 + 0.05 * self._swing * which),
            ]
        else:
            joints = [shoulder, (shoulder[0] * 1.12 + swing * 0.5, 0.63), (shoulder[0] * 1.1 + swing, 0.48)]
        dark: Colour = tuple(c * 0.86 for c in self._coat)  # type: ignore[assignment]
        self._stroke(joints, 0.058, dark)
        self._stroke([joints[-1], joints[-1]], 0.05, SKIN)

    def _head(self) -> None:
        self._stroke([(0.0, 0.82), (0.0, 0.87)], 0.06, SKIN)
        self._ellipse((0.0, 0.925), (0.052, 0.068), HAIR)
        if self._front > -0.2:
            face = (-0.018 * self._side, 0.912)
            self._ellipse(face, (0.043 * (0.6 + 0.4 * max(0.0, self._front)), 0.052), SKIN)
        if self._is_guard:
            self._ellipse((0.0, 0.968), (0.066, 0.026), UNIFORM)

    def _ellipse(self, middle: tuple[float, float], radii: tuple[float, float], colour: Colour) -> None:
        x, y = self._to_px(*middle)
        axes = (max(8, round(radii[0] * self._tall * 16)), max(8, round(radii[1] * self._tall * 16)))
        cv2.ellipse(
            self._patch, (round(x * 16), round(y * 16)), axes, 0, 0, 360, colour, -1, cv2.LINE_AA, SHIFT
        )
