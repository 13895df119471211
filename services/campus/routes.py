"""How people walk from here to there: along the site's paths, the shortest way."""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass
from itertools import pairwise

import shapely
from shapely import LineString

from services.campus.entries import STANDING
from services.domain.site import Point, Site

# How much longer a way is than the straight line where the plan has no path; by hand on the demo
# campus: corner to corner over the road grid is 1.2 to 1.4 times the straight line.
DETOUR = 1.3
SNAP_CHOICES = 6
_DECIMALS = 3  # points nearer than a millimetre are one junction


@dataclass(frozen=True, slots=True)
class Route:
    """line: from start to end, both included. distance_m: metres to walk, ≥ the straight line."""

    line: tuple[Point, ...]
    distance_m: float


class Routes:
    """The walking network of one site.

    A route crosses a building only where its start or end lies inside one, or where a building
    stands between a point and every path near it; then the link to the path is drawn straight.
    A site without paths, or two parts without connection, gives the straight line with its length
    times DETOUR.
    """

    def __init__(self, site: Site) -> None:
        self._buildings = [
            shapely.make_valid(shapely.Polygon(area.outline)) for area in site.areas if area.kind in STANDING
        ]
        self._tree = shapely.STRtree(self._buildings)
        self._edges: list[tuple[Point, Point]] = self._walkable(_noded(site))
        self._segments = shapely.STRtree([LineString(edge) for edge in self._edges])
        self._ways: dict[Point, list[tuple[Point, float]]] = {}
        for a, b in self._edges:
            self._ways.setdefault(a, []).append((b, math.dist(a, b)))
            self._ways.setdefault(b, []).append((a, math.dist(a, b)))

    def route(self, a: Point, b: Point) -> Route:
        """The shortest way from `a` to `b`."""
        return self.routes_to(b, [a])[0]

    def routes_to(self, goal: Point, starts: list[Point]) -> list[Route]:
        """The shortest ways to one goal from many starts, in the order of `starts`.

        One search serves them all: for ranking a whole guard force.
        """
        links = self._links(goal)
        costs, onward = self._search(links)
        return [self._route(start, goal, links, costs, onward) for start in starts]

    def _route(
        self,
        start: Point,
        goal: Point,
        goal_links: list[_Link],
        costs: dict[Point, float],
        onward: dict[Point, Point],
    ) -> Route:
        if start == goal:
            return Route((start, goal), 0.0)
        best = self._direct(start, goal, goal_links)
        for link in self._links(start):
            for junction in link.ends:
                if junction not in costs:
                    continue
                cost = link.length_m + math.dist(link.foot, junction) + costs[junction]
                if best is None or cost < best.distance_m:
                    best = Route((start, link.foot, *_follow(junction, onward), goal), cost)
        if best is None:
            return Route((start, goal), math.dist(start, goal) * DETOUR)
        return Route(_without_repeats(best.line), best.distance_m)

    def _direct(self, start: Point, goal: Point, goal_links: list[_Link]) -> Route | None:
        """Both on one piece of path: no junction lies between them."""
        best: Route | None = None
        for mine in self._links(start):
            for yours in goal_links:
                if mine.ends != yours.ends:
                    continue
                cost = mine.length_m + math.dist(mine.foot, yours.foot) + yours.length_m
                if best is None or cost < best.distance_m:
                    best = Route((start, mine.foot, yours.foot, goal), cost)
        return best

    def _search(self, links: list[_Link]) -> tuple[dict[Point, float], dict[Point, Point]]:
        """Dijkstra from the goal outwards: cost of each junction, and where to go on from it."""
        costs: dict[Point, float] = {}
        onward: dict[Point, Point] = {}
        waiting: list[tuple[float, Point, Point]] = []
        for link in links:
            for junction in link.ends:
                cost = link.length_m + math.dist(link.foot, junction)
                heapq.heappush(waiting, (cost, junction, link.foot))
        while waiting:
            cost, junction, came_from = heapq.heappop(waiting)
            if junction in costs:
                continue
            costs[junction] = cost
            onward[junction] = came_from
            for other, length_m in self._ways[junction]:
                if other not in costs:
                    heapq.heappush(waiting, (cost + length_m, other, junction))
        return costs, onward

    def _links(self, point: Point) -> list[_Link]:
        """Ways from `point` onto the paths; those through a building only when there is no other."""
        if not self._edges:
            return []
        here = shapely.Point(point)
        near_m = float(here.distance(self._segments.geometries[self._segments.nearest(here)]))
        around = here.buffer(near_m * 2 + 5.0)
        links = [self._link(point, int(index)) for index in self._segments.query(around)]
        links.sort(key=lambda link: (link.length_m, link.ends))
        free = [link for link in links if not self._is_blocked(point, link.foot)]
        return (free or links)[:SNAP_CHOICES]

    def _link(self, point: Point, index: int) -> _Link:
        a, b = self._edges[index]
        foot = _foot(point, a, b)
        return _Link(foot, (a, b), math.dist(point, foot))

    def _walkable(self, edges: list[tuple[Point, Point]]) -> list[tuple[Point, Point]]:
        """A path drawn through a building is a slip of the pen: nobody is sent there."""
        return [edge for edge in edges if not self._is_blocked(*edge)]

    def _is_blocked(self, a: Point, b: Point) -> bool:
        if a == b:
            return False
        line = LineString([a, b])
        return any(
            line.intersection(self._buildings[index]).length > 1e-6
            for index in self._tree.query(line, predicate="intersects")
        )


@dataclass(frozen=True, slots=True)
class _Link:
    """From a point to `foot` on the piece of path between `ends`."""

    foot: Point
    ends: tuple[Point, Point]
    length_m: float


def _noded(site: Site) -> list[tuple[Point, Point]]:
    """The pieces of all paths between junctions; lines are cut where they cross."""
    lines = [LineString(path.line) for path in site.paths if len(set(path.line)) > 1]
    if not lines:
        return []
    network = shapely.node(shapely.MultiLineString(lines))
    pieces: set[tuple[Point, Point]] = set()
    for line in getattr(network, "geoms", (network,)):
        for a, b in pairwise(_rounded(point) for point in line.coords):
            if a != b:
                pieces.add((min(a, b), max(a, b)))
    return sorted(pieces)


def _rounded(point: tuple[float, ...]) -> Point:
    return (round(point[0], _DECIMALS), round(point[1], _DECIMALS))


def _foot(point: Point, a: Point, b: Point) -> Point:
    """The point of segment a-b nearest to `point`."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    part = ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / (dx * dx + dy * dy)
    if part <= 0.0:
        return a
    if part >= 1.0:
        return b
    return (a[0] + dx * part, a[1] + dy * part)


def _follow(junction: Point, onward: dict[Point, Point]) -> list[Point]:
    """The junctions from here to the goal's foot on the path."""
    line = [junction]
    while line[-1] in onward and len(line) <= len(onward) + 1:
        line.append(onward[line[-1]])
    return line


def _without_repeats(line: tuple[Point, ...]) -> tuple[Point, ...]:
    """No two equal points in a row; start and end stay."""
    kept = [line[0]]
    kept += [b for a, b in pairwise(line) if a != b]
    return tuple(kept) if len(kept) > 1 else (line[0], line[-1])
