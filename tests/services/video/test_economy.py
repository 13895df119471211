"""The ladder of what is left out: in order, evenly, important ones last, and without trembling."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from services.domain.video import Economy
from services.video.economy import FIRST_CALM_S, MOST_CALM_S, RELIEF_S, EconomyLadder, Effort

LOOK_S = 0.25
FINE = Effort(0.01, 0, 25.0)
LATE = Effort(0.6, 12, 10.0)
HARDLY = Effort(0.6, 12, 0.5)


@dataclass
class Watch:
    """A ladder that is looked at four times a second."""

    ladder: EconomyLadder
    now_s: float = 100.0

    def go(self, seconds: float, efforts: list[Effort], load: float = 1.0) -> list[int]:
        steps = []
        for _ in range(round(seconds / LOOK_S)):
            self.now_s += LOOK_S
            self.ladder.look(self.now_s, efforts, load)
            steps.append(self.ladder.step)
        return steps


def test_a_machine_that_keeps_up_leaves_nothing_out() -> None:
    watch = Watch(EconomyLadder())

    assert set(watch.go(60.0, [FINE] * 64)) == {0}
    assert not watch.ladder.is_strained


def test_one_late_camera_of_many_is_its_own_trouble() -> None:
    watch = Watch(EconomyLadder())

    assert set(watch.go(60.0, [LATE] + [FINE] * 63)) == {0}


def test_a_short_strain_changes_nothing() -> None:
    watch = Watch(EconomyLadder())
    for _ in range(20):
        assert set(watch.go(0.5, [LATE] * 16)) == {0}
        assert set(watch.go(0.5, [FINE] * 16)) == {0}


def test_the_steps_come_in_order_and_stop_where_enough_is_shown() -> None:
    watch = Watch(EconomyLadder())
    steps = watch.go(20.0, [LATE] * 16)

    assert steps == sorted(steps)
    # Ten pictures a second of every camera: better than one key frame every second or two.
    assert steps[-1] == 2
    assert watch.ladder.of(is_important=False) is Economy.NON_REFERENCE


def test_main_streams_give_way_to_their_sub_streams_before_anything_is_left_out() -> None:
    watch = Watch(EconomyLadder())
    large = Effort(0.6, 12, 10.0, is_replaceable=True)

    assert set(watch.go(0.75, [large] * 9)) == {0}
    assert not watch.ladder.asks_relief
    assert set(watch.go(0.5, [large] * 9)) == {0}
    assert watch.ladder.asks_relief
    # They have given way, and it was enough.
    assert set(watch.go(20.0, [FINE] * 9)) == {0}
    assert not watch.ladder.asks_relief


def test_where_giving_way_is_not_enough_or_does_not_come_the_steps_follow() -> None:
    watch = Watch(EconomyLadder())
    large = Effort(0.6, 12, 10.0, is_replaceable=True)

    assert set(watch.go(RELIEF_S, [large] * 9)) == {0}
    assert watch.go(20.0, [large] * 9)[-1] == 2
    assert watch.ladder.asks_relief


def test_where_hardly_anything_is_shown_only_key_frames_are() -> None:
    watch = Watch(EconomyLadder())

    assert watch.go(20.0, [HARDLY] * 64)[-1] == 3
    assert watch.ladder.of(is_important=False) is Economy.KEY_FRAMES


def test_important_cameras_give_way_only_when_all_others_show_key_frames() -> None:
    watch = Watch(EconomyLadder())
    important = Effort(0.6, 5, 10.0, is_important=True)
    seen = []
    for _ in range(80):
        watch.go(LOOK_S, [HARDLY] * 8 + [important])
        seen.append((watch.ladder.of(is_important=False), watch.ladder.of(is_important=True)))

    assert all(ordinary is Economy.KEY_FRAMES for ordinary, high in seen if high)
    assert seen[-1][1] > Economy.NONE


def test_after_a_calm_the_steps_are_taken_back_one_by_one() -> None:
    watch = Watch(EconomyLadder())
    watch.go(20.0, [LATE] * 16)

    steps = watch.go(30.0, [FINE] * 16, load=0.1)

    assert steps[0] == 2
    assert steps[-1] == 0
    assert all(earlier - later in (0, 1) for earlier, later in pairwise(steps))


def test_while_there_is_no_room_nothing_is_taken_back() -> None:
    watch = Watch(EconomyLadder())
    watch.go(20.0, [LATE] * 16)

    assert set(watch.go(120.0, [FINE] * 16, load=0.95)) == {2}


def test_a_step_that_is_needed_for_good_is_tried_ever_more_rarely() -> None:
    """Fine on step 1, late on step 0, room enough by the figures: the ladder cannot know but by trying."""
    watch = Watch(EconomyLadder())
    changes = 0
    for _ in range(round(3600 / LOOK_S)):
        before = watch.ladder.step
        watch.go(LOOK_S, [FINE if watch.ladder.step else LATE] * 16, load=0.5)
        changes += watch.ladder.step != before
    # Down and up again at waits of 5, 10, 20 … 160 s: 6 tries in the first 315 s, then one in 160 s.
    assert changes <= 2 * (6 + 3600 / MOST_CALM_S) + 1


@given(st.data())
def test_whatever_happens_the_ladder_moves_by_single_steps_and_not_in_a_storm(data: st.DataObject) -> None:
    watch = Watch(EconomyLadder())
    kinds = st.sampled_from([FINE, LATE, HARDLY, Effort(0.5, 1, 9.0, is_important=True)])
    steps = [0]
    for _ in range(data.draw(st.integers(1, 40))):
        efforts = data.draw(st.lists(kinds, max_size=8))
        load = data.draw(st.floats(0.0, 1.0))
        steps += watch.go(data.draw(st.floats(0.25, 20.0)), efforts, load)
    pairs = list(pairwise(steps))
    assert all(abs(later - earlier) <= 1 for earlier, later in pairs)
    assert all(0 <= step <= 6 for step in steps)
    # Down needs FIRST_CALM_S without strain, so in that time it goes down at most once.
    looks = round(FIRST_CALM_S / LOOK_S)
    falls = [index for index, (earlier, later) in enumerate(pairs) if later < earlier]
    assert all(later - earlier >= looks for earlier, later in pairwise(falls))


def test_who_gives_way_shows_key_frames_until_then_and_the_important_ones_all() -> None:
    watch = Watch(EconomyLadder())
    watch.ladder.give_way(watch.now_s + 3.0)

    assert watch.ladder.of(is_important=False) is Economy.KEY_FRAMES
    assert watch.ladder.of(is_important=True) is Economy.NONE
    watch.go(2.75, [FINE] * 16)
    assert watch.ladder.of(is_important=False) is Economy.KEY_FRAMES
    watch.go(0.5, [FINE] * 16)
    assert watch.ladder.of(is_important=False) is Economy.NONE


def test_giving_way_once_more_never_ends_it_sooner() -> None:
    watch = Watch(EconomyLadder())
    watch.ladder.give_way(watch.now_s + 3.0)
    watch.ladder.give_way(watch.now_s + 1.0)
    watch.go(2.0, [FINE] * 16)

    assert watch.ladder.of(is_important=False) is Economy.KEY_FRAMES
