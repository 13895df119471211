"""Which part of the plan is looked at: all of it, a place, or what somebody zoomed and panned to."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPointF

from services.domain.site import Point
from ui.map.live_paint import ALARM_REACH_PX
from ui.map.view import PlanView

# Outside the plan, so that a mark on its very edge keeps its ring.
_EDGE_PX = ALARM_REACH_PX


class Framing:
    """margin_px: around the whole plan."""

    def __init__(self, margin_px: int) -> None:
        self.view = PlanView()
        self._margin_px = margin_px
        self._extent_m: tuple[float, float] | None = None
        self._is_whole = True
        self._sought: Point | None = None

    def use_extent(self, extent_m: tuple[float, float] | None) -> None:
        """Of the plan, width and height; None = there is none."""
        self._extent_m = extent_m

    def resize(self, width_px: int, height_px: int) -> None:
        self.view = self.view.sized(width_px, height_px)
        if self._is_whole:
            self._fit()
        elif self._sought is not None:
            self._seek(self._sought)

    def show_whole(self) -> None:
        """Now and after each resize, until somebody zooms or pans."""
        self._is_whole, self._sought = True, None
        self._fit()

    def centre_on(self, point: Point, least_px_per_m: float) -> None:
        """`point` near the middle, at least as near as `least_px_per_m`; again after each resize."""
        self._is_whole, self._sought = False, point
        self.view = replace(self.view, px_per_m=max(self.view.px_per_m, least_px_per_m))
        self._seek(point)

    def zoom(self, factor: float, about_px: QPointF) -> None:
        self._is_whole, self._sought = False, None
        self.view = self.view.zoomed(factor, about_px)

    def pan(self, dx_px: float, dy_px: float) -> None:
        self._is_whole, self._sought = False, None
        self.view = self.view.moved(dx_px, dy_px)

    def _fit(self) -> None:
        if self._extent_m is not None:
            self.view = self.view.fitted(*self._extent_m, self._margin_px)

    def _seek(self, point: Point) -> None:
        """As far as the plan's edge allows: what lies outside the plan says nothing."""
        view = self.view.centred(point)
        self.view = view if self._extent_m is None else view.kept_on(*self._extent_m, _EDGE_PX)
