"""The ways people walk: shortest, along the paths, round the buildings."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, Polygon
from shapely import Point as Spot

from services.campus.routes import DETOUR, Routes
from services.domain.site import Area, AreaKind, Path, Point, Site


def plan(*lines: tuple[Point, ...], areas: tuple[Area, ...] = ()) -> Site:
    paths = tuple(Path(f"K{number}", line) for number, line in enumerate(lines))
    return Site("s", "s", "s", 200, 200, areas=areas, paths=paths)


def box(x0: float, y0: float, x1: float, y1: float) -> Area:
    return Area("B", "b", "b", AreaKind.BUILDING, ((x0, y0), (x1, y0), (x1, y1), (x0, y1)), 9.0)


def length(line: tuple[Point, ...]) -> float:
    return sum(math.dist(a, b) for a, b in pairwise(line))


def test_paths_that_share_a_point_are_joined_there() -> None:
    routes = Routes(plan(((0, 0), (10, 0)), ((10, 0), (10, 10))))
    way = routes.route((0, 0), (10, 10))
    assert way.line == ((0, 0), (10, 0), (10, 10))
    assert way.distance_m == pytest.approx(20)


def test_paths_that_cross_are_joined_where_they_cross() -> None:
    routes = Routes(plan(((0, 10), (20, 10)), ((10, 0), (10, 20))))
    assert routes.route((0, 10), (10, 20)).line == ((0, 10), (10, 10), (10, 20))


def test_the_shorter_of_two_ways_is_taken() -> None:
    detour = ((0, 0), (0, 50), (20, 50), (20, 0))
    short = ((0, 0), (10, 5), (20, 0))
    assert routes_distance(plan(detour, short)) == pytest.approx(2 * math.hypot(10, 5))


def routes_distance(site: Site) -> float:
    return Routes(site).route((0, 0), (20, 0)).distance_m


def test_a_point_beside_the_path_walks_to_it_first() -> None:
    way = Routes(plan(((0, 0), (100, 0)))).route((20, 7), (60, 3))
    assert way.line == ((20, 7), (20, 0), (60, 0), (60, 3))
    assert way.distance_m == pytest.approx(7 + 40 + 3)


def test_two_points_on_one_piece_of_path_do_not_go_round_by_its_ends() -> None:
    way = Routes(plan(((0, 0), (100, 0)))).route((40, 0), (60, 0))
    assert way.distance_m == pytest.approx(20)
    assert way.line == ((40, 0), (60, 0))


def test_the_way_onto_a_path_does_not_cross_a_building_when_another_does_not() -> None:
    # The nearest path lies 14 m west behind the building, 39 m in all; the free way is 25 m up to
    # the northern path, 14 m west and 50 m down.
    site = plan(((0, 0), (0, 50), (30, 50)), ((30, 0), (30, 50)), areas=(box(5, 10, 12, 40),))
    way = Routes(site).route((14, 25), (0, 0))
    building = Polygon(site.areas[0].outline)
    assert LineString(way.line).intersection(building).length == 0
    assert way.distance_m == pytest.approx(25 + 14 + 50)


def test_a_point_inside_a_building_is_reached_all_the_same() -> None:
    site = plan(((0, 0), (50, 0)), areas=(box(10, 5, 30, 25),))
    way = Routes(site).route((0, 0), (20, 15))
    assert way.line[-1] == (20, 15)
    assert way.distance_m == pytest.approx(20 + 15)


def test_a_path_drawn_through_a_building_is_not_used() -> None:
    through = ((0, 0), (20, 0))
    round_it = ((0, 0), (0, 10), (20, 10), (20, 0))
    site = plan(through, round_it, areas=(box(8, -4, 12, 4),))
    assert Routes(site).route((0, 0), (20, 0)).distance_m == pytest.approx(40)


def test_without_any_path_the_straight_line_counts_with_a_detour() -> None:
    way = Routes(plan()).route((0, 0), (30, 40))
    assert way.line == ((0, 0), (30, 40))
    assert way.distance_m == pytest.approx(50 * DETOUR)


def test_parts_without_connection_count_as_the_straight_line_with_a_detour() -> None:
    way = Routes(plan(((0, 0), (10, 0)), ((100, 100), (110, 100)))).route((0, 0), (110, 100))
    assert way.distance_m == pytest.approx(math.hypot(110, 100) * DETOUR)


def test_staying_where_one_is_is_no_way() -> None:
    way = Routes(plan(((0, 0), (10, 0)))).route((5, 5), (5, 5))
    assert (way.line, way.distance_m) == (((5, 5), (5, 5)), 0.0)


@pytest.fixture(scope="module")
def demo_routes(demo: Site) -> Routes:
    return Routes(demo)


def test_every_gate_post_and_zone_of_the_demo_site_is_reached_on_foot(
    demo: Site, demo_routes: Routes
) -> None:
    start = demo.gates[0].at
    goals = [gate.at for gate in demo.gates] + [post.at for post in demo.posts]
    goals += [zone.at for zone in demo.zones]
    for goal in goals:
        way = demo_routes.route(start, goal)
        assert way.distance_m == pytest.approx(length(way.line), abs=0.01), goal


def test_every_door_way_of_the_demo_site_ends_at_a_building(demo: Site) -> None:
    """A branch that ends nowhere near a wall or another path would be a slip in the file."""
    buildings = [Polygon(area.outline) for area in demo.areas if area.height_m > 0]
    lines = {path.no: LineString(path.line) for path in demo.paths}
    for path in demo.paths:
        for end in (path.line[0], path.line[-1]):
            at_path = any(line.distance(Spot(end)) < 0.01 for no, line in lines.items() if no != path.no)
            at_wall = any(building.distance(Spot(end)) <= 1.0 for building in buildings)
            at_edge = any(math.dist(gate.at, end) < 1 for gate in demo.gates)
            at_field = any(
                Polygon(area.outline).distance(Spot(end)) <= 2.0
                for area in demo.areas
                if area.kind is AreaKind.SPORTS
            )
            assert at_path or at_wall or at_edge or at_field, (path.no, end)


spots = st.tuples(st.floats(12, 488), st.floats(12, 338))


@settings(max_examples=120, deadline=None)
@given(a=spots, b=spots)
def test_a_route_starts_and_ends_where_asked_and_is_as_long_as_its_line(
    demo_routes: Routes, a: Point, b: Point
) -> None:
    way = demo_routes.route(a, b)
    assert (way.line[0], way.line[-1]) == (a, b)
    assert way.distance_m == pytest.approx(length(way.line), abs=0.01)
    assert way.distance_m >= math.dist(a, b) - 1e-6


@settings(max_examples=120, deadline=None)
@given(a=spots, b=spots)
def test_a_route_there_and_back_is_equally_long(demo_routes: Routes, a: Point, b: Point) -> None:
    there, back = demo_routes.route(a, b), demo_routes.route(b, a)
    assert there.distance_m == pytest.approx(back.distance_m, abs=0.01)


@settings(max_examples=120, deadline=None)
@given(a=spots, b=spots)
def test_no_route_between_points_outside_leads_through_a_building(
    demo: Site, demo_routes: Routes, a: Point, b: Point
) -> None:
    """But for the documented exception: a link to the path where there is no free one."""
    buildings = [Polygon(area.outline) for area in demo.areas if area.height_m > 0]
    if any(building.buffer(0.5).contains(Spot(spot)) for building in buildings for spot in (a, b)):
        return
    line = demo_routes.route(a, b).line
    middle = line[1:-1] if len(line) > 3 else ()
    if len(middle) > 1:
        assert all(LineString(middle).intersection(building).length < 1e-6 for building in buildings)


def test_many_starts_give_the_same_ways_as_one_by_one(demo: Site, demo_routes: Routes) -> None:
    goal = (483.5, 187.6)
    starts = [guard.at for guard in demo.guards]
    together = [way.distance_m for way in demo_routes.routes_to(goal, starts)]
    alone = [demo_routes.route(start, goal).distance_m for start in starts]
    assert together == pytest.approx(alone)
