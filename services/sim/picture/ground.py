"""The ground of the backdrop: lawns, roads with markings, paving, sports ground, shadows."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from enum import IntEnum

import cv2
import numpy as np
from numpy.typing import NDArray
from shapely.geometry import LineString, MultiPoint, Polygon
from shapely.geometry.base import BaseGeometry

from services.domain.site import Area, AreaKind, Gate, Point, Site
from services.sim.picture.lens import Lens
from services.sim.picture.texture import GRAINS, sample, tile
from services.sim.picture.town import streets

Floats = NDArray[np.float32]

SHIFT = 4  # sub-pixel bits of OpenCV's drawing
SUN_BEARING_DEG = 228.0  # the morning sun stands in the north-east: shadows fall to the south-west
SHADOW_PER_M = 0.75  # length of a shadow per metre of height
SHADE = 0.62
PATH_WIDTH_M = 2.4
LANE_M = 1.22


class Stuff(IntEnum):
    """What the ground is made of."""

    STREET = 0
    LAWN = 1
    ASPHALT = 2
    PAVING = 3
    TRACK = 4
    FIELD = 5
    WATER = 6
    KERB = 7
    PAINT = 8
    FLAGS = 9


# BGR and the weight of the coarse, middle and fine noise, in grey levels.
_STUFF: dict[Stuff, tuple[tuple[int, int, int], tuple[float, float, float]]] = {
    Stuff.STREET: ((128, 130, 130), (4, 2, 3)),
    Stuff.LAWN: ((62, 108, 84), (9, 8, 11)),
    Stuff.ASPHALT: ((92, 92, 90), (4, 3, 5)),
    Stuff.PAVING: ((158, 166, 172), (4, 3, 3)),
    Stuff.TRACK: ((72, 84, 158), (4, 2, 3)),
    Stuff.FIELD: ((66, 132, 92), (5, 5, 6)),
    Stuff.WATER: ((122, 108, 84), (6, 8, 0)),
    Stuff.KERB: ((176, 180, 182), (2, 2, 2)),
    Stuff.PAINT: ((216, 220, 222), (2, 3, 4)),
    Stuff.FLAGS: ((142, 152, 160), (4, 4, 4)),
}
_STUFF_OF_KIND = {
    AreaKind.ROAD: Stuff.ASPHALT,
    AreaKind.SPORTS: Stuff.TRACK,
    AreaKind.GREEN: Stuff.LAWN,
    AreaKind.WATER: Stuff.WATER,
    AreaKind.PLAZA: Stuff.PAVING,
    AreaKind.BUILDING: Stuff.FLAGS,
    AreaKind.DORMITORY: Stuff.FLAGS,
}


@dataclass(frozen=True, slots=True)
class Patch:
    """A flat piece of ground."""

    outline: tuple[Point, ...]
    stuff: Stuff


def patches(site: Site) -> list[Patch]:
    """Everything that lies on the ground, lowest first."""
    found = [
        Patch(((0, 0), (site.width_m, 0), (site.width_m, site.height_m), (0, site.height_m)), Stuff.LAWN)
    ]
    for area in streets(site):
        found.append(Patch(area.outline, _STUFF_OF_KIND[area.kind]))
        found += _details(area)
    for gate in site.gates:
        found += _approach(gate)
    for path in site.paths:
        found += _strip(path.line, PATH_WIDTH_M, Stuff.FLAGS)
    flat = [area for area in site.areas if area.height_m == 0 and len(area.outline) >= 3]
    for area in sorted(flat, key=lambda a: a.kind is AreaKind.ROAD):
        found.append(Patch(area.outline, _STUFF_OF_KIND[area.kind]))
        found += _details(area)
    return found


def _approach(gate: Gate) -> list[Patch]:
    """The drive from inside a gate to the street outside."""
    turn = math.radians(gate.heading_deg)
    inner, outer = (
        (gate.at[0] + math.sin(turn) * far, gate.at[1] + math.cos(turn) * far) for far in (-3.0, 16.0)
    )
    return _strip((inner, outer), max(2.0, gate.width_m - 1.0), Stuff.ASPHALT)


def _details(area: Area) -> list[Patch]:
    match area.kind:
        case AreaKind.ROAD:
            return _road_markings(area)
        case AreaKind.SPORTS:
            return _sports_markings(area)
        case AreaKind.GREEN | AreaKind.WATER | AreaKind.PLAZA:
            return _edges(area.outline, 0.2, Stuff.KERB)
        case _:
            return []


def _strip(line: tuple[Point, ...], width_m: float, stuff: Stuff) -> list[Patch]:
    """A broad line as one quad per leg, so that no hole has to be filled."""
    quads = []
    for a, b in itertools.pairwise(line):
        if math.dist(a, b) > 0:
            quad = LineString((a, b)).buffer(width_m / 2, cap_style="square").exterior.coords[:-1]
            quads.append(Patch(tuple((float(x), float(y)) for x, y in quad), stuff))
    return quads


def _edges(outline: tuple[Point, ...], width_m: float, stuff: Stuff) -> list[Patch]:
    return _strip((*outline, *outline[:1]), width_m, stuff)


def _road_markings(area: Area) -> list[Patch]:
    """Side lines, and dashes along the middle of a road that is long and straight."""
    found = _edges(area.outline, 0.16, Stuff.KERB)
    box = np.array(_ring(Polygon(area.outline).minimum_rotated_rectangle)[:4])
    if np.linalg.norm(box[1] - box[0]) < np.linalg.norm(box[2] - box[1]):
        box = np.roll(box, -1, axis=0)
    start, end = (box[0] + box[3]) / 2, (box[1] + box[2]) / 2
    length, width = float(np.linalg.norm(end - start)), float(np.linalg.norm(box[3] - box[0]))
    if width < 5.0 or length < 3 * width:
        return found
    along = (end - start) / length
    for at in np.arange(4.0, length - 4.0, 6.0):
        a, b = start + along * at, start + along * (at + 2.6)
        found += _strip(((float(a[0]), float(a[1])), (float(b[0]), float(b[1]))), 0.14, Stuff.PAINT)
    return found


def _sports_markings(area: Area) -> list[Patch]:
    """A running track with its lanes round a green field, where there is room for it."""
    found: list[Patch] = []
    whole = Polygon(area.outline)
    inner = whole.buffer(-6 * LANE_M)
    if not _ring(inner):
        return _edges(area.outline, 0.1, Stuff.PAINT)
    found.append(Patch(_ring(inner), Stuff.FIELD))
    for lane in range(7):
        found += _edges(_ring(whole.buffer(-lane * LANE_M - 0.1)), 0.07, Stuff.PAINT)
    return found + _edges(_ring(inner.buffer(-4.0)), 0.12, Stuff.PAINT)


def stuff_map(lens: Lens, pieces: list[Patch]) -> NDArray[np.uint8]:
    """(height, width) uint8 of `Stuff` below the horizon."""
    found = np.full((lens.height_px, lens.width_px), Stuff.STREET, np.uint8)
    for piece in pieces:
        corners = lens.polygon(piece.outline)
        if corners is not None:
            cv2.fillPoly(
                found, [np.round(corners * 2**SHIFT).astype(np.int32)], int(piece.stuff), cv2.LINE_8, SHIFT
            )
    return found


def shadow_map(lens: Lens, areas: tuple[Area, ...]) -> Floats:
    """(height, width) factors: below 1 where a building or a tree throws its shadow on the ground."""
    light = np.zeros((lens.height_px, lens.width_px), np.uint8)
    for area in areas:
        if area.height_m > 0:
            corners = lens.polygon(shadow_of(area.outline, area.height_m))
            if corners is not None:
                cv2.fillPoly(light, [np.round(corners * 2**SHIFT).astype(np.int32)], 255, cv2.LINE_AA, SHIFT)
    soft = cv2.blur(light, (5, 3))
    return np.asarray(1.0 - (1.0 - SHADE) * soft.astype(np.float32) / 255.0, np.float32)


def shadow_of(outline: tuple[Point, ...], height_m: float) -> tuple[Point, ...]:
    """The outline of what a body of this ground plan and height shades."""
    bearing = math.radians(SUN_BEARING_DEG)
    east = math.sin(bearing) * height_m * SHADOW_PER_M
    north = math.cos(bearing) * height_m * SHADOW_PER_M
    moved = [(x + east, y + north) for x, y in outline]
    return _ring(MultiPoint([*outline, *moved]).convex_hull)


def _ring(shape: BaseGeometry) -> tuple[Point, ...]:
    """The corners of a polygon; nothing for a shape without an area."""
    if not isinstance(shape, Polygon):
        return ()
    return tuple((float(x), float(y)) for x, y in shape.exterior.coords[:-1])


def paint_ground(lens: Lens, site: Site, pieces: list[Patch]) -> Floats:
    """(height, width, 3) float32 BGR of the ground; rows above the horizon are meaningless."""
    rows = np.arange(lens.height_px, dtype=np.float32)[:, None] + 0.5 - lens.horizon_px
    columns = np.arange(lens.width_px, dtype=np.float32)[None, :] + 0.5 - lens.width_px / 2
    depth = lens.focal_px * lens.camera.height_m / np.maximum(rows, 0.3)
    depth = np.broadcast_to(depth, (lens.height_px, lens.width_px)).astype(np.float32)
    x, y = lens.to_plan(columns * depth / lens.focal_px, depth)
    stuff = stuff_map(lens, pieces)
    footprint = depth * depth / (lens.focal_px * lens.camera.height_m)
    colour = _LUT[stuff]
    colour += _grain(stuff, x, y, footprint)[..., None]
    _pave(colour, stuff, x, y, footprint)
    _mow(colour, stuff, x, y)
    _dry(colour, stuff, x, y)
    return np.asarray(colour * shadow_map(lens, site.areas)[..., None], np.float32)


_LUT = np.array([_STUFF[stuff][0] for stuff in Stuff], np.float32)
_AMPLITUDE = np.array([_STUFF[stuff][1] for stuff in Stuff], np.float32)


def _grain(stuff: NDArray[np.uint8], x: Floats, y: Floats, footprint: Floats) -> Floats:
    """Noise of three grain sizes; a grain smaller than a pixel fades instead of flickering."""
    total = np.zeros(stuff.shape, np.float32)
    for i, (size_m, seed) in enumerate(GRAINS):
        scale = 2.0 / size_m
        fade = np.clip(1.5 * size_m / footprint, 0.0, 1.0)
        total += sample(tile(seed), x * scale, y * scale) * fade * _AMPLITUDE[:, i][stuff]
    return total


def _pave(colour: Floats, stuff: NDArray[np.uint8], x: Floats, y: Floats, footprint: Floats) -> None:
    """Joints between the slabs of a plaza (1.2 m) and of a path (0.6 m)."""
    for kind, slab_m in ((Stuff.PAVING, 1.2), (Stuff.FLAGS, 0.6)):
        where = stuff == kind
        near = np.minimum(np.mod(x[where], slab_m), np.mod(y[where], slab_m))
        fade = np.clip(0.12 / footprint[where], 0.0, 1.0)
        colour[where] -= ((near < 0.05) * fade * 26.0)[:, None]


def _mow(colour: Floats, stuff: NDArray[np.uint8], x: Floats, y: Floats) -> None:
    """Stripes that a mower leaves on the sports field."""
    where = stuff == Stuff.FIELD
    colour[where] += (np.where(np.mod(x[where] + 0.0 * y[where], 10.0) < 5.0, 6.0, -6.0))[:, None]


def _dry(colour: Floats, stuff: NDArray[np.uint8], x: Floats, y: Floats) -> None:
    """Yellowish patches in the lawn."""
    where = stuff == Stuff.LAWN
    dry = np.clip(sample(tile(21, 3.0), x * 0.35, y * 0.35)[where] - 0.6, 0.0, 1.0)
    colour[where] += dry[:, None] * np.array((4.0, 14.0, 30.0), np.float32)
