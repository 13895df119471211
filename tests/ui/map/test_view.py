from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF

from ui.map.view import PlanView

METRES = st.floats(-1000, 1000)
VIEWS = st.builds(PlanView, st.tuples(METRES, METRES), st.floats(0.3, 30), st.just(900), st.just(600))


@given(VIEWS, st.tuples(METRES, METRES))
def test_a_point_comes_back_from_the_screen_where_it_was(view: PlanView, point: tuple[float, float]) -> None:
    assert view.to_plan(view.to_px(point)) == pytest.approx(point, abs=1e-6)


@given(VIEWS, st.floats(0.5, 2), st.floats(0, 900), st.floats(0, 600))
def test_zooming_keeps_the_point_under_the_pointer(view: PlanView, factor: float, x: float, y: float) -> None:
    pointer = QPointF(x, y)
    assert view.zoomed(factor, pointer).to_plan(pointer) == pytest.approx(view.to_plan(pointer), abs=1e-6)


def test_north_is_up_and_east_is_right() -> None:
    view = PlanView((0, 0), 2.0, 100, 100)
    assert view.to_px((0, 10)) == QPointF(50, 30)
    assert view.to_px((10, 0)) == QPointF(70, 50)


def test_the_whole_plan_fits_with_its_margin() -> None:
    # 500 x 350 m into 540 x 600 px less 20 px on each side: 500 px / 500 m = 1 px/m.
    view = PlanView(width_px=540, height_px=600).fitted(500, 350, 20)
    assert view.px_per_m == pytest.approx(1.0)
    assert view.to_px((0, 0)) == QPointF(20, 475)


def test_a_plan_smaller_than_the_widget_stands_in_the_middle() -> None:
    # 100 x 50 m at 1 px/m in 300 x 300 px: narrower than the widget both ways.
    view = PlanView((5, 5), 1.0, 300, 300).kept_on(100, 50, 20)
    assert view.centre == pytest.approx((50, 25))
