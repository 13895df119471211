"""Which part of the plan is seen, and how metres become pixels."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF

from services.domain.site import Point

LEAST_PX_PER_M = 0.2
MOST_PX_PER_M = 40.0


@dataclass(frozen=True, slots=True)
class PlanView:
    """centre: the plan's point in the middle of the widget; the plan's north is up.

    px_per_m: logical pixels per metre. width_px, height_px: of the widget.
    """

    centre: Point = (0.0, 0.0)
    px_per_m: float = 1.0
    width_px: int = 1
    height_px: int = 1

    def to_px(self, point: Point) -> QPointF:
        x = self.width_px / 2 + (point[0] - self.centre[0]) * self.px_per_m
        y = self.height_px / 2 - (point[1] - self.centre[1]) * self.px_per_m
        return QPointF(x, y)

    def to_plan(self, pixel: QPointF) -> Point:
        return (
            self.centre[0] + (pixel.x() - self.width_px / 2) / self.px_per_m,
            self.centre[1] - (pixel.y() - self.height_px / 2) / self.px_per_m,
        )

    def sized(self, width_px: int, height_px: int) -> PlanView:
        return replace(self, width_px=max(1, width_px), height_px=max(1, height_px))

    def centred(self, point: Point) -> PlanView:
        return replace(self, centre=point)

    def moved(self, dx_px: float, dy_px: float) -> PlanView:
        """The plan follows the hand by so many pixels."""
        x, y = self.centre
        return replace(self, centre=(x - dx_px / self.px_per_m, y + dy_px / self.px_per_m))

    def zoomed(self, factor: float, about_px: QPointF) -> PlanView:
        """Nearer for factors above 1; the point under `about_px` stays where it is."""
        kept = self.to_plan(about_px)
        scale = min(MOST_PX_PER_M, max(LEAST_PX_PER_M, self.px_per_m * factor))
        nearer = replace(self, px_per_m=scale)
        now = nearer.to_plan(about_px)
        x, y = self.centre
        return replace(nearer, centre=(x + kept[0] - now[0], y + kept[1] - now[1]))

    def kept_on(self, width_m: float, height_m: float, margin_px: int) -> PlanView:
        """Moved no further than needed to show at most `margin_px` of what lies outside the plan.

        A plan that is smaller than the widget stands in its middle.
        """
        margin_m = margin_px / self.px_per_m
        reach_x, reach_y = self.width_px / self.px_per_m / 2, self.height_px / self.px_per_m / 2
        x = _within(self.centre[0], reach_x - margin_m, width_m - reach_x + margin_m)
        y = _within(self.centre[1], reach_y - margin_m, height_m - reach_y + margin_m)
        return replace(self, centre=(x, y))

    def fitted(self, width_m: float, height_m: float, margin_px: int) -> PlanView:
        """The whole plan with a margin around it."""
        across = max(1, self.width_px - 2 * margin_px) / max(1.0, width_m)
        along = max(1, self.height_px - 2 * margin_px) / max(1.0, height_m)
        return replace(self, centre=(width_m / 2, height_m / 2), px_per_m=min(across, along))


def _within(value: float, least: float, most: float) -> float:
    return (least + most) / 2 if least > most else min(most, max(least, value))
