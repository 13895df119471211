"""Trees of the backdrop: where they stand on the lawns, and how one looks."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray
from shapely.geometry import LineString, Polygon
from shapely.geometry import Point as ShapelyPoint
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from services.domain.site import AreaKind, Point, Site
from services.sim.picture.lens import Lens

Floats = NDArray[np.float32]

SPACING_M = 9.0
CLEAR_OF_PATH_M = 4.5
CLEAR_OF_ZONE_M = 7.0
CLEAR_OF_CAMERA_M = 16.0  # a crown nearer than this would hide half the picture
TREE_PX = (144, 192)
KINDS = 4


@dataclass(frozen=True, slots=True)
class Tree:
    at: Point
    height_m: float
    kind: int


def trees(site: Site) -> list[Tree]:
    """The trees of a site: on lawns, clear of paths, alarm points, gates and cameras."""
    lawns = [Polygon(a.outline) for a in site.areas if a.kind is AreaKind.GREEN and len(a.outline) >= 3]
    if not lawns:
        return []
    ground = unary_union([lawn.buffer(-2.0) for lawn in lawns]).difference(_kept_clear(site))
    rng = random.Random(f"trees of {site.code}")
    found = []
    for x, y in _grid(site, rng):
        if ground.contains(ShapelyPoint(x, y)):
            found.append(Tree((x, y), rng.uniform(4.6, 7.6), rng.randrange(KINDS)))
    return found


def _kept_clear(site: Site) -> BaseGeometry:
    lines = [LineString(path.line).buffer(CLEAR_OF_PATH_M) for path in site.paths if len(path.line) > 1]
    points = [ShapelyPoint(zone.at).buffer(CLEAR_OF_ZONE_M) for zone in site.zones]
    cameras = [ShapelyPoint(camera.at).buffer(CLEAR_OF_CAMERA_M) for camera in site.cameras]
    gates = [ShapelyPoint(gate.at).buffer(12.0) for gate in site.gates]
    solid = [Polygon(a.outline).buffer(3.0) for a in site.areas if a.height_m > 0 and len(a.outline) >= 3]
    roads = [Polygon(a.outline).buffer(1.5) for a in site.areas if a.kind is AreaKind.ROAD]
    return unary_union([*lines, *points, *cameras, *gates, *solid, *roads])


def _grid(site: Site, rng: random.Random) -> list[Point]:
    columns, rows = int(site.width_m / SPACING_M), int(site.height_m / SPACING_M)
    return [
        ((i + 0.5 + rng.uniform(-0.35, 0.35)) * SPACING_M, (j + 0.5 + rng.uniform(-0.35, 0.35)) * SPACING_M)
        for j in range(rows)
        for i in range(columns)
    ]


def paint_trees(lens: Lens, standing: list[Tree], picture: Floats, depth: Floats) -> None:
    """Draw the trees far to near into `picture` and `depth`, hidden by what is nearer."""
    placed = [(lens.to_camera(tree.at), tree) for tree in standing]
    for (right, far), tree in sorted(placed, key=lambda item: -item[0][1]):
        if CLEAR_OF_CAMERA_M * 0.6 < far < 260.0:
            _paint_tree(lens, tree, right, far, picture, depth)


def _paint_tree(lens: Lens, tree: Tree, right: float, far: float, picture: Floats, depth: Floats) -> None:
    foot_x, foot_y = lens.pixel(right, far, 0.0)
    tall = tree.height_m * lens.focal_px / far
    wide = tall * TREE_PX[0] / TREE_PX[1]
    if tall < 4:
        return
    x0, y0 = round(foot_x - wide / 2), round(foot_y - tall)
    size = (max(2, round(wide)), max(2, round(tall)))
    left, top = max(0, x0), max(0, y0)
    right_px, low = min(lens.width_px, x0 + size[0]), min(lens.height_px, y0 + size[1])
    if left >= right_px or top >= low:
        return
    image = cv2.resize(_tree_image(tree.kind), size, interpolation=cv2.INTER_AREA)
    part = image[top - y0 : low - y0, left - x0 : right_px - x0]
    block = (slice(top, low), slice(left, right_px))
    cover = part[..., 3:4] * (depth[block] > far)[..., None]
    haze = 1.0 - math.exp(-far / 420.0)
    colour = part[..., :3] + (np.array((206, 200, 192), np.float32) - part[..., :3]) * haze
    picture[block] += (colour - picture[block]) * cover
    depth[block][cover[..., 0] > 0.5] = far


@lru_cache(maxsize=KINDS)
def _tree_image(kind: int) -> Floats:
    """(192, 144, 4) float32 BGR + cover 0..1 of one of a few trees."""
    wide, tall = TREE_PX
    rng = np.random.default_rng(100 + kind)
    colour = np.zeros((tall, wide, 3), np.uint8)
    cover = np.zeros((tall, wide), np.uint8)
    cv2.rectangle(colour, (wide // 2 - 4, tall // 2), (wide // 2 + 4, tall), (52, 66, 84), -1)
    cv2.rectangle(cover, (wide // 2 - 4, tall // 2), (wide // 2 + 4, tall), 255, -1)
    leaf = ((44, 92, 62), (48, 100, 74), (40, 84, 66), (52, 104, 88))[kind]
    for i in range(260):
        turn, out = rng.uniform(0, 2 * math.pi), math.sqrt(rng.uniform(0, 1))
        x = wide / 2 + math.cos(turn) * out * wide * 0.40
        y = tall * 0.34 + math.sin(turn) * out * tall * 0.29
        light = 0.62 + 0.5 * i / 260 + 0.20 * (x / wide - 0.5) - 0.45 * (y / tall - 0.34)
        shade = tuple(float(np.clip(c * light + rng.normal(0, 5), 0, 255)) for c in leaf)
        spot = (round(x), round(y))
        axes = (int(rng.integers(4, 10)), int(rng.integers(3, 8)))
        cv2.ellipse(colour, spot, axes, float(rng.uniform(0, 180)), 0, 360, shade, -1, cv2.LINE_AA)
        cv2.ellipse(cover, spot, axes, 0, 0, 360, 255, -1, cv2.LINE_AA)
    return np.dstack([colour.astype(np.float32), cv2.blur(cover, (3, 3)).astype(np.float32) / 255.0])
