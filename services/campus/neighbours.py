"""Which cameras see the same ground as others, or what lies beside it: who leaves one walks into the next."""

from __future__ import annotations

from collections.abc import Sequence

import shapely
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from services.campus.sight import Sight
from services.domain.site import CameraNo, Site

# Less ground in common is a corner that nobody would recognise.
LEAST_M2 = 4.0
# So far from what one camera sees somebody is in half a minute, on foot.
BESIDE_M = 40.0


def neighbours(site: Site, cameras: Sequence[str]) -> tuple[CameraNo, ...]:
    """First those that see ground in common with `cameras`, the largest part first; then those whose ground
    lies beside it, the nearest first.

    Takes some milliseconds for each camera of the site: not for the GUI thread.
    """
    sight = Sight(site)
    grounds = {camera.no: _ground(sight.cone(camera)) for camera in site.cameras if camera.is_placed}
    seen = shapely.union_all([ground for no, ground in grounds.items() if no in cameras])
    if seen.is_empty:
        return ()
    found: list[tuple[float, float, CameraNo]] = []
    for no, ground in grounds.items():
        if no not in cameras:
            shared_m2, apart_m = ground.intersection(seen).area, ground.distance(seen)
            if shared_m2 >= LEAST_M2 or apart_m <= BESIDE_M:
                found.append((-shared_m2 if shared_m2 >= LEAST_M2 else 0.0, apart_m, no))
    return tuple(no for _, _, no in sorted(found))


def _ground(outline: Sequence[tuple[float, float]]) -> BaseGeometry:
    return shapely.make_valid(Polygon(outline))
