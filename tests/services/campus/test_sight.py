"""What cameras see, by hand arithmetic on small plans and by properties on random ones."""

from __future__ import annotations

import math
from dataclasses import replace
from math import dist

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, Polygon
from shapely import Point as Spot

from services.campus.sight import EDGE_M, Sight, bearing_deg
from services.domain.classes import AlarmClass
from services.domain.site import (
    Area,
    AreaKind,
    Camera,
    CameraNo,
    PanelNo,
    Point,
    Site,
    Wall,
    Zone,
    ZoneKind,
    ZoneNo,
)


def camera(
    no: str = "C1",
    at: Point = (50, 50),
    heading_deg: float = 0,
    fov_deg: float = 90,
    range_m: float = 60,
    width_px: int = 1920,
) -> Camera:
    url = f"rtsp://h/{no}"
    return Camera(CameraNo(no), no, no, "", at, 6, heading_deg, fov_deg, range_m, url, url, "", width_px)


def box(no: str, x0: float, y0: float, x1: float, y1: float, kind: AreaKind = AreaKind.BUILDING) -> Area:
    return Area(no, no, no, kind, ((x0, y0), (x1, y0), (x1, y1), (x0, y1)), 10.0)


def plan(*cameras: Camera, areas: tuple[Area, ...] = (), walls: tuple[Wall, ...] = ()) -> Site:
    return Site("s", "s", "s", 200, 200, areas=areas, walls=walls, cameras=cameras)


def zone(at: Point, beam: tuple[Point, Point] | None = None, **rules: tuple[CameraNo, ...]) -> Zone:
    kind = ZoneKind.INFRARED_BEAM if beam else ZoneKind.PANIC_BUTTON
    return Zone(ZoneNo("Z1"), PanelNo("A1"), 1, "z", "z", kind, AlarmClass.PANIC, "", at, None, beam, **rules)


def numbers(site: Site, point: Point) -> list[str]:
    return [seen.camera.no for seen in Sight(site).cameras_seeing(point)]


def test_a_camera_sees_what_lies_before_it_and_not_what_lies_beside_or_behind() -> None:
    site = plan(camera(heading_deg=90, fov_deg=60))
    assert numbers(site, (80, 50)) == ["C1"]
    # 30 degrees off a heading of 90 is the edge: bearing 60 at 20 m is (+17.32, +10).
    assert numbers(site, (50 + 20 * math.sin(math.radians(60.5)), 50 + 20 * math.cos(math.radians(60.5))))
    assert not numbers(site, (50 + 20 * math.sin(math.radians(59)), 50 + 20 * math.cos(math.radians(59))))
    assert numbers(site, (20, 50)) == []


def test_a_field_of_view_across_north_is_whole() -> None:
    site = plan(camera(heading_deg=350, fov_deg=40))
    for bearing in (331, 350, 359, 0, 1, 9):
        angle = math.radians(bearing)
        assert numbers(site, (50 + 20 * math.sin(angle), 50 + 20 * math.cos(angle))) == ["C1"]
    assert numbers(site, (50 + 20 * math.sin(math.radians(12)), 50 + 20 * math.cos(math.radians(12)))) == []


def test_nothing_is_seen_beyond_the_range() -> None:
    site = plan(camera(heading_deg=90, range_m=30))
    assert numbers(site, (80, 50)) == ["C1"]
    assert numbers(site, (80.01, 50)) == []


def test_the_density_is_pixels_across_one_metre() -> None:
    seen = Sight(plan(camera(heading_deg=90, fov_deg=90))).cameras_seeing((70, 50))[0]
    # At 20 m a 90 degree view is 2 * 20 * tan(45) = 40 m wide: 1920 / 40 = 48 px per metre.
    assert seen.px_per_m == pytest.approx(48.0)
    assert seen.distance_m == pytest.approx(20.0)


def test_the_densest_picture_comes_first() -> None:
    near = camera("N", (60, 50), 90, 90)
    far_tele = camera("T", (20, 50), 90, 10)
    far_wide = camera("W", (30, 50), 90, 90)
    # (80, 50): N 20 m at 90° 48 px/m; T 60 m at 10° 1920/(120·0.0875)=183; W 50 m at 90° 19.2.
    assert numbers(plan(far_wide, near, far_tele), (80, 50)) == ["T", "N", "W"]


@pytest.mark.parametrize("kind", [AreaKind.BUILDING, AreaKind.DORMITORY])
def test_a_building_between_hides(kind: AreaKind) -> None:
    site = plan(camera(heading_deg=90), areas=(box("B", 60, 40, 70, 60, kind),))
    assert numbers(site, (80, 50)) == []
    assert numbers(site, (55, 50)) == ["C1"]


@pytest.mark.parametrize("kind", [AreaKind.WATER, AreaKind.SPORTS, AreaKind.ROAD, AreaKind.GREEN])
def test_what_lies_flat_hides_nothing(kind: AreaKind) -> None:
    area = replace(box("F", 60, 40, 70, 60, kind), height_m=0.0)
    assert numbers(plan(camera(heading_deg=90), areas=(area,)), (80, 50)) == ["C1"]


def test_a_fence_hides_nothing_for_cameras_look_over_it() -> None:
    wall = Wall("W", "w", "w", ((65, 0), (65, 100)))
    assert numbers(plan(camera(heading_deg=90), walls=(wall,)), (80, 50)) == ["C1"]


def test_a_point_at_a_wall_is_seen_from_before_it_and_not_from_behind() -> None:
    building = box("B", 70, 40, 90, 60)
    before, behind = camera("F", (50, 50), 90), camera("K", (110, 50), 270)
    for x in (69.9, 70.0, 70.3):
        assert numbers(plan(before, behind, areas=(building,)), (x, 50)) == ["F"]


def test_a_camera_on_a_wall_is_not_blind() -> None:
    building = box("B", 40, 40, 50, 60)
    for x in (49.7, 50.0, 50.2):
        assert numbers(plan(camera(at=(x, 50), heading_deg=90), areas=(building,)), (75, 50)) == ["C1"]


def test_a_thin_building_hides_too() -> None:
    assert numbers(plan(camera(heading_deg=90), areas=(box("B", 60, 40, 60.5, 60),)), (80, 50)) == []


def test_feeds_are_pinned_then_seen_then_added_without_doubles() -> None:
    near, far, away = camera("N", (60, 50), 90), camera("F", (40, 50), 90), camera("A", (5, 5), 200)
    site = plan(far, near, away)
    spot = zone((80, 50), pinned=(CameraNo("A"),), added=(CameraNo("N"), CameraNo("A")))
    assert Sight(site).feeds_for(spot) == ("A", "N", "F")
    last = zone((80, 50), added=(CameraNo("A"),))
    assert Sight(site).feeds_for(last) == ("N", "F", "A")


def test_of_a_beam_the_middle_counts_before_the_ends() -> None:
    middle = camera("M", (60, 20), 0, 20, 60)
    end = camera("E", (100, 55), 0, 60, 20)
    site = plan(end, middle)
    assert Sight(site).feeds_for(zone((60, 60), ((20, 60), (100, 60)))) == ("M", "E")


def test_the_cone_ends_at_the_wall_it_meets() -> None:
    site = plan(camera(heading_deg=90, fov_deg=40), areas=(box("B", 70, 0, 90, 100),))
    outline = Sight(site).cone(site.cameras[0])
    assert outline[0] == (50, 50)
    assert max(x for x, _ in outline) == pytest.approx(70 + EDGE_M)


def test_an_open_cone_is_the_whole_sector() -> None:
    site = plan(camera(heading_deg=45, fov_deg=60, range_m=30))
    area = Polygon(Sight(site).cone(site.cameras[0])).area
    # A sector of 60 degrees and 30 m: pi * 30² / 6 = 471.2 m².
    assert area == pytest.approx(471.2, rel=0.005)


def test_the_panic_button_of_the_east_gate_is_seen_by_its_camera_first(demo: Site) -> None:
    button = demo.zone("Z01")
    assert button is not None
    assert Sight(demo).feeds_for(button)[0] == "C01"


def test_every_open_cone_of_the_demo_site_is_a_sound_polygon(demo: Site) -> None:
    sight = Sight(demo)
    for one in demo.cameras:
        assert Polygon(sight.cone(one)).area > 50


coordinate = st.floats(0, 200)
spots = st.tuples(coordinate, coordinate)


@st.composite
def plans(draw: st.DrawFn) -> Site:
    cameras = [
        camera(
            f"C{number}",
            draw(spots),
            draw(st.floats(0, 359.9)),
            draw(st.floats(10, 150)),
            draw(st.floats(5, 150)),
        )
        for number in range(draw(st.integers(1, 6)))
    ]
    areas = []
    for number in range(draw(st.integers(0, 4))):
        x, y = draw(spots)
        areas.append(box(f"B{number}", x, y, x + draw(st.floats(2, 60)), y + draw(st.floats(2, 60))))
    return plan(*cameras, areas=tuple(areas))


@settings(max_examples=150, deadline=None)
@given(plans(), spots)
def test_no_camera_sees_beyond_its_range_or_its_angle(site: Site, point: Point) -> None:
    for seen in Sight(site).cameras_seeing(point):
        assert seen.distance_m <= seen.camera.range_m
        if seen.distance_m > 0.5:
            off = abs((bearing_deg(seen.camera.at, point) - seen.camera.heading_deg + 180) % 360 - 180)
            assert off <= seen.camera.fov_deg / 2 + 1e-6


@settings(max_examples=150, deadline=None)
@given(plans(), spots)
def test_the_order_is_by_density(site: Site, point: Point) -> None:
    densities = [seen.px_per_m for seen in Sight(site).cameras_seeing(point)]
    assert densities == sorted(densities, reverse=True)


@settings(max_examples=150, deadline=None)
@given(plans(), spots)
def test_a_building_put_between_takes_the_camera_away_and_no_building_adds_one(
    site: Site, point: Point
) -> None:
    seen = Sight(site).cameras_seeing(point)
    for one in seen:
        if one.distance_m < 12:
            continue
        x, y = (one.camera.at[0] + point[0]) / 2, (one.camera.at[1] + point[1]) / 2
        blocked = replace(site, areas=(*site.areas, box("X", x - 2, y - 2, x + 2, y + 2)))
        left = {other.camera.no for other in Sight(blocked).cameras_seeing(point)}
        assert one.camera.no not in left
        assert left <= {other.camera.no for other in seen}


@settings(max_examples=100, deadline=None)
@given(plans(), spots)
def test_what_is_seen_lies_in_the_cone_and_the_cone_in_what_is_seen(site: Site, point: Point) -> None:
    sight = Sight(site)
    seen = {one.camera.no for one in sight.cameras_seeing(point)}
    cores = [Polygon(area.outline).buffer(-EDGE_M) for area in site.areas]
    for one in site.cameras:
        if dist(one.at, point) < 0.3:
            continue  # its own place is on the edge of whatever it sees
        if any(LineString([one.at, point]).distance(core.boundary) < 0.1 for core in cores):
            continue  # along an edge the two may differ by the width of a ray
        if math.dist(one.at, point) < 0.3:
            continue  # its own place is the tip of its cone, and all there is of one inside a building
        cone = Polygon(sight.cone(one)).buffer(0)
        if cone.boundary.distance(Spot(point)) < 0.3 or one.fov_deg > 140:
            continue
        assert cone.contains(Spot(point)) == (one.no in seen)
