"""The town outside the wall: pavement, street and a row of houses on each side of the campus."""

from __future__ import annotations

import random

from services.domain.site import Area, AreaKind, Point, Site

PAVEMENT_M = 5.0
STREET_M = 17.0
HOUSES_M = (22.0, 36.0)  # front and back of the houses, from the edge of the plan


def streets(site: Site) -> list[Area]:
    """Pavement and street round the plan, as flat areas."""
    found = []
    for name, near, far, kind in (
        ("pavement", 0.0, PAVEMENT_M, AreaKind.PLAZA),
        ("street", PAVEMENT_M, STREET_M, AreaKind.ROAD),
        ("far-pavement", STREET_M, HOUSES_M[0], AreaKind.PLAZA),
    ):
        for i, outline in enumerate(_bands(site, near, far)):
            found.append(Area(f"{name}-{i}", "", "", kind, outline))
    return found


def houses(site: Site) -> list[Area]:
    """The same houses for every camera of a site."""
    rng = random.Random(f"town of {site.code}")
    found: list[Area] = []
    for side, length in enumerate((site.width_m, site.height_m, site.width_m, site.height_m)):
        at = -HOUSES_M[1] + rng.uniform(0.0, 10.0)
        while at < length + HOUSES_M[1]:
            wide = rng.uniform(16.0, 38.0)
            kind = rng.choice((AreaKind.BUILDING, AreaKind.BUILDING, AreaKind.DORMITORY))
            outline = _on_side(site, side, at, at + wide, *HOUSES_M)
            found.append(Area(f"house-{side}-{len(found)}", "", "", kind, outline, rng.randint(3, 8) * 3.2))
            at += wide + rng.uniform(4.0, 16.0)
    return found


def _bands(site: Site, near: float, far: float) -> list[tuple[Point, ...]]:
    return [
        _on_side(site, side, -far, length + far, near, far)
        for side, length in enumerate((site.width_m, site.height_m, site.width_m, site.height_m))
    ]


def _on_side(site: Site, side: int, start: float, end: float, near: float, far: float) -> tuple[Point, ...]:
    """A rectangle outside the plan; sides: 0 south, 1 east, 2 north, 3 west."""
    w, h = site.width_m, site.height_m
    x0, y0, x1, y1 = {
        0: (start, -far, end, -near),
        1: (w + near, start, w + far, end),
        2: (start, h + near, end, h + far),
        3: (-far, start, -near, end),
    }[side]
    return ((x0, y0), (x1, y0), (x1, y1), (x0, y1))
