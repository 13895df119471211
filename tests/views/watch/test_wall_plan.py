from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from services.domain.layouts import LAYOUTS, MOST_TILES, Cell, Layout, is_whole
from views.watch.wall_plan import (
    WallPlan,
    first_plan,
    plan_from_plain,
    plan_to_plain,
)

KNOWN = [f"C{number:02d}" for number in range(1, 25)]


def test_the_first_plan_shows_the_sites_first_cameras() -> None:
    plan = first_plan(KNOWN, "4")
    assert plan.visible_cameras == {"C01", "C02", "C03", "C04"}
    assert len(plan.cameras) == MOST_TILES


def test_a_camera_that_is_on_another_tile_swaps_with_it() -> None:
    plan = first_plan(KNOWN, "4").with_camera(0, "C03")
    assert plan.cameras[:4] == ("C03", "C02", "C01", "C04")


def test_a_smaller_layout_keeps_the_chosen_camera_in_view() -> None:
    plan = first_plan(KNOWN, "9").with_chosen(7).with_layout("4", LAYOUTS["4"])
    assert plan.cameras[plan.chosen] == "C08"
    assert "C08" in plan.visible_cameras


def test_single_and_back_keeps_layout_and_cameras() -> None:
    plan = first_plan(KNOWN, "9")
    single = plan.toggled_single(5)
    assert single.visible_cameras == {"C06"}
    assert single.toggled_single(5) == plan.with_chosen(5)


def test_a_plan_survives_a_restart() -> None:
    plan = first_plan(KNOWN, "16").with_camera(3, "C20").toggled_single(3)
    assert plan_from_plain(plan_to_plain(plan), KNOWN) == plan


def test_a_camera_that_the_site_has_no_more_leaves_an_empty_tile() -> None:
    plain = plan_to_plain(first_plan(KNOWN, "4"))
    assert plan_from_plain(plain, KNOWN[1:]).cameras[0] == ""


broken = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), st.lists, max_leaves=8)


@given(
    st.dictionaries(st.sampled_from(["layout", "cells", "cameras", "chosen", "single", "hotspot"]), broken)
)
def test_whatever_was_kept_gives_a_plan_that_works(plain: dict[str, object]) -> None:
    plan = plan_from_plain(plain, KNOWN)
    assert is_whole(plan.cells)
    assert len(plan.cameras) == MOST_TILES
    assert all(index < plan.count for index in plan.visible)
    assert 0 <= plan.chosen < plan.count


OWN = Layout(3, 2, (Cell(0, 0, 2, 2), Cell(2, 0), Cell(2, 1)))


def test_a_plan_in_an_own_layout_survives_a_restart() -> None:
    plan = first_plan(KNOWN).with_layout("own-1", OWN).with_hotspot(2)
    assert plan_from_plain(plan_to_plain(plan), KNOWN) == plan


def test_a_plan_kept_by_the_first_version_is_read() -> None:
    kept: dict[str, object] = {"layout": 4, "cameras": [*KNOWN, ""], "chosen": 2, "single": -1}
    plan = plan_from_plain(kept, KNOWN)
    assert (plan.layout, plan.cells, plan.chosen, plan.single) == ("4", LAYOUTS["4"], 2, None)
    assert plan.cameras[:24] == tuple(KNOWN)


def test_the_hotspot_shows_a_camera_that_stays_on_its_own_tile() -> None:
    plan = first_plan(KNOWN, "4").with_hotspot(3).with_camera(3, "C01")
    assert plan.cameras[:4] == ("C01", "C02", "C03", "C01")


def test_a_hotspot_no_more_gives_up_a_camera_that_another_tile_shows() -> None:
    plan = first_plan(KNOWN, "4").with_hotspot(3).with_camera(3, "C01").with_hotspot(None)
    assert plan.cameras[:4] == ("C01", "C02", "C03", "")


def test_a_swap_takes_the_hotspot_along() -> None:
    plan = first_plan(KNOWN, "4").with_hotspot(0).with_swapped(0, 2)
    assert (plan.cameras[:4], plan.hotspot, plan.chosen) == (("C03", "C02", "C01", "C04"), 2, 2)


moves = st.one_of(
    st.tuples(st.just("camera"), st.integers(0, 63), st.sampled_from(["", *KNOWN])),
    st.tuples(st.just("swap"), st.integers(0, 63), st.integers(0, 63)),
    st.tuples(st.just("hotspot"), st.none() | st.integers(0, 63), st.none()),
    st.tuples(st.just("layout"), st.sampled_from(sorted(LAYOUTS)), st.none()),
    st.tuples(st.just("choose"), st.integers(0, 63), st.none()),
)


@given(st.lists(moves, max_size=30))
def test_no_camera_is_ever_on_two_tiles_but_for_the_hotspots(steps: list[tuple[str, object, object]]) -> None:
    plan: WallPlan = first_plan(KNOWN, "64")
    for kind, first, second in steps:
        plan = _moved(plan, kind, first, second)
        shown = [no for index, no in enumerate(plan.cameras) if no and index != plan.hotspot]
        assert len(shown) == len(set(shown))
        assert plan.hotspot is None or plan.hotspot < plan.count
        assert plan.chosen < plan.count


def _moved(plan: WallPlan, kind: str, first: object, second: object) -> WallPlan:
    """The step, on tiles that the layout of the moment has."""
    last = plan.count - 1
    if kind == "layout":
        return plan.with_layout(str(first), LAYOUTS[str(first)])
    if kind == "hotspot":
        return plan.with_hotspot(None if first is None else min(int(str(first)), last))
    index = min(int(str(first)), last)
    if kind == "camera":
        return plan.with_camera(index, str(second))
    if kind == "swap":
        return plan.with_swapped(index, min(int(str(second)), last))
    return plan.with_chosen(index)
