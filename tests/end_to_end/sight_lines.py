"""Which cameras see a point of the shipped plan: the tests' own geometry, from the site file alone."""

from __future__ import annotations

import itertools
import math
import tomllib
from pathlib import Path
from typing import Any

Point = tuple[float, float]

SITE_FILE = Path(__file__).parents[2] / "resources" / "sites" / "demo.toml"
STANDING = ("building", "dormitory")
# A button hangs on a wall and a camera under a roof: so little of a building hides neither.
SKIN_M = 1.2
PICTURE_PX = 1920


def plan() -> dict[str, Any]:
    return tomllib.loads(SITE_FILE.read_text(encoding="utf-8"))


def cameras_seeing(site: dict[str, Any], point: Point) -> list[str]:
    """Camera numbers, densest picture first."""
    found = []
    for no, camera in site["cameras"].items():
        eye = (camera["at"][0], camera["at"][1])
        dx, dy = point[0] - eye[0], point[1] - eye[1]
        distance_m = math.hypot(dx, dy)
        bearing_deg = math.degrees(math.atan2(dx, dy))
        off_axis_deg = abs((bearing_deg - camera["heading_deg"] + 180.0) % 360.0 - 180.0)
        if distance_m > camera["range_m"] or off_axis_deg > camera["fov_deg"] / 2:
            continue
        if any(is_between(eye, point, area["outline"]) for area in buildings(site)):
            continue
        width_m = 2.0 * distance_m * math.tan(math.radians(camera["fov_deg"] / 2))
        found.append((camera.get("width_px", PICTURE_PX) / width_m, no))
    return [no for _, no in sorted(found, reverse=True)]


def buildings(site: dict[str, Any]) -> list[dict[str, Any]]:
    return [area for area in site["areas"].values() if area["kind"] in STANDING]


def is_between(a: Point, b: Point, outline: list[list[float]]) -> bool:
    """More than a wall's skin of the segment a-b runs through the building."""
    cuts = [0.0, 1.0]
    for (x1, y1), (x2, y2) in zip(outline, outline[1:] + outline[:1], strict=True):
        share = _cut(a, b, (x1, y1), (x2, y2))
        if share is not None:
            cuts.append(share)
    cuts.sort()
    length_m = math.dist(a, b)
    inside_m = 0.0
    for start, end in itertools.pairwise(cuts):
        middle = (start + end) / 2
        at = (a[0] + (b[0] - a[0]) * middle, a[1] + (b[1] - a[1]) * middle)
        if _is_inside(at, outline):
            inside_m += (end - start) * length_m
    return inside_m > SKIN_M


def _cut(a: Point, b: Point, c: Point, d: Point) -> float | None:
    """Where c-d crosses a-b, as a share of a-b; None when it does not."""
    rx, ry, sx, sy = b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]
    cross = rx * sy - ry * sx
    if cross == 0.0:
        return None
    t = ((c[0] - a[0]) * sy - (c[1] - a[1]) * sx) / cross
    u = ((c[0] - a[0]) * ry - (c[1] - a[1]) * rx) / cross
    return t if 0.0 <= t <= 1.0 and 0.0 <= u <= 1.0 else None


def _is_inside(point: Point, outline: list[list[float]]) -> bool:
    """Even-odd rule."""
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in zip(outline, outline[1:] + outline[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (x2 - x1) * (y - y1) / (y2 - y1):
            inside = not inside
    return inside
