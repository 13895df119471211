"""People who stroll along the paths all the time, so that every camera shows life."""

from __future__ import annotations

import itertools
import math
import random
from dataclasses import dataclass

from services.domain.site import Camera, Point, Site
from services.sim.actors import Actor, Look, Mark

SPEED_MPS = (1.0, 1.5)
PAUSE_S = (1.0, 6.0)
NEAREST_VIEW_M = 9.0  # closer to a camera than this only a head would fit into the picture
COATS = (
    (52, 73, 105), (142, 52, 48), (70, 92, 62), (201, 196, 180), (44, 44, 50),
    (168, 120, 62), (96, 70, 110), (60, 120, 140), (180, 90, 110), (120, 128, 138),
)  # fmt: skip


def strollers(site: Site, period_s: float, people: int, seed: int) -> tuple[Actor, ...]:
    """`people` actors walking to and fro; the first of them in front of one camera each.

    The same arguments give the same walk. Every walk ends where it began after `period_s`.
    """
    lines = [path.line for path in site.paths if len(path.line) > 1]
    if not lines:
        return ()
    rng = random.Random(seed)
    spots = [spot for spot in (_in_view(camera, lines) for camera in site.cameras) if spot is not None]
    return tuple(_stroller(i, spots, lines, period_s, rng) for i in range(people))


def point_along(line: tuple[Point, ...], distance_m: float) -> Point:
    """The point `distance_m` after the start of `line`; its ends beyond them."""
    left = max(0.0, distance_m)
    for a, b in itertools.pairwise(line):
        length = math.dist(a, b)
        if left <= length and length > 0:
            part = left / length
            return (a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part)
        left -= length
    return line[-1]


def _length(line: tuple[Point, ...]) -> float:
    return sum(math.dist(a, b) for a, b in itertools.pairwise(line))


def _in_view(camera: Camera, lines: list[tuple[Point, ...]]) -> tuple[tuple[Point, ...], float] | None:
    """A path and a distance along it that lies well inside what `camera` sees."""
    best: tuple[float, tuple[Point, ...], float] | None = None
    for line in lines:
        for along in range(0, int(_length(line)) + 1, 2):
            cost = _awkwardness(camera, point_along(line, along))
            if cost is not None and (best is None or cost < best[0]):
                best = (cost, line, float(along))
    return None if best is None else (best[1], best[2])


def _awkwardness(camera: Camera, point: Point) -> float | None:
    """Small for a point in the middle of the picture; None outside it."""
    east, north = point[0] - camera.at[0], point[1] - camera.at[1]
    far = math.hypot(east, north)
    off = (math.degrees(math.atan2(east, north)) - camera.heading_deg + 180.0) % 360.0 - 180.0
    if not NEAREST_VIEW_M <= far <= camera.range_m or abs(off) > 0.45 * camera.fov_deg:
        return None
    return abs(off) / camera.fov_deg + abs(far - 18.0) / 40.0


def _stroller(
    index: int,
    spots: list[tuple[tuple[Point, ...], float]],
    lines: list[tuple[Point, ...]],
    period_s: float,
    rng: random.Random,
) -> Actor:
    if spots and index < 2 * len(spots):
        line, middle = spots[index % len(spots)]
    else:
        line = rng.choices(lines, weights=[_length(path) for path in lines])[0]
        middle = rng.uniform(0.0, _length(line))
    return Actor(
        no=f"stroller-{index + 1}",
        look=Look.PERSON,
        marks=_to_and_fro(line, middle, period_s, rng),
        colour=rng.choice(COATS),
        height_m=rng.uniform(1.58, 1.84),
    )


def _to_and_fro(
    line: tuple[Point, ...], middle_m: float, period_s: float, rng: random.Random
) -> tuple[Mark, ...]:
    """Out and back around `middle_m`, one mark a second, from a random phase: the loop has no seam."""
    walk = _Walk(rng.uniform(*SPEED_MPS), rng.uniform(*PAUSE_S), period_s / rng.randint(1, 3))
    start_m = max(0.0, min(middle_m - walk.reach_m / 2, _length(line) - walk.reach_m))
    phase_s = rng.uniform(0.0, period_s)
    side_m = rng.choice((-1, 1)) * rng.uniform(0.4, 2.2)
    return tuple(
        Mark(float(second), _beside(line, start_m + walk.out_m(second + phase_s), side_m))
        for second in range(int(period_s) + 1)
    )


def _beside(line: tuple[Point, ...], along_m: float, side_m: float) -> Point:
    """The point `side_m` to the right of the one `along_m` after the start of `line`."""
    here, back = point_along(line, along_m), point_along(line, along_m - 0.5)
    ahead = point_along(line, along_m + 0.5)
    length = math.dist(back, ahead) or 1.0
    east, north = (ahead[0] - back[0]) / length, (ahead[1] - back[1]) / length
    return (here[0] + north * side_m, here[1] - east * side_m)


@dataclass(frozen=True, slots=True)
class _Walk:
    """Out, a pause, back, a pause; again and again every `cycle_s`."""

    speed_mps: float
    pause_s: float
    cycle_s: float

    @property
    def reach_m(self) -> float:
        return self.speed_mps * (self.cycle_s / 2 - self.pause_s)

    def out_m(self, at_s: float) -> float:
        """Metres from the turning point where it began."""
        inside_s = at_s % self.cycle_s
        half_s = self.cycle_s / 2
        if inside_s < half_s:
            return min(inside_s * self.speed_mps, self.reach_m)
        return max(0.0, self.reach_m - (inside_s - half_s) * self.speed_mps)
