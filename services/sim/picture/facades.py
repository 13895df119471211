"""Walls and buildings of the backdrop: one ray per picture column, a depth for every pixel."""

from __future__ import annotations

import itertools
import math
import zlib
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from services.domain.site import Area, AreaKind, Point, Site
from services.sim.picture.ground import SUN_BEARING_DEG
from services.sim.picture.lens import NEAR_M, Lens
from services.sim.picture.texture import sample, scatter, tile
from services.sim.picture.town import houses

Floats = NDArray[np.float32]

FLOOR_M = 3.5
WINDOW_M = 3.0
PILLAR_M = 4.0
HAZE_BGR = np.array((206, 200, 192), np.float32)
HAZE_M = 420.0


class Cladding(IntEnum):
    PLASTER = 0
    BRICK = 1
    FENCE_WALL = 2
    PILLAR = 3


_PLASTERS = ((176, 196, 208), (196, 204, 206), (168, 186, 214), (188, 192, 180), (158, 182, 206))
_BRICKS = ((78, 92, 148), (84, 104, 158), (92, 98, 136))


@dataclass(frozen=True, slots=True)
class Face:
    """One upright rectangle from `a` to `b`, seen from the side where it turns its `normal`."""

    a: Point
    b: Point
    height_m: float
    cladding: Cladding
    bgr: tuple[int, int, int]
    seed: int


def faces(site: Site) -> list[Face]:
    """Every upright face of the site."""
    found: list[Face] = []
    for area in (*site.areas, *houses(site)):
        if area.height_m > 0 and len(area.outline) >= 3:
            found += _of_area(area)
    for wall in site.walls:
        seed = zlib.crc32(wall.no.encode()) % 997
        for a, b in zip(wall.line, wall.line[1:], strict=False):
            found.append(Face(a, b, wall.height_m, Cladding.FENCE_WALL, (98, 112, 158), seed))
    for gate in site.gates:
        turn = math.radians(gate.heading_deg)
        for side in (-1, 1):
            x = gate.at[0] + side * math.cos(turn) * (gate.width_m / 2 + 0.45)
            y = gate.at[1] - side * math.sin(turn) * (gate.width_m / 2 + 0.45)
            found += _box((x, y), 0.45, 3.4)
    return found


def _of_area(area: Area) -> list[Face]:
    seed = zlib.crc32(area.no.encode()) % 997
    is_brick = area.kind is AreaKind.DORMITORY
    palette = _BRICKS if is_brick else _PLASTERS
    cladding = Cladding.BRICK if is_brick else Cladding.PLASTER
    ring = (*area.outline, area.outline[0])
    return [
        Face(a, b, area.height_m, cladding, palette[seed % len(palette)], seed)
        for a, b in itertools.pairwise(ring)
        if math.dist(a, b) > 0
    ]


def _box(at: Point, half_m: float, height_m: float) -> list[Face]:
    x, y = at
    ring = [
        (x - half_m, y - half_m),
        (x + half_m, y - half_m),
        (x + half_m, y + half_m),
        (x - half_m, y + half_m),
    ]
    return [
        Face(a, b, height_m, Cladding.PILLAR, (150, 158, 164), 7)
        for a, b in zip(ring, ring[1:] + ring[:1], strict=True)
    ]


def paint_faces(lens: Lens, walls: list[Face], picture: Floats, depth: Floats) -> None:
    """Draw all faces into `picture` (h, w, 3) BGR, nearest wins by `depth` (h, w) metres; both change."""
    for face in walls:
        _paint_face(lens, face, picture, depth)


def _paint_face(lens: Lens, face: Face, picture: Floats, depth: Floats) -> None:
    hit = _columns_hit(lens, face)
    if hit is None:
        return
    first, along, far = hit
    scale = lens.focal_px / far
    top = lens.horizon_px + (lens.camera.height_m - face.height_m) * scale
    bottom = lens.horizon_px + lens.camera.height_m * scale
    y0, y1 = max(0, int(top.min())), min(lens.height_px, int(bottom.max()) + 1)
    if y0 >= y1:
        return
    rows = np.arange(y0, y1, dtype=np.float32)[:, None] + 0.5
    block = (slice(y0, y1), slice(first, first + len(far)))
    shows = (rows >= top) & (rows < bottom) & (far < depth[block])
    if not shows.any():
        return
    above = np.asarray(lens.camera.height_m - (rows - lens.horizon_px) / scale, np.float32)
    colour = _cladding(face, np.broadcast_to(along, above.shape), above, np.asarray(1.0 / scale, np.float32))
    colour *= _lit(lens, face)
    haze = (1.0 - np.exp(-far / HAZE_M))[None, :, None]
    colour += (HAZE_BGR - colour) * haze
    picture[block][shows] = colour[shows]
    depth[block][shows] = np.broadcast_to(far, shows.shape)[shows]


def _columns_hit(lens: Lens, face: Face) -> tuple[int, Floats, Floats] | None:
    """First column, metres along the face and depth for each column that meets it."""
    (r0, d0), (r1, d1) = lens.to_camera(face.a), lens.to_camera(face.b)
    if max(d0, d1) < NEAR_M or min(r0 - d0 * lens.slope, r1 - d1 * lens.slope) > 0:
        return None
    if max(r0 + d0 * lens.slope, r1 + d1 * lens.slope) < 0:
        return None
    k = (np.arange(lens.width_px, dtype=np.float32) + 0.5 - lens.width_px / 2) / lens.focal_px
    across = (r1 - r0) - k * (d1 - d0)
    with np.errstate(divide="ignore", invalid="ignore"):
        part = (k * d0 - r0) / across
    far = d0 + part * (d1 - d0)
    hit = np.flatnonzero((part >= 0) & (part <= 1) & (far > NEAR_M))
    if len(hit) == 0:
        return None
    span = slice(int(hit[0]), int(hit[-1]) + 1)
    length = math.dist(face.a, face.b)
    return int(hit[0]), (part[span] * length).astype(np.float32), far[span].astype(np.float32)


def _lit(lens: Lens, face: Face) -> float:
    """How bright the side that the camera sees is, by the sun's bearing."""
    out = math.atan2(face.b[1] - face.a[1], -(face.b[0] - face.a[0]))
    cx, cy = lens.camera.at[0] - face.a[0], lens.camera.at[1] - face.a[1]
    if math.sin(out) * cx + math.cos(out) * cy < 0:
        out += math.pi
    towards_sun = math.radians(SUN_BEARING_DEG + 180.0)
    return 0.78 + 0.26 * math.cos(out - towards_sun)


def _cladding(face: Face, along: Floats, above: Floats, metre_px: Floats) -> Floats:
    """(h, w, 3) BGR of a face; `metre_px`: metres per pixel for each column, fades what is too fine."""
    colour = np.empty((*above.shape, 3), np.float32)
    colour[:] = face.bgr
    grain = sample(tile(5), np.ascontiguousarray(along) * 3.0 + face.seed, above * 3.0)
    colour += (grain * 4.0)[..., None]
    match face.cladding:
        case Cladding.FENCE_WALL:
            _bricks(colour, along, above, metre_px, 0.24, 0.075)
            _fence(colour, face, along, above)
        case Cladding.PILLAR:
            colour[above > face.height_m - 0.3] = (190, 196, 200)
        case Cladding.BRICK:
            _bricks(colour, along, above, metre_px, 0.5, 0.16)
            _windows(colour, face, along, above, balcony=True)
        case Cladding.PLASTER:
            _windows(colour, face, along, above, balcony=False)
    colour[(above < 0.5) & (face.cladding != Cladding.PILLAR)] *= 0.78
    return colour


def _bricks(colour: Floats, along: Floats, above: Floats, metre_px: Floats, w_m: float, h_m: float) -> None:
    row = np.floor(above / h_m)
    joint = (np.mod(above, h_m) < 0.02) | (np.mod(along + row * w_m / 2, w_m) < 0.02)
    fade = np.clip(h_m / 2.5 / metre_px, 0.0, 1.0)
    tone = (scatter(np.floor((along + row * w_m / 2) / w_m), row) - 0.5) * 24.0
    colour += ((tone + joint * 34.0) * fade)[..., None]


def _fence(colour: Floats, face: Face, along: Floats, above: Floats) -> None:
    """Pillars every four metres and a coping."""
    is_pillar = np.mod(along, PILLAR_M) < 0.45
    colour[is_pillar] = colour[is_pillar] * 0.9 + np.array((20, 18, 14), np.float32)
    colour[above > face.height_m - 0.16] = (172, 178, 182)


def _windows(colour: Floats, face: Face, along: Floats, above: Floats, *, balcony: bool) -> None:
    """Rows of windows, one floor above the other; a door line on long ground floors."""
    length = math.dist(face.a, face.b)
    if face.height_m < 2.6 or length < 1.6:
        return
    floors = max(1, round(face.height_m / FLOOR_M))
    floor_m = face.height_m / floors
    bays = max(1, round(length / WINDOW_M))
    bay_m = length / bays
    u, v = np.mod(along, bay_m) / bay_m, np.mod(above, floor_m) / floor_m
    bay, floor = np.floor(along / bay_m), np.floor(above / floor_m)
    frame = (u > 0.20) & (u < 0.80) & (v > 0.26) & (v < 0.80)
    glass = (u > 0.23) & (u < 0.77) & (v > 0.29) & (v < 0.77) & (np.abs(u - 0.5) > 0.015)
    luck = scatter(bay, floor, float(face.seed))
    colour[frame] = (206, 208, 206)
    pane = np.array((112, 92, 74), np.float32) + (v * 60.0 + luck * 26.0 - 20.0)[..., None]
    pane[luck > 0.82] = (150, 196, 216)  # a curtain
    pane[luck < 0.06] = (120, 190, 226)  # a lamp is on
    colour[glass] = pane[glass]
    colour[(v > 0.955) | (above > face.height_m - 0.35)] *= 0.88
    if balcony:
        rail = (v > 0.05) & (v < 0.26) & (u > 0.16) & (u < 0.84) & (floor > 0)
        colour[rail] = colour[rail] * 0.45 + np.array((92, 96, 96), np.float32)
    _door(colour, face, along, above, bays, bay_m)


def _door(colour: Floats, face: Face, along: Floats, above: Floats, bays: int, bay_m: float) -> None:
    if bays < 3 or face.height_m < 5.0:
        return
    middle = (bays // 2 + 0.5) * bay_m
    near = np.abs(along - middle)
    canopy = (near < 2.2) & (above > 2.75) & (above < 3.05)
    door = (near < 1.5) & (above < 2.6)
    colour[(near < 1.7) & (above < 2.75)] = (150, 156, 158)
    colour[door] = (64, 58, 54)
    colour[door & (np.mod(near, 0.75) < 0.06)] = (140, 144, 146)
    colour[canopy] = (72, 72, 150)
