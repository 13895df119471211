"""Which camera is on which tile, in which layout; pure, and what is kept between two starts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from services.core.codec import from_plain, to_plain
from services.domain.layouts import LAYOUTS, MOST_TILES, Layout, is_whole

FIRST_LAYOUT = "9"
FirstPlan = Callable[[Sequence[str]], "WallPlan"]


@dataclass(frozen=True, slots=True)
class WallPlan:
    """layout: a key of LAYOUTS, or the id of an operator's own one. cells: how it is cut.

    cameras: MOST_TILES numbers, "" = empty tile. chosen: the tile the operator works on.
    single: the tile that fills the wall, None = all. hotspot: the tile that follows the camera chosen
    last, anywhere; it alone may show a camera that another tile shows too. None = no such tile.
    """

    layout: str
    cells: Layout
    cameras: tuple[str, ...]
    chosen: int = 0
    single: int | None = None
    hotspot: int | None = None

    @property
    def count(self) -> int:
        """Tiles of the layout."""
        return len(self.cells.cells)

    @property
    def visible(self) -> tuple[int, ...]:
        """Indexes of the tiles that can be seen now."""
        return (self.single,) if self.single is not None else tuple(range(self.count))

    @property
    def visible_cameras(self) -> frozenset[str]:
        return frozenset(self.cameras[index] for index in self.visible) - {""}

    def with_layout(self, key: str, cells: Layout) -> WallPlan:
        """The chosen tile stays in view: its camera moves to the last tile of a smaller layout."""
        cameras, chosen, hotspot = list(self.cameras), self.chosen, self.hotspot
        last = len(cells.cells) - 1
        if chosen > last:
            cameras[last], cameras[chosen] = cameras[chosen], cameras[last]
            hotspot = {chosen: last, last: chosen}.get(hotspot, hotspot) if hotspot is not None else None
            chosen = last
        plan = replace(self, layout=key, cells=cells, cameras=tuple(cameras), chosen=chosen, single=None)
        plan = replace(plan, hotspot=hotspot)
        return plan if hotspot is None or hotspot <= last else plan.with_hotspot(None)

    def with_camera(self, index: int, camera_no: str) -> WallPlan:
        """Put a camera on a tile; if it was on another, the two tiles swap."""
        cameras = list(self.cameras)
        if index != self.hotspot:
            other = self._elsewhere(camera_no, index)
            if other is not None:
                cameras[other] = cameras[index]
        cameras[index] = camera_no
        return replace(self, cameras=tuple(cameras), chosen=index)

    def with_shown(self, index: int, camera_no: str) -> WallPlan:
        """A camera that comes by itself: no other tile changes, and the chosen one stays chosen."""
        cameras = list(self.cameras)
        waiting = [at for at in range(self.count, MOST_TILES) if camera_no and cameras[at] == camera_no]
        for at in waiting:
            cameras[at] = "" if index == self.hotspot else cameras[index]
        cameras[index] = camera_no
        return replace(self, cameras=tuple(cameras))

    def is_elsewhere(self, camera_no: str, index: int) -> bool:
        """Another tile that can be seen shows the camera; the hotspot does not count."""
        shown = [at for at in range(self.count) if at not in (index, self.hotspot)]
        return camera_no in {self.cameras[at] for at in shown}

    def with_swapped(self, one: int, other: int) -> WallPlan:
        """The two tiles change places; the second becomes the chosen one."""
        cameras = list(self.cameras)
        cameras[one], cameras[other] = cameras[other], cameras[one]
        hotspot = (
            {one: other, other: one}.get(self.hotspot, self.hotspot) if self.hotspot is not None else None
        )
        return replace(self, cameras=tuple(cameras), chosen=other, hotspot=hotspot)

    def with_cameras(self, cameras: Sequence[str]) -> WallPlan:
        """Fill the tiles in order; "" leaves one empty, what does not fit waits behind."""
        return replace(self, cameras=_padded(_once(list(cameras), None)), hotspot=None)

    def with_chosen(self, index: int) -> WallPlan:
        return replace(self, chosen=index)

    def with_hotspot(self, index: int | None) -> WallPlan:
        """Mark another tile, or none; a tile that stops being one gives up a camera shown twice."""
        cameras, was = list(self.cameras), self.hotspot
        if was is not None and was != index and self._elsewhere(cameras[was], was) is not None:
            cameras[was] = ""
        return replace(self, cameras=tuple(cameras), hotspot=index)

    def toggled_single(self, index: int) -> WallPlan:
        """Fill the wall with this tile, or go back when it already does."""
        return replace(self, chosen=index, single=None if self.single is not None else index)

    def _elsewhere(self, camera_no: str, index: int) -> int | None:
        """Another tile with that camera; the hotspot does not count."""
        if not camera_no:
            return None
        others = (at for at, no in enumerate(self.cameras) if no == camera_no)
        return next((at for at in others if at not in (index, self.hotspot)), None)


def first_plan(cameras: Sequence[str], layout: str = FIRST_LAYOUT) -> WallPlan:
    """The site's first cameras in their order."""
    return WallPlan(layout, LAYOUTS[layout], _padded(cameras))


def next_plan(number: int) -> FirstPlan:
    """What the seat's wall `number`, from 1, begins with: the cameras after those of the walls before."""

    def plan(cameras: Sequence[str]) -> WallPlan:
        each = len(LAYOUTS[FIRST_LAYOUT].cells)
        return first_plan(cameras[(number - 1) * each :])

    return plan


def single_plan(cameras: Sequence[str]) -> WallPlan:
    """One picture over everything."""
    return first_plan(cameras[:1], "1")


def plan_to_plain(plan: WallPlan) -> dict[str, object]:
    return {
        "layout": plan.layout,
        "cells": to_plain(plan.cells),
        "cameras": list(plan.cameras),
        "chosen": plan.chosen,
        "single": -1 if plan.single is None else plan.single,
        "hotspot": -1 if plan.hotspot is None else plan.hotspot,
    }


def plan_from_plain(
    plain: dict[str, object] | None, known: Sequence[str], first: FirstPlan = first_plan
) -> WallPlan:
    """The kept plan without cameras the site has no more; the first plan when it makes no sense."""
    if plain is None:
        return first(known)
    # Earlier versions kept the number of tiles of an even grid.
    key, cameras = str(plain.get("layout")), plain.get("cameras")
    cells = LAYOUTS.get(key) or _cells(plain.get("cells"))
    if cells is None or not isinstance(cameras, list):
        return first(known)
    count = len(cells.cells)
    hotspot = _index(plain.get("hotspot"), count)
    kept = _once([no if isinstance(no, str) and no in known else "" for no in cameras], hotspot)
    return WallPlan(
        key,
        cells,
        _padded(kept),
        _index(plain.get("chosen"), count) or 0,
        _index(plain.get("single"), count),
        hotspot,
    )


def _cells(plain: object) -> Layout | None:
    try:
        cells = from_plain(Layout, plain)
    except (ValueError, TypeError, KeyError):
        return None
    return cells if is_whole(cells) else None


def _once(cameras: list[str], hotspot: int | None) -> list[str]:
    """A camera that is named twice stays where it came first, but for the hotspot's."""
    seen: set[str] = set()
    kept = []
    for index, no in enumerate(cameras):
        is_free = index == hotspot or no not in seen
        kept.append(no if is_free else "")
        if index != hotspot:
            seen.add(no)
    return kept


def _padded(cameras: Sequence[str]) -> tuple[str, ...]:
    return tuple([*cameras, *[""] * MOST_TILES][:MOST_TILES])


def _index(value: object, count: int) -> int | None:
    is_index = isinstance(value, int) and not isinstance(value, bool)
    return value if is_index and isinstance(value, int) and 0 <= value < count else None
