"""Which camera is on which tile, in which layout; pure, and what is kept between two starts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

LAYOUT_SIDES = {1: 1, 4: 2, 9: 3, 16: 4, 25: 5}
MOST_TILES = 25


@dataclass(frozen=True, slots=True)
class WallPlan:
    """layout: tiles shown, a key of LAYOUT_SIDES. cameras: MOST_TILES numbers, "" = empty tile.

    chosen: the tile the operator works on. single: the tile that fills the wall, None = all.
    """

    layout: int
    cameras: tuple[str, ...]
    chosen: int = 0
    single: int | None = None

    @property
    def visible(self) -> tuple[int, ...]:
        """Indexes of the tiles that can be seen now."""
        return (self.single,) if self.single is not None else tuple(range(self.layout))

    @property
    def visible_cameras(self) -> frozenset[str]:
        return frozenset(self.cameras[index] for index in self.visible) - {""}

    def with_layout(self, layout: int) -> WallPlan:
        """The chosen tile stays in view: its camera moves to the last tile of a smaller layout."""
        cameras = list(self.cameras)
        chosen = self.chosen
        if chosen >= layout:
            last = layout - 1
            cameras[last], cameras[chosen] = cameras[chosen], cameras[last]
            chosen = last
        return replace(self, layout=layout, cameras=tuple(cameras), chosen=chosen, single=None)

    def with_camera(self, index: int, camera_no: str) -> WallPlan:
        """Put a camera on a tile; if it was on another, the two tiles swap."""
        cameras = list(self.cameras)
        if camera_no and camera_no in cameras:
            cameras[cameras.index(camera_no)] = cameras[index]
        cameras[index] = camera_no
        return replace(self, cameras=tuple(cameras), chosen=index)

    def with_chosen(self, index: int) -> WallPlan:
        return replace(self, chosen=index)

    def toggled_single(self, index: int) -> WallPlan:
        """Fill the wall with this tile, or go back when it already does."""
        return replace(self, chosen=index, single=None if self.single is not None else index)


def first_plan(cameras: Sequence[str], layout: int = 9) -> WallPlan:
    """The site's first cameras in their order."""
    return WallPlan(layout, _padded(cameras))


def plan_to_plain(plan: WallPlan) -> dict[str, object]:
    return {
        "layout": plan.layout,
        "cameras": list(plan.cameras),
        "chosen": plan.chosen,
        "single": -1 if plan.single is None else plan.single,
    }


def plan_from_plain(plain: dict[str, object] | None, known: Sequence[str]) -> WallPlan:
    """The kept plan without cameras the site has no more; the first plan when it makes no sense."""
    if plain is None:
        return first_plan(known)
    layout, cameras = plain.get("layout"), plain.get("cameras")
    if not isinstance(layout, int) or layout not in LAYOUT_SIDES or not isinstance(cameras, list):
        return first_plan(known)
    kept = _padded([no if isinstance(no, str) and no in known else "" for no in cameras])
    return WallPlan(
        layout,
        kept,
        _index(plain.get("chosen"), layout) or 0,
        _index(plain.get("single"), layout),
    )


def _padded(cameras: Sequence[str]) -> tuple[str, ...]:
    return tuple([*cameras, *[""] * MOST_TILES][:MOST_TILES])


def _index(value: object, layout: int) -> int | None:
    return value if isinstance(value, int) and 0 <= value < layout else None
