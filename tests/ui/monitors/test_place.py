"""Where windows go: properties over any set of monitors."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st
from PySide6.QtCore import QRect

from ui.monitors.place import (
    LEAST_SIZE,
    Monitor,
    MonitorMark,
    WindowPlace,
    find_monitor,
    first_place,
    monitor_under,
    place_from_plain,
    place_of,
    place_to_plain,
    settle,
)
from ui.monitors.plan import WindowKind, plan_from_plain, plan_to_plain

TEXTS = st.sampled_from(["", "", "DEL", "U2412M", "A1", "B2"])


@st.composite
def monitors(draw: st.DrawFn, least: int = 1) -> list[Monitor]:
    """Side by side, each with a task bar; some say who they are. Sockets have different names."""
    made, left = [], draw(st.integers(-4000, 0))
    for at in range(draw(st.integers(least, 4))):
        width, height = draw(st.integers(800, 3840)), draw(st.integers(600, 2160))
        top, bar = draw(st.integers(-500, 500)), draw(st.integers(0, 60))
        said = draw(st.tuples(TEXTS, TEXTS, TEXTS))
        mark = MonitorMark(*said, f"HDMI-{at}", left, top, width, height)
        made.append(Monitor(mark, QRect(left, top, width, height), QRect(left, top, width, height - bar)))
        left += width
    return made


PLACES = st.builds(
    WindowPlace,
    st.just(MonitorMark()),
    *[st.integers(-9000, 9000)] * 2,
    *[st.integers(0, 9000)] * 2,
    is_full=st.booleans(),
)


@given(monitors())
def test_every_monitor_is_found_again_by_its_own_mark(present: list[Monitor]) -> None:
    for monitor in present:
        assert find_monitor(monitor.mark, present) is monitor
        assert find_monitor(monitor.mark, present[::-1]) is monitor


@given(monitors(least=2), st.integers(0, 3))
def test_a_monitor_with_a_serial_number_is_known_in_another_socket(present: list[Monitor], at: int) -> None:
    monitor = present[at % len(present)]
    assume(sum(other.mark.identity == monitor.mark.identity for other in present) == 1)
    assume(monitor.mark.identity is not None)
    old = MonitorMark(monitor.mark.maker, monitor.mark.model, monitor.mark.serial, "DP-9", 1, 2, 3, 4)
    assert find_monitor(old, present) is monitor


@given(monitors(), PLACES, st.integers(0, 3))
def test_a_window_stands_wholly_on_its_monitor(present: list[Monitor], place: WindowPlace, at: int) -> None:
    monitor = present[at % len(present)]
    own = replace(place, mark=monitor.mark)
    rect = settle(own, present)
    assert rect is not None
    if place.is_full:
        assert rect == monitor.area
    else:
        assert monitor.free.contains(rect)
        assert rect.width() >= min(LEAST_SIZE.width(), monitor.free.width())
        assert rect.height() >= min(LEAST_SIZE.height(), monitor.free.height())


@given(monitors(), PLACES, st.integers(0, 3))
def test_what_is_remembered_of_a_standing_window_puts_it_there_again(
    present: list[Monitor], place: WindowPlace, at: int
) -> None:
    monitor = present[at % len(present)]
    own = replace(place, mark=monitor.mark)
    rect = settle(own, present)
    assert rect is not None
    assert monitor_under(rect, present) == monitor
    again = place_of(rect, monitor, is_full=place.is_full)
    assert settle(again, present) == rect


@given(monitors(least=2), PLACES, st.integers(0, 3))
def test_unplugged_a_window_has_no_place_and_plugged_in_its_old_one(
    present: list[Monitor], place: WindowPlace, at: int
) -> None:
    monitor = present[at % len(present)]
    assume(sum(other.mark.identity == monitor.mark.identity for other in present) == 1)
    own = replace(place, mark=monitor.mark)
    before = settle(own, present)
    assert settle(own, [other for other in present if other is not monitor]) is None
    assert settle(own, [monitor, *(other for other in present if other is not monitor)]) == before


@given(monitors(), st.booleans())
def test_a_new_window_lies_on_the_monitor_that_was_chosen(present: list[Monitor], is_alone: bool) -> None:
    for monitor in present:
        rect = settle(first_place(monitor, is_alone=is_alone), present)
        assert rect is not None
        assert monitor.area.contains(rect)
        assert (rect == monitor.area) is is_alone


@given(PLACES, TEXTS)
def test_a_place_comes_back_from_what_is_kept(place: WindowPlace, text: str) -> None:
    own = replace(place, mark=MonitorMark(text, "m", "s", "n", -1, 2, 3, 4))
    assert place_from_plain(place_to_plain(own)) == own
    plan = {WindowKind.SPOT: own, WindowKind.WALL_3: place}
    assert plan_from_plain(plan_to_plain(plan)) == plan


KEYS = st.sampled_from(["mark", "left", "top", "width", "height", "maker", "spot", "x"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["mark", "left", "top", "width", "height", "maker", "spot", "x"]), inner
        )
    ),
)


@given(JSON)
def test_what_nobody_wrote_is_left_out(plain: object) -> None:
    for kept in (plain, {"mark": plain, "left": 1, "top": 1, "width": 1, "height": plain}):
        place = place_from_plain(kept)
        assert place is None or abs(place.height) < 1_000_000
    if isinstance(plain, dict):
        assert set(plan_from_plain(plain)) <= {WindowKind.SPOT}


def test_a_place_beyond_what_a_desktop_can_have_is_left_out() -> None:
    far = WindowPlace(MonitorMark(), 1 << 40, 0, 800, 600)
    assert place_from_plain(place_to_plain(far)) is None
    assert place_from_plain({"mark": {}, "left": 1}) is None
    assert place_from_plain(place_to_plain(replace(far, left=1))) is not None


def test_two_monitors_that_say_the_same_are_told_apart_by_their_sockets() -> None:
    twins = [
        Monitor(MonitorMark("DEL", "U2412M", "", name), area, area)
        for name, area in (("DP-1", QRect(0, 0, 1920, 1080)), ("DP-2", QRect(1920, 0, 1920, 1080)))
    ]
    assert find_monitor(twins[1].mark, twins) is twins[1]
    # The other one is off: what stood on it does not move over to its twin's place.
    assert find_monitor(MonitorMark(name="VGA-1"), twins) is None
