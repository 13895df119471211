"""What a camera sees when nobody is there: sky, ground, walls, trees; drawn once and kept on disk."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from services.domain.site import Camera, Site
from services.sim.picture.facades import HAZE_BGR, Face, faces, paint_faces
from services.sim.picture.ground import SHADOW_PER_M, SUN_BEARING_DEG, Patch, paint_ground, patches
from services.sim.picture.lens import Lens
from services.sim.picture.texture import sample, tile
from services.sim.picture.trees import Tree, paint_trees, trees

Floats = NDArray[np.float32]

FAR_M = 650.0  # depth of the sky and of the ground, which never hides an actor
SKYLINE_M = 700.0
FINE = 2  # a small picture is drawn this much larger and scaled down, for smooth edges
FINE_BELOW_PX = 1000
ZENITH_BGR = np.array((226, 192, 158), np.float32)


@dataclass(frozen=True, slots=True)
class Backdrop:
    """pixels: (h, w, 3) uint8 BGR. depth_m: (h, w) float32, `FAR_M` where nothing stands."""

    pixels: NDArray[np.uint8]
    depth_m: Floats


@dataclass(frozen=True, slots=True)
class Stage:
    """The site taken apart for drawing, once for all its cameras."""

    site: Site
    pieces: list[Patch]
    walls: list[Face]
    standing: list[Tree]

    @classmethod
    def of(cls, site: Site) -> Stage:
        return cls(site, patches(site), faces(site), trees(site))


def draw_backdrop(stage: Stage, camera: Camera, width_px: int, height_px: int) -> Backdrop:
    """Draw the view of `camera` without any actor."""
    fine = FINE if width_px < FINE_BELOW_PX else 1
    picture, depth = _draw(stage, Lens(camera, width_px * fine, height_px * fine))
    small = cv2.resize(picture, (width_px, height_px), interpolation=cv2.INTER_AREA)
    near = cv2.resize(depth, (width_px, height_px), interpolation=cv2.INTER_NEAREST)
    small = cv2.GaussianBlur(small, (0, 0), 0.45 * width_px / 640)
    y = np.linspace(-1, 1, height_px, dtype=np.float32)[:, None]
    x = np.linspace(-1, 1, width_px, dtype=np.float32)[None, :]
    small = small * (1.03 - 0.13 * (x * x + y * y))[..., None]
    return Backdrop(_bytes(small), np.ascontiguousarray(near, dtype=np.float32))


def draw_face(stage: Stage, lens: Lens) -> Backdrop:
    """One side of a panorama: as `draw_backdrop`, but evenly bright, so that sides fit together."""
    picture, depth = _draw(stage, lens)
    return Backdrop(_bytes(cv2.GaussianBlur(picture, (0, 0), 0.45 * lens.width_px / 640)), depth)


def _draw(stage: Stage, lens: Lens) -> tuple[Floats, Floats]:
    picture = paint_ground(lens, stage.site, stage.pieces)
    depth = np.full(picture.shape[:2], FAR_M, np.float32)
    _paint_tree_shadows(lens, stage.standing, picture)
    _haze_ground(lens, picture)
    _paint_sky(lens, picture)
    _paint_roofs(lens, stage.site, picture, depth)
    paint_faces(lens, stage.walls, picture, depth)
    paint_trees(lens, stage.standing, picture, depth)
    return picture, depth


def _bytes(picture: NDArray[Any]) -> NDArray[np.uint8]:
    return np.asarray(np.clip(picture, 0, 255), np.uint8)


def _haze_ground(lens: Lens, picture: Floats) -> None:
    rows = np.arange(lens.height_px, dtype=np.float32) + 0.5 - lens.horizon_px
    depth = lens.focal_px * lens.camera.height_m / np.maximum(rows, 0.3)
    haze = (1.0 - np.exp(-depth / 420.0))[:, None, None]
    picture += (HAZE_BGR - picture) * haze


def _paint_sky(lens: Lens, picture: Floats) -> None:
    """Gradient, thin cloud and, far away, the hazy outline of the town."""
    high = int(lens.horizon_px)
    rows = np.arange(high, dtype=np.float32)[:, None]
    columns = np.arange(lens.width_px, dtype=np.float32)[None, :]
    turn = np.degrees(np.arctan((columns - lens.width_px / 2) / lens.focal_px)) + lens.camera.heading_deg
    climb = (high - rows) / lens.focal_px
    part = np.clip(climb * 2.2, 0, 1)[..., None]
    sky = HAZE_BGR * 1.12 * (1 - part) + ZENITH_BGR * part
    u = np.broadcast_to(turn * 6.0, (high, lens.width_px)).astype(np.float32)
    v = np.broadcast_to(climb * 900.0, (high, lens.width_px)).astype(np.float32)
    sky = sky + (np.clip(sample(tile(31, 3.5), u, v), 0, 2) * 7.0)[..., None]
    tops = _skyline_m(turn[0]) / SKYLINE_M * lens.focal_px
    town = rows > high - tops[None, :]
    shade = HAZE_BGR - np.array((10, 16, 22), np.float32)
    sky[town] = shade
    hedge = (
        rows > high - (4.5 + 1.5 * tile(33)[0][np.mod(turn[0] * 9, 512).astype(int)]) / 260 * lens.focal_px
    )
    sky[hedge] = (132, 148, 138)
    picture[:high] = np.clip(sky, 0, 255)


def _skyline_m(turn_deg: Floats) -> Floats:
    """Height of the town's outline for each bearing, the same for every camera."""
    block = np.floor(np.mod(turn_deg, 360.0) / 1.7)
    luck = np.abs(np.sin(block * 12.9898) * 43758.5453) % 1.0
    return np.asarray(14.0 + 46.0 * luck**3, np.float32)


def _paint_roofs(lens: Lens, site: Site, picture: Floats, depth: Floats) -> None:
    """Tops of what is lower than the camera, such as booths; far ones first."""
    low = [a for a in site.areas if 0 < a.height_m < lens.camera.height_m - 0.1 and len(a.outline) >= 3]
    for area in sorted(low, key=lambda a: -math.dist(a.outline[0], lens.camera.at)):
        corners = lens.polygon(area.outline, area.height_m)
        if corners is None:
            continue
        mask = np.zeros(depth.shape, np.uint8)
        cv2.fillPoly(mask, [np.round(corners * 16).astype(np.int32)], 255, cv2.LINE_8, 4)
        rows = np.arange(depth.shape[0], dtype=np.float32) + 0.5 - lens.horizon_px
        far = lens.focal_px * (lens.camera.height_m - area.height_m) / np.maximum(rows, 0.3)
        shows = (mask > 0) & (far[:, None] < depth)
        picture[shows] = (112, 118, 128)
        depth[shows] = np.broadcast_to(far[:, None], depth.shape)[shows]


def _paint_tree_shadows(lens: Lens, standing: list[Tree], picture: Floats) -> None:
    light = np.zeros(picture.shape[:2], np.uint8)
    for tree in standing:
        corners = lens.polygon(_crown_shadow(tree))
        if corners is not None:
            cv2.fillPoly(light, [np.round(corners * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
    soft = cv2.blur(light, (9, 5)).astype(np.float32) / 255.0
    picture *= (1.0 - 0.34 * soft)[..., None]


def _crown_shadow(tree: Tree) -> tuple[tuple[float, float], ...]:
    """The round shadow of a crown, away from the sun."""
    bearing = math.radians(SUN_BEARING_DEG)
    away = tree.height_m * 0.6 * SHADOW_PER_M
    x, y = tree.at[0] + math.sin(bearing) * away, tree.at[1] + math.cos(bearing) * away
    size = tree.height_m * 0.32
    return tuple(
        (x + math.cos(turn) * size, y + math.sin(turn) * size) for turn in np.arange(12) * math.pi / 6
    )
