"""What people call a spot, and where the places are that they name."""

from __future__ import annotations

from services.campus.whereabouts import place_at, places_of, spot_of
from services.domain.site import Area, AreaKind, Gate, Place, Site

SQUARE = ((0.0, 0.0), (40.0, 0.0), (40.0, 30.0), (0.0, 30.0))
HOUSE = ((10.0, 10.0), (20.0, 10.0), (20.0, 20.0), (10.0, 20.0))
SITE = Site(
    "t", "校区", "Campus", 500.0, 350.0,
    areas=(
        Area("P1", "广场", "Plaza", AreaKind.PLAZA, SQUARE),
        Area("B1", "三号楼", "Building 3", AreaKind.BUILDING, HOUSE, 12.0),
    ),
    gates=(Gate("G1", "东门", "East Gate", (490.0, 180.0), 6.0, 90.0),),
    places=(Place("东门", "East Gate"),),
)  # fmt: skip


def test_a_building_is_named_before_the_lawn_around_it() -> None:
    assert place_at(SITE, (15.0, 15.0)) == "三号楼"
    assert place_at(SITE, (30.0, 5.0)) == "广场"


def test_outside_every_area_the_nearest_named_thing_is_meant_if_it_is_near() -> None:
    assert place_at(SITE, (480.0, 170.0)) == "东门"
    assert place_at(SITE, (250.0, 340.0)) == ""


def test_a_name_in_either_language_has_a_spot() -> None:
    assert spot_of(SITE, "building 3") == (15.0, 15.0)
    assert spot_of(SITE, " 东门 ") == spot_of(SITE, "east gate") == (490.0, 180.0)
    assert spot_of(SITE, "nowhere") is None
    assert spot_of(SITE, "") is None
    assert places_of(SITE) == ["广场", "三号楼", "东门"]
