"""What an operator does to a whole wall or to places on it, beyond putting one camera on one tile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject

from services.domain.layouts import LAYOUTS, MOST_TILES, Layout
from services.domain.walls import Preset
from views.watch.wall_plan import WallPlan
from views.watch.wall_presenter import WHOLE_WALL, WallPresenter

EVEN_LAYOUTS = ("1", "4", "9", "16", "25", "36", "49", "64")


class WallHand(QObject):
    """Commands on one wall."""

    def __init__(self, wall: WallPresenter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wall = wall

    def show_layout(self, key: str, cells: Layout) -> None:
        """Any layout, an operator's own too."""
        self._become(self._wall.plan.with_layout(key, cells))

    def show_preset(self, preset: Preset) -> None:
        self._become(plan_of(preset, self._wall.plan))

    def present(self) -> Preset:
        """What the wall shows now, to be kept as a preset."""
        plan = self._wall.plan
        hotspot = -1 if plan.hotspot is None else plan.hotspot
        return Preset(plan.layout, plan.cells, plan.cameras[: plan.count], hotspot)

    def swap(self, one: int, other: int) -> None:
        if one != other and max(one, other) < self._wall.plan.count:
            self._wall.touched.emit(one)
            self._wall.touched.emit(other)
            self._wall.become(self._wall.plan.with_swapped(one, other))

    def fill(self, camera_nos: Sequence[str]) -> None:
        """A group of cameras from the first tile on, in a layout that holds it; the others wait behind."""
        group = list(dict.fromkeys(camera_nos))[:MOST_TILES]
        if not group:
            return
        plan = self._wall.plan
        if len(group) > plan.count:
            key = next(key for key in EVEN_LAYOUTS if len(LAYOUTS[key].cells) >= len(group))
            plan = plan.with_layout(key, LAYOUTS[key])
        rest = [no for no in plan.cameras if no and no not in group]
        empty = [""] * (plan.count - len(group))
        self._become(plan.with_cameras([*group, *empty, *rest]))

    def toggle_hotspot(self, index: int) -> None:
        plan = self._wall.plan
        self._wall.touched.emit(index)
        self._wall.become(plan.with_hotspot(None if plan.hotspot == index else index))

    def back(self) -> None:
        """On the chosen tile, to the camera before."""
        plan = self._wall.plan
        self._show_again(plan, self._wall.history.back(plan.chosen, plan.cameras[plan.chosen]))

    def forward(self) -> None:
        plan = self._wall.plan
        self._show_again(plan, self._wall.history.forward(plan.chosen, plan.cameras[plan.chosen]))

    def _show_again(self, plan: WallPlan, camera_no: str) -> None:
        if camera_no:
            self._wall.touched.emit(plan.chosen)
            self._wall.become(plan.with_camera(plan.chosen, camera_no))

    def _become(self, plan: WallPlan) -> None:
        self._wall.touched.emit(WHOLE_WALL)
        self._wall.become(plan)


def plan_of(preset: Preset, plan: WallPlan) -> WallPlan:
    """The wall as the preset wants it; the chosen tile stays the chosen one where there is one."""
    count = len(preset.cells.cells)
    shown = [*preset.cameras, *[""] * (count - len(preset.cameras))][:count]
    # The others wait behind, for a larger layout.
    waiting = [no for no in dict.fromkeys(plan.cameras) if no and no not in shown]
    padded = tuple([*shown, *waiting, *[""] * MOST_TILES][:MOST_TILES])
    return replace(
        plan,
        layout=preset.layout,
        cells=preset.cells,
        cameras=padded,
        chosen=min(plan.chosen, count - 1),
        single=None,
        hotspot=None if preset.hotspot < 0 else preset.hotspot,
    )
