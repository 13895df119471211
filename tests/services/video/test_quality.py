from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from services.video.quality import (
    FIRST_REST_S,
    LOWER_AT,
    RAISE_AT,
    SETTLE_S,
    SWITCH_EVERY_S,
    Pin,
    QualityController,
    Sight,
)

SUB = {"C01": 360, "C02": 360, "C03": 360}
SMALL, LARGE = 240, 720


def settled(controller: QualityController, sights: list[Sight], *, until_s: float = 100.0) -> frozenset[str]:
    """The decision after looking four times a second until `until_s`."""
    wanted: frozenset[str] = frozenset()
    for quarter in range(round(until_s * 4) + 1):
        wanted = controller.decide(quarter / 4, sights, SUB)
    return wanted


def test_a_tile_no_taller_than_the_sub_stream_stays_low() -> None:
    assert settled(QualityController(), [Sight("C01", 360)]) == frozenset()


def test_a_tile_a_third_taller_than_the_sub_stream_rises() -> None:
    # 360 px * 1.34 = 482.4 px: the first whole height at or above it.
    assert settled(QualityController(), [Sight("C01", 482)]) == frozenset()
    assert settled(QualityController(), [Sight("C01", 483)]) == {"C01"}


def test_between_the_two_limits_a_tile_keeps_what_it_has() -> None:
    controller = QualityController()
    assert controller.decide(0.0, [Sight("C01", LARGE)], SUB) == frozenset()
    assert controller.decide(SETTLE_S, [Sight("C01", LARGE)], SUB) == {"C01"}
    for second in range(2, 60):
        assert controller.decide(float(second), [Sight("C01", 400)], SUB) == {"C01"}


def test_a_size_that_passes_by_switches_nothing() -> None:
    controller = QualityController()
    for step in range(100):
        height_px = LARGE if step % 2 else SMALL
        assert controller.decide(step * SETTLE_S * 0.9, [Sight("C01", height_px)], SUB) == frozenset()


def test_full_screen_and_alarm_rise_at_once_even_right_after_a_switch() -> None:
    controller = QualityController()
    settled(controller, [Sight("C01", LARGE)], until_s=1.0)
    sights = [Sight("C01", LARGE), Sight("C02", SMALL, Pin.FULL), Sight("C03", SMALL, Pin.ALARM)]
    assert controller.decide(1.1, sights, SUB) == {"C01", "C02", "C03"}


def test_a_focused_tile_waits_for_its_turn_but_comes_before_larger_ones() -> None:
    controller = QualityController()
    sights = [Sight("C01", LARGE), Sight("C02", 400, Pin.FOCUSED)]
    for quarter in range(8):
        wanted = controller.decide(quarter / 4, sights, SUB)
        if wanted:
            break
    assert wanted == {"C02"}


def test_a_focused_tile_that_the_sub_stream_fills_stays_low() -> None:
    assert settled(QualityController(), [Sight("C01", 360, Pin.FOCUSED)]) == frozenset()
    assert settled(QualityController(), [Sight("C01", 361, Pin.FOCUSED)]) == {"C01"}


def test_a_pin_that_ends_goes_back_low_by_the_usual_rules() -> None:
    controller = QualityController()
    assert controller.decide(0.0, [Sight("C01", SMALL, Pin.FULL)], SUB) == {"C01"}
    assert controller.decide(0.1, [Sight("C01", SMALL)], SUB) == {"C01"}
    assert controller.decide(0.1 + SETTLE_S, [Sight("C01", SMALL)], SUB) == frozenset()


def test_strain_takes_the_smallest_unpinned_main_stream_first() -> None:
    controller = QualityController()
    sights = [Sight("C01", 700), Sight("C02", 600), Sight("C03", 500, Pin.ALARM)]
    assert settled(controller, sights, until_s=30.0) == {"C01", "C02", "C03"}
    assert controller.decide(40.0, sights, SUB, is_strained=True) == {"C01", "C03"}
    assert controller.decide(45.0, sights, SUB, is_strained=True) == {"C03"}
    assert controller.decide(99.0, sights, SUB, is_strained=True) == {"C03"}


def test_a_relieved_camera_rests_longer_each_time() -> None:
    controller = QualityController()
    sights = [Sight("C01", LARGE)]
    settled(controller, sights, until_s=2.0)
    rises_s: list[float] = []
    was_high = True
    for quarter in range(4 * 10, 4 * 1000):
        now_s = quarter / 4
        is_high = bool(controller.decide(now_s, sights, SUB, is_strained=was_high))
        if is_high and not was_high:
            rises_s.append(now_s)
        was_high = is_high
    rests = [later - earlier for earlier, later in pairwise(rises_s)]
    # Each cycle is one rest (60 s, 120 s, 240 s …) and at least SWITCH_EVERY_S in the main stream.
    assert rests[0] >= 2 * FIRST_REST_S
    assert all(later > 1.5 * earlier for earlier, later in pairwise(rests))


def test_a_camera_shown_twice_is_judged_by_its_largest_tile() -> None:
    assert settled(QualityController(), [Sight("C01", SMALL), Sight("C01", LARGE)]) == {"C01"}


@given(height_px=st.integers(0, 4000), sub_px=st.integers(1, 2000))
def test_a_tile_of_constant_size_switches_at_most_once(height_px: int, sub_px: int) -> None:
    controller = QualityController()
    seen = [
        controller.decide(quarter / 4, [Sight("C01", height_px)], {"C01": sub_px}) for quarter in range(240)
    ]
    assert sum(before != after for before, after in pairwise(seen)) <= 1


@given(height_px=st.integers(100, 1200), jitter=st.lists(st.floats(0.91, 1.09), min_size=80, max_size=80))
def test_a_size_trembling_within_the_hysteresis_switches_at_most_once(
    height_px: int, jitter: list[float]
) -> None:
    # 1.09 / 0.91 = 1.20, less than RAISE_AT / LOWER_AT = 1.34: no size can cross both limits.
    assert RAISE_AT / LOWER_AT > 1.09 / 0.91
    controller = QualityController()
    seen = [
        controller.decide(second * 2.0, [Sight("C01", round(height_px * factor))], SUB)
        for second, factor in enumerate(jitter)
    ]
    assert sum(before != after for before, after in pairwise(seen)) <= 1


SCENES = st.lists(
    st.lists(
        st.builds(
            Sight,
            st.sampled_from(sorted(f"C{no:02d}" for no in range(1, 9))),
            st.integers(0, 1100),
            st.sampled_from([Pin.NONE, Pin.NONE, Pin.NONE, Pin.FOCUSED]),
        ),
        max_size=8,
    ),
    min_size=2,
    max_size=60,
)


@given(scenes=SCENES, steps=st.lists(st.floats(0.05, 3.0), min_size=60, max_size=60), strain=st.data())
def test_whatever_happens_at_most_one_camera_switches_in_five_seconds(
    scenes: list[list[Sight]], steps: list[float], strain: st.DataObject
) -> None:
    controller = QualityController()
    now_s, last_s = 0.0, float("-inf")
    before: frozenset[str] = frozenset()
    shown: set[str] = set()
    for scene, step_s in zip(scenes, steps, strict=False):
        now_s += step_s
        after = controller.decide(now_s, scene, is_strained=strain.draw(st.booleans()))
        here = {sight.camera_no for sight in scene}
        # A camera that left the wall is no switch.
        switched = {no for no in (before ^ after) if no in here and no in shown}
        switched |= {no for no in after - before if no not in shown}
        assert len(switched) <= 1
        if switched:
            assert now_s - last_s >= SWITCH_EVERY_S
            last_s = now_s
        before, shown = after, here
