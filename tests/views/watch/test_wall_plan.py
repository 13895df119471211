from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from views.watch.wall_plan import (
    LAYOUT_SIDES,
    MOST_TILES,
    WallPlan,
    first_plan,
    plan_from_plain,
    plan_to_plain,
)

KNOWN = [f"C{number:02d}" for number in range(1, 25)]


def test_the_first_plan_shows_the_sites_first_cameras() -> None:
    plan = first_plan(KNOWN, 4)
    assert plan.visible_cameras == {"C01", "C02", "C03", "C04"}
    assert len(plan.cameras) == MOST_TILES


def test_a_camera_that_is_on_another_tile_swaps_with_it() -> None:
    plan = first_plan(KNOWN, 4).with_camera(0, "C03")
    assert plan.cameras[:4] == ("C03", "C02", "C01", "C04")


def test_a_smaller_layout_keeps_the_chosen_camera_in_view() -> None:
    plan = first_plan(KNOWN, 9).with_chosen(7).with_layout(4)
    assert plan.cameras[plan.chosen] == "C08"
    assert "C08" in plan.visible_cameras


def test_single_and_back_keeps_layout_and_cameras() -> None:
    plan = first_plan(KNOWN, 9)
    single = plan.toggled_single(5)
    assert single.visible_cameras == {"C06"}
    assert single.toggled_single(5) == plan.with_chosen(5)


def test_a_plan_survives_a_restart() -> None:
    plan = first_plan(KNOWN, 16).with_camera(3, "C20").toggled_single(3)
    assert plan_from_plain(plan_to_plain(plan), KNOWN) == plan


def test_a_camera_that_the_site_has_no_more_leaves_an_empty_tile() -> None:
    plain = plan_to_plain(first_plan(KNOWN, 4))
    assert plan_from_plain(plain, KNOWN[1:]).cameras[0] == ""


broken = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), st.lists, max_leaves=8)


@given(st.dictionaries(st.sampled_from(["layout", "cameras", "chosen", "single"]), broken))
def test_whatever_was_kept_gives_a_plan_that_works(plain: dict[str, object]) -> None:
    plan = plan_from_plain(plain, KNOWN)
    assert plan.layout in LAYOUT_SIDES
    assert len(plan.cameras) == MOST_TILES
    assert all(index < plan.layout for index in plan.visible)
    assert 0 <= plan.chosen < plan.layout


@given(st.lists(st.tuples(st.integers(0, 24), st.sampled_from(["", *KNOWN])), max_size=30))
def test_no_camera_is_ever_on_two_tiles(moves: list[tuple[int, str]]) -> None:
    plan: WallPlan = first_plan(KNOWN, 25)
    for index, camera_no in moves:
        plan = plan.with_camera(index, camera_no)
    shown = [camera_no for camera_no in plan.cameras if camera_no]
    assert len(shown) == len(set(shown))
