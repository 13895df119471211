"""What of the plan is seen after a resize: all of it, the place that was sought, or what somebody left."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF

from ui.map.framing import Framing

PLAN_M = (500.0, 350.0)
CORNERS = ((0.0, 0.0), PLAN_M)


@pytest.fixture
def framing() -> Framing:
    framing = Framing(margin_px=20)
    framing.use_extent(PLAN_M)
    framing.resize(800, 600)
    framing.show_whole()
    return framing


def are_inside(framing: Framing, width_px: float, height_px: float) -> bool:
    corners = [framing.view.to_px(corner) for corner in CORNERS]
    return all(0 <= at.x() <= width_px and 0 <= at.y() <= height_px for at in corners)


def test_the_whole_plan_stays_whole_in_a_smaller_window(framing: Framing) -> None:
    framing.resize(300, 200)
    assert are_inside(framing, 300, 200)


def test_a_place_that_was_sought_is_still_seen_in_a_smaller_window(framing: Framing) -> None:
    """At the plan's edge it lies off the middle: a smaller window about the same middle would lose it."""
    framing.centre_on((20.0, 175.0), 5.0)
    framing.resize(200, 300)
    at = framing.view.to_px((20.0, 175.0))
    assert 0.0 < at.x() <= 100.0
    assert at.y() == pytest.approx(150.0)
    assert framing.view.px_per_m == pytest.approx(5.0)


def test_what_somebody_zoomed_to_keeps_its_scale(framing: Framing) -> None:
    framing.zoom(2.0, QPointF(400.0, 300.0))
    before = framing.view.px_per_m
    framing.resize(300, 200)
    assert framing.view.px_per_m == before
    assert not are_inside(framing, 300, 200)


def test_the_whole_plan_comes_back_when_it_is_asked_for(framing: Framing) -> None:
    framing.pan(5000.0, 0.0)
    assert not are_inside(framing, 800, 600)
    framing.show_whole()
    assert are_inside(framing, 800, 600)
