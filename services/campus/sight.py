"""Which cameras see a point: inside the field of view, within range, not cut off by a building."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import shapely
from shapely import LineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from services.campus.entries import STANDING
from services.domain.site import Camera, CameraNo, Point, Site, Zone

# A camera on a wall, or a button on one, lies on the outline or a little inside it: so much of a
# building's edge does not hide anything.
EDGE_M = 0.8
# Nearer than this the picture shows only the top of a head; also keeps the density finite.
NEAREST_M = 0.5
ARC_STEP_DEG = 2.0


@dataclass(frozen=True, slots=True)
class Seen:
    """A camera that sees a point. px_per_m: width of one metre at that distance in the main picture."""

    camera: Camera
    distance_m: float
    px_per_m: float


class Sight:
    """The lines of sight of one site; buildings hide, walls and fences do not (cameras look over them)."""

    def __init__(self, site: Site) -> None:
        self._cameras = tuple(camera for camera in site.cameras if camera.is_placed)
        buildings = [_solid(area.outline) for area in site.areas if area.kind in STANDING]
        self._cores = [_core(solid) for solid in buildings]
        self._tree = shapely.STRtree(self._cores)
        self._cones: dict[str, tuple[Point, ...]] = {}

    def cameras_seeing(self, point: Point) -> tuple[Seen, ...]:
        """Best pixel density first, equal ones by number."""
        found = [seen for seen in (self._seen(camera, point) for camera in self._cameras) if seen]
        return tuple(sorted(found, key=lambda seen: (-seen.px_per_m, seen.camera.no)))

    def feeds_for(self, zone: Zone) -> tuple[CameraNo, ...]:
        """Cameras for a zone: pinned by a rule, then those that see it, then added by a rule.

        Of a beam, cameras that see its middle come before those that see only an end.
        """
        seeing = [seen.camera.no for points in _looks(zone) for seen in self._best_of(points)]
        return tuple(dict.fromkeys((*zone.pinned, *seeing, *zone.added)))

    def cone(self, camera: Camera) -> tuple[Point, ...]:
        """The outline of what `camera` covers, cut off by buildings; closed, without repeating the start."""
        known = self._cones.get(camera.no)
        if known is None:
            known = self._cones[camera.no] = self._cut(camera)
        return known

    def _best_of(self, points: Iterable[Point]) -> list[Seen]:
        best: dict[CameraNo, Seen] = {}
        for seen in (seen for point in points for seen in self.cameras_seeing(point)):
            held = best.get(seen.camera.no)
            if held is None or seen.px_per_m > held.px_per_m:
                best[seen.camera.no] = seen
        return sorted(best.values(), key=lambda seen: (-seen.px_per_m, seen.camera.no))

    def _seen(self, camera: Camera, point: Point) -> Seen | None:
        distance_m = math.dist(camera.at, point)
        if distance_m > camera.range_m or not _is_inside_fov(camera, point):
            return None
        if self._is_hidden(camera.at, point):
            return None
        return Seen(camera, distance_m, _density(camera, distance_m))

    def _is_hidden(self, eye: Point, point: Point) -> bool:
        ray = LineString([eye, point])
        near = self._tree.query(ray, predicate="intersects")
        return any(ray.intersection(self._cores[index]).length > 1e-9 for index in near)

    def _cut(self, camera: Camera) -> tuple[Point, ...]:
        half_deg = camera.fov_deg / 2
        steps = max(2, math.ceil(camera.fov_deg / ARC_STEP_DEG))
        bearings = [
            camera.heading_deg - half_deg + camera.fov_deg * step / steps for step in range(steps + 1)
        ]
        rim = [self._reach(camera, bearing) for bearing in self._with_corners(camera, bearings)]
        return (camera.at, *rim)

    def _with_corners(self, camera: Camera, bearings: list[float]) -> list[float]:
        """Add a ray just beside every building corner in view, so that shadows have sharp edges."""
        first, last = bearings[0], bearings[-1]
        extra: list[float] = []
        for core in self._cores:
            for corner in _corners(core):
                if math.dist(camera.at, corner) > camera.range_m:
                    continue
                turn = first + (bearing_deg(camera.at, corner) - first) % 360.0
                extra += [turn + nudge for nudge in (-0.02, 0.02) if first <= turn + nudge <= last]
        return sorted({*bearings, *extra})

    def _reach(self, camera: Camera, bearing: float) -> Point:
        """Where a ray ends: at range, or at the first building."""
        angle = math.radians(bearing)
        x, y = camera.at
        end = (x + math.sin(angle) * camera.range_m, y + math.cos(angle) * camera.range_m)
        ray = LineString([camera.at, end])
        distance_m = camera.range_m
        for index in self._tree.query(ray, predicate="intersects"):
            inside = ray.intersection(self._cores[index])
            if not inside.is_empty:
                distance_m = min(distance_m, shapely.Point(camera.at).distance(inside))
        return (x + math.sin(angle) * distance_m, y + math.cos(angle) * distance_m)


def bearing_deg(start: Point, end: Point) -> float:
    """Compass bearing from `start` to `end`, 0 to 360."""
    return math.degrees(math.atan2(end[0] - start[0], end[1] - start[1])) % 360.0


def _is_inside_fov(camera: Camera, point: Point) -> bool:
    if math.dist(camera.at, point) < NEAREST_M:
        return True
    off_deg = (bearing_deg(camera.at, point) - camera.heading_deg + 180.0) % 360.0 - 180.0
    return abs(off_deg) <= camera.fov_deg / 2 + 1e-9


def _density(camera: Camera, distance_m: float) -> float:
    width_m = 2 * max(distance_m, NEAREST_M) * math.tan(math.radians(camera.fov_deg) / 2)
    return camera.width_px / width_m


def _looks(zone: Zone) -> tuple[tuple[Point, ...], ...]:
    """The points to look at, most telling first."""
    if zone.beam is None:
        return ((zone.at,),)
    (ax, ay), (bx, by) = zone.beam
    return (((ax + bx) / 2, (ay + by) / 2),), zone.beam


def _solid(outline: tuple[Point, ...]) -> BaseGeometry:
    return shapely.make_valid(Polygon(outline))


def _core(solid: BaseGeometry) -> BaseGeometry:
    """What of a building hides: shrunk by EDGE_M, so that a wall touched from outside is not "behind"."""
    edge_m = EDGE_M
    while edge_m > EDGE_M / 16:
        core = solid.buffer(-edge_m)
        if not core.is_empty:
            return core
        edge_m /= 2  # a thing thinner than twice EDGE_M still hides
    return solid


def _corners(core: BaseGeometry) -> list[Point]:
    solids = core.geoms if isinstance(core, MultiPolygon) else (core,)
    return [
        (float(x), float(y))
        for solid in solids
        if isinstance(solid, Polygon)
        for x, y in solid.exterior.coords
    ]
