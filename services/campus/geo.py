"""From where a satellite receiver says it is to metres on the campus plan."""

from __future__ import annotations

import math

from services.domain.site import GeoReference, Point

# WGS 84: half of the long axis, and the square of the eccentricity.
_AXIS_M = 6_378_137.0
_E2 = 6.694_379_990_14e-3


def to_plan(geo: GeoReference, latitude: float, longitude: float) -> Point:
    """The point on the plan of WGS 84 degrees. Flat-earth: below 10 cm wrong over a campus of 3 km."""
    phi = math.radians(geo.latitude)
    bend = 1.0 - _E2 * math.sin(phi) ** 2
    east_m = math.radians(longitude - geo.longitude) * math.cos(phi) * _AXIS_M / math.sqrt(bend)
    north_m = math.radians(latitude - geo.latitude) * _AXIS_M * (1.0 - _E2) / bend**1.5
    turn = math.radians(geo.turned_deg)
    return (
        east_m * math.cos(turn) - north_m * math.sin(turn),
        east_m * math.sin(turn) + north_m * math.cos(turn),
    )
