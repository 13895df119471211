"""What people call a spot on the plan, and where a place is that they name."""

from __future__ import annotations

import math
from collections.abc import Iterator

from services.domain.site import UNPLACED, Point, Site

# Farther than this from anything with a name, a spot has none.
NEAR_M = 60.0


def place_at(site: Site, spot: Point) -> str:
    """The area it lies in, a building before a lawn; else the nearest named thing; "" far from all."""
    inside = [area for area in site.areas if _is_inside(spot, area.outline)]
    if inside:
        return max(inside, key=lambda area: area.height_m).name
    near = [(math.dist(at, spot), name) for name, at in _named(site)]
    distance_m, name = min(near, default=(math.inf, ""))
    return name if distance_m <= NEAR_M else ""


def spot_of(site: Site, place: str) -> Point | None:
    """Where a place of that name is, in either language: a gate, post, detector or camera there before the
    middle of an area. None for one that the site does not know."""
    wanted = place.strip().casefold()
    if not wanted:
        return None
    english = {one.name: one.name_en for one in site.places}
    for name, at in _named(site):
        if wanted in (name.casefold(), english.get(name, "").casefold()):
            return at
    areas = (a for a in site.areas if wanted in (a.name.casefold(), a.name_en.casefold()))
    return next((_middle(area.outline) for area in areas), None)


def places_of(site: Site) -> list[str]:
    """Every name that `spot_of` knows, each once."""
    names = [*(area.name for area in site.areas), *(name for name, _at in _named(site))]
    return list(dict.fromkeys(name for name in names if name))


def _named(site: Site) -> Iterator[tuple[str, Point]]:
    yield from ((gate.name, gate.at) for gate in site.gates)
    yield from ((post.name, post.at) for post in site.posts)
    yield from ((zone.place, zone.at) for zone in site.zones)
    yield from ((c.place, c.at) for c in site.cameras if c.is_placed and c.place != UNPLACED)


def _middle(outline: tuple[Point, ...]) -> Point:
    xs, ys = zip(*outline, strict=True)
    return (round((min(xs) + max(xs)) / 2, 1), round((min(ys) + max(ys)) / 2, 1))


def _is_inside(spot: Point, outline: tuple[Point, ...]) -> bool:
    """By counting the edges that a ray to the east crosses."""
    x, y = spot
    crossings = 0
    for (x1, y1), (x2, y2) in zip(outline, (*outline[1:], outline[0]), strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            crossings += 1
    return crossings % 2 == 1
