"""Which windows a seat has beside its main one; pure, and what is kept of them between two starts."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from ui.monitors.place import WindowPlace, place_from_plain, place_to_plain


class WindowKind(StrEnum):
    """One window of each kind at most. SPOT follows the selected camera, ALARM is where stages open."""

    WALL_2 = "wall.2"
    WALL_3 = "wall.3"
    WALL_4 = "wall.4"
    SPOT = "spot"
    ALARM = "alarm"


WALLS = (WindowKind.WALL_2, WindowKind.WALL_3, WindowKind.WALL_4)
WindowPlan = Mapping[WindowKind, WindowPlace]


def plan_to_plain(plan: WindowPlan) -> dict[str, object]:
    return {kind.value: place_to_plain(place) for kind, place in plan.items()}


def plan_from_plain(plain: Mapping[str, object] | None) -> dict[WindowKind, WindowPlace]:
    """Windows whose record makes no sense are left out."""
    places = {kind: place_from_plain((plain or {}).get(kind.value)) for kind in WindowKind}
    return {kind: place for kind, place in places.items() if place is not None}
